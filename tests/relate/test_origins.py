"""Copies and certain translations count as one origin; what only takes in the same note does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from chronik.relate.copies import Copy
from chronik.relate.origins import Agreement, Origin, Told, agreement, copied, is_translation, origins
from chronik.relate.traits import NameTrait, Traits

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)


def copy(of, *, held=1.0, certain=True, hours=0):
    when = NOON + timedelta(hours=hours)
    return Copy(of=of, when=when, share=1.0, resemblance=held, held=held, certain=certain)


def told(name, *copies, hours=0, **fields):
    return Told(id=name, when=NOON + timedelta(hours=hours), copies=copies, **fields)


def groups(*reports, translations=()):
    return [(origin.original, origin.members) for origin in origins(reports, translations=translations)]


def test_a_copy_of_a_copy_has_the_first_as_its_origin():
    found = groups(told("a"), told("b", copy("a"), hours=1), told("c", copy("b"), hours=2), told("d"))
    assert found == [("a", ("a", "b", "c")), ("d", ("d",))]


def test_the_agencys_own_text_is_the_original_though_it_came_later():
    paper = told("paper", credits=("dpa",))
    wire = told("wire", copy("paper", held=0.3), hours=3, agency="dpa", credits=("dpa",))
    assert groups(paper, wire) == [("wire", ("paper", "wire"))]


def test_a_long_report_that_takes_in_a_note_is_an_origin_of_its_own():
    note = told("note", agency="dpa", credits=("dpa",))
    long = told("long", copy("note", held=0.2), hours=1, credits=("dpa",))
    assert groups(note, long) == [("note", ("note",)), ("long", ("long",))]


def test_what_is_half_of_one_and_half_of_another_joins_neither_to_the_other():
    both = told("both", copy("a", held=0.52), copy("b", held=0.5), hours=1)
    assert groups(told("a"), told("b"), both) == [("a", ("a", "both")), ("b", ("b",))]


def test_copies_that_are_not_certain_or_not_there_join_nothing():
    assert len(groups(told("a"), told("b", copy("a", certain=False), copy("gone"), copy("b")))) == 2


def test_the_earliest_of_those_that_hold_as_much_is_copied():
    assert copied([copy("late", hours=2), copy("early", held=0.95), copy("little", held=0.3, hours=-9)]).of == "early"
    assert copied([]) is None


SAME = Agreement(first="de", second="fr", cosine=0.9, names=4, names_of_shorter=5, numbers=3, numbers_of_shorter=3)
GERMAN = told("de", language="de", credits=("afp",))
FRENCH = told("fr", hours=5, language="fr", agency="afp")


def test_a_translation_of_an_agencys_text_is_the_same_origin():
    assert groups(GERMAN, FRENCH, translations=[SAME]) == [("fr", ("de", "fr"))]
    assert origins([GERMAN], translations=[SAME]) == (Origin(original="de", members=("de",)),)


@pytest.mark.parametrize(
    ("agreement", "second"),
    [
        (replace(SAME, cosine=0.8), FRENCH),
        (replace(SAME, names=2), FRENCH),
        (replace(SAME, numbers=1), FRENCH),
        (replace(SAME, numbers=1, numbers_of_shorter=1), FRENCH),
        (SAME, replace(FRENCH, when=NOON + timedelta(hours=37))),
        (SAME, replace(FRENCH, when=None)),
        (SAME, replace(FRENCH, language="de")),
        (SAME, replace(FRENCH, agency="ap")),
        (SAME, replace(FRENCH, agency="")),
    ],
)
def test_whatever_does_not_agree_keeps_two_texts_apart(agreement, second):
    assert not is_translation(agreement, first=GERMAN, second=second)


def test_names_agree_by_any_of_their_keys_and_numbers_of_one_figure_say_nothing():
    vector = np.array([0.6, 0.8], dtype=np.float32)
    names = (NameTrait(surface="Paschinjan", keys=("Q1", "pxn")), NameTrait(surface="Baku", keys=("Q2",)))
    first = Traits(id="de", names=names, numbers={"120": "120", "3": "drei"}, vector=vector)
    second = Traits(
        id="ru", names=(*names[:1], *names[:1], NameTrait(surface="Икс", keys=("Q9",))), numbers={"120": "120"}
    )
    found = agreement(first, replace(second, vector=vector))
    assert (found.names, found.names_of_shorter, found.numbers, found.numbers_of_shorter) == (1, 2, 1, 1)
    assert found.cosine == pytest.approx(1)
    assert agreement(first, second).cosine == 0


def test_nothing_has_no_origins():
    assert origins([]) == ()

"""Copies are folded under the agency's own text, translations too, and doubts are looked into."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from chronik.model import Report
from chronik.relate.batch import Credited, grouped
from chronik.relate.bridge import Bridge
from chronik.relate.placing import Placer, told_of
from chronik.relate.traits import NameTrait, traits_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BRIDGE = Bridge()
TEXT = " ".join(f"Sentence {number} tells what witness {number * 7} saw at the quay." for number in range(40))
NAMES = ("Morgenrot", "Lindholm", "Ollenbrook", "Hallwerd")
TOWARDS = np.eye(384, dtype=np.float32)


def report(key, *, hours=0, language="en", text=TEXT, names=NAMES, towards=0):
    traits = traits_of(
        Report(
            id=key, title=f"Ferry aground {key}", text=text, language=language, published=NOON + timedelta(hours=hours)
        ),
        bridge=BRIDGE,
        vector=TOWARDS[towards],
    )
    said = tuple(NameTrait(surface=name, keys=(name.casefold(),)) for name in names)
    return replace(traits, names=said, numbers={"84": "84", "1300": "1300", "1700": "1700"})


def place(placer, traits, *credited, agency="", text=""):
    return placer.place(traits, told=told_of(traits, credited=credited, agency=agency), text=text)


def other(key, **fields):
    return report(key, text=f"Quite other words {key}. " * 20, **fields)


def test_a_translation_of_an_agencys_text_is_folded_into_its_story():
    placer = Placer()
    first = place(placer, report("a"), "afp")
    second = place(placer, other("b", hours=2, language="fr"), "afp")
    assert (second.copy_of, second.story, second.anchor, second.certain) == ("a", first.story, "a", True)


@pytest.mark.parametrize(
    ("credited", "fields"),
    [
        (("dpa",), {"language": "fr"}),
        ((), {"language": "fr"}),
        (("afp",), {"language": "en"}),
        (("afp",), {"language": "fr", "hours": 50}),
        (("afp",), {"language": "fr", "names": ("Somebody", "Else", "Entirely")}),
        (("afp",), {"language": "fr", "towards": 1}),
    ],
)
def test_what_is_not_certainly_a_translation_is_an_origin_of_its_own(credited, fields):
    placer = Placer()
    place(placer, report("a"), "afp")
    assert place(placer, other("b", **fields), *credited).copy_of == ""


def test_the_agencys_own_text_takes_over_what_was_made_of_it():
    placer = Placer()
    place(placer, report("a"), "afp")
    assert place(placer, report("b", hours=1)).copy_of == "a"
    own = place(placer, report("c", hours=2), agency="afp")
    assert (own.copy_of, own.original_of) == ("", ("a",))
    assert place(placer, report("d", hours=3), agency="afp").copy_of
    assert place(placer, other("e", hours=3, language="fr"), "afp").copy_of == "c"


def test_a_restarted_placer_knows_who_credits_whom():
    placer = Placer()
    first, copy = report("a"), report("b", hours=1)
    placer.remember(first, story="s", told=told_of(first, credited=("afp",)))
    placer.remember(copy, story="s", told=told_of(copy), copy_of="a")
    assert place(placer, report("c", hours=2), agency="afp").original_of == ("a",)


def test_a_doubtful_copy_is_looked_into_where_texts_are_at_hand():
    edited = (
        " ".join(word.upper() + "ish" if number % 9 == 0 else word for number, word in enumerate(TEXT.split()))
        + " And what the paper adds of its own, with a frame around it. " * 6
    )
    found = []
    for text_of in (None, lambda _: TEXT):
        placer = Placer(text_of=text_of)
        place(placer, report("a"))
        found.append(place(placer, report("b", hours=1, text=edited), text=edited).copy_of)
    assert found == ["", "a"]


def test_an_agency_that_copies_itself_folds_nothing_in_a_ring():
    placer = Placer()
    placements = [place(placer, report(key, hours=number), "afp", agency="afp") for number, key in enumerate("abcd")]
    assert [each.original_of for each in placements] == [()] * 4
    assert [bool(each.copy_of) for each in placements] == [False, True, True, True]


def test_all_together_are_folded_as_if_they_came_in_the_order_of_time():
    own, made_of_it = report("own", hours=3), report("made", text=TEXT + " More follows.")
    translation = other("fr", hours=2, language="fr")
    reports = [translation, own, made_of_it, other("x", towards=1)]
    credits = {"own": ((), "afp"), "made": (("afp",), ""), "fr": (("afp",), "")}
    credited = [
        Credited(told=told_of(one, credited=credits.get(one.id, ((), ""))[0], agency=credits.get(one.id, ((), ""))[1]))
        for one in reports
    ]
    placed = {one.report: one for one in grouped(reports, credited=credited, joined_from=0.2)}
    assert len({placed[key].story for key in ("own", "made", "fr")}) == 1
    assert {key: one.copy_of for key, one in placed.items()} == {"own": "", "made": "own", "fr": "own", "x": ""}
    assert [one.report for one in grouped(reports, joined_from=0.2)] == [one.id for one in reports]

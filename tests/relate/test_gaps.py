"""A dossier is told what it lacks."""

from datetime import UTC, datetime, timedelta

import pytest

from chronik.relate.gaps import GapKind, Held, gaps

BEGINS = datetime(2020, 9, 28, tzinfo=UTC)


def made(number, **more):
    return Held(id=f"a{number}", published=BEGINS + timedelta(days=number % 7), **more)


DOSSIER = [made(number, language="en", source_kind="newspaper", country="US") for number in range(10)]


def named(found, kind):
    return {gap.value: gap for gap in found if gap.kind is kind}


def test_a_language_that_the_corpus_holds_and_the_dossier_does_not_is_told_with_examples():
    corpus = [made(100 + number, language="ru", score=number / 10) for number in range(6)]
    gap = named(gaps(DOSSIER, corpus), GapKind.LANGUAGE)["ru"]
    assert (gap.held, gap.there) == (0, 6)
    assert gap.examples == ("a105", "a104", "a103", "a102", "a101")


@pytest.mark.parametrize(
    ("kind", "more", "value"),
    [
        (GapKind.PARTY, {"parties": frozenset({"Armenia"})}, "Armenia"),
        (GapKind.SOURCE_KIND, {"source_kind": "government"}, "government"),
        (GapKind.COUNTRY, {"country": "AM"}, "AM"),
    ],
)
def test_a_party_a_kind_of_source_and_a_country_can_be_missing(kind, more, value):
    assert value in named(gaps(DOSSIER, [made(100 + number, **more) for number in range(3)]), kind)


def test_a_week_without_clips_is_told_by_its_iso_number():
    late = [Held(id=f"l{number}", published=BEGINS + timedelta(days=60)) for number in range(3)]
    assert set(named(gaps(DOSSIER, late), GapKind.WEEK)) == {"2020-W48"}


def test_copies_count_once_and_one_article_makes_no_gap():
    copies = [made(100 + number, language="ru", origin="a100") for number in range(5)]
    assert gaps(DOSSIER, copies) == ()


def test_what_the_dossier_has_is_no_gap_even_under_another_id():
    inside = [made(0, language="ru"), *(made(200 + number, language="ru", origin="a1") for number in range(4))]
    assert gaps(DOSSIER, inside) == ()


def test_a_language_of_which_the_dossier_has_hardly_any_is_thin():
    corpus = [made(100 + number, language="ru") for number in range(200)]
    gap = named(gaps([*DOSSIER, made(50, language="ru")], corpus), GapKind.LANGUAGE)["ru"]
    assert gap.held == 1
    assert gap.expected > 4


def test_nothing_lacks_where_nothing_is():
    assert gaps([], []) == ()
    assert gaps(DOSSIER, []) == ()


def test_an_empty_dossier_lacks_everything():
    assert named(gaps([], [made(number, language="ru") for number in range(3)]), GapKind.LANGUAGE)["ru"].there == 3

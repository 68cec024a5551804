"""Stories of months and years ago are found again by what is rare in them."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.encode import FakeEncode

from chronik.model import ReasonKind, Report
from chronik.relate import recall
from chronik.relate.background import Background
from chronik.relate.bridge import Bridge
from chronik.relate.gists import KEYS_A_NAME, NAMES_KEPT, NUMBERS_KEPT, WORDS_KEPT, gist_of, packed, unpacked
from chronik.relate.keeping import kept_vector
from chronik.relate.traits import traits_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BRIDGE, ENCODE = Bridge(), FakeEncode()
FERRY = "Ferry Morgenrot runs aground off Lindholm harbour, 84 people rescued"
TRIAL = "Captain of ferry Morgenrot, aground off Lindholm with 84 people, goes on trial"
BAKERS = "Bakers of Altenstadt strike over night work and pay"


def gist(title, *, days=0, story="", text="", reports=1):
    when = NOON + timedelta(days=days)
    report = Report(id="r", title=title, text=text, language="en", published=when)
    vector = ENCODE.vectors([title])[0]
    traits = traits_of(report, bridge=BRIDGE, vector=vector)
    return gist_of(story or title[:8], [traits] * reports, middle=vector, background=Background())


def common(*kept):
    holding = {}
    for number, each in enumerate(kept):
        for key in each.found_by():
            holding.setdefault(key, []).insert(0, number)
    return recall.Commonness(stories=len(kept), holding=holding)


def linked(new, *kept):
    known = common(*kept)
    found = [kept[number] for number in recall.candidates(new, known)]
    return recall.links(new, found, common=known, made_by="recall test")


def test_a_story_goes_on_from_one_of_a_year_ago_and_says_why():
    ferry, bakers = gist(FERRY), gist(BAKERS, days=1)
    (link,) = linked(gist(TRIAL, days=300, story="trial"), ferry, bakers)
    assert (link.earlier, link.later, link.made_by) == (ferry.story, "trial", "recall test")
    assert link.score >= recall.shipped().linked
    kinds = {reason.kind: reason.words for reason in link.reasons}
    assert "Morgenrot" in " ".join(kinds[ReasonKind.NAMES])
    assert any("84" in number for number in kinds[ReasonKind.NUMBERS])


def test_what_lies_within_a_month_is_left_to_the_window():
    assert linked(gist(TRIAL, days=20, story="trial"), gist(FERRY)) == ()


def test_an_older_story_that_comes_later_is_the_earlier_one():
    (link,) = linked(gist(FERRY, days=-400, story="ferry"), gist(TRIAL, story="trial"))
    assert (link.earlier, link.later) == ("ferry", "trial")


def test_nothing_in_common_links_nothing():
    assert linked(gist(BAKERS, days=300), gist(FERRY)) == ()
    assert linked(gist(BAKERS, days=300)) == ()


def test_what_stands_in_very_many_stories_finds_none():
    ferry = gist(FERRY)
    many = recall.Commonness(stories=9_000, holding=dict.fromkeys(ferry.found_by(), range(recall.STORIES_A_KEY_MAX)))
    assert recall.candidates(gist(TRIAL, days=300), many) == []


def test_so_many_candidates_are_looked_at_and_no_more():
    ferry = gist(FERRY)
    many = recall.Commonness(stories=9_000, holding=dict.fromkeys(ferry.found_by(), range(250)))
    assert len(recall.candidates(gist(TRIAL, days=300), many)) == recall.LOOKED_AT_MAX
    others = [gist(FERRY, story=str(number)) for number in range(40)]
    assert len(recall.links(gist(TRIAL, days=300), others, common=many, made_by="")) <= recall.LINKED_MAX


def test_a_gist_stays_small_whatever_the_story():
    text = " ".join(
        f"Name{number}ovsky met Person{number}ev in Town{number}berg with {number * 37} men." for number in range(99)
    )
    large = gist("Everybody meets everybody", text=text, reports=500)
    assert (len(large.names), len(large.numbers), len(large.words)) <= (NAMES_KEPT, NUMBERS_KEPT, WORDS_KEPT)
    assert len(large.found_by()) <= NAMES_KEPT * (KEYS_A_NAME + 1) + NUMBERS_KEPT + WORDS_KEPT
    assert len(packed(large)) < 4_000
    assert large.reports == 500


def test_a_gist_without_reports_that_have_a_time_links_nothing():
    timeless = gist_of(
        "s", [traits_of(Report(id="a", title=FERRY), bridge=BRIDGE)], middle=None, background=Background()
    )
    assert linked(timeless, gist(FERRY)) == ()
    assert timeless.middle is None


@given(st.text(max_size=200), st.text(max_size=300))
def test_a_gist_comes_back_as_it_was_packed(title, text):
    each = gist(title, text=text)
    times = each.first_at, each.last_at
    back = unpacked(packed(each), vector=kept_vector(each.middle), story=each.story, times=times)
    assert (back.names, back.numbers, back.words, back.languages) == (
        each.names,
        each.numbers,
        each.words,
        each.languages,
    )
    assert back.found_by() == each.found_by()
    assert (back.middle is None) == (each.middle is None)
    assert each.middle is None or np.allclose(back.middle, each.middle, atol=1e-2)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"x\x9c\x03\x00\x00\x00\x00\x01", packed(gist(FERRY))[:-9]])
def test_a_damaged_gist_is_none(content):
    assert unpacked(content, vector=b"\0", story="s", times=(NOON, NOON)) is None


@pytest.mark.parametrize("title", ["", "\0", "\ud800", "a" * 500_000, "🙂" * 9_999, "١٢٣ " * 9_999, "A " * 99_999])
def test_any_title_has_a_gist(title):
    assert recall.links(gist(title, days=99), [gist(title)], common=common(gist(title)), made_by="") is not None

"""Reports are placed as they come."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.encode import FakeEncode

from chronik.model import ReasonKind, Report, Verdict, story_id
from chronik.relate.bridge import Bridge
from chronik.relate.editing import said
from chronik.relate.placing import Placer
from chronik.relate.traits import packed, traits_of, unpacked

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BRIDGE = Bridge()
ENCODE = FakeEncode()
FERRY = "Ferry Morgenrot runs aground off Lindholm harbour, 84 people rescued"
FERRY_AGAIN = "84 people rescued as ferry Morgenrot runs aground near Lindholm harbour"
BAKERS = "Bakers of Altenstadt strike over night work and pay"


def traits(key, title, *, hours=0, text="", language="en", source=""):
    report = Report(
        id=key, title=title, text=text, language=language, published=NOON + timedelta(hours=hours), source=source
    )
    return traits_of(report, bridge=BRIDGE, vector=ENCODE.vectors([f"{title} {text}"])[0])


def test_the_first_report_begins_a_story():
    placement = Placer().place(traits("a", FERRY))
    assert placement.story == story_id("a")
    assert (placement.anchor, placement.score, placement.judgements) == ("", 1.0, ())


def test_two_reports_of_one_happening_are_one_story_and_say_why():
    placer = Placer()
    first = placer.place(traits("a", FERRY))
    placer.place(traits("b", BAKERS, hours=1))
    third = placer.place(traits("c", FERRY_AGAIN, hours=2))
    assert third.story == first.story
    assert third.anchor == "a"
    kinds = {reason.kind for reason in third.reasons}
    assert {ReasonKind.NAMES, ReasonKind.NUMBERS, ReasonKind.HOURS_APART} <= kinds
    words = {reason.kind: reason.words for reason in third.reasons}
    assert "84" in words[ReasonKind.NUMBERS]
    assert placer.story_of("b") == story_id("b")


def test_judgements_name_their_pair_in_order_and_who_made_them():
    placer = Placer(made_by="fake")
    placer.place(traits("b", FERRY))
    judgement = placer.place(traits("a", FERRY_AGAIN, hours=1)).judgements[0]
    assert (judgement.first, judgement.second) == ("a", "b")
    assert judgement.verdict is Verdict.SAME
    assert "fake" in judgement.made_by
    assert not judgement.by_editor


def test_an_editors_word_is_followed_when_the_second_report_comes():
    apart = said(("a", "c"), Verdict.DIFFERENT, editor="ada", at=NOON)
    together = said(("b", "d"), Verdict.SAME, editor="ada", at=NOON)
    placer = Placer(words=[apart, together])
    for key, title in (("a", FERRY), ("b", BAKERS)):
        placer.place(traits(key, title))
    assert placer.place(traits("c", FERRY_AGAIN, hours=1)).story != story_id("a")
    placement = placer.place(traits("d", "An entirely other matter", hours=2))
    assert (placement.story, placement.anchor) == (story_id("b"), "b")
    assert [reason.kind for reason in placement.reasons] == [ReasonKind.EDITOR]


def test_a_copy_goes_to_the_story_of_its_earliest_original():
    text = " ".join(f"Sentence {number} tells what witness {number * 7} saw at the quay." for number in range(40))
    placer = Placer()
    placer.place(traits("a", FERRY, text=text, source="agency"))
    copy = placer.place(traits("b", "What happened in the night", text=text, hours=3, source="paper"))
    assert (copy.copy_of, copy.story, copy.certain) == ("a", story_id("a"), True)


def test_after_a_restart_placing_goes_on_as_if_nothing_had_happened():
    whole, begun, resumed = Placer(), Placer(), Placer()
    stream = [traits(f"r{n}", title, hours=n) for n, title in enumerate((FERRY, BAKERS, FERRY_AGAIN))]
    last = traits("last", "Rescued: 84 people from ferry Morgenrot off Lindholm", hours=4)
    for each in stream:
        whole.place(each)
        placement = begun.place(each)
        resumed.remember(unpacked(packed(each), vector=each.vector), story=placement.story)
    assert resumed.place(last) == whole.place(last)


def test_what_is_put_back_with_its_weights_is_as_it_was():
    whole, resumed = Placer(), Placer()
    titles = (FERRY, BAKERS, FERRY_AGAIN, "Morgenrot: 84 at sea", "Altenstadt without bread")
    for number, title in enumerate(titles):
        each = traits(f"r{number}", title, hours=number, text=f"{title}. " * 9)
        placement = whole.place(each)
        back = unpacked(packed(each), vector=each.vector)
        resumed.remember(back, story=placement.story, weights=whole.weights_of(f"r{number}"))
    last = traits("last", "Rescued: 84 people from ferry Morgenrot off Lindholm", hours=7)
    assert resumed.place(last) == whole.place(last)


@pytest.mark.parametrize("weights", [b"", b"x", b"\0" * 16, b"\0" * 8_000])
def test_weights_that_do_not_fit_are_made_anew(weights):
    placer = Placer()
    placer.remember(traits("a", FERRY), story=story_id("a"), weights=weights)
    assert placer.place(traits("b", FERRY_AGAIN, hours=1)).story == story_id("a")


def test_stories_can_be_arranged_as_editors_left_them():
    placer = Placer()
    for n, title in enumerate((FERRY, FERRY_AGAIN)):
        placer.place(traits(f"r{n}", title, hours=n))
    placer.arrange({"r1": "elsewhere"})
    assert (placer.story_of("r0"), placer.story_of("r1")) == (story_id("r0"), "elsewhere")


def test_reports_far_apart_in_time_are_not_compared():
    placer = Placer(days=30)
    placer.place(traits("a", FERRY))
    assert placer.place(traits("b", FERRY, hours=24 * 40)).judgements == ()


def test_what_is_old_is_forgotten_and_the_rest_keeps_its_stories(monkeypatch):
    monkeypatch.setattr("chronik.relate.placing.FORGOTTEN_EVERY", 10)
    placer = Placer(days=1)
    for number in range(45):
        placer.place(traits(f"r{number}", f"{BAKERS} {number}", hours=number * 12))
    assert placer.story_of("r0") == ""
    assert placer.story_of("r44")


def test_reports_without_time_or_vector_are_placed():
    placer = Placer()
    for key in "ab":
        placement = placer.place(traits_of(Report(id=key, title=FERRY), bridge=BRIDGE))
    assert placement.story == story_id("a")


@pytest.mark.parametrize(
    "title", ["", "\0", "\ud800", "a" * 1_000_000, "🙂" * 9_999, "١٢٣ " * 9_999, "\n\t ", "a " * 99_999]
)
def test_any_title_and_text_can_be_placed(title):
    placer = Placer()
    for key in "abc":
        each = traits_of(Report(id=key, title=title, text=title), bridge=BRIDGE)
        assert placer.place(unpacked(packed(each))).story


@given(st.text(max_size=300), st.text(max_size=300))
def test_traits_come_back_as_they_were_packed(title, text):
    each = traits_of(Report(id="a", title=title, text=text, published=NOON, source="s"), bridge=BRIDGE)
    assert unpacked(packed(each)) == each

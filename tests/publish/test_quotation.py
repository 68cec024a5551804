"""How much of a report is quoted: every character once, whatever the clips; limits by settings and by source."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.material import TALBOTE, make_clip

from chronik.extract.passages import excerpt, gathered
from chronik.model import Passage
from chronik.publish.quotation import Limits, budget, limits, pages, used

TEXT = "".join(chr(0x100 + number) for number in range(400))
USUAL = Limits(characters=200, percent=10, of_unknown=200)
URL = "https://talbote.example/1"


def passage(start, end):
    return Passage(exact=TEXT[start:end], start=start, end=end)


def clip(number, *spans, **fields):
    found = tuple(passage(start, end) for start, end in sorted(spans))
    told = {"url": URL, "article_id": "a1", "text_digest": "t1", "source_id": "", "excerpt": excerpt(TEXT, found)}
    return make_clip(number, passage=found[0], further=found[1:], **{**told, **fields})


def account(*clips, sources=(), characters=None):
    return budget(
        clips,
        usual=USUAL,
        sources={one.id: one for one in sources},
        text_characters={} if characters is None else {"a1": characters},
    )


spans = st.tuples(st.integers(0, 380), st.integers(1, 60)).map(lambda one: (one[0], min(one[0] + one[1], 400)))


@given(st.lists(st.lists(spans, min_size=1, max_size=4), min_size=1, max_size=6))
def test_what_is_used_is_the_union_of_all_spans(chosen):
    clips = []
    for number, some in enumerate(chosen, start=1):
        found = gathered(TEXT, [TEXT[start:end] for start, end in some])
        clips.append(clip(number, *((one.start, one.end) for one in found)))
    union = {place for some in chosen for start, end in some for place in range(start, end)}
    assert used(clips) == len(union)


def test_the_larger_of_the_two_limits_holds():
    assert [USUAL.allowed(length) for length in (50, 2_000, 2_010, 9_000, None)] == [200, 200, 201, 900, 200]


def test_a_source_has_limits_of_its_own():
    few = replace(TALBOTE, quotation_characters=100)
    part = replace(TALBOTE, quotation_percent=2)
    assert limits(USUAL, None) == limits(USUAL, TALBOTE) == USUAL
    assert [limits(USUAL, few).allowed(length) for length in (9_000, None)] == [100, 100]
    assert [limits(USUAL, part).allowed(length) for length in (9_000, None)] == [180, 200]


def test_an_account_says_what_is_left_and_what_is_too_much():
    found = account(clip(1, (0, 90)), clip(2, (50, 120), (200, 260)), characters=2_500)
    assert (found.used, found.allowed, found.left, found.over) == (180, 250, 70, 0)
    assert account(clip(1, (0, 300)), characters=1_000).over == 100


def test_ellipses_between_passages_count_for_nothing():
    assert account(clip(1, (0, 10), (20, 30))).used == 20


def test_a_clip_without_a_known_text_counts_by_its_own_words():
    loose = make_clip(1, excerpt="x" * 240, article_id="", url="", text_digest="", passage=None)
    found = account(loose)
    assert (found.used, found.allowed, found.text_characters, found.over) == (240, 200, None, 40)


def test_the_same_words_in_another_version_of_the_page_count_once():
    later = clip(2, (5, 40), text_digest="t2", article_id="a2")
    assert account(clip(1, (0, 100)), later).used == 100
    assert account(clip(1, (0, 100)), clip(2, (90, 140), text_digest="t2")).used == 150


def test_clips_are_counted_by_report():
    other = clip(3, (0, 5), url="https://talbote.example/2")
    bare = [make_clip(number, url="", article_id="") for number in (4, 5)]
    assert [len(page) for page in pages([clip(1, (0, 5)), other, clip(2, (7, 9)), *bare])] == [2, 1, 1, 1]


def test_reasons_are_told_once():
    told = account(clip(1, (0, 300), quotation_reason="licence"), clip(2, (0, 9), quotation_reason="licence"))
    assert told.reasons == ("licence",)


@pytest.mark.parametrize("many", [3_000])
def test_many_clips_of_one_address_are_counted_in_time(many):
    loose = [make_clip(one, excerpt=f"{one} " * 40, url=URL, passage=None) for one in range(1, many)]
    assert used(loose) > 0

"""Several passages of one text: in its order, joined where they touch, with an ellipsis for what lies between."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import QuoteNotFoundError
from chronik.extract import passages
from chronik.extract.passages import excerpt, gathered
from chronik.extract.standing import each_standing, standing, wanted
from chronik.model import Article, Clip, PassageState

TEXT = (
    "The water board closed the sluice. “Nobody asked us,” said the keeper. He had been on duty since ten.\n\n"
    "The Orvenne fell by 42 centimetres. Anglers counted 300 kilograms of dead fish. Nobody asked us, they said."
)
FIRST, SECOND = "The water board closed the sluice.", "He had been on duty since ten."
THIRD = "Anglers counted 300 kilograms of dead fish."


def said(text, *quotes, near=()):
    return excerpt(text, gathered(text, quotes, near=near))


def clip(text, *quotes):
    found = gathered(text, quotes)
    fields = {"excerpt": excerpt(text, found), "passage": found[0], "further": found[1:]}
    return Clip(id="c" * 64, dossier="sluice", clipped_at=datetime(2026, 5, 1, tzinfo=UTC), **fields)


def reading(text):
    return Article(id="a" * 64, url="https://talbote.example/1", title="Sluice", text=text, language="en")


def test_an_ellipsis_stands_for_what_lies_between_and_a_blank_line_where_a_paragraph_ends():
    assert said(TEXT, FIRST, SECOND) == f"{FIRST} […] {SECOND}"
    assert said(TEXT, FIRST, THIRD) == f"{FIRST} […]\n\n{THIRD}"


def test_passages_stand_in_the_order_of_the_text_whatever_the_order_of_choosing():
    assert said(TEXT, THIRD, SECOND, FIRST) == said(TEXT, FIRST, SECOND, THIRD)


def test_passages_that_overlap_or_touch_are_one():
    assert said(TEXT, "The water board closed", "board closed the sluice.") == FIRST
    assert said(TEXT, "The water board closed", "the sluice.") == FIRST
    assert said(TEXT, FIRST, FIRST) == FIRST
    assert "\n\n" in said(TEXT, SECOND, "The Orvenne fell")
    assert "[…]" not in said(TEXT, SECOND, "The Orvenne fell")


def test_empty_ones_are_left_out_and_one_must_be_left():
    assert said(TEXT, "", FIRST, "  ") == FIRST
    with pytest.raises(QuoteNotFoundError, match="empty"):
        gathered(TEXT, ["", " "])


def test_each_must_stand_in_the_text():
    with pytest.raises(QuoteNotFoundError, match="Nobody knew"):
        gathered(TEXT, [FIRST, "Nobody knew."])


def test_of_words_that_stand_twice_the_place_that_is_meant_is_taken():
    second = TEXT.rindex("Nobody asked us")
    assert gathered(TEXT, ["Nobody asked us"], near=[second - 3])[0].start == second
    assert gathered(TEXT, ["Nobody asked us"])[0].start == TEXT.index("Nobody asked us")


def test_there_is_a_limit():
    words = [f"w{number}" for number in range(passages.PASSAGES_MAX + 1)]
    with pytest.raises(QuoteNotFoundError, match="at most"):
        gathered(" x ".join(words), words)


@given(st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12)), min_size=1, max_size=8))
def test_what_is_gathered_is_apart_in_order_and_covers_what_was_chosen(chosen):
    words = [f"w{number}" for number in range(40)]
    text = "\n\n".join(" ".join(words[at : at + 8]) for at in range(0, 40, 8))
    found = gathered(text, [text[text.index(words[at]) :][: length * 3].strip() for at, length in chosen])
    assert all(before.end < after.start and text[before.end : after.start].strip() for before, after in pairwise(found))
    assert all(text[one.start : one.end] == one.exact for one in found)
    assert excerpt(text, found).count("[…]") == len(found) - 1


# What becomes of them on a page


def test_each_passage_is_told_of_itself():
    kept = clip(TEXT, FIRST, SECOND, THIRD)
    changed = reading(TEXT.replace("300", "30").replace(SECOND, ""))
    states = [one.state for one in each_standing(kept, changed)]
    assert states == [PassageState.STANDS, PassageState.REMOVED, PassageState.CHANGED]
    assert standing(kept, changed).state is PassageState.CHANGED
    assert standing(kept, changed).wording == "Anglers counted 30 kilograms of dead fish."
    assert standing(kept, reading(TEXT)).state is PassageState.STANDS


def test_passages_that_changed_places_stand_and_are_told_to_have_moved():
    first, second = TEXT.split("\n\n")
    found = each_standing(clip(TEXT, FIRST, THIRD), reading(f"{second}\n\n{first}"))
    assert [(one.state, one.moved) for one in found] == [(PassageState.STANDS, False), (PassageState.STANDS, True)]


def test_dots_that_the_text_itself_has_are_no_gap():
    text = "The board wrote: closed […] until further notice. Nobody signed it."
    kept = clip(text, "wrote: closed […] until further notice")
    assert kept.further == ()
    filled = reading(text.replace("[…]", "by mistake"))
    assert standing(kept, filled).state is PassageState.CHANGED
    assert standing(kept, reading(text)).state is PassageState.STANDS
    both = clip(text, "wrote: closed […] until further notice", "Nobody signed it.")
    assert [one.state for one in each_standing(both, filled)] == [PassageState.CHANGED, PassageState.STANDS]


def test_what_witnesses_are_asked_for_is_each_passage_without_the_gaps():
    assert wanted(clip(TEXT, FIRST, THIRD)) == f"{FIRST}\n\n{THIRD}"
    assert wanted(clip(TEXT, FIRST)) == FIRST

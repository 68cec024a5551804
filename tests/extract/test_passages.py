"""Passages: found verbatim whatever quotes and spaces were typed, given back in the text's own wording."""

import contextlib
import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chronik.errors import QuoteNotFoundError
from chronik.extract.passages import located, relocated

TEXT = "Er sagte: „Das ist  nicht\u00adwahr“ – und ging.\n\nIm Cafe\u0301 blieb’s still\u00a0… Ende"


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ('"Das ist nichtwahr" - und ging', "„Das ist  nicht\u00adwahr“ – und ging"),
        ("und ging. Im Café", "und ging.\n\nIm Cafe\u0301"),
        ("blieb's still ...", "blieb’s still\u00a0…"),
        ("  Ende\n", "Ende"),
        ("Er", "Er"),
    ],
)
def test_a_quotation_is_found_whatever_was_typed(quote, exact):
    passage = located(TEXT, quote)
    assert passage.exact == exact
    assert TEXT[passage.start : passage.end] == exact


@pytest.mark.parametrize("quote", ["und ging,", "Cafe blieb", "er sagte", ". Ende", "…Ende Ende"])
def test_what_the_text_does_not_say_is_refused(quote):
    with pytest.raises(QuoteNotFoundError):
        located(TEXT, quote)


@pytest.mark.parametrize("quote", ["", "  \n", "\u00ad", "\u200b "])
def test_an_empty_quotation_is_refused(quote):
    with pytest.raises(QuoteNotFoundError, match="empty"):
        located(TEXT, quote)


def test_the_refusal_shows_where_text_and_quotation_part():
    with pytest.raises(QuoteNotFoundError) as refusal:
        located("Die Schleuse blieb bis zum Abend geschlossen.", "Die Schleuse blieb bis zum Morgen geschlossen.")
    assert "blieb bis zum" in str(refusal.value)
    assert '"Abend geschlossen.' in str(refusal.value)
    assert '"Morgen geschlossen.' in str(refusal.value)


def test_the_first_of_several_places_is_taken():
    assert located("eins zwei eins", "eins").start == 0


def test_a_passage_carries_32_characters_on_either_side():
    passage = located("a" * 50 + "X" + "b" * 50, "X")
    assert passage.prefix == "a" * 32
    assert passage.suffix == "b" * 32


def test_selectors_are_those_of_the_standard():
    passage = located("one two three", "two")
    assert passage.selectors == [
        {"type": "TextQuoteSelector", "exact": "two", "prefix": "one ", "suffix": " three"},
        {"type": "TextPositionSelector", "start": 4, "end": 7},
    ]


def test_positions_count_code_points():
    assert located("😀 Ende", "Ende").start == 2


def test_in_a_changed_text_the_surroundings_tell_which_place_is_meant():
    passage = located("Am Montag schwieg er. Am Dienstag schwieg er nicht.", "Dienstag schwieg er")
    changed = "Vorweg: am Sonntag schwieg er. " + "Am Montag schwieg er. Am Dienstag schwieg er nicht."
    found = relocated(changed, passage)
    assert found is not None
    assert changed[found.start : found.end] == "Dienstag schwieg er"
    second = located("ja. nein. ja! nein!", "ja!")
    moved = relocated("ja? ja. nein. ja! nein!", second)
    assert moved is not None
    assert moved.start == 14


def test_a_passage_that_is_gone_is_not_found_again():
    assert relocated("ganz anderes", located("Am Montag schwieg er.", "Montag")) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a" * 1_000_000, "a" * 5_000 + "b"),
        ("…" * 300_000, "." * 10_000 + "!"),
        ("…" * 300_000, "." * 10_000),
        (("ab" * 500 + "c") * 1_000, "ab" * 600),
        ("a" + "\u0301" * 500_000, "a\u0301b"),
        (" " * 1_000_000 + "x", "x y"),
    ],
)
def test_finding_takes_linear_time(text, quote):
    started = time.process_time()
    with contextlib.suppress(QuoteNotFoundError):
        located(text, quote)
    assert time.process_time() - started < 5


texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("aä\u0308\u0301 \n\u00a0„“\"'’…-–\u00ad\u200b한क्षि"), st.characters(codec="utf-8")
    ),
    max_size=80,
)


@given(texts, st.integers(0, 80), st.integers(1, 80))
def test_every_stretch_of_a_text_is_found_in_it(text, start, length):
    quote = text[start : start + length]
    cuts_a_letter = unicodedata.combining((text[start + length : start + length + 1] or "a")[0]) or (
        quote and unicodedata.combining(quote[0])
    )
    assume(not cuts_a_letter)
    try:
        passage = located(text, quote)
    except QuoteNotFoundError as refusal:
        assert "empty" in str(refusal)  # noqa: PT017 - only then may a refusal come
        return
    assert text[passage.start : passage.end] == passage.exact
    assert text[max(0, passage.start - 32) : passage.start] == passage.prefix
    assert relocated(text, passage) is not None


@given(texts, texts)
def test_a_text_in_another_normal_form_says_the_same(before, quote):
    text = f"{before} {quote} {before}"
    try:
        passage = located(unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", quote))
    except QuoteNotFoundError as refusal:
        assert "empty" in str(refusal)  # noqa: PT017 - see above
        return
    assert passage.exact

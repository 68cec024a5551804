"""A clipped passage stands, was altered, or is gone; typography and furniture do not count."""

import time
from datetime import UTC, datetime

import pytest

from chronik.extract.passages import located
from chronik.extract.standing import standing
from chronik.model import Article, Clip, PassageState

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
TEXT = (
    "The water board closed the sluice in the night to Thursday. “Nobody asked us,” said the keeper, Gerrit "
    "Ollenbrook, who had been on duty since ten.\n\nThe Orvenne fell by 42 centimetres within three hours. Anglers "
    "counted 300 kilograms of dead fish below the gates."
)


def reading(text, **fields):
    return Article(id="a" * 64, url="https://talbote.example/1", title="Sluice", text=text, language="en", **fields)


def clip(excerpt, *, passage=None):
    return Clip(id="c" * 64, dossier="sluice", excerpt=excerpt, passage=passage, clipped_at=NOON)


def state(excerpt, text, **fields):
    return standing(clip(excerpt), reading(text, **fields)).state


def test_a_passage_stands_in_other_typography_and_other_lines():
    assert state('"Nobody asked us," said the keeper', TEXT.replace(" ", "\n")) is PassageState.STANDS


def test_a_passage_that_moved_stands():
    first, second = TEXT.split("\n\n")
    quote = located(TEXT, "The Orvenne fell by 42 centimetres")
    moved = reading(f"{second}\n\n{first}")
    assert standing(clip(quote.exact, passage=quote), moved).state is PassageState.STANDS


@pytest.mark.parametrize("gap", [" […] ", " … ", " [...] ", "... ", "\n\n"])
def test_of_several_passages_each_must_stand(gap):
    both = f"The water board closed the sluice{gap}Anglers counted 300 kilograms"
    assert state(both, TEXT) is PassageState.STANDS
    assert state(both, TEXT.replace("300", "30")) is PassageState.CHANGED


def test_an_altered_passage_is_told_with_the_words_in_its_place():
    found = standing(
        clip("Anglers counted 300 kilograms of dead fish below the gates."), reading(TEXT.replace("300", "30"))
    )
    assert found.state is PassageState.CHANGED
    assert found.wording == "Anglers counted 30 kilograms of dead fish below the gates."


def test_a_passage_of_two_sentences_is_found_altered_as_two():
    quote = "The Orvenne fell by 42 centimetres within three hours. Anglers counted 300 kilograms of dead fish"
    found = standing(clip(quote), reading(TEXT.replace("42", "24").replace("300", "200")))
    assert found.wording.startswith("The Orvenne fell by 24")
    assert "200 kilograms" in found.wording


def test_a_passage_without_anything_like_it_was_removed():
    assert state("The minister has denied every word of it.", TEXT) is PassageState.REMOVED
    assert state("The minister has denied every word of it.", "") is PassageState.REMOVED


def test_behind_a_wall_nobody_knows():
    assert state("The minister has denied every word of it.", TEXT, paywalled=True) is PassageState.PAYWALLED
    assert state("Anglers counted 300 kilograms", TEXT, paywalled=True) is PassageState.STANDS


def test_a_clip_without_excerpt_stands_while_its_page_does():
    assert state("", TEXT) is PassageState.STANDS
    assert state(" … ", TEXT) is PassageState.STANDS


@pytest.mark.parametrize(
    "script",
    ["Река упала на {} сантиметра за три часа.", "河の水位は三時間で{}センチ下がった。", "انخفض النهر {} سنتيمترا."],
)
def test_other_scripts_are_compared_alike(script):
    text = f"{script.format(42)} {TEXT}"
    assert state(script.format(42), text) is PassageState.STANDS


@pytest.mark.parametrize(
    "text", ["." * 300_000, "a. " * 100_000, "a" * 300_000, "\ud800 b\x00. " * 20_000, "\n" * 300_000]
)
def test_odd_texts_are_compared_in_bounded_time(text):
    began = time.process_time()
    state("The minister has denied every word. " * 40, text)
    assert time.process_time() - began < 20

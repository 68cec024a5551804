"""The statements of one paragraph in a writing with words (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.extract.quotes.attribution import Attribution, attribution, is_statement, places
from chronik.extract.quotes.dialogue import cut_before_a_verb, parted, spoken
from chronik.extract.quotes.marks import Quotation, quotations
from chronik.extract.quotes.paragraph import Paragraph, paragraph
from chronik.extract.quotes.reported import report
from chronik.model import Span, Statement

if TYPE_CHECKING:
    from chronik.extract.quotes.attribution import Place
    from chronik.extract.quotes.wording import Wording


def in_words(text: str, wording: Wording, *, goes_on: bool, continues: bool) -> tuple[list[Statement], bool]:
    """The statements of a paragraph, and whether its last quotation goes on in the next one.

    `goes_on` says that the next paragraph opens with a mark, `continues` that a quotation of the last is still open.
    """
    quoted, unclosed = _quoted(text, wording, goes_on=goes_on)
    said = paragraph(text, quoted, wording=wording)
    if not said.cues and not quoted:
        return [], False
    found, taken = _quotations(said, quoted, continues=continues)
    for sentence_index, sentence in enumerate(said.sentences):
        if sentence_index not in taken:
            reported = report(said, sentence)
            if reported:
                found.append(
                    Statement(
                        start=reported.start,
                        end=reported.end,
                        quoted=False,
                        speaker=_span(said, reported.speaker),
                        cue=_span(said, reported.cue),
                    )
                )
    return sorted(found, key=lambda one: one.start), unclosed


def _quoted(text: str, wording: Wording, *, goes_on: bool) -> tuple[list[Quotation], bool]:
    dialogue = spoken(text, wording)
    if dialogue:
        return dialogue, False
    found = quotations(text)
    unclosed = bool(found) and not found[-1].closed
    if unclosed and not goes_on:
        cut = cut_before_a_verb(text, found[-1], wording=wording)
        found = [*found[:-1], cut] if cut else found[:-1]
        unclosed = False
    return [part for one in found for part in parted(text, one, wording=wording)], unclosed


def _quotations(said: Paragraph, quoted: list[Quotation], *, continues: bool) -> tuple[list[Statement], set[int]]:
    """The quotations that are statements, and the sentences in which they stand."""
    found: list[Statement] = []
    taken: set[int] = set()
    earlier: Attribution | None = None
    for place in places(said, quoted):
        told = attribution(said, place, earlier=earlier)
        if told is None and continues and place.quotation.outer_start == 0:
            told = Attribution(sure=True)
        stated = is_statement(said, place, found=told)
        earlier = told if stated else None
        if stated:
            taken.add(place.sentence)
            found.append(_statement(said, place, told))
    return found, taken


def _statement(said: Paragraph, place: Place, told: Attribution | None) -> Statement:
    return Statement(
        start=place.quotation.start,
        end=place.quotation.end,
        quoted=True,
        speaker=_span(said, told.speaker) if told else None,
        cue=_span(said, told.cue) if told else None,
    )


def _span(said: Paragraph, words: tuple[int, int] | None) -> Span | None:
    if words is None:
        return None
    return Span(start=said.words[words[0]].start, end=said.words[words[1] - 1].end)

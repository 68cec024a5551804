"""Decides how an article's text is shown: in paragraphs with their places, what was clipped of it marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.model import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    clip_id: str = ""
    """The clip that this run belongs to."""
    first: bool = False
    """Here the clip begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of the text."""

    number: int
    """Counted from 1; part of the paragraph's anchor."""
    start: int
    """Its first character's place in the text."""
    pieces: tuple[Piece, ...]


def paragraphs(text: str, passages: Iterable[tuple[str, Passage]]) -> list[Paragraph]:
    """The text's blocks; passages come with the id of their clip. Where two overlap, the earlier one is marked."""
    spans = _disjoint(text, passages)
    return [
        Paragraph(number=number, start=start, pieces=tuple(_pieces(text, start, end, spans)))
        for number, (start, end) in enumerate(_blocks(text), 1)
    ]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where the blocks of `model.paragraphs` stand."""
    at = 0
    for part in text.split("\n\n"):
        if part.strip():
            start = at + len(part) - len(part.lstrip())
            yield start, start + len(part.strip())
        at += len(part) + len("\n\n")


def _disjoint(text: str, passages: Iterable[tuple[str, Passage]]) -> list[tuple[int, int, str]]:
    """Spans in order, without overlap; a passage that does not stand where it says is left out."""
    spans: list[tuple[int, int, str]] = []
    end_before = 0
    for clip_id, passage in sorted(passages, key=lambda item: (item[1].start, -item[1].end)):
        if text[passage.start : passage.end] != passage.exact or passage.end <= end_before:
            continue
        spans.append((max(passage.start, end_before), passage.end, clip_id))
        end_before = passage.end
    return spans


def _pieces(text: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    first = bisect_right(spans, start, key=lambda span: span[1])
    for span_start, span_end, clip_id in islice(spans, first, None):
        low, high = max(span_start, start), min(span_end, end)
        if low >= high:
            break
        if at < low:
            pieces.append(Piece(text=text[at:low]))
        pieces.append(Piece(text=text[low:high], clip_id=clip_id, first=span_start >= start))
        at = high
    if at < end:
        pieces.append(Piece(text=text[at:end]))
    return pieces

"""Decides how an article's text is shown: in its form, with places and links, what was clipped of it marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from chronik.model import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chronik.model import Link, Passage

HEADING_LEVEL_MIN, HEADING_LEVEL_MAX = 2, 6
"""The page's own title is the heading of level 1."""

_TAGS = {BlockKind.QUOTE: "blockquote", BlockKind.ITEM: "li"}
_PLAIN = Block()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    clip_id: str = ""
    """The clip that this run belongs to."""
    first: bool = False
    """Here the clip begins."""
    url: str = ""
    """The page that these words lead to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of the text."""

    number: int
    """Counted from 1; part of the paragraph's anchor."""
    start: int
    """Its first character's place in the text."""
    pieces: tuple[Piece, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    tag: str = "p"
    """The HTML element that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Paragraphs that belong together: the items of one list, or a single one."""

    is_list: bool
    paragraphs: tuple[Paragraph, ...]


def paragraphs(
    text: str, passages: Iterable[tuple[str, Passage]], *, blocks: Sequence[Block] = (), links: Iterable[Link] = ()
) -> list[Paragraph]:
    """The text's blocks; passages come with the id of their clip. Where two overlap, the earlier one is marked.

    Blocks that do not fit the text are passed over: it is shown in plain paragraphs.
    """
    spans = _disjoint(text, passages)
    led = _apart(text, links)
    places = list(_blocks(text))
    forms = blocks if len(blocks) == len(places) else [_PLAIN] * len(places)
    return [
        Paragraph(
            number=number,
            start=start,
            pieces=tuple(_linked(_pieces(text, start, end, spans), start=start, links=led)),
            kind=form.kind,
            tag=_tag(form),
        )
        for number, ((start, end), form) in enumerate(zip(places, forms, strict=True), 1)
    ]


def paragraph_at(text: str, place: int) -> int:
    """The number of the paragraph that holds this place, as in its anchor; 0 where there is none."""
    starts = [start for start, _ in _blocks(text)]
    return bisect_right(starts, place)


def groups(shown: Iterable[Paragraph]) -> list[Group]:
    """The paragraphs, the items of each list together."""
    found: list[Group] = []
    for is_list, members in groupby(shown, key=lambda paragraph: paragraph.kind is BlockKind.ITEM):
        held = tuple(members)
        found += (
            [Group(is_list=True, paragraphs=held)]
            if is_list
            else [Group(is_list=False, paragraphs=(paragraph,)) for paragraph in held]
        )
    return found


def _tag(form: Block) -> str:
    if form.kind is BlockKind.HEADING:
        return f"h{min(max(form.level, HEADING_LEVEL_MIN), HEADING_LEVEL_MAX)}"
    return _TAGS.get(form.kind, "p")


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where the blocks of `model.paragraphs` stand."""
    at = 0
    for part in text.split("\n\n"):
        if part.strip():
            start = at + len(part) - len(part.lstrip())
            yield start, start + len(part.strip())
        at += len(part) + len("\n\n")


class _Span(NamedTuple):
    """What is marked for a clip."""

    start: int
    end: int
    clip_id: str
    first: bool
    """It is the clip's first in the text."""


def _disjoint(text: str, passages: Iterable[tuple[str, Passage]]) -> list[_Span]:
    """Spans in order, without overlap; a passage that does not stand where it says is left out."""
    spans: list[_Span] = []
    begun: set[str] = set()
    end_before = 0
    for clip_id, passage in sorted(passages, key=lambda item: (item[1].start, -item[1].end)):
        if text[passage.start : passage.end] != passage.exact or passage.end <= end_before:
            continue
        spans.append(_Span(max(passage.start, end_before), passage.end, clip_id, clip_id not in begun))
        begun.add(clip_id)
        end_before = passage.end
    return spans


def _pieces(text: str, start: int, end: int, spans: list[_Span]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    first = bisect_right(spans, start, key=lambda span: span.end)
    for span in islice(spans, first, None):
        low, high = max(span.start, start), min(span.end, end)
        if low >= high:
            break
        if at < low:
            pieces.append(Piece(text=text[at:low]))
        begins = span.first and span.start >= start
        pieces.append(Piece(text=text[low:high], clip_id=span.clip_id, first=begins))
        at = high
    if at < end:
        pieces.append(Piece(text=text[at:end]))
    return pieces


def _apart(text: str, links: Iterable[Link]) -> list[Link]:
    """Links to web pages, in order and without overlap."""
    found: list[Link] = []
    end_before = 0
    for link in sorted(links, key=lambda link: link.start):
        if end_before <= link.start < link.end <= len(text) and link.url.startswith(("http://", "https://")):
            found.append(link)
            end_before = link.end
    return found


def _linked(pieces: Iterable[Piece], *, start: int, links: Sequence[Link]) -> Iterator[Piece]:
    """The pieces, cut where a link begins or ends."""
    at = start
    for piece in pieces:
        piece_end = at + len(piece.text)
        first = bisect_right(links, at, key=lambda link: link.end)
        offset = at
        for link in islice(links, first, None):
            if link.start >= piece_end:
                break
            low, high = max(link.start, at), min(link.end, piece_end)
            if offset < low:
                yield _part(piece, at, offset, low)
            yield replace(_part(piece, at, low, high), url=link.url)
            offset = high
        if offset < piece_end:
            yield _part(piece, at, offset, piece_end)
        at = piece_end


def _part(piece: Piece, at: int, low: int, high: int) -> Piece:
    """A stretch of a piece that begins at a place; only its beginning is the beginning of a clip."""
    return replace(piece, text=piece.text[low - at : high - at], first=piece.first and low == at)

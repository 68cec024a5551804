"""What a text quotes and reports, with who said it and by which word, where it is stated (decides)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik.extract.quotes.chinese import in_chinese
from chronik.extract.quotes.marks import opens
from chronik.extract.quotes.western import in_words
from chronik.extract.quotes.wording import wording
from chronik.model import NameKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.model import Mention, Statement

__all__ = ["STATEMENTS_MAX", "statements"]

STATEMENTS_MAX = 2_000
"""A text with more is no article."""
PARAGRAPH_CHARACTERS_MAX = 20_000
"""Of a longer paragraph the beginning is read."""
_IDEOGRAPHIC = frozenset({"zh", "ja", "yue"})


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    text: str
    goes_on: bool
    """The next paragraph begins with an opening mark: a quotation may go on over the break."""


def statements(text: str, *, language: str, mentions: Sequence[Mention]) -> tuple[Statement, ...]:
    """The statements in a text, in order and without overlap; names found in it help to tell where a speaker ends."""
    language = language.partition("-")[0].lower()
    words = None if language in _IDEOGRAPHIC else wording(language) or wording("en")
    found: list[Statement] = []
    open_from = None
    for piece in _pieces(text):
        first = len(found)
        if words:
            read, unclosed = in_words(piece.text, words, goes_on=piece.goes_on, continues=open_from is not None)
        else:
            read, unclosed = in_chinese(piece.text)
        found += (_moved(one, piece.start) for one in read)
        if open_from is not None and len(found) > first:
            _share(found, open_from, first)
        open_from = (open_from if open_from is not None else len(found) - 1) if unclosed and read else None
        if len(found) >= STATEMENTS_MAX:
            break
    return _bounded_by_names(found[:STATEMENTS_MAX], mentions)


def _pieces(text: str) -> Iterator[_Piece]:
    """The paragraphs with their places."""
    start = 0
    parts = text.split("\n\n")
    for index, part in enumerate(parts):
        stripped = part.lstrip()
        offset = start + len(part) - len(stripped)
        following = parts[index + 1].lstrip() if index + 1 < len(parts) else ""
        yield _Piece(offset, stripped[:PARAGRAPH_CHARACTERS_MAX].rstrip(), goes_on=opens(following))
        start += len(part) + 2


def _moved(one: Statement, by: int) -> Statement:
    return replace(
        one, start=one.start + by, end=one.end + by, speaker=_shifted(one.speaker, by), cue=_shifted(one.cue, by)
    )


def _shifted(span: Span | None, by: int) -> Span | None:
    return Span(start=span.start + by, end=span.end + by) if span else None


def _share(found: list[Statement], begin: int, then: int) -> None:
    """One quotation over several paragraphs has one speaker, wherever that is stated."""
    parts = found[begin : then + 1]
    told = next((one for one in parts if one.speaker), None)
    if told is None:
        return
    for index in range(begin, then + 1):
        if found[index].speaker is None:
            found[index] = replace(found[index], speaker=told.speaker, cue=told.cue)


def _bounded_by_names(found: list[Statement], mentions: Sequence[Mention]) -> tuple[Statement, ...]:
    """With speakers that end where a name does that they cut in two."""
    ends = {
        place: mention.end
        for mention in mentions
        if mention.kind is not NameKind.PLACE
        for place in range(mention.start + 1, min(mention.end, mention.start + _NAME_CHARACTERS_MAX))
    }
    return tuple(
        replace(one, speaker=Span(start=one.speaker.start, end=ends[one.speaker.end]))
        if one.speaker and one.speaker.end in ends and not one.start <= ends[one.speaker.end] - 1 < one.end
        else one
        for one in found
    )


_NAME_CHARACTERS_MAX = 100

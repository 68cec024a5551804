"""Cuts out the part of a text that shows best why it was found.

Decides.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.search.words import compounds, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chronik.search.words import Word

SNIPPET_CHARACTERS_MAX = 200
"""Without the dots at its ends."""
CONTEXT_CHARACTERS = 60
"""Shown before the first found word."""
TEXT_CHARACTERS_FIRST = 20_000
"""A text is looked through for found words up to here, and, only when there are none,"""
TEXT_CHARACTERS_MAX = 500_000
"""up to here."""
MARKS_MAX = 1_000
"""Found words that are weighed against each other for one snippet."""
DOTS = "…"

Span = tuple[int, int]
"""Start and end in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What counts as found in a text."""

    phrases: frozenset[tuple[str, ...]] = frozenset()
    """Folded words in order; a single word is a phrase of one."""
    beginnings: tuple[str, ...] = ()
    """Folded beginnings of words."""
    stems: frozenset[str] = frozenset()
    stem: Callable[[Sequence[str]], Sequence[str]] | None = None
    """The stems of words as they stand in the text, one for one; None where the language has no stemmer."""


def snippet(text: str, wanted: Wanted) -> tuple[str, tuple[Span, ...]]:
    """Plain text in one line around the found words, or the beginning; and where in it the found words stand."""
    shown = text[:TEXT_CHARACTERS_FIRST]
    spans = found(shown, wanted)
    if not spans and len(text) > TEXT_CHARACTERS_FIRST:
        shown = text[:TEXT_CHARACTERS_MAX]
        spans = found(shown, wanted)
    start, end = _window(shown, spans)
    return _in_one_line(text, (start, end), [span for span in spans if start <= span[0] and span[1] <= end])


def found(text: str, wanted: Wanted) -> list[Span]:
    """Where found words stand, in order, none inside another."""
    if not (wanted.phrases or wanted.beginnings or wanted.stems):
        return []
    standing = list(words(text))
    spans = _spans_of_phrases(standing, wanted.phrases)
    single = {phrase[0] for phrase in wanted.phrases if len(phrase) == 1}
    spans += [
        (word.start, word.end)
        for word in (*standing, *compounds(text, standing))
        if word.text in single or (wanted.beginnings and word.text.startswith(wanted.beginnings))
    ]
    if wanted.stem and wanted.stems:
        raw = list({text[word.start : word.end] for word in standing})
        same = {word for word, stem in zip(raw, wanted.stem(raw), strict=True) if stem in wanted.stems}
        spans += [(word.start, word.end) for word in standing if text[word.start : word.end] in same]
    return _united(spans)[:MARKS_MAX]


def _spans_of_phrases(standing: list[Word], phrases: frozenset[tuple[str, ...]]) -> list[Span]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            by_first.setdefault(phrase[0], []).append(phrase)
    if not by_first:
        return []
    return [
        (word.start, standing[at + len(phrase) - 1].end)
        for at, word in enumerate(standing)
        for phrase in by_first.get(word.text, ())
        if tuple(other.text for other in standing[at : at + len(phrase)]) == phrase
    ]


def _united(spans: list[Span]) -> list[Span]:
    """Overlapping spans become one."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _window(text: str, spans: list[Span]) -> Span:
    """The stretch that shows most found words; the first of several."""
    best, best_count, last = 0, 0, 0
    for first, (start, _) in enumerate(spans):
        room = SNIPPET_CHARACTERS_MAX - CONTEXT_CHARACTERS
        while last < len(spans) and spans[last][1] <= start + room:
            last += 1
        if last - first > best_count:
            best, best_count = start, last - first
    if spans and not best_count:
        best = spans[0][0]
    start = _start_of_word(text, max(0, best - CONTEXT_CHARACTERS), best)
    return start, _end_of_word(text, start, best)


def _start_of_word(text: str, start: int, best: int) -> int:
    if start == 0:
        return 0
    blank = next((at for at in range(start, best) if text[at].isspace()), None)
    if blank is not None:
        return blank + 1
    return _not_inside_a_letter(text, start)


def _end_of_word(text: str, start: int, best: int) -> int:
    end = start + SNIPPET_CHARACTERS_MAX
    if end >= len(text):
        return len(text)
    blank = next((at for at in range(end, max(best, end - CONTEXT_CHARACTERS), -1) if text[at].isspace()), None)
    return _not_inside_a_letter(text, end) if blank is None else blank


def _not_inside_a_letter(text: str, at: int) -> int:
    """Combining marks stay with their letter."""
    while 0 < at < len(text) and unicodedata.combining(text[at]):
        at -= 1
    return at


def _in_one_line(text: str, window: Span, spans: list[Span]) -> tuple[str, tuple[Span, ...]]:
    """The window with every run of white space made one blank, dots where text was left out, and its marks."""
    start, end = window
    new_position: dict[int, int] = {}
    pieces: list[str] = [DOTS] if text[:start].strip() else []
    length = len(pieces)
    blank = True
    for at in range(start, end):
        space = text[at].isspace()
        new_position[at] = length
        if not space or not blank:
            pieces.append(" " if space else text[at])
            length += 1
        blank = space
    new_position[end] = length
    line = "".join(pieces).rstrip() if blank else "".join(pieces)
    marks = tuple((new_position[first], min(new_position[last], len(line))) for first, last in spans)
    return line + (DOTS if text[end:].strip() else ""), marks

"""Where quotation marks of any style stand around words (decides).

One pass over the marks of a paragraph, whatever is opened and never closed. Marks within marks belong to the outer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN_MAX = 8
"""Marks open at a time; more are no writing."""
_MARKS = re.compile("[„“”«»‹›\"＂‚‘’'「」『』]")
_CLOSERS = {
    "„": '“”"',
    "“": '”“"',
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    '"': '"“”',
    "＂": "＂",
    "「": "」",
    "『": "』",
}
_SINGLE_OPENERS = {"‚": "‘’'", "‘": "’'", "'": "'"}
_BEFORE_OPENING = frozenset(" \t\n\u00a0\u202f\u2009([{—–-/:.,;։،，。：；！？、「『“„«»‹›\"'’‘‚…")
_TERMINAL = frozenset(".,!?…")
SINGLE_CHARACTERS_MAX = 1_500
"""Single marks are apostrophes as well: what they enclose is no longer than this."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks."""

    start: int
    """The first character within the marks, and the one after the last."""
    end: int
    outer_start: int
    """The opening mark, and the place after the closing one."""
    outer_end: int
    closed: bool = True


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order; the last may lack its closing mark."""
    pairs, unclosed = _pairs(text)
    pairs = _outermost(pairs)
    starts = [pair.outer_start for pair in pairs]
    singles = [one for one in _singles(text) if not _within(one, pairs, starts)]
    found = _outermost([*pairs, *singles])
    if unclosed is not None and (not found or found[-1].outer_end <= unclosed):
        found.append(Quotation(unclosed + 1, len(text), unclosed, len(text), closed=False))
    return [_trimmed(text, one) for one in found]


def opens(text: str) -> bool:
    """Whether a paragraph begins with an opening mark."""
    return text[:1] in _CLOSERS and _is_opening(text, 0)


def _pairs(text: str) -> tuple[list[Quotation], int | None]:
    """All pairs of double marks, and the last opening mark that none closes."""
    pairs: list[Quotation] = []
    open_marks: list[int] = []
    for match in _MARKS.finditer(text):
        mark, place = match[0], match.start()
        closing = next((k for k in range(len(open_marks) - 1, -1, -1) if mark in _CLOSERS[text[open_marks[k]]]), None)
        if closing is not None and not (_is_opening(text, place) and not _is_closing(text, place)):
            pairs.append(Quotation(open_marks[closing] + 1, place, open_marks[closing], place + 1))
            del open_marks[closing:]
        elif mark in _CLOSERS and _is_opening(text, place):
            open_marks = [*open_marks[-OPEN_MAX + 1 :], place]
    return pairs, open_marks[-1] if open_marks else None


def _is_opening(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if text[place] in "„«「『":
        return True
    if text[place] == "“" and max(before, after) >= "\u3000":
        return True
    return before in _BEFORE_OPENING and not after.isspace()


def _is_closing(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    return not before.isspace() or text[place] in "»«"


def _singles(text: str) -> Iterator[Quotation]:
    """Pairs of single marks; an apostrophe closes nothing where one behind a punctuation mark does."""
    places = [match.start() for match in _MARKS.finditer(text) if match[0] in "‚‘’'"]
    closing = [place for place in places if text[place] in "‘’'" and _ends_words(text, place)]
    opening = [place for place in places if text[place] in "‚‘" and _begins_words(text, place)]
    sure = [place for place in closing if text[place - 1] in _TERMINAL or text[place + 1 : place + 2] == ","]
    end = 0
    for place in places:
        if place < end or text[place] not in _SINGLE_OPENERS or not _begins_words(text, place):
            continue
        last = _first_after(sure, place)
        nearest = _first_after(closing, place)
        following = _first_after(opening, place)
        between = last is not None and following is not None and following < last
        if last is None or (nearest is not None and (text[place] == "‚" or between)):
            last = nearest
        if last is not None and last - place <= SINGLE_CHARACTERS_MAX:
            end = last + 1
            yield Quotation(place + 1, last, place, end)


def _first_after(places: list[int], place: int) -> int | None:
    index = bisect_left(places, place + 2)
    return places[index] if index < len(places) else None


def _begins_words(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    return before in " \t\n\u00a0([—–" and text[place + 1 : place + 2].isalnum()


def _ends_words(text: str, place: int) -> bool:
    return place > 0 and not text[place - 1].isspace() and not text[place + 1 : place + 2].isalnum()


def _outermost(pairs: list[Quotation]) -> list[Quotation]:
    kept: list[Quotation] = []
    for pair in sorted(pairs, key=lambda pair: (pair.outer_start, -pair.outer_end)):
        if not kept or pair.outer_start >= kept[-1].outer_end:
            kept.append(pair)
    return kept


def _within(one: Quotation, pairs: list[Quotation], starts: list[int]) -> bool:
    index = bisect_left(starts, one.outer_start)
    return index > 0 and pairs[index - 1].outer_end >= one.outer_end


def _trimmed(text: str, one: Quotation) -> Quotation:
    """Without white space at its ends, and without the comma that American papers put inside."""
    inner = text[one.start : one.end]
    start = one.start + len(inner) - len(inner.lstrip())
    end = one.end - (len(inner) - len(inner.rstrip()))
    while end > start and text[end - 1] in ",，،":
        end -= 1
    return Quotation(start, max(start, end), one.outer_start, one.outer_end, one.closed)

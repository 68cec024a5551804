"""Where a quotation stands in a text (decides).

For finding only, white space runs, soft hyphens, typographic quotes and dashes and composed letters count as their
plain forms; what is given back is the text's own wording. A clip may hold several passages of one text: which words are
a gap is told by where the passages stand, never by signs in the excerpt, since a text may hold such signs of its own.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from chronik.errors import QuoteNotFoundError
from chronik.model import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTEXT_CHARACTERS = 32
PASSAGES_MAX = 20
"""As many may one clip hold."""
GAP = " […] "
"""What stands in an excerpt for what lies between two passages of one paragraph."""
PARAGRAPH_GAP = " […]\n\n"
"""The same where a paragraph ends in it."""
PARAGRAPH_END = "\n\n"
PLACES_MAX = 1_000
"""Of a passage that stands more often, the first this many places are compared."""
CLUSTER_CHARACTERS_MAX = 64
"""Longer piles of combining marks are no writing; they are compared as they stand."""
EMPTY = "The quotation is empty. Name the words to be clipped."
_HINT_CHARACTERS = 40
_HINT_WORTHWHILE = 8

_PLAIN = {
    **dict.fromkeys("“”„‟«»‹›″〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛′´`ʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘－", "-"),
    "…": "...",
}
_UNSEEN = frozenset(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in the form in which it is searched; each character knows the stretch it stands for."""

    text: str
    starts: list[int]
    ends: list[int]

    def places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Where the wanted text stands in the original, stretches of whole characters only."""
        at = -1
        for _ in range(PLACES_MAX):
            at = self.text.find(wanted, at + 1)
            if at < 0:
                return
            last = at + len(wanted) - 1
            if self._whole(at, last):
                yield self.starts[at], self.ends[last]

    def _whole(self, first: int, last: int) -> bool:
        opens = first == 0 or self.starts[first - 1] != self.starts[first]
        closes = last + 1 == len(self.starts) or self.starts[last + 1] != self.starts[last]
        return opens and closes


def located(text: str, quote: str) -> Passage:
    """The first place where the text says this, in the text's own wording. Raises QuoteNotFoundError."""
    return _located(text, _folded(text), quote)


def gathered(text: str, quotes: Sequence[str], *, near: Sequence[int | None] = ()) -> tuple[Passage, ...]:
    """Where each quotation stands, in the order of the text; those with nothing but space between them are one.

    `near` gives a place for each quotation, or None: of several occurrences the nearest is meant, else the first.
    Raises QuoteNotFoundError where one does not stand in the text, where all are empty, and where there are too many.
    """
    wanted = [(quote, place) for quote, place in zip_longest(quotes, near[: len(quotes)]) if quote.strip()]
    if len(wanted) > PASSAGES_MAX:
        raise QuoteNotFoundError(f"A clip holds at most {PASSAGES_MAX} passages; these are {len(wanted)}.")
    if not wanted:
        raise QuoteNotFoundError(EMPTY)
    folded = _folded(text)
    return _joined(text, [_located(text, folded, quote, near=place) for quote, place in wanted])


def excerpt(text: str, passages: Sequence[Passage]) -> str:
    """The passages verbatim, in the order of the text, with an ellipsis in brackets for what lies between two.

    Where a paragraph ends in what is left out, a blank line follows the ellipsis.
    """
    pieces = [passages[0].exact] if passages else []
    for before, after in pairwise(passages):
        pieces += [PARAGRAPH_GAP if PARAGRAPH_END in text[before.end : after.start] else GAP, after.exact]
    return "".join(pieces)


def _joined(text: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in passages):
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return tuple(_passage(text, start, end) for start, end in spans)


def _located(text: str, folded: _Folded, quote: str, *, near: int | None = None) -> Passage:
    wanted = _folded(quote).text.strip(" ")
    if not wanted:
        raise QuoteNotFoundError(EMPTY)
    places = folded.places(wanted)
    place = next(places, None) if near is None else min(places, key=lambda place: abs(place[0] - near), default=None)
    if place is None:
        raise QuoteNotFoundError(_not_found(text, folded, wanted))
    return _passage(text, *place)


def relocated(text: str, passage: Passage) -> Passage | None:
    """The same passage in a changed text, where its surroundings fit best; None where it is gone."""
    wanted = _folded(passage.exact).text.strip(" ")
    if not wanted:
        return None
    places = list(_folded(text).places(wanted))
    if not places:
        return None
    start, end = min(places, key=lambda place: _strangeness(text, place, passage))
    return _passage(text, start, end)


def _passage(text: str, start: int, end: int) -> Passage:
    return Passage(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_CHARACTERS) : start],
        suffix=text[end : end + CONTEXT_CHARACTERS],
        start=start,
        end=end,
    )


def _folded(text: str) -> _Folded:
    """The search form: one pass over the text."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        form = _form(text[start:end])
        if form == " " and characters and characters[-1] == " ":
            ends[-1] = end
            continue
        for character in form:
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return _Folded("".join(characters), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Letters with the combining marks that follow them: what canonical equivalence is about."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]) or at - start >= CLUSTER_CHARACTERS_MAX:
            if start < at:
                yield start, at
            start = at


def _form(cluster: str) -> str:
    if len(cluster) == 1:
        if cluster.isspace():
            return " "
        if cluster in _UNSEEN:
            return ""
        if cluster in _PLAIN:
            return _PLAIN[cluster]
        if cluster < "\x80":
            return cluster
    return unicodedata.normalize("NFD", cluster)


def _strangeness(text: str, place: tuple[int, int], passage: Passage) -> tuple[int, int]:
    """How badly the surroundings fit, then how far the place is from where it was."""
    start, end = place
    before = _agreeing(text[max(0, start - CONTEXT_CHARACTERS) : start][::-1], passage.prefix[::-1])
    after = _agreeing(text[end : end + CONTEXT_CHARACTERS], passage.suffix)
    return -(before + after), abs(start - passage.start)


def _agreeing(one: str, other: str) -> int:
    """How many characters are the same from the start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _not_found(text: str, folded: _Folded, wanted: str) -> str:
    """One sentence that shows how far text and quotation agree."""
    sizes = range(1, len(wanted) + 1)
    agree = bisect_left(sizes, True, key=lambda size: wanted[:size] not in folded.text)
    shown = wanted if len(wanted) <= _HINT_CHARACTERS else f"{wanted[:_HINT_CHARACTERS]}…"
    opening = f'The quotation "{shown}" does not stand in the text word for word.'
    if agree >= len(wanted):
        return f"{opening} It starts or ends within a letter or sign of the text."
    if agree < _HINT_WORTHWHILE:
        return f"{opening} Copy the passage from the article's text."
    at = folded.text.find(wanted[:agree])
    last = folded.ends[at + agree - 1]
    says = " ".join(text[last : last + _HINT_CHARACTERS].split())
    return (
        f'{opening} They agree up to "…{wanted[max(0, agree - _HINT_CHARACTERS) : agree].strip()}"; '
        f'there the text goes on "{says}…", the quotation "{wanted[agree : agree + _HINT_CHARACTERS].strip()}…".'
    )

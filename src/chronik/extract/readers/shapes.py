"""What the text of each leaf of a page shows by itself (decides)."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING

from chronik.extract.readers.columns import Alphabet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.readers.leaves import Leaf, Leaves

PROSE_CHARACTERS_MIN = 60
"""Shorter leaves count as no running text when containers are weighed."""
PROSE_LINKED_SHARE_MAX = 0.35
SEEN_CHARACTERS_MAX = 2_000
"""Of a leaf that are looked at for its shape."""
CAP = 1_000_000
PHRASE_CHARACTERS_MAX = 120
"""Longer leaves are no calls and labels."""
EMBEDDED_CHARACTERS_MAX = 700
"""A longer leaf does not stand in for content of others."""

_KINDS = (
    r"[,،、，;；:：]",
    r"\d",
    r"[|›»©@→#•/+]",
    # of scripts without spaces
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]",
    r"[。！？।॥։។]",  # ends sentences, whatever stands behind
    r"[.!?…؟።။៕]",  # ends sentences where one of the next kind stands behind
    r"[\s\"'”’»“)\]」』]",
)
_COMMA, _DIGIT, _SIGN, _UNSPACED, _SURE_END, _END_BEFORE, _BEHIND_END = range(len(_KINDS))
_UNSPACED_WEIGHT = 2
"""A character of a script without spaces says as much as so many more Latin ones."""
_CLOSING = "\"'”’»“)]」』*_ "
_END = frozenset(".!?…。！？؟।॥։።။៕")
_KEPT = tomllib.loads(files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))
BEGINNINGS: dict[str, list[str]] = _KEPT["beginnings"]
_EMBEDDED = re.compile("|".join(_KEPT["anywhere"]["consent"]))
"""In lower case: a search that ignores case takes three times as long."""
_STEMS: list[str] = _KEPT["anywhere"]["stems"]


@dataclass(slots=True)
class Shape:
    """What a leaf's own text shows."""

    weight: int
    """Its length in characters of a script with spaces."""
    words: int
    linked: float
    """Share of its characters that are links."""
    links: int
    stressed: float
    ends: int
    closed: bool
    """It ends as a sentence ends."""
    commas: int
    digits: float
    upper: int
    """0 lower case or no case at the start, 1 upper, 2 all upper."""
    phrase: str
    """Which kind of beginning it has that belongs to no article, if any."""
    signs: int
    embedded: bool
    """It speaks of consent, as what stands in for content of others does."""
    prose: int
    """Its weight if it is running text, else 0."""


def shapes_of(page: Leaves) -> list[Shape]:
    """The shapes of all leaves."""
    seen = [leaf.text[:SEEN_CHARACTERS_MAX] for leaf in page.leaves]
    if not seen:
        return []
    kinds = (_COMMA, _DIGIT, _SIGN, _UNSPACED, _SURE_END)
    counts = _alphabet().counts(seen, kinds, before=(_END_BEFORE, _BEHIND_END))
    consent = _speak_of_consent(seen)
    return list(map(_shape, page.leaves, seen, zip(*counts, strict=True), consent))


def _shape(leaf: Leaf, text: str, counts: tuple[int, ...], consent: bool) -> Shape:
    commas, digits, signs, unspaced, sure_ends, ends = counts
    length = len(leaf.text)
    unspaced = unspaced * length // len(text)
    weight = min(CAP, length + _UNSPACED_WEIGHT * unspaced)
    linked = min(1.0, leaf.link_characters / length)
    ends += sure_ends
    last = text.rstrip(_CLOSING)[-1:]
    is_short = length <= PHRASE_CHARACTERS_MAX
    running = weight >= PROSE_CHARACTERS_MIN and linked <= PROSE_LINKED_SHARE_MAX and ends > 0
    return Shape(
        weight=weight,
        words=leaf.text.count(" ") + 1 + unspaced // 2,
        linked=linked,
        links=len(leaf.links),
        stressed=min(1.0, leaf.emphasised_characters / length),
        ends=ends,
        closed=last in _END if last else False,
        commas=commas,
        digits=digits / length if is_short else 0.0,
        upper=2 if text.isupper() else int(text[0].isupper()),
        phrase=_phrase(text) if is_short else "",
        signs=signs if is_short else 0,
        embedded=consent and length <= EMBEDDED_CHARACTERS_MAX,
        prose=weight if running else 0,
    )


@cache
def _alphabet() -> Alphabet:
    return Alphabet(*_KINDS)


def _phrase(text: str) -> str:
    """Which kind of beginning a leaf has, or empty."""
    pattern = _phrases().get(r"\d" if text[0].isdecimal() else text[0].lower()[0])
    found = pattern.match(text) if pattern else None
    return (found.lastgroup or "") if found else ""


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """The beginnings by their first letter: to try them all on every leaf would take many times as long."""
    by_first: dict[str, dict[str, list[str]]] = {}
    for name, words in BEGINNINGS.items():
        for word in words:
            first = word[:2] if word.startswith("\\") else word[0].lower()
            by_first.setdefault(first, {}).setdefault(name, []).append(word)
    return {
        first: re.compile("|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in kinds.items()), re.IGNORECASE)
        for first, kinds in by_first.items()
    }


def _speak_of_consent(lines: Sequence[str]) -> list[bool]:
    """Whether each line speaks of consent; of the stems only those are tried that occur on the page."""
    whole = "\n".join(lines).lower()
    stems = [stem for stem in _STEMS if stem in whole]
    if not stems:
        return [False] * len(lines)
    lower = whole.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lower), initial=0))
    rows: set[int] = set()
    for stem in stems:
        at = whole.find(stem)
        while at >= 0:
            row = bisect_right(starts, at) - 1
            rows.add(row)
            at = whole.find(stem, starts[row + 1])
    return [
        row in rows and len(line) <= EMBEDDED_CHARACTERS_MAX and _EMBEDDED.search(lower[row]) is not None
        for row, line in enumerate(lines)
    ]

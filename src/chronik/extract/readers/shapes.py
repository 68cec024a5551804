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

import numpy as np

from chronik.extract.readers.columns import Alphabet, whole_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.readers.columns import Numbers
    from chronik.extract.readers.leaves import Leaves

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """What the leaves' own texts show, leaf by leaf."""

    weight: Numbers
    """Its length in characters of a script with spaces."""
    words: Numbers
    linked: Numbers
    """Share of its characters that are links."""
    links: Numbers
    stressed: Numbers
    ends: Numbers
    closed: list[bool]
    """It ends as a sentence ends."""
    commas: Numbers
    digits: Numbers
    upper: list[int]
    """0 lower case or no case at the start, 1 upper, 2 all upper."""
    phrases: list[str]
    """Which kind of beginning it has that belongs to no article, if any."""
    signs: Numbers
    embedded: Numbers
    """It speaks of consent, as what stands in for content of others does."""
    prose: Numbers
    """Its weight if it is running text, else 0."""

    def __len__(self) -> int:
        return len(self.phrases)


def shapes_of(page: Leaves) -> Shapes:
    """The shapes of all leaves."""
    leaves = page.leaves
    texts = [leaf.text for leaf in leaves]
    seen = [text[:SEEN_CHARACTERS_MAX] for text in texts]
    kinds = (_COMMA, _DIGIT, _SIGN, _UNSPACED, _SURE_END)
    commas, digits, signs, unspaced, sure_ends, ends = _alphabet().counts(
        seen, kinds, before=(_END_BEFORE, _BEHIND_END)
    )
    length = whole_numbers(map(len, texts))
    unspaced = unspaced * length // np.minimum(length, SEEN_CHARACTERS_MAX)
    weight = np.minimum(CAP, length + _UNSPACED_WEIGHT * unspaced)
    linked = np.minimum(1.0, whole_numbers(leaf.link_characters for leaf in leaves) / length)
    is_short = length <= PHRASE_CHARACTERS_MAX
    running = (weight >= PROSE_CHARACTERS_MIN) & (linked <= PROSE_LINKED_SHARE_MAX) & (ends + sure_ends > 0)
    return Shapes(
        weight=weight,
        words=whole_numbers(text.count(" ") for text in texts) + 1 + unspaced // 2,
        linked=linked,
        links=whole_numbers(len(leaf.links) for leaf in leaves),
        stressed=np.minimum(1.0, whole_numbers(leaf.emphasised_characters for leaf in leaves) / length),
        ends=ends + sure_ends,
        closed=[text.rstrip(_CLOSING)[-1:] in _END for text in seen],
        commas=commas,
        digits=np.where(is_short, digits / length, 0.0),
        upper=[2 if text.isupper() else int(text[0].isupper()) for text in seen],
        phrases=[_phrase(text) if len(text) <= PHRASE_CHARACTERS_MAX else "" for text in seen],
        signs=np.where(is_short, signs, 0),
        embedded=np.asarray(_speak_of_consent(seen), dtype=bool) & (length <= EMBEDDED_CHARACTERS_MAX),
        prose=np.where(running, weight, 0),
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

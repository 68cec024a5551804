"""The order in which signs are read that stand on a line in scripts written from right to left (decides).

The reverse of what a page's setter did (Unicode Standard Annex #9), as far as a line of a press release needs it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORD_GAP_EMS = 0.2
"""A gap this wide, in sizes of the type, parts words; letters that do not join stand closer."""
MARK_GAP_EMS = 0.3
"""Quotation marks and brackets leave some room on their own sides."""
VOWEL_GAP_EMS = 0.12
"""In scripts of India and beyond a narrower gap is none."""
LETTERS_LOOKED_AT = 2_000

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MIRRORED = dict(zip("«»‹›()[]{}", "»«›‹)(][}{", strict=True))
_MISPLACED = re.compile(r"(?:(?<=\s)|(?<=^))[»›)\]}](?=\w)|(?<=[\w.!?؟،])[«‹(\[{](?=[\s.,،؛:!?؟]|$)")
"""Signs that are drawn the other way round in such a line, and may be told as they are drawn."""
_ALONE = re.compile(r"(?<=\s)[«»]\s(?=\w)")
_JOINED_SIGNS = re.compile("[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")
_CLASSES = frozenset({"R", "AL"})
_LEFT_TO_RIGHT = frozenset({"L", "EN", "AN"})
_WITHIN_NUMBERS = frozenset({"CS", "ES", "ET", "WS", "ON"})


@dataclass(frozen=True, slots=True)
class Sign:
    """One character and where it stands on its line."""

    text: str
    left: float
    right: float


def is_right_to_left(texts: Iterable[str]) -> bool:
    """Whether most of the letters are of a script that is written from right to left."""
    letters = [sign for text in texts for sign in text if sign.isalpha()][:LETTERS_LOOKED_AT]
    return sum(1 for sign in letters if unicodedata.bidirectional(sign) in _CLASSES) * 2 > len(letters)


def read(signs: Sequence[Sign], *, size: float) -> str:
    """The text of a line's signs; as they come where it is written from left to right."""
    text = "".join(sign.text for sign in signs)
    if not _RIGHT_TO_LEFT.search(text) or not is_right_to_left([text]):
        return _closed(signs, size) if _JOINED_SIGNS.search(text) else text
    shown = sorted((sign for sign in signs if sign.text.strip()), key=lambda sign: -(sign.left + sign.right))
    pieces: list[str] = []
    reached = shown[0].left
    for sign in shown:
        beside = sign.text in _MIRRORED or (pieces and pieces[-1] in _MIRRORED)
        if reached - sign.right > (MARK_GAP_EMS if beside else WORD_GAP_EMS) * size:
            pieces.append(" ")
        pieces.append(sign.text)
        reached = min(reached, sign.left)
    return "".join(_turned_back(pieces))


def mirrored(line: str) -> str:
    """A line with its quotation marks and brackets turned as they are written."""
    return _MISPLACED.sub(lambda found: _MIRRORED[found[0]], _ALONE.sub("«", line))


def _closed(signs: Sequence[Sign], size: float) -> str:
    """The text without the gaps that are seen where vowel signs stand over, under or before their letter."""
    kept: list[str] = []
    for at, sign in enumerate(signs):
        before, after = signs[max(0, at - 1)], signs[min(len(signs) - 1, at + 1)]
        is_guess = sign.text == " " and sign.right - sign.left <= 0
        if is_guess and _JOINED_SIGNS.match(before.text) and after.left - before.right < VOWEL_GAP_EMS * size:
            continue
        kept.append(sign.text)
    return "".join(kept)


def _turned_back(pieces: list[str]) -> list[str]:
    """Numbers and foreign words, which run from left to right within the line, in their own order."""
    found: list[str] = []
    run: list[str] = []
    for piece in [*pieces, "\u05d0"]:
        kind = unicodedata.bidirectional(piece[0])
        if kind in _LEFT_TO_RIGHT or (run and kind in _WITHIN_NUMBERS):
            run.append(piece)
            continue
        tail: list[str] = []
        while run and unicodedata.bidirectional(run[-1][0]) in _WITHIN_NUMBERS:
            tail.append(run.pop())
        found += [*run[::-1], *tail[::-1], piece]
        run = []
    return found[:-1]

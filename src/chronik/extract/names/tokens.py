"""Words of a text in scripts with capital letters, and where sentences begin (decides)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKENS_MAX = 60_000
"""No article has more words; names behind them are not looked for."""
LETTERS_MAX = 40
"""A longer word is no name."""

_DOTTED_CAPITAL = "İ"
_TOKEN = re.compile(r"EE\.[ \u00a0]?UU\.?|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[-‐‑][^\W\d_]+)*|\d+")
_SENTENCE_END = re.compile(r"[.!?…:;։۔。|•\n\r\"“”„«»‹›‘(\[–—]|\s-\s|^$")
_JOINS = frozenset({" ", "\u00a0", "\u202f", "'", "’", ". ", ".\u00a0", "."})
_POINTED = frozenset({". ", ".\u00a0", "."})
_INITIAL_LETTERS = 2
_SHORT = frozenset({"dr", "mr", "mrs", "ms", "st", "prof", "gen", "col", "sen", "rep", "hr", "fr", "jr", "sr", "ing"})


def small(word: str) -> str:
    """The word in small letters; the Turkish capital İ becomes a plain i, with no dot of its own."""
    return word.replace(_DOTTED_CAPITAL, "i").replace("\u00a0", " ").lower()


@dataclass(frozen=True, slots=True)
class Token:
    """One word."""

    text: str
    lower: str
    start: int
    end: int
    capital: bool
    shouted: bool
    """Capitals only, two or more."""
    opens: bool
    """First of a sentence, a line or a quotation: any word has a capital there."""
    joined: bool
    """Nothing but a space, or the point of an initial, stands between it and the word before."""


def tokens(text: str) -> Sequence[Token]:
    """The words of a text, in order."""
    found: list[Token] = []
    end = 0
    before = ""
    for match in _TOKEN.finditer(text):
        if len(found) >= TOKENS_MAX:
            break
        word = match[0]
        gap = text[end : match.start()][:8] if found else ""
        initial = gap in _POINTED and (len(before) <= _INITIAL_LETTERS or before.lower() in _SHORT)
        opens = not found or (not initial and bool(_SENTENCE_END.search(gap)))
        joined = bool(found) and gap in _JOINS and (gap not in _POINTED or initial)
        shouted = len(word) > 1 and word.isupper()
        capital = word[0].isupper() and len(word) <= LETTERS_MAX
        found.append(Token(word, small(word), match.start(), match.end(), capital, shouted, opens, joined))
        end, before = match.end(), word
    return found

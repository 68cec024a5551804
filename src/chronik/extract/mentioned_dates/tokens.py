"""A text as words and numbers with their places (decides)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"\d+|[^\W\d_]+")
_WORD_WITH_APOSTROPHES = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_APOSTROPHE_INSIDE = frozenset({"uk", "be"})
NUMBER_DIGITS_MAX = 4
GAP_CHARACTERS_MAX = 3
_GLUE = frozenset(" \u00a0\u202f\u200c\n\t-‑'’ʼ.\u064b\u0654\u200f\u200e")
"""What may stand between two words of one phrase."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number."""

    word: str
    """Lower case."""
    start: int
    end: int
    number: int | None
    """Of at most four digits of any script; a longer one is no part of a date."""
    capital: bool
    joined: bool
    """Whether nothing but glue stands between it and the token before."""


def tokens(text: str, *, language: str) -> list[Token]:
    """Words and numbers of a text, in order."""
    pattern = _WORD_WITH_APOSTROPHES if language in _APOSTROPHE_INSIDE else _WORD
    found = []
    end = 0
    for match in pattern.finditer(text):
        word = match[0]
        start = match.start()
        number = int(word) if word[0].isdecimal() and len(word) <= NUMBER_DIGITS_MAX else None
        gap = text[end:start] if start - end <= GAP_CHARACTERS_MAX else "|"
        joined = all(character in _GLUE for character in gap) and "\n\n" not in gap
        found.append(Token(_lower(word), start, match.end(), number, word[0].isupper(), joined))
        end = match.end()
    return found


def words(phrase: str, *, language: str) -> tuple[str, ...]:
    """The words of a phrase as `tokens` gives those of a text."""
    return tuple(token.word for token in tokens(phrase, language=language))


def _lower(word: str) -> str:
    """Lower case in which the dotted capital I of Turkish is an i."""
    if word.islower():
        return word
    return word.lower().replace("i̇", "i").replace("’", "'").replace("ʼ", "'")

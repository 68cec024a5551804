"""The words of a text, and what about them is typography only (decides).

Two words are the same where they differ but in the style of quotation marks and dashes, in the kind of spaces, or in
signs that nobody sees. Case, digits, accents and every other mark count: they can change what is said.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLES = str.maketrans(
    dict.fromkeys("“”„‟«»〝〞〟＂", '"')
    | dict.fromkeys("‘’‚‛‹›＇ʼ", "'")
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ـ": None}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "＂＇－"}
)
"""Full-width letters and digits are those of a screen's grid; superscripts are others, for 10² is not 102."""


class _Folded(dict[int, str | int | None]):
    """What each character means by its code: nothing for one that nobody sees; looked up once a character."""

    def __missing__(self, code: int) -> str | int | None:
        meant = _STYLES.get(code, code) if _is_seen(chr(code)) else None
        self[code] = meant
        return meant


_FOLDED = _Folded()
_SPACES = re.compile(r"\s+")
_BESIDE_QUOTES = re.compile(r'\s*(")\s*')
_BEFORE_MARKS = re.compile(r"\s+(?=[!?;:%])")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]")
"""Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese."""
_IN_NUMBERS = ".,:"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number, a sign, a run of spaces, or one character of a script without spaces."""

    text: str
    """As it stands there."""
    meant: str
    """The same for all words that differ in typography only."""

    @property
    def is_space(self) -> bool:
        """Whether nothing but spaces stand here."""
        return not self.meant.strip()


def plain(text: str) -> str:
    """The text without what is typography only: equal for two texts exactly where they say the same."""
    folded = _SPACES.sub(" ", _meant(text)).strip()
    return _BEFORE_MARKS.sub("", _BESIDE_QUOTES.sub(r"\1", folded))


def words(text: str) -> Iterator[Word]:
    """The words in order; together they are the text."""
    start, before = 0, ""
    for at in range(len(text)):
        kind = _kind(text, at, before)
        if kind == "mark":
            continue
        if at and (kind != before or kind in {"sign", "unspaced"}):
            yield Word(text[start:at], _word(text[start:at]))
            start = at
        before = kind
    if text:
        yield Word(text[start:], _word(text[start:]))


def _kind(text: str, at: int, before: str) -> str:
    """What a character is, given what stands before it; a mark belongs to what it stands on."""
    character = text[at]
    if character.isspace():
        return "space"
    if before and unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}:
        return "mark"
    if _UNSPACED.match(character):
        return "unspaced"
    if character.isalnum() or character == "_":
        return "word"
    between_digits = text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
    return "word" if character in _IN_NUMBERS and between_digits else "sign"


def _word(text: str) -> str:
    return " " if text.isspace() else _meant(text)


def _meant(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_FOLDED))


def _is_seen(character: str) -> bool:
    """Whether anything stands there: no hyphen for breaking, no mark of direction, no choice of a glyph's style."""
    hidden = unicodedata.category(character) in {"Cf", "Cc"} or "\ufe00" <= character <= "\ufe0f"
    return not hidden or character.isspace()

"""The words of a text, and whether their capitals tell anything (decides)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from chronik.relate.bridge.folding import folded
from chronik.relate.bridge.sounds import script

_EAST = "\u3005\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30fe\u3400-\u9fff"
_LETTER = rf"[^\W\d_{_EAST}]"
_MARK = "\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0d7f\u200c\u00ad"
"""Accents, vowel points, vowel signs and soft hyphens inside a word, which Python takes for no letters."""
_WORD = re.compile(
    rf"(?:{_LETTER}{{1,2}}\.){{2,}}|[{_EAST}]+|{_LETTER}(?:{_LETTER}|[{_MARK}])*(?:[’'ʼ׳\"״`‘“](?:{_LETTER}|[{_MARK}])+)*"
)
_APOSTROPHES = re.compile(r"[’'ʼ`‘]")
_BEFORE_APOSTROPHES = (
    "l d qu j m n s t c dell all dall nell sull un jusqu lorsqu puisqu quell coll quest aujourd presqu"
)
_ELIDED = frozenset(_BEFORE_APOSTROPHES.split())
_ENDS = frozenset(".!?:|»«„“”\"'‹›‘’([{—–•…¿¡;/؟。！？：>")
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
TITLE_WORDS_MIN = 4
TITLE_SHARE, TITLE_SHARE_ELSEWHERE = 0.65, 0.9
"""Where so many of the longer words have a capital, capitals tell nothing."""
_LONG = 4
ACRONYM_LETTERS_MAX = 6
LETTERS_MAX = 60
"""Longer words are cut: no name is so long, but a text without spaces may be."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands."""

    text: str
    start: int
    folded: str
    script: str
    opens: bool
    """It begins a sentence, a quotation or what follows a colon."""

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    @property
    def capital(self) -> bool:
        """Whether it is written as names are, where the script has capitals."""
        return self.text[0].isupper()

    @property
    def cased(self) -> bool:
        """Whether the script has capitals."""
        return self.script in _CASED

    @property
    def capitals(self) -> str:
        """The letters of what looks like an acronym; empty for others."""
        plain = self.text.replace(".", "")
        return plain if 2 <= len(plain) <= ACRONYM_LETTERS_MAX and plain.isupper() else ""


def words(text: str) -> list[Word]:
    """All words of a text in order; articles that an apostrophe ties to a word, and endings that it sets off, go."""
    found = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()].rstrip()
        opens = end == 0 or (bool(between) and between[-1] in _ENDS)
        end = match.end()
        plain, start = match.group(), match.start()
        if script(plain[0]) == "Latn" and _APOSTROPHES.search(plain):
            plain, start = _bare(plain, start)
        for cut in range(0, len(plain), LETTERS_MAX):
            part = plain[cut : cut + LETTERS_MAX]
            found.append(Word(part, start + cut, folded(part), script(part[0]), opens and not cut))
    return found


def _bare(word: str, start: int) -> tuple[str, int]:
    """`l'Ukraine`, `Ankara'da`, `Japan's` without what is not the name."""
    first, rest = _APOSTROPHES.split(word, maxsplit=1)
    if first.lower() in _ELIDED:
        return rest, start + len(first) + 1
    return (first, start) if len(first) > 2 else (word, start)


class Capitals(Enum):
    """What capitals say in a text."""

    TELL = "a word with a capital is a name, or opens a sentence"
    TITLE = "every longer word has one"
    SHOUT = "nearly all letters are capitals"


def capitals(found: list[Word], *, language: str = "") -> Capitals:
    """What capitals say in a text of these words; titles with a capital on each word are an English habit."""
    long = [word for word in found if word.cased and len(word.text) >= _LONG]
    if len(long) < TITLE_WORDS_MIN:
        return Capitals.TELL if len(found) > 1 else Capitals.TITLE
    share = TITLE_SHARE if language in {"en", ""} else TITLE_SHARE_ELSEWHERE
    if sum(word.text.isupper() for word in long) >= TITLE_SHARE * len(long):
        return Capitals.SHOUT
    raised = sum(word.capital for word in long)
    return Capitals.TELL if raised < share * len(long) else Capitals.TITLE

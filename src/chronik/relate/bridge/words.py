"""The words of a text, and which of them may be names nobody told us of (decides)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chronik.relate.bridge.folding import folded
from chronik.relate.bridge.sounds import script

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ׳\"״][^\W\d_]+)*[\u0300-\u036f\u064b-\u065f]*")
_ENDS = frozenset(".!?:|»«„“”\"'‹›‘’([{—–-•…¿¡;/؟。！？：")
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
TITLE_WORDS_MIN = 4
TITLE_SHARE = 0.65
"""Where so many of the longer words have a capital, capitals tell nothing."""
_LONG = 4
ACRONYM_LETTERS_MAX = 6


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
    def acronym(self) -> bool:
        """Whether it looks like one: a few capitals."""
        return 2 <= len(self.text) <= ACRONYM_LETTERS_MAX and self.text.isupper()


def words(text: str) -> list[Word]:
    """All words of a text in order."""
    found = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()].strip()
        opens = end == 0 or (bool(between) and between[-1] in _ENDS and between != "-")
        end = match.end()
        plain = match.group()
        found.append(Word(plain, match.start(), folded(plain), script(plain[0]), opens))
    return found


def capitals_tell(found: list[Word]) -> bool:
    """Whether a capital in this text says that a word is a name: not in titles where each word has one."""
    long = [word for word in found if word.cased and len(word.text) >= _LONG]
    if len(long) < TITLE_WORDS_MIN:
        return len(found) > 1
    raised = sum(word.capital for word in long)
    return raised < TITLE_SHARE * len(long)

"""One form for letters that are written in several ways (decides)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = {
    "ı": "i",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ø": "o",
    "ə": "a",
    "ǝ": "a",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    "ħ": "h",
    "ς": "σ",
    "ё": "е",
    "ى": "ی",
    "ي": "ی",
    "ك": "ک",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ٱ": "ا",
    "և": "եւ",
    "ـ": "",
    "\u200c": "",
    "\u200d": "",
    **dict.fromkeys("\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", ""),
    "ʻ": "",
    "ʼ": "",
    "’": "",
    "‘": "",
    "'": "",
    "`": "",
    "´": "",
    "ʹ": "",
    "׳": "",
    "״": "",
    "“": "",
    "”": "",
    '"': "",
    ".": "",
    "-": " ",
    "‐": " ",
    "‑": " ",
    "–": " ",
    "−": " ",
    "·": " ",
    "・": " ",
    "‧": " ",
    "•": " ",
    "=": " ",
    "_": " ",
    ",": " ",
}
_TABLE = str.maketrans(_SAME)
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Accents and vowel points. The voicing marks of kana and the vowel signs of India are letters."""


_KEPT_CHARACTERS_MAX = 200
"""Longer phrases are folded each time anew: what is remembered must stay small."""


def folded(phrase: str) -> str:
    """A word or phrase in small letters without marks, its words one space apart: equal for spellings of one form."""
    return _folded(phrase) if len(phrase) <= _KEPT_CHARACTERS_MAX else " ".join(folded_lines(phrase).split())


@lru_cache(maxsize=65_536)
def _folded(phrase: str) -> str:
    return " ".join(folded_lines(phrase).split())


def folded_lines(text: str) -> str:
    """A text of many lines, each letter as `folded` has it; tabs, bars and ends of lines stay."""
    text = text.lower().translate(_TABLE)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text))).translate(_TABLE)

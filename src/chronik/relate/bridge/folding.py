"""One form for letters that are written in several ways (decides)."""

from __future__ import annotations

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
_KEPT_MARKS = frozenset("\u3099\u309a")
"""Voicing marks of kana tell one sound from another; all other marks go."""


@lru_cache(maxsize=65_536)
def folded(phrase: str) -> str:
    """A word or phrase in small letters without marks, its words one space apart: equal for spellings of one form."""
    text = phrase.lower().translate(_TABLE)
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(part for part in parts if part in _KEPT_MARKS or not unicodedata.combining(part))
        text = unicodedata.normalize("NFC", text).translate(_TABLE)
    return " ".join(text.split())

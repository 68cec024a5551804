"""Words that are no names, though they have a capital or stand where names do (decides)."""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib.resources import files

LANGUAGES_MAX = 64
"""So many languages are kept unpacked; what a text claims to be written in may be anything."""
_NEVER = (
    "եւ մասին հետ որ է չէ են չեն համար մեջ դեմ առաջին նախագահ վարչապետ կառավարություն արտգործնախարար նախարար "
    "հայտարարել երկրի պետք այդ այս նոր ըստ մինչ կարող տարի օր օրը իր իրենց բայց թե ինչ կամ մեկ երկու երեք ասել ասաց "
    "və ilə üçün bu bir də ki olan edib olub sonra yeni prezident nazir hökumət ölkə dövlət xalq il gün hər daha çox "
    "და რომ არის იყო მისი ამ ეს რა თუ არ მინისტრი პრეზიდენტი მთავრობა"
)


@cache
def _lists() -> dict[str, str]:
    data = files("chronik.relate.bridge") / "data" / "everyday.txt.gz"
    lines = gzip.decompress(data.read_bytes()).decode().splitlines()
    return dict(line.split("\t") for line in lines)


_ACRONYMS = "onu otan nato oms ue cio fmi unesco unicef fifa uefa opec osce bce ezb iwf"
_NAMES = frozenset(_ACRONYMS.split())
"""Acronyms that papers also write like words."""
_CLOSE = {"hr": "sh", "sr": "sh", "bs": "sh", "me": "sh", "no": "nb", "nn": "nb", "gl": "pt", "be": "ru", "af": "nl"}


@lru_cache(maxsize=LANGUAGES_MAX)
def everyday(language: str) -> frozenset[str]:
    """The words, folded, most often written in a language; of an unknown one, those of English."""
    lists = _lists()
    words = lists.get(_CLOSE.get(language, language)) or lists["en"]
    return frozenset(f"{words} {_NEVER}".split()) - _NAMES

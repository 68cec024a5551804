"""Words that are no names, though they have a capital or stand where names do (decides)."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

_NEVER = (
    "եւ մասին հետ որ է չէ են չեն համար մեջ դեմ առաջին նախագահ վարչապետ կառավարություն արտգործնախարար նախարար "
    "հայտարարել երկրի պետք այդ այս նոր ըստ մինչ կարող տարի օր օրը իր իրենց բայց թե ինչ կամ մեկ երկու երեք ասել ասաց "
    "və ilə üçün bu bir də ki olan edib olub sonra yeni prezident nazir hökumət ölkə dövlət xalq il gün hər daha çox "
    "და რომ არის იყო მისი ამ ეს რა თუ არ მინისტრი პრეზიდენტი მთავრობა"
)


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = files("chronik.relate.bridge") / "data" / "everyday.txt.gz"
    lines = gzip.decompress(data.read_bytes()).decode().splitlines()
    pairs = (line.split("\t") for line in lines)
    return {language: frozenset(words.split(" ")) for language, words in pairs}


_CLOSE = {"hr": "sh", "sr": "sh", "bs": "sh", "me": "sh", "no": "nb", "nn": "nb", "gl": "pt", "be": "ru", "af": "nl"}


@cache
def everyday(language: str) -> frozenset[str]:
    """The words, folded, most often written in a language; of an unknown one, those of English."""
    lists = _lists()
    return (lists.get(_CLOSE.get(language, language)) or lists["en"]) | frozenset(_NEVER.split())

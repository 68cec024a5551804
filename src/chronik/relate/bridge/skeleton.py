"""The bones of a name: classes of its consonants, equal for most spellings of one name (decides).

Vowels go, because Arabic and Hebrew do not write them and others hear them differently; so do h and y. Voiced and
voiceless consonants are one class, and all that hisses is another. What only bones have in common is a candidate;
`alike` compares the flesh.
"""

from __future__ import annotations

import re
from functools import lru_cache

from chronik.relate.bridge.sounds import readings

KEYS_MAX = 10
BONES_MIN = 3
"""A name with fewer bones has its skeleton in small letters: so many names share it that it tells little by itself."""
MARK = "~"
"""Skeletons begin with it, so that none is taken for the identity of an entity."""
_CLASSES = str.maketrans(
    "pbfvmntdszSZcCJkglraeiouxhyw",
    "PPFFMNTTSSSSSSSKKLRaeiou____",
)
_VOWELS = "aeiou"
_GLIDES = re.compile("_+")
_DOUBLE = re.compile(r"([A-Z])\1+")
_STOP_HISS = re.compile("TS+")
_LIPS = re.compile("N(?=[PM])")
_VOWEL = re.compile(f"[{_VOWELS}]+")


@lru_cache(maxsize=131_072)
def skeletons(word: str, language: str = "") -> tuple[str, ...]:
    """What the name may be filed under, the likeliest first; empty where nothing can be heard."""
    found: dict[str, None] = {}
    for reading in readings(word, language):
        for heard in (reading, reading.replace("x", "k")):
            for bones in _bones(heard):
                found[MARK + bones] = None
    return tuple(found)[:KEYS_MAX]


def _bones(reading: str) -> tuple[str, ...]:
    """The bones of one reading; two ways where vowels that are not written may stand between equal consonants."""
    heard = reading.translate(_CLASSES)
    classes = _GLIDES.sub("", heard)
    if not classes:
        return ()
    single = _GLIDES.sub("", _STOP_HISS.sub("S", _DOUBLE.sub(r"\1", heard)))
    return tuple(dict.fromkeys(_named(way, classes[0]) for way in (single, classes)))


def _named(classes: str, first: str) -> str:
    bones = _VOWEL.sub("", _LIPS.sub("M", classes))
    whole = ("a" if first in _VOWELS else "") + bones
    return whole if len(bones) >= BONES_MIN else whole.lower()

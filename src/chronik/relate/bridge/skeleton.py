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
"""A name with fewer bones keeps its vowels too: too many names have these."""
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
_BROAD = str.maketrans("aeiou", "AAIUU")
_VOWEL = re.compile(f"[{_VOWELS}]+")


@lru_cache(maxsize=131_072)
def skeletons(word: str, language: str = "") -> tuple[str, ...]:
    """What the name may be filed under, the likeliest first; empty where nothing can be heard."""
    found: dict[str, None] = {}
    for reading in readings(word, language):
        for heard in (reading, reading.replace("x", "k")):
            if bones := _bones(heard):
                found[MARK + bones] = None
    return tuple(found)[:KEYS_MAX]


def _bones(reading: str) -> str:
    classes = _GLIDES.sub("", reading.translate(_CLASSES))
    classes = _LIPS.sub("M", _STOP_HISS.sub("S", _DOUBLE.sub(r"\1", classes)))
    if not classes:
        return ""
    bones = _VOWEL.sub("", classes)
    if len(bones) < BONES_MIN:
        return _VOWEL.sub(lambda vowels: vowels.group()[0].translate(_BROAD), classes).lower()
    return ("a" if classes[0] in _VOWELS else "") + bones

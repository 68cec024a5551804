"""How surely two spellings sound like one name, whatever their scripts (decides).

An edit distance over sounds: consonants that languages exchange (b and p, kh and h, ts and s) cost little, vowels
little beside consonants, and next to nothing where a script leaves them out.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from chronik.relate.bridge.sounds import readings, script

if TYPE_CHECKING:
    from collections.abc import Mapping

_VOWELS = frozenset("aeiou")
_WEAK = frozenset("hxyw")
_VOWELLESS = frozenset({"Arab", "Hebr"})
_GROUPS = {
    "pb": 0.25,
    "pf": 0.4,
    "bv": 0.35,
    "fv": 0.15,
    "vw": 0.2,
    "td": 0.25,
    "kg": 0.25,
    "kx": 0.3,
    "gx": 0.25,
    "gh": 0.3,
    "xh": 0.1,
    "sz": 0.15,
    "sS": 0.3,
    "zZ": 0.3,
    "SZ": 0.2,
    "cs": 0.25,
    "cz": 0.25,
    "cC": 0.25,
    "cS": 0.35,
    "CJ": 0.2,
    "CS": 0.2,
    "JZ": 0.15,
    "JS": 0.25,
    "Jz": 0.3,
    "Cs": 0.4,
    "CZ": 0.3,
    "Jy": 0.5,
    "lr": 0.4,
    "nm": 0.4,
    "wu": 0.1,
    "wo": 0.2,
    "yi": 0.05,
    "ye": 0.2,
    "ts": 0.6,
    "dz": 0.5,
    "ei": 0.1,
    "ae": 0.12,
    "ou": 0.1,
    "ao": 0.18,
    "eo": 0.2,
    "iu": 0.2,
}
_COSTS = {pair: cost for letters, cost in _GROUPS.items() for pair in (letters, letters[::-1])}
_OTHER_VOWEL = 0.3
_VOWEL_GONE, _WEAK_GONE, _SOUND_GONE = 0.3, 0.3, 1.0
_VOWEL_UNWRITTEN = 0.04
_WEIGHT = {**dict.fromkeys(_VOWELS, 0.4), **dict.fromkeys(_WEAK, 0.4)}
_STEEPNESS = 3.0
"""So many times its share of the sounds does what differs count."""


@lru_cache(maxsize=262_144)
def alike(first: str, second: str) -> float:
    """0 where two words sound nothing like each other, 1 where they may sound the same."""
    vowelless = bool({_script(first), _script(second)} & _VOWELLESS)
    gone = _VOWEL_UNWRITTEN if vowelless else _VOWEL_GONE
    best = 0.0
    for one, other in product(readings(first), readings(second)):
        best = max(best, _likeness(one, other, gone))
        if best == 1.0:
            break
    return best


def _script(word: str) -> str:
    return next((script(letter) for letter in word if letter.isalpha()), "")


def _likeness(one: str, other: str, vowel_gone: float) -> float:
    if one == other:
        return 1.0 if one else 0.0
    size = max(sum(_WEIGHT.get(sound, 1.0) for sound in way) for way in (one, other))
    return max(0.0, 1.0 - _STEEPNESS * _distance(one, other, vowel_gone) / max(size, 1.0))


def _distance(one: str, other: str, vowel_gone: float) -> float:
    """The least that it costs to turn one way of sounding into another."""
    loss = {**dict.fromkeys(_VOWELS, vowel_gone), **dict.fromkeys(_WEAK, _WEAK_GONE)}
    row = [0.0]
    for sound in other:
        row.append(row[-1] + loss.get(sound, _SOUND_GONE))
    for sound in one:
        above, row = row, [row[0] + loss.get(sound, _SOUND_GONE)]
        before = ""
        for place, against in enumerate(other):
            cheapest = min(
                above[place] + _exchange(sound, against),
                above[place + 1] + loss.get(sound, _SOUND_GONE),
                row[place] + _doubled(against, before, loss),
            )
            row.append(cheapest)
            before = against
    return row[-1]


def _doubled(sound: str, before: str, loss: Mapping[str, float]) -> float:
    return 0.05 if sound == before else loss.get(sound, _SOUND_GONE)


def _exchange(one: str, other: str) -> float:
    if one == other:
        return 0.0
    found = _COSTS.get(one + other)
    if found is not None:
        return found
    return _OTHER_VOWEL if one in _VOWELS and other in _VOWELS else 1.0

"""How surely two spellings sound like one name, whatever their scripts (decides).

An edit distance over sounds. What it costs to hear one sound for another, or none, was learned from names of persons
that stand side by side in many scripts (tools/bridge_sounds.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

from chronik.relate.bridge.sounds import LETTERS_MAX, readings, script

if TYPE_CHECKING:
    from collections.abc import Mapping

_DOUBLED = 0.05
_WEIGHT = {**dict.fromkeys("aeiou", 0.6), **dict.fromkeys("hxyw", 0.4)}
_ONE_LETTER = 0.75
"""So much is left where two names of one script differ in one letter: one script seldom spells one name in two ways."""
_SAID_ALIKE = frozenset("ijyıìíîï")
_STEEPNESS = 1.5
"""So many times its share of the sounds does what differs count."""
_FAMILIES = {**dict.fromkeys(("Arab", "Hebr"), "vowelless"), **dict.fromkeys(("Kana", "Hani", "Hang"), "syllabic")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What differs between two ways to say a name, in one family of scripts."""

    exchange: Mapping[str, float]
    """Two sounds → what hearing one for the other costs, 0 to 1; others cost 1."""
    lost: Mapping[str, float]
    """Sound → what it costs where the other way has none; others cost 1."""

    def of(self, one: str, other: str) -> float:
        """What hearing one sound for another costs."""
        return 0.0 if one == other else self.exchange.get(one + other, 1.0)


@cache
def _costs(name: str) -> Costs:
    kept = json.loads((files("chronik.relate.bridge") / "data" / "costs.json").read_text(encoding="utf-8"))
    return Costs(exchange=kept[name]["exchange"], lost=kept[name]["lost"])


def family(first: str, second: str) -> str:
    """Which sounds two scripts leave out or put in: vowels in Arabic and Hebrew, vowels between consonants in kana."""
    found = {_FAMILIES.get(_script(word), "plain") for word in (first, second)}
    return next((name for name in ("vowelless", "syllabic") if name in found), "plain")


@lru_cache(maxsize=262_144)
def alike(first: str, second: str) -> float:
    """0 where two words sound nothing like each other, 1 where they may sound the same."""
    costs = _costs(family(first, second))
    best = 0.0
    for one, other in product(readings(first), readings(second)):
        best = max(best, _likeness(one, other, costs))
        if best == 1.0:
            break
    return best * _ONE_LETTER if _one_letter_apart(first.lower(), second.lower()) else best


def _one_letter_apart(first: str, second: str) -> bool:
    """Whether one letter inside two words of one script differs, and in sound: Jansen and Hansen, Müller and Möller."""
    if len(first) != len(second) or len(first) > LETTERS_MAX or _script(first) != _script(second):
        return False
    apart = [(one, other) for one, other in zip(first[:-1], second, strict=False) if one != other]
    if len(apart) != 1 or first[-1] != second[-1] or set(apart[0]) <= _SAID_ALIKE:
        return False
    one, other = apart[0]
    return set(readings(one)).isdisjoint(readings(other))


def _script(word: str) -> str:
    return next((script(letter) for letter in word if letter.isalpha()), "")


def _likeness(one: str, other: str, costs: Costs) -> float:
    if one == other:
        return 1.0 if one else 0.0
    size = max(sum(_WEIGHT.get(sound, 1.0) for sound in way) for way in (one, other))
    return max(0.0, 1.0 - _STEEPNESS * distance(one, other, costs=costs) / max(size, 1.0))


def distance(one: str, other: str, *, costs: Costs) -> float:
    """The least that it costs to turn one way of sounding into another."""
    exchange, lost = costs.exchange, costs.lost
    row = [0.0]
    for sound in other:
        row.append(row[-1] + lost.get(sound, 1.0))
    for sound in one:
        loss = lost.get(sound, 1.0)
        above, row = row, [row[0] + loss]
        before = ""
        for place, against in enumerate(other):
            change = 0.0 if sound == against else exchange.get(sound + against, 1.0)
            more = _DOUBLED if against == before else lost.get(against, 1.0)
            row.append(min(above[place] + change, above[place + 1] + loss, row[place] + more))
            before = against
    return row[-1]

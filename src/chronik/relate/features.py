"""Decides: what speaks for and against two reports telling of one happening, in numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.background import NUMBER, WORD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from chronik.relate.background import Background
    from chronik.relate.traits import Traits

RARE = 3.0
"""A name in one report of twenty."""
CONFLICT_KEPT = 0.3
"""Of the weight of names that only one of the two has, where they share a rare one."""
SMOOTH = 2.0
UNDATED_HOURS = 6.0
DAY_CHARACTERS, YEAR_CHARACTERS = 10, 4
PAIR = (
    "cosine",
    "cosine-raw",
    "cosine-one-language",
    "cosine-two-languages",
    "one-language",
    "names",
    "rarest-name",
    "other-name-first",
    "other-name-second",
    "names-share",
    "names-conflict",
    "dates",
    "other-dates",
    "other-years",
    "words",
    "rarest-word",
    "numbers",
    "other-numbers",
    "hours",
    "undated",
    "nearer-than-first",
    "nearer-than-second",
    "words-short",
    "words-both",
    "names-count",
    "no-vector",
)
"""The columns of a row of features, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A report's traits with how rare each was when the report came, looked up once."""

    traits: Traits
    name_of: Mapping[str, int]
    """Key → which of the report's names."""
    keys: frozenset[str]
    names: tuple[float, ...]
    """Rarity of each name, by how prominent it is."""
    words: Mapping[str, float]
    words_sum: float
    numbers: Mapping[str, float]
    density: float = 0.0
    """Mean cosine to its ten nearest neighbours then: how crowded its surroundings are."""


def weighed(traits: Traits, background: Background, *, density: float = 0.0) -> Weighed:
    """Traits with the rarity of each."""
    name_of = name_numbers(traits)
    words = {word: background.rarity(WORD + word) for word in traits.words}
    return Weighed(
        traits=traits,
        name_of=name_of,
        keys=frozenset(name_of),
        names=tuple(name.prominence * min(map(background.rarity, name.keys)) for name in traits.names),
        words=words,
        words_sum=sum(words.values()),
        numbers={number: background.rarity(NUMBER + number) for number in traits.numbers},
        density=density,
    )


def name_numbers(traits: Traits) -> dict[str, int]:
    """Key → which of the report's names it is of; the first that has it."""
    return {key: number for number, name in reversed(list(enumerate(traits.names))) for key in name.keys}


def pair_row(new: Weighed, old: Weighed, *, cosine: float | None, raw: float) -> tuple[float, ...]:
    """Features of a pair, as `PAIR` names them."""
    one_language = new.traits.language == old.traits.language
    near = cosine if cosine is not None else 0.0
    hours = hours_apart(new.traits, old.traits)
    return (
        near,
        raw,
        near if one_language else 0.0,
        0.0 if one_language else near,
        one_language,
        *_names(new, old),
        *_dates(new.traits, old.traits),
        *_words(new, old),
        *_numbers(new, old),
        math.log1p(UNDATED_HOURS if hours is None else hours),
        hours is None,
        near - new.density,
        near - old.density,
        min(len(new.words), len(old.words)),
        sum(new.words[word] for word in new.words.keys() & old.words.keys()),
        len({new.name_of[key] for key in new.keys & old.keys}),
        cosine is None,
    )


def _names(new: Weighed, old: Weighed) -> tuple[float, ...]:
    shared = new.keys & old.keys
    mine, theirs = {new.name_of[key] for key in shared}, {old.name_of[key] for key in shared}
    hits = [new.names[number] for number in mine]
    rest = [rarity for number, rarity in enumerate(new.names) if number not in mine]
    other = [rarity for number, rarity in enumerate(old.names) if number not in theirs]
    total, rarest = sum(hits), max(hits, default=0.0)
    missed, missing = max(rest, default=0.0), max(other, default=0.0)
    share = total / (total + (sum(rest) + sum(other)) / 2 + SMOOTH)
    conflict = min(missed, missing) * (1.0 if rarest < RARE else CONFLICT_KEPT)
    return total, rarest, missed, missing, share, conflict


def _dates(new: Traits, old: Traits) -> tuple[float, float, float]:
    """Days both name; whether each names days and none of them the other; the same of years."""
    mine, theirs = ({date for date in each.dates if len(date) == DAY_CHARACTERS} for each in (new, old))
    years, their_years = ({date[:YEAR_CHARACTERS] for date in each.dates} for each in (new, old))
    shared = mine & theirs
    other_years = bool(years and their_years and not years & their_years)
    return len(shared), float(bool(mine and theirs and not shared)), float(other_years)


def _words(new: Weighed, old: Weighed) -> tuple[float, float]:
    shared = [new.words[word] for word in new.words.keys() & old.words.keys()]
    total = sum(shared)
    return total / (new.words_sum + old.words_sum - total + 1), max(shared, default=0.0)


def _numbers(new: Weighed, old: Weighed) -> tuple[float, float]:
    shared = new.numbers.keys() & old.numbers.keys()
    other = bool(new.numbers and old.numbers and not shared)
    return sum(new.numbers[number] for number in shared), float(other)


def hours_apart(first: Traits, second: Traits) -> float | None:
    """Hours between two reports; None where one has no time."""
    if first.published is None or second.published is None:
        return None
    return abs((first.published - second.published).total_seconds()) / 3600


def rows(features: list[tuple[float, ...]]) -> NDArray[np.float32]:
    """Rows of features as an array, shape (pairs, columns)."""
    return np.array(features, np.float32).reshape(len(features), -1)

"""Decides: what is common among recent reports, so that what is rare can tell: names, words, numbers, directions.

Sentence vectors of one model all point a similar way, and those of one language more so. The mean vector of each
language is taken off before two are compared, drawn towards the mean of all where few reports of it were seen.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from chronik.relate.traits import Traits

SUPPOSED_REPORTS = 200
"""Counted as seen before the first one, so that in a small archive not every word is common."""
SHORT_WORD_CHARACTERS = 4
SHORT_WORD_SHARE = 0.1
"""Of the supposed reports that hold a given short word: most of them are articles and prepositions."""
LANGUAGE_DRAWN = 20
"""Reports that the mean of all counts for beside those of one language."""
UNKNOWN_DRAWN = 20
"""Reports that no mean at all counts for, where none is known beforehand."""
LENGTH_MIN = 1e-9


class Background:
    """How often each name, word and number stands in the reports seen, and their mean vectors."""

    def __init__(self, mean: NDArray[np.float32] | None = None) -> None:
        """`mean`: of vectors of the same maker, where one is known beforehand."""
        self._seen = 0
        self._counts: Counter[str] = Counter()
        self._mean = mean
        self._sums: dict[str, NDArray[np.float64]] = {}
        self._vectors: Counter[str] = Counter()

    def see(self, traits: Traits) -> None:
        """Count a report."""
        self._count(traits, 1)

    def forget(self, traits: Traits) -> None:
        """Take back what `see` counted."""
        self._count(traits, -1)

    def _count(self, traits: Traits, sign: int) -> None:
        self._seen += sign
        for key in _keys(traits):
            self._counts[key] += sign
            if not self._counts[key]:
                del self._counts[key]
        if traits.vector is not None:
            before = self._sums.get(traits.language)
            change = sign * traits.vector.astype(np.float64)
            self._sums[traits.language] = change if before is None else before + change
            self._vectors[traits.language] += sign

    def rarity(self, key: str) -> float:
        """Logarithm of how many reports there are to one with this key, at least 0; keys as `keys_of_names` gives."""
        supposed = SUPPOSED_REPORTS * SHORT_WORD_SHARE if len(key) < SHORT_WORD_CHARACTERS + len(WORD) else 0.0
        supposed = supposed if key.startswith(WORD) else 0.0
        return max(0.0, math.log((self._seen + SUPPOSED_REPORTS) / (self._counts[key] + 1 + supposed)))

    def count(self, key: str) -> int:
        """How many of the reports seen have this key."""
        return self._counts[key]

    def centred(self, vector: NDArray[np.float32], language: str) -> NDArray[np.float32]:
        """The vector without what all of its language have in common, of length 1."""
        apart = vector.astype(np.float64) - self._mean_of(language)
        return (apart / max(float(np.linalg.norm(apart)), LENGTH_MIN)).astype(np.float32)

    def _mean_of(self, language: str) -> NDArray[np.float64]:
        everything = sum(self._sums.values(), np.zeros(1))
        weight = float(sum(self._vectors.values())) + UNKNOWN_DRAWN
        if self._mean is not None:
            everything = everything + SUPPOSED_REPORTS * self._mean
            weight += SUPPOSED_REPORTS - UNKNOWN_DRAWN
        mine = self._sums.get(language, np.zeros(1))
        mean: NDArray[np.float64] = mine + LANGUAGE_DRAWN * everything / weight
        return mean / (self._vectors[language] + LANGUAGE_DRAWN)


WORD, NUMBER = "w:", "n:"


def _keys(traits: Traits) -> Iterator[str]:
    yield from {key for name in traits.names for key in name.keys}
    yield from (WORD + word for word in traits.words)
    yield from (NUMBER + number for number in traits.numbers)

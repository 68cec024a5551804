"""What the corpus is like: how common each name and word is, and where the middle of each language lies (decides).

Without it every word would weigh alike, and sentence vectors would tell languages apart before topics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.suggesting.pieces import SLOTS, keys_of, slots_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from chronik.relate.suggesting.pieces import Piece

SHRINK_ARTICLES = 30
"""A language's mean is drawn towards that of all languages as if so many articles stood there."""
IDF_ARTICLES = 50
"""Names and words are taken for rarer than seen, as if so many articles had been without them."""
LANGUAGES_MAX = 1_000


class Background:
    """Counts over the corpus; `learn` may be called again and again with what is new."""

    def __init__(self, *, means: Mapping[str, NDArray[np.float32]] | None = None) -> None:
        """Begin with nothing seen, or with means of vectors by language that are known from elsewhere."""
        self.articles = 0
        self._names = np.zeros(SLOTS, dtype=np.int32)
        self._words = np.zeros(SLOTS, dtype=np.int32)
        self._sums: dict[str, tuple[NDArray[np.float64], int]] = {}
        self._known = dict(means or {})

    def learn(self, pieces: Iterable[Piece]) -> None:
        """Count articles that have come."""
        for one in pieces:
            self.articles += 1
            self._names[slots_of(key for named in one.names for key in keys_of(named))] += 1
            self._words[one.slots] += 1
            if one.vector is not None and np.isfinite(one.vector).all():
                self._add(_primary(one.language), one.vector)

    def _add(self, language: str, vector: NDArray[np.float32]) -> None:
        total, count = self._sums.get(language, (np.zeros(len(vector)), 0))
        if len(total) == len(vector) and (count or len(self._sums) < LANGUAGES_MAX):
            self._sums[language] = (total + vector, count + 1)

    def rarity_of_names(self) -> NDArray[np.float32]:
        """Of each slot, 0 (in every article) to 1 (in none)."""
        return _rarity(self._names, self.articles)

    def rarity_of_words(self) -> NDArray[np.float32]:
        """Of each slot, 0 (in every article) to 1 (in none)."""
        return _rarity(self._words, self.articles)

    def centred(self, pieces: Iterable[Piece], *, dimensions: int) -> NDArray[np.float32]:
        """Their vectors with the mean of their language taken off, of length 1; rows of zeros where there is none."""
        listed = list(pieces)
        rows = np.zeros((len(listed), dimensions), dtype=np.float32)
        means = {tag: self._mean(tag, dimensions) for tag in {_primary(one.language) for one in listed}}
        for row, one in enumerate(listed):
            if one.vector is not None and len(one.vector) == dimensions:
                rows[row] = one.vector - means[_primary(one.language)]
                rows[row] *= bool(np.any(one.vector))
        rows[~np.isfinite(rows).all(axis=1)] = 0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def _mean(self, language: str, dimensions: int) -> NDArray[np.float32]:
        sums = [(total, count) for total, count in self._sums.values() if len(total) == dimensions]
        everywhere = sum(count for _, count in sums)
        overall = sum((total for total, _ in sums), np.zeros(dimensions)) / max(1, everywhere)
        prior = self._known.get(language)
        start = prior if prior is not None and len(prior) == dimensions else overall
        total, count = self._sums.get(language, (np.zeros(dimensions), 0))
        if len(total) != dimensions:
            total, count = np.zeros(dimensions), 0
        mean = (total + SHRINK_ARTICLES * start) / (count + SHRINK_ARTICLES)
        return np.asarray(mean, dtype=np.float32)


def _primary(language: str) -> str:
    """The language without its region: `de` of `de-CH`."""
    return language.partition("-")[0].lower()


def _rarity(counts: NDArray[np.int32], articles: int) -> NDArray[np.float32]:
    total = articles + IDF_ARTICLES
    rarity = np.log(total / (counts + 1)) / np.log(total)
    return np.asarray(np.clip(rarity, 0, 1), dtype=np.float32)

"""Decides: a small transparent model: one broken line a feature, their sum a log-odds (a generalised additive model).

Hastie & Tibshirani 1986. What each feature adds can be read off, which is what reasons are made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


TEXT_WORDS = 25
"""Different words; a headline seldom has as many."""
ODDS_MAX = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What one feature adds to the log-odds: heights at its knots, straight between, level outside."""

    knots: tuple[float, ...]
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """A model: columns of features in, probabilities out."""

    bias: float
    curves: tuple[Curve, ...]

    def added(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """What each feature of each row adds to the log-odds, shape (rows, columns)."""
        columns = [np.interp(features[:, at], curve.knots, curve.heights) for at, curve in enumerate(self.curves)]
        return np.stack(columns, axis=1)

    def probabilities(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """One for each row: 0 to 1."""
        return logistic(self.bias + self.added(features).sum(axis=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The model of pairs: one for headlines, one for texts, since words in common say less in long texts."""

    headlines: Curves
    texts: Curves
    length_column: int
    """The column that says how many words the shorter of the two has."""

    def added(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """What each feature of each row adds to the log-odds, shape (rows, columns)."""
        return np.where(self._are_texts(features)[:, None], self.texts.added(features), self.headlines.added(features))

    def odds(self, features: NDArray[np.float32], added: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-odds of each row, of what its features add; drawn in at the ends."""
        bias = np.where(self._are_texts(features), self.texts.bias, self.headlines.bias)
        odds: NDArray[np.float64] = np.clip(bias + added.sum(axis=1), -ODDS_MAX, ODDS_MAX)
        return odds

    def _are_texts(self, features: NDArray[np.float32]) -> NDArray[np.bool_]:
        texts: NDArray[np.bool_] = features[:, self.length_column] >= TEXT_WORDS
        return texts


def logistic(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities of log-odds."""
    kept: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return kept


def curves_of(content: Mapping[str, Any], names: Sequence[str]) -> Curves:
    """A model out of JSON: `bias`, and under `curves` for each feature its knots and heights.

    Raises KeyError when a feature is missing.
    """
    lines = [content["curves"][name] for name in names]
    found = [Curve(knots=tuple(line["knots"]), heights=tuple(line["heights"])) for line in lines]
    return Curves(bias=float(content["bias"]), curves=tuple(found))

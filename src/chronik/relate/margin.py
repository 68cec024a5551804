"""Decides: which texts of two languages are each other's counterparts (Artetxe & Schwenk 2019, section 3).

Cosines of one language with another are not comparable from text to text: some are near to everything. The margin asks
how much nearer two texts are to one another than to those that are nearest to each beside it. It suits sets in which a
text has few counterparts; where hundreds tell one story, the nearest are that story, and the margin punishes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

NEIGHBOURS = 4
"""Nearest texts of the other language that a cosine is compared with."""
MARGIN_MIN = 0.08
"""Least margin of a link between sets whose means are taken off. `make bench` sweeps it on languages that it is not
tested on, with and without texts that have no counterpart."""
BLOCK_ROWS = 1024
"""Rows of cosines that are held at once."""
LENGTH_MIN = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparts:
    """Two texts, each of which is the other's best."""

    first: int
    second: int
    """Rows of the two sets."""
    cosine: float
    margin: float


def centred(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors without what all of them have in common, such as their language; of length 1 again."""
    if len(vectors) < 2:
        return vectors
    kept = vectors.any(axis=1, keepdims=True)
    moved = (vectors - vectors.sum(axis=0) / max(int(kept.sum()), 1)) * kept
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), LENGTH_MIN), np.float32)


def counterparts(
    first: NDArray[np.float32],
    second: NDArray[np.float32],
    *,
    margin_min: float = MARGIN_MIN,
    neighbours: int = NEIGHBOURS,
) -> list[Counterparts]:
    """Mutual best pairs of two sets of vectors, each best by margin, none below the least margin."""
    if not (len(first) and len(second)):
        return []
    own = _nearness(first, second, neighbours)
    other = _nearness(second, first, neighbours)
    there = _best(first, second, other)
    back = _best(second, first, own)
    rows = np.flatnonzero(back[there] == np.arange(len(first)))
    cosines = np.einsum("ij,ij->i", first[rows], second[there[rows]])
    margins = cosines - (own[rows] + other[there[rows]]) / 2
    return [
        Counterparts(first=int(row), second=int(there[row]), cosine=float(cosine), margin=float(margin))
        for row, cosine, margin in zip(rows, cosines, margins, strict=True)
        if margin >= margin_min and first[row].any()
    ]


def _blocks(first: NDArray[np.float32], second: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """Cosines of some rows of the first with all of the second."""
    for start in range(0, len(first), BLOCK_ROWS):
        yield first[start : start + BLOCK_ROWS] @ second.T


def _nearness(first: NDArray[np.float32], second: NDArray[np.float32], neighbours: int) -> NDArray[np.float32]:
    """For each text of the first, the mean cosine of its nearest in the second."""
    place = max(len(second) - neighbours, 0)
    means = [np.partition(cosines, place, axis=1)[:, place:].mean(axis=1) for cosines in _blocks(first, second)]
    return np.concatenate(means)


def _best(first: NDArray[np.float32], second: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.intp]:
    """For each text of the first, its best in the second by margin: its own nearness is the same for all."""
    return np.concatenate([np.argmax(cosines - other / 2, axis=1) for cosines in _blocks(first, second)])

"""Articles made ready once, so that they can be ranked for any number of dossiers (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.suggesting.pieces import keys_of, slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chronik.relate.suggesting.background import Background
    from chronik.relate.suggesting.pieces import Piece

LEAD_CHARACTERS = 400
"""What is named in the headline or the first sentences is what a text is about."""
FURTHER_DOWN = 0.4
"""Weight of a name that is not."""
SURELY_A_NAME = 0.6
"""What the bridge weighs so much is a name; how telling it is, its rarity says."""
_DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """For each row some names or words; for each of these the slots that it may be counted in, and its weight."""

    slots: NDArray[np.int32]
    begins: NDArray[np.int64]
    """Of each name or word, its first slot."""
    weights: NDArray[np.float32]
    """Of each name or word."""
    ends: NDArray[np.int64]
    """Of each row, where its names or words begin; and where the last row's end."""

    def sums(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of each row, weight times value of its names or words, summed; one of several slots has its highest value."""
        if not len(self.begins):
            return np.zeros(len(self.ends) - 1, dtype=np.float32)
        of_each = np.maximum.reduceat(values[self.slots], self.begins) * self.weights
        running = np.concatenate([[0.0], np.cumsum(of_each, dtype=np.float64)])
        return np.asarray(np.diff(running[self.ends]), dtype=np.float32)

    def firsts(self) -> NDArray[np.int32]:
        """The likeliest slot of each name or word."""
        return self.slots[self.begins]

    def lengths(self) -> NDArray[np.int64]:
        """How many slots each name or word has."""
        return np.diff(np.append(self.begins, len(self.slots)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """Articles in the form in which they are compared with dossiers."""

    pieces: tuple[Piece, ...]
    vectors: NDArray[np.float32]
    """Centred by language; rows of zeros where there is none."""
    names: Table
    words: Table
    days: NDArray[np.float64]
    """Of publication, since 1970; not a number where unknown."""
    background: Background


def candidates(pieces: Sequence[Piece], *, background: Background) -> Candidates:
    """The articles made ready; of one id the first counts."""
    listed = tuple({one.id: one for one in reversed(pieces)}.values())[::-1]
    dimensions = max((len(one.vector) for one in listed if one.vector is not None), default=1)
    return Candidates(
        pieces=listed,
        vectors=background.centred(listed, dimensions=dimensions),
        names=table_of_names(listed),
        words=table_of_words(listed),
        days=np.array([one.published.timestamp() / _DAY_S if one.published else np.nan for one in listed]),
        background=background,
    )


def table_of_names(pieces: Sequence[Piece]) -> Table:
    """What each names; what is named at its head weighs most."""
    slots: list[int] = []
    begins: list[int] = []
    weights: list[float] = []
    ends = [0]
    for one in pieces:
        for keys, weight in _weighted_names(one):
            begins.append(len(slots))
            weights.append(weight)
            slots += [slot(key) for key in keys]
        ends.append(len(begins))
    return Table(
        slots=np.array(slots, dtype=np.int32),
        begins=np.array(begins, dtype=np.int64),
        weights=np.array(weights, dtype=np.float32),
        ends=np.array(ends, dtype=np.int64),
    )


def table_of_words(pieces: Sequence[Piece]) -> Table:
    """The words of each."""
    slots = np.concatenate([np.zeros(0, dtype=np.int32), *(one.slots for one in pieces)])
    return Table(
        slots=slots,
        begins=np.arange(len(slots)),
        weights=np.ones(len(slots), dtype=np.float32),
        ends=np.cumsum([0, *(len(one.slots) for one in pieces)]),
    )


def _weighted_names(one: Piece) -> list[tuple[tuple[str, ...], float]]:
    """The keys of each name and its weight; what has one likeliest key counts once."""
    head = f"{one.title}\n{one.text[:LEAD_CHARACTERS]}"
    weighted: dict[str, tuple[tuple[str, ...], float]] = {}
    for named in one.names:
        sure = 1.0 if named.weight >= SURELY_A_NAME else named.weight
        weight = sure * (1.0 if named.surface in head else FURTHER_DOWN)
        if named.key not in weighted or weighted[named.key][1] < weight:
            weighted[named.key] = (keys_of(named), weight)
    return list(weighted.values())

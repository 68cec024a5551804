"""Wraps numpy: columns of numbers over the leaves of a page, and what trained trees make of them (decides).

Trees compare numbers with thresholds and add up whole numbers, so that every machine finds the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


class Columns:
    """Numbers of a fixed number of rows, gathered column by column."""

    __slots__ = ("_parts", "names", "rows")

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.names: list[str] = []
        self._parts: list[Any] = []

    def add(self, name: str, values: Sequence[float]) -> None:
        """One number a row."""
        self._put(name, np.asarray(values, dtype=np.float32))

    def add_bits(self, names: Sequence[str], values: Sequence[int]) -> None:
        """One column a bit, the lowest first."""
        sets = np.asarray(values, dtype=np.int64)
        self.names += names
        self._parts.append(((sets >> np.arange(len(names))[:, None]) & 1).astype(np.float32))

    def add_neighbours(self, name: str, values: Sequence[float], *, steps: Sequence[int]) -> None:
        """What stands so many rows further down, or up where negative; -1 beyond the edges."""
        array = np.asarray(values, dtype=np.float32)
        for step in steps:
            shifted = np.full(self.rows, -1, dtype=np.float32)
            if abs(step) < self.rows:
                shifted[max(0, -step) : self.rows - max(0, step)] = array[max(0, step) : self.rows - max(0, -step)]
            self._put(f"{name}{step:+d}", shifted)

    def add_windows(self, name: str, values: Sequence[int], *, radii: Sequence[int]) -> None:
        """Sums of whole numbers over so many rows above, and over so many below."""
        sums = np.concatenate(([0], np.cumsum(np.asarray(values, dtype=np.int64))))
        here = np.arange(self.rows)
        for radius in radii:
            above = sums[here] - sums[np.maximum(here - radius, 0)]
            below = sums[np.minimum(here + radius + 1, self.rows)] - sums[here + 1]
            self._put(f"{name} above {radius}", above.astype(np.float32))
            self._put(f"{name} below {radius}", below.astype(np.float32))

    def by_column(self) -> Any:
        """Columns by rows."""
        return np.concatenate(self._parts) if self._parts else np.zeros((0, self.rows), dtype=np.float32)

    def _put(self, name: str, column: Any) -> None:
        self.names.append(name)
        self._parts.append(column[None])


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that ask one question a level: all leaves of a level share it."""

    features: Any
    """Trees by levels: which column is asked."""
    thresholds: Any
    values: Any
    """Trees by leaves: whole numbers to be added."""
    base: int
    unit: int
    """The sum counts in parts of so many."""

    @classmethod
    def read(cls, text: str) -> Forest:
        """A forest as the recipe wrote it."""
        kept = json.loads(text)
        return cls(
            features=np.asarray(kept["features"], dtype=np.int64),
            thresholds=np.asarray(kept["thresholds"], dtype=np.float32),
            values=np.asarray(kept["values"], dtype=np.int64),
            base=kept["base"],
            unit=kept["unit"],
        )

    def sums(self, columns: Columns) -> list[int]:
        """What the trees add up to for each row; above zero they hold it for likely."""
        by_column = columns.by_column()
        trees, levels = self.features.shape
        leaf = np.zeros((trees, columns.rows), dtype=np.uint8)
        for level in range(levels):
            leaf <<= 1
            leaf |= by_column[self.features[:, level]] > self.thresholds[:, level, None]
        total = self.values[np.arange(trees)[:, None], leaf].sum(axis=0) + self.base
        found: list[int] = total.tolist()
        return found

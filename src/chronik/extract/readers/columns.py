"""Wraps numpy: columns of numbers over the leaves of a page, and what trained trees make of them (decides).

Trees compare numbers with thresholds and add up whole numbers, so that every machine finds the same.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


class Alphabet:
    """Kinds of characters, and how often each occurs in the lines of a page, in one look at all of them."""

    __slots__ = ("_kinds",)

    def __init__(self, *patterns: str) -> None:
        """Each pattern is that of one character; there may be eight."""
        characters = np.arange(sys.maxunicode + 1, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
        self._kinds = np.zeros(len(characters), dtype=np.uint8)
        for number, pattern in enumerate(patterns):
            self._kinds[[found.start() for found in re.finditer(pattern, characters)]] |= 1 << number

    def counts(self, lines: Sequence[str], kinds: Sequence[int], *, before: tuple[int, int]) -> list[list[int]]:
        """How many characters of each kind are in each line, and in the end how many of one kind before another.

        No line is empty or holds a line feed, which is what counts as standing behind each.
        """
        text = "\n".join((*lines, ""))
        of_each = self._kinds[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")]
        lengths = np.fromiter(map(len, lines), dtype=np.intp, count=len(lines)) + 1
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        first, second = before
        marked = [of_each >> kind & 1 for kind in kinds]
        marked.append((of_each >> first & 1) & np.append(of_each[1:] >> second & 1, np.uint8(0)))
        return [np.add.reduceat(one, starts, dtype=np.int64).tolist() for one in marked]


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

    def add_sums(self, steps: Sequence[int], sums: Sequence[Sequence[int]], *, levels: Sequence[Sequence[int]]) -> None:
        """What the elements so many steps around each row hold; of a total that is nothing there are no shares.

        The sums are those of weight, linked weight, running text, leaves, and leaves with running text, one of each
        element; -1 stands for what cannot be told.
        """
        weight, linked, prose, leaves, prose_leaves = np.asarray(sums, dtype=np.float64)
        none, total = np.full_like(weight, -1), prose[0] if len(prose) else 0
        told = np.stack(
            (
                prose / total if total else none,
                np.divide(linked, weight, out=none.copy(), where=weight > 0),
                np.divide(prose, weight, out=none.copy(), where=weight > 0),
                leaves,
                prose_leaves,
            )
        ).astype(np.float32)
        for step in steps:
            self.names += [f"{name} {step}" for name in ("share", "density", "running", "leaves", "prose leaves")]
            self._parts.append(told[:, np.asarray(levels[step], dtype=np.intp)])

    def add_constant(self, name: str, value: float) -> None:
        """The same number in every row."""
        self._put(name, np.full(self.rows, value, dtype=np.float32))

    def add_course(self) -> None:
        """Each row's number from the first, from the last, and as a share of all."""
        rows = np.arange(self.rows)
        self._put("row", rows.astype(np.float32))
        self._put("rows left", rows[::-1].astype(np.float32))
        self._put("row share", (rows / max(self.rows, 1)).astype(np.float32))

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

    columns: Any
    """Which column each question asks."""
    thresholds: Any
    """Above which number the answer is yes, one in each row."""
    questions: Any
    """Levels by trees: which question is asked there. Many trees ask the same one."""
    values: Any
    """The whole numbers to be added, of all leaves of all trees."""
    starts: Any
    """Where the leaves of each tree begin among them, one in each row."""
    base: int
    unit: int
    """The sum counts in parts of so many."""

    @classmethod
    def read(cls, text: str) -> Forest:
        """A forest as the recipe wrote it."""
        kept = json.loads(text)
        asked = np.stack((np.asarray(kept["features"], dtype=np.float64), np.asarray(kept["thresholds"], np.float32)))
        different, which = np.unique(asked.reshape(2, -1), axis=1, return_inverse=True)
        values = np.asarray(kept["values"], dtype=np.int32)
        return cls(
            columns=different[0].astype(np.intp),
            thresholds=different[1].astype(np.float32)[:, None],
            questions=which.reshape(asked.shape[1:]).T.copy(),
            values=values.ravel(),
            starts=(np.arange(len(values), dtype=np.intp) * values.shape[1])[:, None],
            base=kept["base"],
            unit=kept["unit"],
        )

    def sums(self, columns: Columns) -> list[int]:
        """What the trees add up to for each row; above zero they hold it for likely."""
        answers = (columns.by_column()[self.columns] > self.thresholds).view(np.uint8)
        leaf = answers[self.questions[0]]
        for asked in self.questions[1:]:
            leaf <<= 1
            leaf |= answers[asked]
        total = self.values[self.starts + leaf].sum(axis=0) + self.base
        found: list[int] = total.tolist()
        return found

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
    from collections.abc import Collection, Iterable, Sequence
    from typing import TypeAlias

    Numbers: TypeAlias = "np.typing.NDArray[Any]"
    """One number a row."""


def whole_numbers(values: Iterable[int]) -> Numbers:
    """One whole number a row."""
    return np.fromiter(values, dtype=np.int64)


class Alphabet:
    """Kinds of characters, and how often each occurs in the lines of a page, in one look at all of them."""

    __slots__ = ("_kinds",)

    def __init__(self, *patterns: str) -> None:
        """Each pattern is that of one character; there may be eight."""
        characters = np.arange(sys.maxunicode + 1, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
        self._kinds = np.zeros(len(characters), dtype=np.uint8)
        for number, pattern in enumerate(patterns):
            self._kinds[[found.start() for found in re.finditer(pattern, characters)]] |= 1 << number

    def counts(self, lines: Sequence[str], kinds: Sequence[int], *, before: tuple[int, int]) -> list[Numbers]:
        """How many characters of each kind are in each line, and in the end how many of one kind before another.

        No line is empty or holds a line feed, which is what counts as standing behind each.
        """
        if not lines:
            return [np.zeros(0, dtype=np.int64) for _ in (*kinds, before)]
        text = "\n".join((*lines, ""))
        of_each = self._kinds[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")]
        lengths = np.fromiter(map(len, lines), dtype=np.intp, count=len(lines)) + 1
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        first, second = before
        marked = [of_each >> kind & 1 for kind in kinds]
        marked.append((of_each >> first & 1) & np.append(of_each[1:] >> second & 1, np.uint8(0)))
        return [np.add.reduceat(one, starts, dtype=np.int64) for one in marked]


class Columns:
    """Numbers of a fixed number of rows, gathered column by column: all of them, or those that are asked for."""

    __slots__ = ("_asked", "_parts", "names", "rows")

    def __init__(self, rows: int, *, asked: Collection[str] | None = None) -> None:
        self.rows = rows
        self.names: list[str] = []
        self._asked = asked
        self._parts: list[Any] = []

    def wants(self, name: str) -> bool:
        """Whether a column is asked for."""
        return self._asked is None or name in self._asked

    def add(self, name: str, values: Sequence[float] | Numbers) -> None:
        """One number a row."""
        if self.wants(name):
            self._put((name,), np.asarray(values, dtype=np.float32)[None])

    def add_bits(self, names: Sequence[str], values: Sequence[int]) -> None:
        """One column a bit, the lowest first."""
        bits = [bit for bit, name in enumerate(names) if self.wants(name)]
        sets = np.asarray(values, dtype=np.int64) >> np.asarray(bits, dtype=np.int64)[:, None]
        self._put([names[bit] for bit in bits], (sets & 1).astype(np.float32))

    def add_sums(self, steps: Sequence[int], sums: Sequence[Numbers], *, levels: Sequence[Numbers]) -> None:
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
            names = [f"{name} {step}" for name in ("share", "density", "running", "leaves", "prose leaves")]
            kinds = [kind for kind, name in enumerate(names) if self.wants(name)]
            self._put([names[kind] for kind in kinds], told[np.asarray(kinds, dtype=np.intp)[:, None], levels[step]])

    def add_constant(self, name: str, value: float) -> None:
        """The same number in every row."""
        if self.wants(name):
            self._put((name,), np.full((1, self.rows), value, dtype=np.float32))

    def add_course(self) -> None:
        """Each row's number from the first, from the last, and as a share of all."""
        rows = np.arange(self.rows)
        self.add("row", rows)
        self.add("rows left", rows[::-1])
        self.add("row share", rows / max(self.rows, 1))

    def add_neighbours(self, name: str, values: Numbers, *, steps: Sequence[int]) -> None:
        """What stands so many rows further down, or up where negative; -1 beyond the edges."""
        for step in steps:
            shifted = np.full(self.rows, -1, dtype=np.float32)
            if abs(step) < self.rows:
                shifted[max(0, -step) : self.rows - max(0, step)] = values[max(0, step) : self.rows - max(0, -step)]
            self.add(f"{name}{step:+d}", shifted)

    def add_since(self, name: str, marked: Sequence[bool] | Numbers) -> None:
        """How many rows ago a marked one was, itself not counted; -1 where there was none."""
        if self.wants(name):
            self._put((name,), _since(np.asarray(marked, dtype=bool)).astype(np.float32)[None])

    def add_until(self, name: str, marked: Sequence[bool] | Numbers) -> None:
        """The same, counted from the last row."""
        if self.wants(name):
            self._put((name,), _since(np.asarray(marked, dtype=bool)[::-1])[::-1].astype(np.float32)[None])

    def add_windows(self, name: str, values: Numbers, *, radii: Sequence[int]) -> None:
        """Sums of whole numbers over so many rows above, and over so many below."""
        sums = np.concatenate(([0], np.cumsum(values)))
        here = np.arange(self.rows)
        for radius in radii:
            if self.wants(f"{name} above {radius}"):
                self.add(f"{name} above {radius}", sums[here] - sums[np.maximum(here - radius, 0)])
            if self.wants(f"{name} below {radius}"):
                self.add(f"{name} below {radius}", sums[np.minimum(here + radius + 1, self.rows)] - sums[here + 1])

    def by_column(self) -> Any:
        """Columns by rows."""
        return np.concatenate(self._parts) if self._parts else np.zeros((0, self.rows), dtype=np.float32)

    def _put(self, names: Sequence[str], columns: Any) -> None:
        self.names += names
        self._parts.append(columns)


def _since(marked: Numbers) -> Numbers:
    rows = np.arange(len(marked))
    last = np.maximum.accumulate(np.where(marked, rows, -1))
    before = np.concatenate(([-1], last))[:-1]
    return np.where(before < 0, -1, rows - before)


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that ask one question a level: all leaves of a level share it."""

    asked: tuple[str, ...]
    """The names of all columns that are asked."""
    columns: Any
    """Which of those each question asks."""
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
    def read(cls, text: str, names: Sequence[str]) -> Forest:
        """A forest as the recipe wrote it, who knew the columns under these names."""
        kept = json.loads(text)
        asked = np.stack((np.asarray(kept["features"], dtype=np.float64), np.asarray(kept["thresholds"], np.float32)))
        different, which = np.unique(asked.reshape(2, -1), axis=1, return_inverse=True)
        values = np.asarray(kept["values"], dtype=np.int32)
        used, columns = np.unique(different[0].astype(np.intp), return_inverse=True)
        return cls(
            asked=tuple(names[number] for number in used),
            columns=columns,
            thresholds=different[1].astype(np.float32)[:, None],
            questions=which.reshape(asked.shape[1:]).T.copy(),
            values=values.ravel(),
            starts=(np.arange(len(values), dtype=np.intp) * values.shape[1])[:, None],
            base=kept["base"],
            unit=kept["unit"],
        )

    def sums(self, columns: Columns) -> list[int]:
        """What the trees add up to for each row; above zero they hold it for likely. The columns are those asked."""
        answers = (columns.by_column()[self.columns] > self.thresholds).view(np.uint8)
        leaf = answers[self.questions[0]]
        for asked in self.questions[1:]:
            leaf <<= 1
            leaf |= answers[asked]
        total = self.values[self.starts + leaf].sum(axis=0) + self.base
        found: list[int] = total.tolist()
        return found

"""The lines of a page in reading order (decides): what columns hold is read column by column, a table row by row.

Places are in points, from the lower left corner of a page.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from chronik.extract.encoding import clean_line
from chronik.extract.forms.bidi import is_right_to_left, mirrored
from chronik.extract.forms.reading import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

HYPHEN = "\u00ad"
"""How a hyphen at a line's end is marked that parts a word."""
GUTTER_EMS = 0.8
"""The narrowest space between two columns, in sizes of the type."""
COLUMN_ROWS_MIN = 3
COLUMN_CHARACTERS_MIN = 14
"""Mean length of a column's lines; shorter ones are cells of a table."""
HEADS_MAX = 3
"""Rows in which only one of two columns may have a line before the other begins."""
HEADS_EMS_MAX = 4.0
DEPTH_MAX = 6
RUNS_MAX = 20_000
"""Of one page that are looked through for columns; those beyond follow in the order of the file."""

_LIGATURES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdff\ufe70-\ufefe]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text on one line."""

    text: str
    left: float
    right: float
    base: float
    """Where its line stands."""
    size: float
    """Of its type."""

    @property
    def top(self) -> float:
        """The upper edge of its capitals."""
        return self.base + 0.7 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its letters."""
        return self.base - 0.2 * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One page."""

    runs: tuple[Run, ...]
    width: float
    height: float


def lines(paper: Paper) -> list[Run]:
    """The page's lines in reading order."""
    runs = [run for run in map(_tidy, paper.runs) if run.text]
    return [*_ordered(runs[:RUNS_MAX], depth=0), *runs[RUNS_MAX:]]


def _tidy(run: Run) -> Run:
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), run.text)
    hyphen = HYPHEN if text.rstrip()[-1:] in {HYPHEN, "\u0002", "\ufffe"} else ""
    return replace(run, text=clean_line(text) + hyphen)


def _ordered(runs: list[Run], *, depth: int) -> Iterator[Run]:
    """Lines in reading order: what columns hold is read column by column, all else from above to below."""
    rows = _rows(runs)
    at = 0
    while at < len(rows):
        found = _columns(rows, at) if depth < DEPTH_MAX else None
        if found is None:
            yield from _line(rows[at])
            at += 1
            continue
        end, sides = found
        for side in sides:
            yield from _ordered(side, depth=depth + 1)
        at = end


def _rows(runs: list[Run]) -> list[list[Run]]:
    """The runs in rows that lie clear of one another, from above to below."""
    rows: list[list[Run]] = []
    bottom = 0.0
    for run in sorted(runs, key=lambda run: -run.top):
        if rows and run.top > bottom + 0.1 * run.size:
            rows[-1].append(run)
            bottom = min(bottom, run.bottom)
        else:
            rows.append([run])
            bottom = run.bottom
    return rows


def _columns(rows: list[list[Run]], start: int) -> tuple[int, list[list[Run]]] | None:
    """The rows from `start` that two columns share, and what each column holds, the one to be read first first."""
    size = median(run.size for run in rows[start])
    gaps = _gaps(rows[start], GUTTER_EMS * size)
    for row in rows[start + 1 : start + 1 + HEADS_MAX] if not gaps else ():
        gaps = gaps or (_gaps(row, GUTTER_EMS * size) if _heads_column(rows[start], row) else [])
    for gap in gaps:
        left, right = gap
        end, both = start, 0
        for row in rows[start:]:
            free = _free(row, left, right)
            if free is None or free[1] - free[0] < GUTTER_EMS * size:
                break
            left, right = free
            both += _on_both_sides(row, (left + right) / 2)
            end += 1
        middle = (left + right) / 2
        sides = _sides([run for row in rows[start:end] for run in row], middle)
        if _are_columns(sides):
            return end, sides
    return None


def _heads_column(row: list[Run], following: list[Run]) -> bool:
    """Whether a row is the first line of one column that begins a line above the other."""
    left, right = min(run.left for run in row), max(run.right for run in row)
    line = row[0]
    if any(abs(run.base - line.base) > 1 for run in row):
        return False
    return any(
        min(abs(left - run.left), abs(right - run.right)) <= 0.3 * line.size
        and abs(line.size - run.size) < 0.3
        and 0 < line.base - run.base <= HEADS_EMS_MAX * line.size
        for run in following
    )


def _gaps(row: list[Run], width_min: float) -> list[tuple[float, float]]:
    """The empty stretches within a row, the widest first."""
    gaps: list[tuple[float, float]] = []
    reached = None
    for run in sorted(row, key=lambda run: run.left):
        if reached is not None and run.left - reached >= width_min:
            gaps.append((reached, run.left))
        reached = run.right if reached is None else max(reached, run.right)
    return sorted(gaps, key=lambda gap: gap[0] - gap[1])[:4]


def _free(row: list[Run], left: float, right: float) -> tuple[float, float] | None:
    """What a row leaves free of the stretch; none where it covers the middle of it."""
    for run in row:
        if run.right > left and run.left < right:
            if run.left <= left:
                left = run.right
            else:
                right = run.left
        if left >= right:
            return None
    return left, right


def _on_both_sides(row: list[Run], middle: float) -> bool:
    return any(run.right <= middle for run in row) and any(run.left >= middle for run in row)


def _sides(runs: list[Run], middle: float) -> list[list[Run]]:
    sides = [[run for run in runs if run.right <= middle], [run for run in runs if run.right > middle]]
    return sides[::-1] if is_right_to_left(run.text for run in runs) else sides


def _are_columns(sides: list[list[Run]]) -> bool:
    """Whether two sides of a gap are columns of text, not cells of a table or a label beside its text."""
    for side in sides:
        rows = len({round(run.base) for run in side})
        if rows < COLUMN_ROWS_MIN or sum(len(run.text) for run in side) < COLUMN_CHARACTERS_MIN * rows:
            return False
    return True


def _line(row: list[Run]) -> Iterator[Run]:
    """The lines of a row: runs on one baseline are joined from the side where reading starts."""
    right_to_left = is_right_to_left(run.text for run in row)
    waiting = sorted(row, key=lambda run: -run.base)
    while waiting:
        base, size = waiting[0].base, waiting[0].size
        same = [run for run in waiting if base - run.base <= 0.4 * size]
        waiting = waiting[len(same) :]
        same.sort(key=lambda run: -run.right if right_to_left else run.left)
        text = joined(run.text for run in same)
        yield Run(
            text=mirrored(text) if right_to_left else text,
            left=min(run.left for run in same),
            right=max(run.right for run in same),
            base=base,
            size=max(same, key=lambda run: len(run.text)).size,
        )

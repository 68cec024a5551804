"""A table beside a chart: the same figures, and as CSV that no spreadsheet takes for a formula (decides)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")
_QUOTE = "'"
CELL_CHARACTERS_MAX = 32_000
"""Spreadsheets hold no more in a cell."""

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Heads of columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8, with a mark at the beginning by which spreadsheets know that; numbers with a point."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_safe(name) for name in table.columns])
    writer.writerows([[_safe(cell) for cell in row] for row in table.rows])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _safe(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, str):
        return str(cell)
    text = cell.replace("\0", "")[:CELL_CHARACTERS_MAX]
    # A space or a mark of direction before the sign hides it from a glance and from no spreadsheet.
    first = text.lstrip(" \u00a0\u200b\u200e\u200f\ufeff")
    return _QUOTE + text if text.startswith(FORMULA_BEGINNINGS) or first.startswith(FORMULA_BEGINNINGS) else text

"""What a panel is, and how numbers, days, languages, kinds and countries are written in it (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from chronik.desk.choices import name_in
from chronik.desk.languages import language_name, source_kind
from chronik.relate.geography import country_name
from chronik.relate.overview.counting import NONE, OTHERS
from chronik.relate.overview.periods import Width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chronik.ports.relating import Side
    from chronik.publish.charts.shapes import Chart
    from chronik.publish.charts.table import Cell, Table

SHARE_DIGITS = 1
NAMED_MAX = 3
"""So many are named in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One chart of the page with all that stands beside it."""

    key: str
    """As in its address."""
    title: str
    sentence: str
    """The figures in a sentence: what the chart says to whoever does not see it."""
    table: Table
    draw: Callable[[], Chart]
    note: str = ""
    """How it was counted, where that is not plain."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.table.rows


def number(value: float) -> str:
    """A number as the reader's language writes it."""
    return number_format(value, force_grouping=True)


def share(part: int, whole: int) -> float | None:
    """Percent; nothing where there is no whole."""
    return round(100 * part / whole, SHARE_DIGITS) if whole else None


def listed(names: Sequence[str], counts: Sequence[str], *, named_max: int = NAMED_MAX) -> str:
    """The first names with their counts, each kept apart from what stands around it, whichever way it runs."""
    pairs = zip(names[:named_max], counts[:named_max], strict=True)
    return ", ".join(f"{apart(name)} {count}" for name, count in pairs)


def apart(name: str) -> str:
    """A name within a sentence, between signs that isolate its direction (Unicode TR 9)."""
    return f"\u2068{name}\u2069"


def written(cell: Cell) -> str:
    """A cell of a table as it stands on the page."""
    if cell is None:
        return "–"
    if isinstance(cell, date):
        return date_format(cell, "DATE_FORMAT")
    if isinstance(cell, float):
        return number_format(cell, decimal_pos=SHARE_DIGITS, force_grouping=True)
    return number(cell) if isinstance(cell, int) else cell


def tick(start: date, width: Width) -> str:
    """A period, briefly."""
    if width is Width.YEAR:
        return date_format(start, "Y")
    # Translators: how a month and a day are written beneath a chart, in Django's letters.
    briefly = pgettext("beneath a chart", "M Y") if width is Width.MONTH else pgettext("beneath a chart", "j M")
    return date_format(start, briefly)


def ticks(beginnings: Iterable[date], width: Width) -> tuple[str, ...]:
    """Periods, briefly; a week or day with its year where they are of several."""
    starts = tuple(beginnings)
    if width is Width.WEEK and starts[0].year != starts[-1].year:
        return tuple(date_format(start, pgettext("beneath a chart", "j M Y")) for start in starts)
    return tuple(tick(start, width) for start in starts)


def period_column(width: Width) -> str:
    """What the column of periods is called."""
    names = {Width.DAY: _("Day"), Width.WEEK: _("Week from"), Width.MONTH: _("Month from"), Width.YEAR: _("Year from")}
    return names[width]


def per_period(width: Width) -> str:
    """How long a period is, in words."""
    names = {Width.DAY: _("by day"), Width.WEEK: _("by week"), Width.MONTH: _("by month"), Width.YEAR: _("by year")}
    return names[width]


def value_name(trait: str, value: str, *, sides: Iterable[Side] = ()) -> str:
    """What a value of a trait is called."""
    if value == OTHERS:
        return _("others")
    if trait == "language":
        return language_name(value)
    if trait == "kind":
        return source_kind(value or "unknown")
    if trait == "country":
        return country_name(value, get_language() or "") if value != NONE else _("country unknown")
    found = next((side for side in sides if side.key == value), None)
    return (name_in(found.names) or value) if found else (value or _("no side"))

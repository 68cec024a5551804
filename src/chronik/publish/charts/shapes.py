"""What a chart shows, in words and numbers, and how large it is (decides).

All words come ready for the reader, in the language of the page; a drawing adds none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LABEL_CHARACTERS_MAX = 40
DESCRIPTION_CHARACTERS_MAX = 2_000
WIDE_INCHES, NARROW_INCHES = 8.0, 4.0
BAR_INCHES = 0.36
ROWS_MAX = 15
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Colours(StrEnum):
    """On what the chart stands."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """For whom it is drawn."""

    colours: Colours = Colours.LIGHT
    narrow: bool = False
    """For a phone: half as wide, so that words stay readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Numbers with a name."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What every chart has."""

    title: str
    description: str
    """What it shows, in a sentence or two, for those who do not see it."""
    number: Callable[[int], str] = str
    """How a number is written in the reader's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas(Chart):
    """Series stacked over periods, and bars of something else under them."""

    ticks: tuple[str, ...]
    """What each period is called."""
    series: tuple[Series, ...]
    below: Series | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(Chart):
    """A column of each series a period, the later ones before the earlier."""

    ticks: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Chart):
    """A row for each label, with a bar of each series."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on a map."""

    label: str
    longitude: float
    latitude: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Chart):
    """Places on the outline of the land, the largest first."""

    points: tuple[Point, ...]
    land: tuple[tuple[tuple[float, float], ...], ...] = ()
    """Rings of longitude and latitude in degrees."""
    water: tuple[tuple[tuple[float, float], ...], ...] = ()
    """Rings within the land."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A happening in a lane."""

    label: str
    """A number or so."""
    lane: int
    at: int
    """A day, as `date.toordinal` counts."""
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes(Chart):
    """Marks along the time in lanes, with lines between those that belong together."""

    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    lines: tuple[tuple[int, int], ...] = ()
    """Pairs of places in `marks`: the second goes on from the first."""
    ties: tuple[tuple[int, int], ...] = ()
    """Pairs of places in `marks` that are one happening."""
    day: Callable[[int], str] = str
    """How a day is written."""


def inches(chart: Chart, look: Look) -> tuple[float, float]:
    """Width and height of a chart."""
    across = NARROW_INCHES if look.narrow else WIDE_INCHES
    if isinstance(chart, Bars):
        rows = min(len(chart.labels), ROWS_MAX)
        return across, 0.9 + rows * (BAR_INCHES + 0.1 * (len(chart.series) - 1))
    if isinstance(chart, Lanes):
        return across, 0.8 + 0.42 * len(chart.lanes)
    if isinstance(chart, Areas):
        return across, 4.0 if chart.below else 3.2
    return across, (across * 0.6 if isinstance(chart, Points) else 2.9)


def label(text: str, characters_max: int = LABEL_CHARACTERS_MAX) -> str:
    """Words that any drawing can hold: one line, not too long, without signs that XML forbids or that turn text."""
    begun = text[: characters_max * 4]
    kept = (" " if one.isspace() else one for one in begun if one.isspace() or _is_drawn(one))
    plain = " ".join("".join(kept).split())
    return plain if len(plain) <= characters_max else f"{plain[: characters_max - 1].rstrip()}…"


def _is_drawn(character: str) -> bool:
    if character in _DIRECTIONS or character in "\ufffe\uffff":
        return False
    return unicodedata.category(character) not in {"Cc", "Cs", "Cn"}

"""Decides which time zones a person may choose to read times in."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo, available_timezones

COOKIE = "chronik_zone"
AREAS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
UTC = "UTC"


@cache
def names() -> tuple[str, ...]:
    """The names of places (IANA), and UTC; old names and offsets are left out."""
    return (UTC, *sorted(name for name in available_timezones() if name.partition("/")[0] in AREAS))


@cache
def by_area() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Area → name and place of each zone there, for a list to choose from."""
    grouped = groupby(names()[1:], key=lambda name: name.partition("/")[0])
    return tuple((area, tuple((name, _place(name)) for name in there)) for area, there in grouped)


def zone(name: str) -> ZoneInfo | None:
    """The zone of this name, if a person may choose it."""
    return ZoneInfo(name) if name in names() else None


def _place(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", ", ")

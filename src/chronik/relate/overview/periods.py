"""Days put together to weeks, months or years, so that a chart has room for them (decides)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

DAYS_SHOWN_MAX = 62
WEEKS_SHOWN_MAX = 104
MONTHS_SHOWN_MAX = 180
PERIODS_MAX = 400
"""A dossier over more years than these is counted in the last ones."""
DAYS_A_WEEK, DAYS_A_MONTH = 7, 30.4
_DAY_CHARACTERS = len("2026-05-01")


class Width(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def width(first: date, last: date) -> Width:
    """The shortest period of which a chart from one day to another has few enough."""
    days = (last - first).days + 1
    if days <= DAYS_SHOWN_MAX:
        return Width.DAY
    if days <= WEEKS_SHOWN_MAX * DAYS_A_WEEK:
        return Width.WEEK
    return Width.MONTH if days <= MONTHS_SHOWN_MAX * DAYS_A_MONTH else Width.YEAR


def beginning(day: date, width: Width) -> date:
    """The first day of the period that a day is in; weeks begin on Monday."""
    if width is Width.WEEK:
        # There is no Monday before the first day that a date can name.
        return date.fromordinal(max(day.toordinal() - day.weekday(), 1))
    if width is Width.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if width is Width.YEAR else day


def periods(first: date, last: date) -> tuple[Width, tuple[date, ...]]:
    """How long periods are from one day to another, and the first day of each, without a gap."""
    chosen = width(first, last)
    found = [beginning(last, chosen)]
    end = beginning(first, chosen)
    while found[-1] > end and len(found) < PERIODS_MAX:
        found.append(beginning(found[-1] - timedelta(days=1), chosen))
    return chosen, tuple(reversed(found))


def day(said: str, zone: tzinfo) -> date | None:
    """The day, in a time zone, of a date or moment in ISO 8601; None where it names no day.

    A date without a time stays the day that it names.
    """
    try:
        if len(said) <= _DAY_CHARACTERS:
            return date.fromisoformat(said) if len(said) == _DAY_CHARACTERS else None
        moment = datetime.fromisoformat(said)
        return (moment.astimezone(zone) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def empty_runs(counts: Iterable[tuple[date, int]]) -> tuple[tuple[date, date, int], ...]:
    """Runs of periods in which nothing was counted, between such in which something was: first, last, how many."""
    listed = list(counts)
    filled = [(place, start) for place, (start, count) in enumerate(listed) if count]
    return tuple(
        (listed[before + 1][0], listed[after - 1][0], after - before - 1)
        for (before, _), (after, _) in pairwise(filled)
        if after - before > 1
    )

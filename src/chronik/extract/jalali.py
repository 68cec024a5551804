"""The Iranian solar calendar → the Gregorian one (decides).

By the leap-year breaks of K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon, and Planets 74 (1996).
"""

from __future__ import annotations

from datetime import date, timedelta

YEAR_MIN, YEAR_MAX = 1210, 1500
"""The years 1831 to 2121: those of newspapers, within one run of 33-year cycles."""
_LEAPS_BEFORE = 294
"""Leap years before the run, by the paper's count."""
_LONG_MONTHS = 6


def gregorian(year: int, month: int, *, day: int = 1) -> date | None:
    """The day, or None where that year, month or day does not exist."""
    if not (YEAR_MIN <= year < YEAR_MAX and 1 <= month <= 12 and 1 <= day <= _length(year, month)):
        return None
    before = (month - 1) * 31 - max(0, month - 1 - _LONG_MONTHS)
    return _new_year(year) + timedelta(days=before + day - 1)


def year_of(day: date) -> int:
    """The Iranian year in which a day lies."""
    year = day.year - 621
    return year if day >= _new_year(year) else year - 1


def _length(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < 12 or _new_year(year + 1) - _new_year(year) == timedelta(days=366) else 29


def _new_year(year: int) -> date:
    """The first of Farvardin."""
    cycles, rest = divmod(year - YEAR_MIN, 33)
    leaps = _LEAPS_BEFORE + cycles * 8 + (rest + 3) // 4
    gregorian_year = year + 621
    gregorian_leaps = gregorian_year // 4 - (gregorian_year // 100 + 1) * 3 // 4 - 150
    return date(gregorian_year, 3, 20 + leaps - gregorian_leaps)

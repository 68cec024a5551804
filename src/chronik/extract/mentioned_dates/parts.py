"""What was found of a date in a text, and which days it means (decides)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chronik.extract import jalali
from chronik.model import DateMention

YEAR_MIN, YEAR_MAX = 1000, 2199
AHEAD_UNSAID_DAYS_MAX = 92
"""A day without a year lies at most so far ahead, unless the sentence speaks of what is to come."""
AHEAD_SAID_DAYS_MAX = 300
_BACK, _AHEAD = -1, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A date as far as the words tell it."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_to: int | None = None
    """The last day of a range within one month."""
    jalali: bool = False
    direction: int = 0
    """-1 for "last", 1 for "next"."""
    future: bool = False
    """The sentence speaks of what is to come."""
    stated: str = ""
    """The whole in ISO 8601, where it is known already."""
    relative: bool = False


def resolved(found: Found, published: date | None) -> DateMention | None:
    """The mention with its date, or None where the words name no day that exists, or none without a publication."""
    if found.stated:
        return DateMention(start=found.start, end=found.end, date=found.stated, relative=found.relative)
    if found.year is None:
        year = _year(found, published) if published else None
        if year is None:
            return None
        found = replace(found, year=year)
    told = _jalali(found) if found.jalali else _gregorian(found)
    return DateMention(start=found.start, end=found.end, date=told, relative=found.relative) if told else None


def interval(first: str, last: str) -> str:
    """Two dates as one interval, or nothing where the second is not after the first."""
    begin, end = first.partition("/")[0], last.rpartition("/")[2]
    return f"{begin}/{end}" if begin < end else ""


def week_of(day: date) -> str:
    """The week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday}/{monday + timedelta(days=6)}"


def months_away(day: date, count: int) -> str:
    """A month, so many from that of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return f"{year:04d}-{month + 1:02d}"


def _year(found: Found, published: date) -> int | None:
    """The year that a day or month without one means: the nearest by the sense of the sentence."""
    this = jalali.year_of(published) if found.jalali else published.year
    days = {year: _first_day(replace(found, year=year)) for year in (this - 1, this, this + 1)}
    away = {year: (day - published).days for year, day in days.items() if day is not None}
    if found.day is None:
        away = {year: days for year, days in away.items() if not _is_month_of(found, year, published)}
        if found.direction == 0 and len(away) < len(days):
            return this
    past = max((year for year in away if away[year] <= 0), default=None)
    ahead = min((year for year in away if away[year] >= 0), default=None)
    if found.direction or past is None or ahead is None:
        return ahead if found.direction == _AHEAD or past is None else past
    reach = AHEAD_SAID_DAYS_MAX if found.future else AHEAD_UNSAID_DAYS_MAX
    nearer = found.future or away[ahead] < -away[past]
    return ahead if away[ahead] <= reach and nearer else past


def _is_month_of(found: Found, year: int, published: date) -> bool:
    first = _first_day(replace(found, year=year))
    return first is not None and 0 <= (published - first).days < 28 + 3 * (first.month != 2)


def _first_day(found: Found) -> date | None:
    assert found.year is not None, "a year is set before its days are counted"
    assert found.month is not None, "only what has a month can lack a year"
    if found.jalali:
        return jalali.gregorian(found.year, found.month, day=found.day or 1)
    return _date(found.year, found.month, found.day or 1)


def _gregorian(found: Found) -> str:
    assert found.year is not None, "a year is set before it is told"
    if not YEAR_MIN <= found.year <= YEAR_MAX:
        return ""
    if found.month is None:
        return f"{found.year:04d}"
    if found.day is None:
        return f"{found.year:04d}-{found.month:02d}"
    first = _date(found.year, found.month, found.day)
    if first is None or found.day_to is None:
        return first.isoformat() if first else ""
    last = _date(found.year, found.month, found.day_to)
    return interval(first.isoformat(), last.isoformat()) if last else ""


def _jalali(found: Found) -> str:
    assert found.year is not None, "a year is set before it is told"
    first = jalali.gregorian(found.year, found.month or 1, day=found.day or 1)
    if first is None:
        return ""
    if found.day is not None and found.day_to is None:
        return first.isoformat()
    if found.day_to is not None:
        last = jalali.gregorian(found.year, found.month or 1, day=found.day_to)
        return interval(first.isoformat(), last.isoformat()) if last else ""
    after = jalali.gregorian(found.year, found.month + 1) if found.month and found.month < 12 else None
    after = after or jalali.gregorian(found.year + 1, 1)
    return interval(first.isoformat(), (after - timedelta(days=1)).isoformat()) if after else ""


def _date(year: int, month: int, day: int) -> date | None:
    if not (YEAR_MIN <= year <= YEAR_MAX and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)

"""Dates as pages write them → ISO 8601 as precise as known (decides)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.extract.candidates import Candidate

YEAR_MIN = 1600
DATE_CHARACTERS_MAX = 80
AHEAD_MAX = timedelta(days=2)
"""A page cannot have been published after it was captured; clocks and zones may differ a little."""
OFFSET_MIN, OFFSET_MAX, OFFSET_STEP = timedelta(hours=-12), timedelta(hours=14), timedelta(minutes=30)

_DAY = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SPACED_OFFSET = re.compile(r"\s+(?=[+-]\d{2}:?\d{2}$)|\s+(?=(?:Z|UTC|GMT)$)")
_FRACTION = re.compile(r"([.,]\d{6})\d+")
_ZONE_NAME = re.compile(r"(?:UTC|GMT)$|\[[\w/+-]+\]$")


def moment(text: str) -> str:
    """An instant with offset (`2024-05-03T15:47:42+02:00`), else a day (`2024-05-03`), else empty; no guess."""
    text = text.strip()[:DATE_CHARACTERS_MAX]
    if text.isdecimal() and text.isascii() and len(text) in {10, 13}:
        return _from_unix(int(text[:10]))
    found = _iso(text) or _mail_date(text)
    if found is not None:
        return found.isoformat(timespec="seconds") if found.tzinfo else found.date().isoformat()
    return _day(text)


def first_moment(candidates: Iterable[Candidate], *, captured_at: datetime | None = None) -> tuple[str, str]:
    """The first candidate that is a possible date, as exactly as the others tell it, and its origin."""
    latest = (captured_at + AHEAD_MAX).date().isoformat() if captured_at else "9999"
    offered = tuple(candidates)
    found = [(moment(candidate.value), candidate.origin) for candidate in offered]
    possible = [(text, origin) for text, origin in found if text and f"{YEAR_MIN}" <= text and text[:10] <= latest]
    if not possible:
        return "", ""
    first, origin = possible[0]
    if _is_day(first):
        return next((text for text, _ in possible if text.startswith(first) and not _is_day(text)), first), origin
    return _by_local_clock(first, [candidate.value for candidate in offered]), origin


def _is_day(found: str) -> bool:
    return "T" not in found


def _by_local_clock(found: str, others: Sequence[str]) -> str:
    """The same instant with the publisher's offset, where another candidate shows it: the day is its readers'."""
    instant = datetime.fromisoformat(found)
    if instant.utcoffset():
        return found
    for text in others:
        offset = _offset(instant, text.strip()[:DATE_CHARACTERS_MAX])
        if offset:
            return instant.astimezone(timezone(offset)).isoformat(timespec="seconds")
    return found


def _offset(instant: datetime, text: str) -> timedelta | None:
    """How far the clock runs ahead of UTC by which the text gives the same instant; none if it does not give it."""
    other = _iso(text) or _mail_date(text)
    if other is None or other.time() == time():  # midnight stands for a day
        return None
    if other.tzinfo:
        return other.utcoffset() if abs(other - instant) < timedelta(minutes=1) else None
    ahead = other - instant.replace(tzinfo=None, second=instant.second if other.second else 0)
    plausible = OFFSET_MIN <= ahead <= OFFSET_MAX and not ahead % OFFSET_STEP
    return ahead if plausible else None


def _iso(text: str) -> datetime | None:
    plain = _ZONE_NAME.sub(
        lambda m: "Z" if m[0] in {"UTC", "GMT"} else "", _FRACTION.sub(r"\1", _SPACED_OFFSET.sub("", text))
    )
    if not any(mark in plain for mark in "T :"):
        return None
    try:
        return datetime.fromisoformat(plain.strip())
    except ValueError:
        return None


def _mail_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found


def _from_unix(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _day(text: str) -> str:
    match = _DAY.match(text)
    if match:
        year, month, day = match.groups()
    else:
        match = _DAY_FIRST.match(text)
        if not match:
            return ""
        day, month, year = match.groups()
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""

"""Dates as pages write them → ISO 8601 as precise as known (decides)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from chronik.extract import datewords

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.extract.candidates import Candidate

YEAR_MIN = 1600
DATE_CHARACTERS_MAX = 80
AHEAD_MAX = timedelta(days=2)
"""A page cannot have been published after it was captured; clocks and zones may differ a little."""
SAME_CLOCK_MAX = timedelta(days=5)
"""Clocks are changed twice a year: times further apart may have different offsets."""
OFFSET_MIN, OFFSET_MAX, OFFSET_STEP = timedelta(hours=-12), timedelta(hours=14), timedelta(minutes=30)

_DAY = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SPACED_OFFSET = re.compile(r"\s+(?=[+-]\d{2}:?\d{2}$)|\s+(?=(?:Z|UTC|GMT)$)")
_FRACTION = re.compile(r"([.,]\d{6})\d+")
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) ([A-Z]{1,5}) (\d{4})$")
_SCRIPT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d{2}:\d{2}:\d{2}) (?:GMT|UTC)([+-]\d{4})")
_ZONES = {
    **dict.fromkeys(("UTC", "GMT", "Z", "WET"), "+0000"),
    **dict.fromkeys(("CET", "MEZ", "WEST"), "+0100"),
    **dict.fromkeys(("CEST", "MESZ", "EET"), "+0200"),
    **dict.fromkeys(("EEST", "MSK"), "+0300"),
    **dict.fromkeys(("JST", "KST"), "+0900"),
    "EST": "-0500",
    "EDT": "-0400",
    "PST": "-0800",
    "PDT": "-0700",
}
"""The abbreviations that mean one offset only."""
_ZONE_NAME = re.compile(r"(?:UTC|GMT)$|\[[\w/+-]+\]$")


def moment(text: str) -> str:
    """An instant with offset (`2024-05-03T15:47:42+02:00`), else a day (`2024-05-03`), else empty; no guess."""
    text = text.strip()[:DATE_CHARACTERS_MAX]
    if text.isdecimal() and text.isascii() and len(text) in {10, 13}:
        return _from_unix(int(text[:10]))
    found = _iso(text) or _program_date(text) or _mail_date(text)
    if found is not None:
        return found.isoformat(timespec="seconds") if found.tzinfo else found.date().isoformat()
    return _day(text) or _day_in_words(text)


def first_moment(
    candidates: Iterable[Candidate], *, captured_at: datetime | None = None, clocks: Iterable[Candidate] = ()
) -> tuple[str, str]:
    """The first candidate that is a possible date, as exactly as the others tell it, and its origin.

    `clocks` are other times of the page, which may show the offset of the publisher's clock.
    """
    latest = (captured_at + AHEAD_MAX).date().isoformat() if captured_at else "9999"
    offered = tuple(candidates)
    found = [(moment(candidate.value), candidate) for candidate in offered]
    possible = [(text, one) for text, one in found if text and f"{YEAR_MIN}" <= text and text[:10] <= latest]
    if not possible:
        return "", ""
    first, chosen = possible[0]
    if _is_day(first):
        exact = next((text for text, _ in possible if text.startswith(first) and not _is_day(text)), "")
        return exact or _with_offset(chosen.value, offered, tuple(clocks)) or first, chosen.origin
    return _by_local_clock(first, [candidate.value for candidate in offered]), chosen.origin


def _with_offset(text: str, offered: Sequence[Candidate], clocks: Sequence[Candidate]) -> str:
    """The instant of a time told without offset, where another of about that day shows the publisher's; else empty.

    An offset of zero shows nothing: many sites write `Z` behind local times, and many give UTC.
    """
    naive = _iso(text.strip()[:DATE_CHARACTERS_MAX])
    if naive is None or naive.tzinfo or naive.time() == time():
        return ""
    for candidate in (*offered, *clocks):
        other = _iso(candidate.value.strip()[:DATE_CHARACTERS_MAX])
        offset = other.utcoffset() if other is not None and other.tzinfo else None
        if other is not None and offset and abs(other.replace(tzinfo=None) - naive) <= SAME_CLOCK_MAX:
            return naive.replace(tzinfo=timezone(offset)).isoformat(timespec="seconds")
    return ""


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


def _program_date(text: str) -> datetime | None:
    """Dates as Java and JavaScript print them: `Fri Apr 28 19:20:36 CEST 2023`, `Fri May 03 2024 14:24:00 GMT+0200`."""
    found = _JAVA.match(text)
    if found:
        return _mail_date(f"{found[2]} {found[1]} {found[5]} {found[3]} {_ZONES.get(found[4], '')}")
    found = _SCRIPT.match(text)
    return _mail_date(f"{found[2]} {found[1]} {found[3]} {found[4]} {found[5]}") if found else None


def _day_in_words(text: str) -> str:
    """The one day that a text names, if it can be read in one way only."""
    found = datewords.days(text)
    return found[0].date.isoformat() if found and found[0].sure and len({day.date for day in found}) == 1 else ""


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

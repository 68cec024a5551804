"""Reads dates in the dialects that feeds are written in.

Decides. RFC 822 and its successors with any name of a zone and any weekday, W3CDTF and ISO 8601 as far as it names
a day, C's asctime, JavaScript's, databases', and day, month and year in the words of some forty languages. Nothing is
guessed: of a date whose day and month could be exchanged nothing is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

from chronik.calendar_words import month_begun as month_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DATE_CHARACTERS_MAX = 120
EARLIEST_YEAR = 1990
"""Pages of the web are not older; a feed that says so is wrong about it."""
CENTURY_TURNS_AT = 90
"""Years of two digits from this on are of the last century (RFC 2822 §4.3 turns at 50, when there was no web)."""
COMMENTS_MAX = 8
OFFSET_MINUTES_MAX = 18 * 60
EAST_ASIA = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as a feed tells it."""

    instant: datetime
    """In UTC; where no zone is told, as if it were UTC."""
    told: str
    """ISO 8601 as precise as told: an instant with offset, or a day, a month, a year."""


_ZONES = """
ut 0 utc 0 gmt 0 z 0 wet 0 west 1 bst 1 cet 1 met 1 mez 1 cest 2 mest 2 mesz 2 eet 2 sast 2 eest 3 eat 3 msk 3 msd 4
trt 3 azt 4 get 4 gst 4 pkt 5 ist 5.5 npt 5.75 wib 7 ict 7 hkt 8 sgt 8 awst 8 pht 8 jst 9 kst 9 acst 9.5 acdt 10.5
aest 10 aedt 11 nzst 12 nzdt 13 nst -3.5 ndt -2.5 art -3 brt -3 adt -3 ast -4 at -4 edt -4 est -5 et -5 cdt -5 cst -6
ct -6 mdt -6 mst -7 mt -7 pdt -7 pst -8 pt -8 akdt -8 akst -9 hst -10
"""
_ZONES_H = {name: float(hours) for name, hours in re.findall(r"(\w+) (\S+)", _ZONES)}
# RFC 822 §5.1: A to M without J run westwards, N to Y eastwards.
_ZONES_H |= {letter: -hours for hours, letter in enumerate("abcdefghiklm", 1)}
_ZONES_H |= {letter: hours for hours, letter in enumerate("nopqrstuvwxy", 1)}

_ZONE = r"(?:(?:gmt|utc?|etc/gmt)?\s?[+\-−]\d\d?:?(?:\d\d)?(?!\d)|[a-z][a-z/]{0,9}(?![a-z]))"
_TIME = r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
_USUAL = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d\d?) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4}|[A-Z]{1,5})", re.ASCII
)
"""Nearly every date of RSS."""
_MAIL = re.compile(
    rf"(?:[^\W\d_]{{2,20}}\.?\s?,?\s)?(\d{{1,2}})[\s-]([^\W\d_]{{2,20}})\.?,?[\s-](\d{{2,4}})(?:,?\s{_TIME}\s?({_ZONE})?)?",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(\d{4})(?:-?(\d{3})|(?P<dash>-?)(\d\d?)(?:(?P=dash)(\d\d?))?)?"
    rf"(?:(?:t|\s)\s?(\d\d?)(?::?(\d\d)(?::?(\d\d)(?:[.,]\d{{1,9}})?)?)?\s?({_ZONE})?)?",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\([^()]*\)")
_HALF = r"(?:[ap]\.?m\.?(?![a-z])|오전|오후|上午|下午|午前|午後)"
_CLOCK = re.compile(
    rf"(?P<before>{_HALF})?\s?(?<!\d)(?P<hour>\d{{1,2}})(?::|h|\s?[시時点點时]\s?)(?P<minute>\d\d?)(?:\s?[분分])?"
    rf"(?::?\s?(?P<second>\d\d)\s?[초秒]?(?:[.,]\d{{1,9}})?)?(?!\d)\s?(?P<after>{_HALF})?\s?(?P<zone>{_ZONE})?",
    re.IGNORECASE,
)
_HALVES = frozenset({"am", "pm", "a", "p"})
_LATER_HALF = ("p", "오후", "下午", "午後")
_EARLIER_HALF = ("a", "오전", "上午", "午前")
_KOREAN = re.compile("[년월일전후]")
_SIGNS = "\u0900-\u109f\u1780-\u17ff"
"""The blocks of scripts whose vowel signs are no letters to `re`."""
_WORD_OR_NUMBER = re.compile(rf"(?:[^\W\d_]|(?!\d)[{_SIGNS}])+|\d+")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d\d?)\s?[-/.月월]\s?(\d\d?)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d?)\s?\.\s?(\d\d?)\s?\.\s?(\d{4}|\d\d)(?!\d)")
_EITHER_FIRST = re.compile(r"(?<!\d)(\d\d?)\s?[-/]\s?(\d\d?)\s?[-/]\s?(\d{4})(?!\d)")
_SHORT_YEAR_FIRST = re.compile(r"(\d\d)-(\d\d)-(\d\d)(?!\d)")


def moment(text: str) -> Moment | None:
    """The time that a text names; None where it names none, or one before the web."""
    told = text.strip()
    if not told or len(told) > DATE_CHARACTERS_MAX:
        return None
    try:
        if told[:4].isdigit():
            return _iso(told) or _other(told)
        return _mail(told) or _other(told)
    except (ValueError, OverflowError):  # a 31st of June, an hour 25
        return None


def _iso(told: str) -> Moment | None:
    """W3CDTF, ISO 8601, and databases' way with a space in it."""
    if len(told) > 11 and told[10] in "T ":
        try:
            read = datetime.fromisoformat(told)
        except ValueError:
            pass
        else:
            return _moment(read.replace(microsecond=0), precision="second")
    if told[4:6] in {"-W", "W"}:
        return _moment(datetime.fromisoformat(told), precision="second" if len(told) > 10 else "day")
    if told.isascii() and told.isdigit() and len(told) in {10, 13}:
        return _moment(datetime.fromtimestamp(int(told[:10]), UTC), precision="second")
    found = _ISO.fullmatch(told)
    if found is None:
        return None
    year, day_of_year, _, month, day, hour, minute, second, zone = found.groups()
    if zone and zone.lower() in _HALVES:
        return None
    if day_of_year:
        first = datetime(int(year), 1, 1)  # noqa: DTZ001 - a day has no zone
        date = first + timedelta(days=int(day_of_year) - 1)
        month, day = str(date.month), str(date.day)
    clock = (hour, minute or "0", second) if hour else None
    return _dated((int(year), int(month or 0), int(day or 0)), clock, zone)


def _mail(told: str) -> Moment | None:
    """RFC 822, 1123, 2822 and 5322, whatever weekday stands there."""
    if usual := _USUAL.fullmatch(told):
        day, name, year, hour, minute, second, zone = usual.groups()
        if number := month_of(name):
            return _dated((int(year), number, int(day)), (hour, minute, second), zone)
    found = _MAIL.fullmatch(told) or _MAIL.fullmatch(" ".join(told.split()))
    if found is None:
        return None
    day, name, year, hour, minute, second, zone = found.groups()
    month = month_of(name)
    clock = (hour, minute, second) if hour else None
    return _dated((_full_year(year), month, int(day)), clock, zone) if month else None


def _other(told: str) -> Moment | None:
    """Any other order: first the time with its zone, then the date in what is left."""
    bare = _without_comments(" ".join(told.split()))
    found = _CLOCK.search(bare)
    rest = bare if found is None else f"{bare[: found.start()]} {bare[found.end() :]}"
    if found is not None and found["zone"] and month_of(found["zone"]):
        rest = f"{rest} {found['zone']}"
    date = _date_in_words(rest) or _date_in_numbers(rest)
    if date is None:
        return _mail(bare) if bare != told else None
    clock = None if found is None else (str(_hour(found)), found["minute"], found["second"])
    zone = found["zone"] if found is not None else None
    return _dated(date, clock, zone, assumed=EAST_ASIA if _KOREAN.search(bare) else None)


def _without_comments(text: str) -> str:
    """Comments in parentheses may stand within each other (RFC 822 §3.4.3)."""
    for _ in range(COMMENTS_MAX):
        shorter = _COMMENT.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return " ".join(text.split())


def _hour(found: re.Match[str]) -> int:
    half, hour = (found["before"] or found["after"] or "").lower(), int(found["hour"])
    if half.startswith(_LATER_HALF) and hour < 12:
        return hour + 12
    return 0 if half.startswith(_EARLIER_HALF) and hour == 12 else hour


def _date_in_words(text: str) -> tuple[int, int, int] | None:
    """Year, month and day where the month is a word; the last such word, for weekdays may look like months."""
    pieces = _WORD_OR_NUMBER.findall(text)
    named = tuple(_months(pieces))
    if not named:
        return None
    at, month = named[-1]
    numbers = [(place, piece) for place, piece in enumerate(pieces) if piece.isdigit()][:3]
    long = [piece for _, piece in numbers if len(piece) in {3, 4}]
    short = [(place, piece) for place, piece in numbers if len(piece) <= 2]
    if len(long) == 1 and short:
        return _full_year(long[0]), month, int(short[0][1])
    if not long and len(short) == 2:
        before = [piece for place, piece in short if place < at]
        day, year = (before[0], short[1][1]) if len(before) == 1 else (short[0][1], short[1][1])
        return _full_year(year), month, int(day)
    return None


def _months(pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places and numbers of the months; some names are two words, as in Arabic."""
    end = 0
    for place, piece in enumerate(pieces):
        if place < end or piece.isdigit():
            continue
        two = month_of(" ".join(pieces[place : place + 2])) if place + 1 < len(pieces) else 0
        if month := two or month_of(piece):
            end = place + (2 if two else 1)
            yield place, month


def _date_in_numbers(text: str) -> tuple[int, int, int] | None:
    """Year, month and day where the order cannot be mistaken."""
    if found := _YEAR_FIRST.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.search(text):
        return _full_year(found[3]), int(found[2]), int(found[1])
    if found := _EITHER_FIRST.search(text):
        one, other = int(found[1]), int(found[2])
        if one > 12 or one == other:
            return int(found[3]), other, one
        return (int(found[3]), one, other) if other > 12 else None
    if found := _SHORT_YEAR_FIRST.match(text):
        return _full_year(found[1]), int(found[2]), int(found[3])
    return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 3:  # years since 1900, as C counts them
        return 1900 + year
    return year if len(digits) > 2 else year + (1900 if year >= CENTURY_TURNS_AT else 2000)


def _dated(
    date: tuple[int, int, int],
    clock: tuple[str, str, str | None] | None,
    zone: str | None,
    *,
    assumed: timezone | None = None,
) -> Moment | None:
    year, month, day = date
    start = datetime(year, month or 1, day or 1)  # noqa: DTZ001 - the zone comes below
    if clock is None:
        return _moment(start, precision="day" if day else "month" if month else "year")
    hour, minute, second = int(clock[0]), int(clock[1]), min(int(clock[2] or 0), 59)  # leap seconds are 60
    if hour > 24 or minute > 59:
        return None
    at = start + timedelta(hours=hour, minutes=minute, seconds=second)
    return _moment(at.replace(tzinfo=_zone(zone) or assumed), precision="second")


@lru_cache(maxsize=1_000)
def _zone(name: str | None) -> timezone | None:
    """The zone by its name or offset; None where nobody knows it."""
    if not name:
        return None
    known = _ZONES_H.get(name.lower().removeprefix("etc/"))
    if known is not None:
        return timezone(timedelta(hours=known)) if known else UTC
    sign = max(name.find(mark) for mark in "+-−")
    digits = name[sign + 1 :].replace(":", "")
    if sign < 0 or not digits.isdigit():
        return None
    minutes = int(digits) * 60 if len(digits) <= 2 else int(digits[:-2]) * 60 + int(digits[-2:])
    if minutes > OFFSET_MINUTES_MAX:
        return None
    return timezone(timedelta(minutes=minutes if name[sign] == "+" else -minutes)) if minutes else UTC


def _moment(read: datetime, *, precision: str) -> Moment | None:
    if read.tzinfo is None:
        instant = read.replace(tzinfo=UTC)
        # Without its zone an hour says nothing; the day is what is known.
        told = {"year": "%Y", "month": "%Y-%m"}.get(precision, "%Y-%m-%d")
        return Moment(instant=instant, told=read.strftime(told)) if _believable(instant) else None
    instant = read.astimezone(UTC)
    return Moment(instant=instant, told=read.isoformat(timespec="seconds")) if _believable(instant) else None


def _believable(instant: datetime) -> bool:
    return instant.year >= EARLIEST_YEAR

"""Days written in words or figures, in the languages of the press (decides).

`3. Mai 2024`, `May 3, 2024`, `2024年5月3日`, `٣ مايو ٢٠٢٤`, `۱۴ اردیبهشت ۱۴۰۳`, `03/05/2024`: what a person would
read as one day. A day without its year is none here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chronik.calendar_words import TEXT_CHARACTERS_MAX, folded, month_named, solar_month_named
from chronik.extract.jalali import gregorian

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

YEAR_MIN, YEAR_MAX = 1900, 2100
FOUND_MAX = 20
FILLERS_MAX = 2
FILLER_CHARACTERS_MAX = 5
BUDDHIST_YEARS = 543
MINGUO_YEARS = 1911
CENTURY_TURN = 70
"""Of years written with two figures: 69 is 2069, 70 is 1970."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?([-./年년])\s?(\d{1,2})\s?([-./月월])\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?<!\d[.,:])(\d{1,2})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d:])(?!\2\d)")
_COMPACT = re.compile(r"(?<![\d.])((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_VIETNAMESE = re.compile(r"(\d{1,2})\s{0,3}(?:thang|/)\s{0,3}(\d{1,2}),?\s{0,3}(?:nam)?\s{0,3}(\d{4})(?!\d)")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": MINGUO_YEARS, "民国": MINGUO_YEARS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day that a text names."""

    date: date
    start: int
    """Where it begins in the folded text (see `folded`)."""
    end: int
    sure: bool = True
    """False where the order of day and month is a guess, or the year has two figures."""


def days(text: str, *, language: str = "", month_first: bool = False) -> tuple[Day, ...]:
    """The days that a text names, in its order. `month_first`: 03/05/2024 is the fifth of March."""
    plain = folded(text[:TEXT_CHARACTERS_MAX])
    if not any(map(str.isdigit, plain)):
        return ()
    found = [*_named(plain, language), *_numeric(plain, month_first=month_first)]
    kept: list[Day] = []
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept[:FOUND_MAX])


def _named(plain: str, language: str) -> Iterator[Day]:
    """Days whose month is a word."""
    tokens = list(_TOKEN.finditer(plain))
    numbers = [number for number, token in enumerate(tokens) if token[0][0].isdigit()]
    near = {place for number in numbers for place in range(number - FILLERS_MAX - 1, number + FILLERS_MAX + 2)}
    for number in sorted(near & set(range(len(tokens))) - set(numbers)):
        token = tokens[number]
        months = [(1, token[0])]
        if number + 1 < len(tokens) and not tokens[number + 1][0][0].isdigit():
            months.insert(0, (2, f"{token[0]} {tokens[number + 1][0]}"))
        for width, name in months:
            month, solar = _month(name, language)
            day = _around(tokens, number, number + width, month=month, solar=solar) if month else None
            if day is not None:
                yield day
                break


def _month(name: str, language: str) -> tuple[int, bool]:
    """The number of the month of this name, zero where it is none, and whether it is one of the solar calendar."""
    main = language.partition("-")[0].lower()
    bare = name.removeprefix("ב") if main in {"he", "iw", ""} else name
    month = month_named(name, language=main) or month_named(bare)
    return (month, False) if month else (solar_month_named(name), True)


def _around(tokens: Sequence[re.Match[str]], first: int, end: int, *, month: int, solar: bool) -> Day | None:
    """The day whose month stands at these tokens: day month year, month day year, year month day, year day month."""
    before, after = _numbers(tokens, first - 1, step=-1), _numbers(tokens, end, step=1)
    orders = (
        (before[:1], after[:1]),
        (after[:1], after[1:2]),
        (after[:1], before[:1]),
        (before[:1], before[1:2]),
    )
    for days_, years in orders:
        if days_ and years:
            found = _day(year=int(years[0][0]), month=month, day=int(days_[0][0]), solar=solar)
            if found is not None:
                spans = (tokens[first], tokens[end - 1], days_[0], years[0])
                start, stop = min(span.start() for span in spans), max(span.end() for span in spans)
                return Day(date=found, start=start, end=stop)
    return None


def _numbers(tokens: Sequence[re.Match[str]], at: int, *, step: int) -> list[re.Match[str]]:
    """The two numbers next to a month, little words between them passed over."""
    found: list[re.Match[str]] = []
    fillers = 0
    while 0 <= at < len(tokens) and len(found) < 2 and fillers <= FILLERS_MAX:
        token = tokens[at]
        if token[0].isdigit():
            found.append(token)
        elif len(token[0]) > FILLER_CHARACTERS_MAX:
            break
        else:
            fillers += 1
        at += step
    return found


def _numeric(plain: str, *, month_first: bool) -> Iterator[Day]:
    for found in _ERA.finditer(plain):
        year = _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
        yield from _made(found, (year, int(found[3]), int(found[4])))
    for found in _YEAR_FIRST.finditer(plain):
        if found[2] == found[4] or found[2] in "年년":
            yield from _made(found, (int(found[1]), int(found[3]), int(found[5])), solar=int(found[1]) < 1500)
    for found in _VIETNAMESE.finditer(plain) if "thang" in plain else ():
        yield from _made(found, (int(found[3]), int(found[2]), int(found[1])))
    for found in _COMPACT.finditer(plain):
        yield from _made(found, (int(found[1]), int(found[2]), int(found[3])))
    for found in _DAY_FIRST.finditer(plain):
        yield from _ordered(found, month_first=month_first and found[2] != ".")


def _ordered(found: re.Match[str], *, month_first: bool) -> Iterator[Day]:
    """A day whose figures stand in the order of the country, unless only the other is possible."""
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        if one > 31 or (found[2] == "-" and one < 13 < two):
            return
        year += 1900 if year >= CENTURY_TURN else 2000
    day, month = (two, one) if month_first else (one, two)
    if month > 12 >= day:
        day, month = month, day
    clear = (one > 12 or two > 12 or one == two or found[2] == ".") and len(found[4]) == 4
    yield from _made(found, (year, month, day), sure=clear)


def _made(
    found: re.Match[str], parts: tuple[int, int, int], *, sure: bool = True, solar: bool = False
) -> Iterator[Day]:
    year, month, day = parts
    made = _day(year=year, month=month, day=day, solar=solar)
    if made is not None:
        yield Day(date=made, start=found.start(), end=found.end(), sure=sure)


def _day(*, year: int, month: int, day: int, solar: bool = False) -> date | None:
    if solar:
        return gregorian(year, month, day=day)
    if YEAR_MIN + BUDDHIST_YEARS <= year <= YEAR_MAX + BUDDHIST_YEARS and year > YEAR_MAX:
        year -= BUDDHIST_YEARS
    if not YEAR_MIN <= year <= YEAR_MAX:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None

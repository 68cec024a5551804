"""Dates in figures alone: 2020-09-27, 27.09.2020, 9/27/2020, ۱۳۹۹/۰۷/۰۶, Q3 2020 (decides)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.extract.mentioned_dates.parts import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIGURES = re.compile(r"(?<![\d.,/:\-])(\d{1,4})([-./])(\d{1,2})\2(\d{4}|\d{2})(?![\d/\-]|[.,:]\d)")
_DAY_AND_MONTH = re.compile(r"(?<![\d.,/:\-])(\d{1,2})\.(\d{1,2})\.(?!\d)")
_DAY_AND_MONTH_CUE = re.compile(r"\b(?:am|vom|zum|bis|seit|ab|dem|den)\s+$", re.IGNORECASE)
_QUARTER = re.compile(r"\bQ([1-4])[ /-](\d{4})\b")
_CUE_CHARACTERS = 12
_DOTTED_SHORT = frozenset({"de", "ru", "uk", "tr", "az", "pl", "it", "fr", "nl", "hy", "cs", "sk", "fi", "da", "nb"})
"""Languages that write two figures of a year after points."""
_CENTURY = 100
YEARS_AHEAD_MAX = 20


def figures(text: str, *, language: str, year: int) -> Iterator[Found]:
    """Every date in figures that can be read in one way only, given the language's order."""
    for match in _FIGURES.finditer(text):
        found = _read(match, language, year)
        if found:
            yield found
    for match in _QUARTER.finditer(text):
        yield quarter(match.start(), match.end(), year=int(match[2]), number=int(match[1]))
    if language == "de":
        yield from _without_year(text)


def quarter(start: int, end: int, *, year: int, number: int) -> Found:
    """Three months of a year."""
    last = number * 3
    return Found(start=start, end=end, stated=f"{year:04d}-{last - 2:02d}/{year:04d}-{last:02d}")


def _read(match: re.Match[str], language: str, year: int) -> Found | None:
    first, second, third = (int(match[group]) for group in (1, 3, 4))
    if len(match[1]) == 4:
        if len(match[4]) != 2:
            return None
        jalali = language == "fa" and first < 1500
        return _found(match, year=first, month=second, day=third, jalali=jalali)
    if len(match[1]) == 3:
        return None
    if len(match[4]) == 2:
        if match[2] != "." or language not in _DOTTED_SHORT or len(match[3]) != 2:
            return None
        third += year - year % _CENTURY
        third -= _CENTURY * (third > year + YEARS_AHEAD_MAX)
    if language == "en" and match[2] != ".":
        return _american_or_british(match, first, second, third)
    if first > 31 or second > 12:
        return None
    return _found(match, year=third, month=second, day=first)


def _american_or_british(match: re.Match[str], first: int, second: int, year: int) -> Found | None:
    """Only where one of the numbers can be no month: both orders are English."""
    if first == second or (first > 12 and second <= 12):
        return _found(match, year=year, month=second, day=first)
    return _found(match, year=year, month=first, day=second) if second > 12 >= first else None


def _found(match: re.Match[str], *, year: int, month: int, day: int, jalali: bool = False) -> Found:
    return Found(start=match.start(), end=match.end(), year=year, month=month, day=day, jalali=jalali)


def _without_year(text: str) -> Iterator[Found]:
    """German "am 27.09.": only after a word that a day follows."""
    for match in _DAY_AND_MONTH.finditer(text):
        before = text[max(0, match.start() - _CUE_CHARACTERS) : match.start()]
        day, month = int(match[1]), int(match[2])
        if _DAY_AND_MONTH_CUE.search(before) and day <= 31 and 1 <= month <= 12:
            yield Found(start=match.start(), end=match.end(), month=month, day=day)

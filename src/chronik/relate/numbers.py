"""Numbers in a text under one value however they are written: 300 000, 300.000, 300 тыс., 三十万 (decides)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from chronik.calendar_words import folded, month_named
from chronik.relate.bridge.codes import short
from chronik.relate.number_words import WORDS, multiplier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CHARACTERS_MAX = 20_000
"""Numbers behind these are not looked for."""
NUMBERS_MAX = 300
DIGITS_MAX = 18
"""What has more digits is a telephone number or an account, and nothing to compare."""


class NumberKind(StrEnum):
    """What a number counts."""

    COUNT = "count"
    PERCENT = "percent"
    SCORE = "score"
    YEAR = "year"
    DATE = "date"
    TIME = "time"


_COMPARED = frozenset({NumberKind.COUNT, NumberKind.PERCENT, NumberKind.SCORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number where it stands."""

    value: str
    """The same for all ways to write it: `300000`, `12.5%`, `3:1` with the greater side first."""
    surface: str
    kind: NumberKind
    start: int


_SPACES = " \u00a0\u2009\u202f"
_NUMBER = re.compile(
    r"(?<![^\W_])(?<![^\W\d_][-–])(?<![\d][.,])(?:"
    r"(?P<date>\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d\d))(?![\d])"
    r"|(?P<clock>(?:[01]?\d|2[0-4])(?:[:hH][0-5]\d(?::[0-5]\d)?(?!\d)|[.:][0-5]\d(?=\s?(?:Uhr|Uhr\.|h\b)))|"
    r"\d{1,2}(?=\s?(?:[ap]\.?m\b|Uhr\b|o'clock)))"
    r"|(?P<score>\d{1,3}\s?[:x×–-]\s?\d{1,3}(?![\d.,:%-]\d|\d|\s?%|[^\W\d_]))"
    rf"|(?P<grouped>\d{{1,3}}(?:[{_SPACES}'’.,٬]\d{{3}})+(?:[.,٫]\d{{1,2}})?(?!\d))"
    r"|(?P<plain>\d+(?:[.,٫]\d+)?))"
)
_AFTER = re.compile(rf"[{_SPACES}-]?([^\W\d_]+\.?)")
_BEFORE = re.compile(r"([^\W\d_]+)\.?\s*$")
_PERCENT = re.compile(
    r"\s?(?:%|٪|percent\b|per cent\b|Prozent|pour cent\b|por ciento\b|por cento\b|per cento\b|процент|проц|відсот|proc|"
    r"yüzde|faiz|տոկոս|بالمئة|بالمائة|في المئة|درصد|odstot|procent|พอยต์)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*")
_HAN = re.compile(r"(?P<digits>\d+(?:[.,]\d+)*)?(?P<han>[〇零一二三四五六七八九十百千万萬亿億两兩]+)(?P<after>.?)")
_HAN_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2, "兩": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1_000}
_HAN_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN_MULTIPLIERS = frozenset(_HAN_UNITS) | frozenset(_HAN_MYRIADS)
_COUNTERS = frozenset("人名枚金银铜个個位国國天年岁歲次件起届屆度局场場分年级月日")
_POINT_IS_DECIMAL = frozenset({"en", "zh", "ja", "ko", "he", "hi", "th", "ar", "fa", "ur", "bn", "es", ""})
_YEARS = range(1900, 2036)
_DAYS = range(1, 32)
_OUGHT_TO_BE_TIME = 60
_SURFACE_MAX = 60


def numbers_in(text: str, *, language: str = "") -> Mapping[str, str]:
    """Value → how it stands in the text, of numbers that two reports may have in common: no years, dates or hours."""
    found: dict[str, str] = {}
    for number in numbers(text, language=language):
        if number.kind in _COMPARED:
            found.setdefault(number.value, number.surface)
    return found


def numbers(text: str, *, language: str = "") -> tuple[Number, ...]:
    """All numbers in a text, in figures first, then in words; the language says which sign sets off decimals."""
    language = short(language)
    plain = _with_plain_digits(text[:CHARACTERS_MAX])
    found = [*_in_figures(plain, language), *_in_words(plain, language), *_in_han(plain)]
    return tuple(found[:NUMBERS_MAX])


def _with_plain_digits(text: str) -> str:
    """Digits of all scripts as 0 to 9; every other character stays where it is."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), text)


_OTHER_DIGIT = re.compile(r"[^\D0-9]")


def _in_figures(text: str, language: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        what = match.lastgroup or ""
        surface, start = match.group()[:_SURFACE_MAX], match.start()
        if what == "date":
            yield Number(value=surface, surface=surface, kind=NumberKind.DATE, start=start)
        elif what == "clock" and not _is_score(surface):
            yield Number(value=surface, surface=surface, kind=NumberKind.TIME, start=start)
        elif what in {"score", "clock"}:
            yield Number(value=_score(surface), surface=surface, kind=NumberKind.SCORE, start=start)
        elif text[match.end() : match.end() + 1] in _HAN_MULTIPLIERS:
            continue
        elif sum(sign.isdigit() for sign in surface) <= DIGITS_MAX:
            yield _counted(text, match.start(), match.end(), language)


def _is_score(surface: str) -> bool:
    """`0:03` may be either; what has two signs before and behind is a time."""
    return not re.fullmatch(r"\d{1,2}[:hH.]\d\d(?::\d\d)?|\d{1,2}", surface)


def _score(surface: str) -> str:
    sides = sorted((int(side) for side in re.findall(r"\d+", surface)), reverse=True)
    return ":".join(map(str, sides))


def _counted(text: str, start: int, end: int, language: str) -> Number:
    """A count, with what multiplies it, or the year or day that it is."""
    surface = text[start:end]
    value = _value(surface, language)
    if _PERCENT.match(text, end):
        return Number(value=f"{_written(value)}%", surface=surface, kind=NumberKind.PERCENT, start=start)
    after = _AFTER.match(text, end)
    times = multiplier(after.group(1), language) if after else 0
    if after and times:
        return Number(
            value=_written(value * times), surface=text[start : after.end()], kind=NumberKind.COUNT, start=start
        )
    return Number(value=_written(value), surface=surface, kind=_kind(text, start, end, surface), start=start)


def _kind(text: str, start: int, end: int, surface: str) -> NumberKind:
    if not surface.isdigit():
        return NumberKind.COUNT
    if len(surface) == len("2000") and int(surface) in _YEARS:
        return NumberKind.YEAR
    if int(surface) in _DAYS and _month_beside(text, start, end):
        return NumberKind.DATE
    return NumberKind.COUNT


def _month_beside(text: str, start: int, end: int) -> bool:
    after = _MONTH_AFTER.match(text, end)
    before = _BEFORE.search(text, max(0, start - 20), start)
    return any(match and len(match.group(1)) > 2 and _month(match.group(1)) for match in (after, before))


_MONTH_AFTER = re.compile(r"(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:de\s+|of\s+)?([^\W\d_]+)")


@lru_cache(maxsize=16_384)
def _month(word: str) -> bool:
    return bool(month_named(folded(word[:_SURFACE_MAX])))


def _value(surface: str, language: str) -> float:
    """What figures with signs between them are worth."""
    plain = re.sub(rf"[{_SPACES}'’٬]", "", surface).replace("٫", ".")
    signs = re.findall("[.,]", plain)
    if not signs:
        return float(plain)
    last = signs[-1]
    decimals = len(plain) - plain.rfind(last) - 1
    if len(set(signs)) > 1:
        return float(plain.replace("," if last == "." else ".", "").replace(",", "."))
    if len(signs) > 1 or (decimals == len("000") and not _decimal(last, language)):
        return float(re.sub("[.,]", "", plain))
    return float(plain.replace(",", "."))


def _decimal(sign: str, language: str) -> bool:
    """Whether three figures behind the sign are a part of one; Spanish is written both ways, mostly for thousands."""
    if language in {"es", ""}:
        return False
    return (sign == ".") == (language in _POINT_IS_DECIMAL)


def _written(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.6f}".rstrip("0")


def _in_words(text: str, language: str) -> Iterator[Number]:
    words = WORDS.get(language, {})
    if not words:
        return
    for match in _WORD.finditer(text):
        value = words.get(match.group().lower())
        if value:
            after = _AFTER.match(text, match.end())
            times = multiplier(after.group(1), language) if after else 0
            end = after.end() if after and times else match.end()
            yield Number(
                value=str(value * (times or 1)),
                surface=text[match.start() : end],
                kind=NumberKind.COUNT,
                start=match.start(),
            )


def _in_han(text: str) -> Iterator[Number]:
    if text.isascii():
        return
    for match in _HAN.finditer(text):
        digits, han = match.group("digits"), match.group("han")[:DIGITS_MAX]
        if digits:
            if han[0] in _HAN_MYRIADS or han[0] in _HAN_UNITS:
                value = _value(digits, "zh") * (_HAN_MYRIADS.get(han[0]) or _HAN_UNITS[han[0]])
                yield Number(value=_written(value), surface=digits + han[0], kind=NumberKind.COUNT, start=match.start())
        elif len(han) > 1 or match.group("after") in _COUNTERS:
            value = _of_han(han)
            if value > 1:
                yield Number(value=str(value), surface=han, kind=NumberKind.COUNT, start=match.start())


def _of_han(signs: str) -> int:
    total = part = digit = 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[sign]
        elif sign in _HAN_UNITS:
            part, digit = part + (digit or 1) * _HAN_UNITS[sign], 0
        else:
            total, part, digit = total + (part + digit or 1) * _HAN_MYRIADS[sign], 0, 0
    return total + part + digit

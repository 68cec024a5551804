"""Dates in Chinese and Japanese writing (decides)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chronik.extract.mentioned_dates.parts import Found, months_away, week_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"(?:(?P<year>(?<!\d)\d{{4}}|[一二][〇零一二三四五六七八九]{{3}}|去年|今年|明年|昨年|来年|前年)年?\s?)?"
    rf"(?:(?<!\d)(?P<month>{_N})\s?月(?!球|亮)份?(?:\s?(?P<day>{_N})\s?[日号號](?!本))?"
    rf"(?:\s?(?:至|到|－|—|–|-|~|～|から|、(?=\d+日至))\s?(?:(?P<to_month>{_N})\s?月\s?)?(?P<to>{_N})\s?[日号號])?)"
)
_YEARS = re.compile(
    r"(?<!\d)(?P<first>\d{4})\s?年?\s?(?:至|到|－|—|–|-|~|～)\s?(?P<last>\d{4})\s?年|"
    r"(?P<century>\d{2})\s?世[纪紀]\s?(?P<of>\d0)\s?年代|(?<!\d)(?P<decade>\d{3}0)\s?年代|"
    r"(?<!\d)(?P<year>\d{4})\s?年(?![多来以]?[前后後])"
)
_WEEKDAY = re.compile(
    r"(?P<which>上上|上个|上個|上|下个|下個|下|这|這|本|先|来|今)?(?:周|週|星期|礼拜|禮拜)(?P<day>[一二三四五六日天])(?![个個年])"
    r"|(?P<japanese>[月火水木金土日])曜日?"
)
_WORDS = {
    "前天": ("day", -2), "昨天": ("day", -1), "昨日": ("day", -1), "昨晚": ("day", -1), "今天": ("day", 0),
    "今日": ("day", 0), "今晚": ("day", 0), "明天": ("day", 1), "明日": ("day", 1),
    "后天": ("day", 2), "後天": ("day", 2),
    "一昨日": ("day", -2), "上周": ("week", -1), "上週": ("week", -1), "上星期": ("week", -1), "本周": ("week", 0),
    "本週": ("week", 0), "这周": ("week", 0), "下周": ("week", 1), "下週": ("week", 1), "下星期": ("week", 1),
    "先週": ("week", -1), "今週": ("week", 0), "来週": ("week", 1), "上个月": ("month", -1), "上個月": ("month", -1),
    "上月": ("month", -1), "本月": ("month", 0), "这个月": ("month", 0), "下个月": ("month", 1), "下個月": ("month", 1),
    "下月": ("month", 1), "先月": ("month", -1), "今月": ("month", 0), "来月": ("month", 1), "前年": ("year", -2),
    "去年": ("year", -1), "昨年": ("year", -1), "今年": ("year", 0), "明年": ("year", 1), "来年": ("year", 1),
}  # fmt: skip
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_AGO = re.compile(rf"(?P<number>{_N}|两|兩)(?P<unit>天|日|个?星期|個?星期|周|週|个月|個月|か月|年)(?P<way>之?前|以前)")
_UNITS = {"天": "day", "日": "day", "年": "year"}
_TEN = "十"
_FUTURE = re.compile(r"将|將|拟|擬|预计|預計|计划|計劃|予定|下")
_FUTURE_CHARACTERS = 20


def chinese(text: str, *, published: date | None) -> Iterator[Found]:
    """Every date; those told from the day of publication only where that is known."""
    for match in _DATE.finditer(text):
        found = _dated(text, match, published)
        if found:
            yield found
    yield from map(_year, _YEARS.finditer(text))
    if published is None:
        return
    for match in _WEEKDAY.finditer(text):
        yield _weekday(text, match, published)
    for match in _AGO.finditer(text):
        unit = _UNITS.get(match["unit"], "week" if match["unit"][-1] in "期周週" else "month")
        yield _away(match, published, unit, -(_number(match["number"]) or 0))
    for match in _WORD.finditer(text):
        if not text.startswith("代", match.end()):
            yield _away(match, published, *_WORDS[match[0]])


def _dated(text: str, match: re.Match[str], published: date | None) -> Found | None:
    year = _year_number(match["year"], published) if match["year"] else None
    if match["year"] and year is None:
        return None
    month, day, to = (_number(match[name]) for name in ("month", "day", "to"))
    if month is None or not 1 <= month <= 12 or (match["month"] and _counts(text, match)):
        return None
    future = bool(_FUTURE.search(text, max(0, match.start() - _FUTURE_CHARACTERS), match.end() + _FUTURE_CHARACTERS))
    to_month = _number(match["to_month"]) if match["to_month"] else None
    if to_month is not None and day is not None and to is not None:
        return _over_months(match, year or (published.year if published else None), (month, day), (to_month, to))
    relative = bool(match["year"]) and not match["year"][0].isdecimal() and match["year"] not in _DIGITS
    relative = relative and match["year"][0] not in _DIGITS
    return Found(
        start=match.start(), end=match.end(), year=year, month=month, day=day,
        day_to=to if day is not None else None, future=future, relative=relative,
    )  # fmt: skip


def _over_months(match: re.Match[str], year: int | None, first: tuple[int, int], last: tuple[int, int]) -> Found | None:
    try:
        begin, end = date(year or 0, *first), date(year or 0, *last)
    except ValueError:
        return None
    return Found(start=match.start(), end=match.end(), stated=f"{begin}/{end}") if begin < end else None


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a bare "一月" counts rather than names: "三月三日" names, "五个月" does not match at all."""
    return match["day"] is None and match["year"] is None and text.startswith(("以来", "間"), match.end())


def _year(match: re.Match[str]) -> Found:
    start, end = match.span()
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        return Found(start=start, end=end, stated=f"{first}/{last}" if first < last else f"{last:04d}")
    if match["century"]:
        first = (int(match["century"]) - 1) * 100 + int(match["of"])
        return Found(start=start, end=end, stated=f"{first:04d}/{first + 9:04d}")
    if match["decade"]:
        return Found(start=start, end=end, stated=f"{int(match['decade']):04d}/{int(match['decade']) + 9:04d}")
    return Found(start=start, end=end, year=int(match["year"]))


def _weekday(text: str, match: re.Match[str], published: date) -> Found:
    weekday = "一二三四五六日".find((match["day"] or "").replace("天", "日")) + 1
    weekday = weekday if match["day"] else "月火水木金土日".index(match["japanese"]) + 1
    weeks = {"上": -1, "下": 1, "先": -1, "来": 1, "这": 0, "這": 0, "本": 0, "今": 0}.get((match["which"] or " ")[0])
    if weeks is not None:
        weeks = -2 if match["which"] == "上上" else weeks
        day = published - timedelta(days=published.weekday() - weekday + 1) + timedelta(weeks=weeks)
    else:
        back = (published.isoweekday() - weekday) % 7
        ahead = _FUTURE.search(text, max(0, match.start() - _FUTURE_CHARACTERS), match.end() + _FUTURE_CHARACTERS)
        day = published + timedelta(days=(7 - back) % 7) if ahead else published - timedelta(days=back)
    return Found(start=match.start(), end=match.end(), stated=day.isoformat(), relative=True)


def _away(match: re.Match[str], published: date, kind: str, value: int) -> Found:
    if kind == "day":
        stated = (published + timedelta(days=value)).isoformat()
    elif kind == "week":
        stated = week_of(published + timedelta(weeks=value))
    else:
        stated = months_away(published, value) if kind == "month" else f"{published.year + value:04d}"
    return Found(start=match.start(), end=match.end(), stated=stated, relative=True)


def _year_number(said: str, published: date | None) -> int | None:
    if said in _WORDS:
        return published.year + _WORDS[said][1] if published else None
    return int("".join(str(_DIGITS.get(character, character)) for character in said))


def _number(said: str | None) -> int | None:
    """One or two figures, or Chinese numerals up to 99."""
    if not said:
        return None
    if said.isdecimal():
        return int(said)
    if _TEN not in said:
        return _DIGITS.get(said) if len(said) == 1 else None
    tens, _, ones = said.partition(_TEN)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)

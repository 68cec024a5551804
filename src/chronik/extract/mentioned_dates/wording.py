"""The words by which each language tells dates, ready to be looked up (decides)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from chronik.calendar_words import months, solar_months, weekdays
from chronik.extract.mentioned_dates.tokens import words
from chronik.extract.mentioned_dates.wording_east import EAST
from chronik.extract.mentioned_dates.wording_west import WEST

NUMBER, UNIT = "#", "@"
_RELATIVE = re.compile(r"(day|week|month|year)(-?\d)$")
_UNITS = ("day", "week", "month", "year")
_DECADES = (20, 30, 40, 50, 60, 70, 80, 90)
_SETS = (
    *("last", "next", "this", "in", "month_after", "year_in", "years", "to", "and", "between", "from", "link"),
    *("ordinal", "decade_before", "decade_after", "decade_years", "future", "future_end"),
    *("weekday_before", "weekday_after", "weekday_always", "weekday_short"),
)
_ENDINGS = {
    "tr": "da de ta te dan den tan ten daki deki taki teki ın in un ün",
    "az": "da də dan dən ın in un ün ından indən undan ündən ında ində unda ündə ınadək inədək una ına inə daki dəki",
    "hy": "ին ից ում ի",
}
_HOURS = {
    "de": "abend morgen mittag nachmittag vormittag nacht früh",
    "nl": "avond ochtend middag nacht morgen",
}
"""What is written together with the day of the week."""
_LOCATING = {
    "tr": ("da", "de", "ta", "te", "dan", "den", "tan", "ten", "daki", "deki", "taki", "teki"),
    "az": ("da", "də", "dan", "dən"),
    "hy": ("ին", "ից", "ում"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says."""

    kind: str
    """`day`, `week`, `month` or `year` from the one of publication; `ago`, `hence`; the name of a `month-name` or
    `jalali` month or of a `weekday`; a `decade` or `quarter`; `not` where the words only look like a date."""
    value: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words. The sets hold phrases, words joined by single spaces."""

    language: str
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]]
    """By their first word, the longest first."""
    numbers: dict[str, int]
    units: dict[str, str]
    sets: dict[str, frozenset[str]]
    located: frozenset[str]
    """Forms of months that say "in" by themselves."""
    capital: bool
    """Months and days are written with a capital."""
    lower: bool
    """They are written small: with a capital they are names of people."""
    day_after_month: bool
    day_names: dict[str, int] = field(default_factory=dict)

    def says(self, name: str, phrase: str) -> bool:
        """Whether a phrase is one of those that mean this."""
        return phrase in self.sets[name]


@cache
def wording(language: str) -> Wording:
    """The words of a language; one that has no entry of its own has at least its months' and days' names."""
    lines = _lines(language)
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = defaultdict(list)
    located = _add_names(phrases, language, short_days=lines.get("weekday_short", []))
    for key, listed in lines.items():
        for index, phrase in enumerate(listed):
            meaning = _meaning(key, index)
            if meaning is not None:
                _add(phrases, _template(phrase, language), meaning)
    for entries in phrases.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[1].kind != "not"))
    return Wording(
        language=language,
        phrases=dict(phrases),
        numbers=_numbered(lines.get("numbers", []), language),
        units=_units(lines.get("units", [])),
        sets={
            name: frozenset(" ".join(words(one, language=language)) for one in lines.get(name, [])) for name in _SETS
        },
        located=located,
        capital=bool(lines.get("capital")) or language == "de",
        lower=bool(lines.get("lower")),
        day_after_month=bool(lines.get("month_day")),
        day_names=_numbered([" ".join(lines.get("day_names", [])).replace("|", " ")], language),
    )


def _lines(language: str) -> dict[str, list[str]]:
    listed: dict[str, list[str]] = defaultdict(list)
    for line in (WEST.get(language) or EAST.get(language) or "").strip().splitlines():
        key, _, rest = line.partition(" ")
        listed[key] += rest.split("; " if key == "units" else "|")
    return listed


def _meaning(key: str, index: int) -> Meaning | None:
    relative = _RELATIVE.match(key)
    if relative:
        return Meaning(relative[1], int(relative[2]))
    if key in {"ago", "hence", "not"}:
        return Meaning(key)
    if key == "decade":
        return Meaning(key, _DECADES[index % len(_DECADES)])
    return Meaning(key, index % 4 + 1) if key == "quarter" else None


def _template(phrase: str, language: str) -> tuple[str, ...]:
    """The words of a phrase in which number and unit are left open."""
    parts = (part if part in {NUMBER, UNIT} else words(part, language=language) for part in phrase.split())
    return tuple(word for part in parts for word in ((part,) if isinstance(part, str) else part))


def _add(phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]], form: tuple[str, ...], meaning: Meaning) -> None:
    phrases[form[0]].append((form[1:], meaning))


def _add_names(
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]], language: str, *, short_days: list[str]
) -> frozenset[str]:
    """Puts the names of months and days, with their case endings, among the phrases; gives the locating forms."""
    located = set()
    full = months(language, short=False)
    for form, month in months(language).items():
        _add(phrases, words(form, language=language), Meaning("month-name", month))
        for ending in _ENDINGS.get(language, "").split() if form in full else ():
            _add(phrases, words(form + ending, language=language), Meaning("month-name", month))
            if ending in _LOCATING[language]:
                located.add(form + ending)
    for form, weekday in weekdays(language).items():
        for hours in ("", *_HOURS.get(language, "").split()):
            _add(phrases, words(form + hours, language=language), Meaning("weekday", weekday))
    for weekday, form in enumerate(short_days, start=1):
        _add(phrases, words(form, language=language), Meaning("weekday", weekday))
    for form, month in solar_months(language).items():
        _add(phrases, (form,), Meaning("jalali", month))
    return frozenset(located)


def _numbered(listed: list[str], language: str) -> dict[str, int]:
    numbered: dict[str, int] = {}
    for number, forms in enumerate(" ".join(listed).split(), start=1):
        for form in forms.split("/"):
            numbered[" ".join(words(form, language=language))] = number
    return numbered


def _units(listed: list[str]) -> dict[str, str]:
    return {form: unit for unit, forms in zip(_UNITS, listed, strict=False) for form in forms.strip().split("|")}

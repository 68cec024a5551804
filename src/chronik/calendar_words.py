"""Names of months and weekdays in the languages of the press, for feeds, pages and texts (decides).

They stand in `calendar_words.tsv`, which says what its lines mean. Who compares letter by letter asks for the names of
one language; who does not know the language asks for the month that a word names in most of them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TEXT_CHARACTERS_MAX = 2_000
WORD_CHARACTERS_MAX = 40
BEGINNING_CHARACTERS_MIN = 3
_MONTHS, _WEEKDAYS, _SOLAR_MONTHS = "months", "weekdays", "solar months"
_MARKS_BEGIN = "\u0300"
_MARKS_OF = {"ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ё": "е"}
_FOLDS = str.maketrans(_MARKS_OF)
_SHORTENED = "׳॰."
"""Signs of a shortened word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forms:
    """How one month or day is named."""

    full: tuple[str, ...]
    short: tuple[str, ...]
    also_words: tuple[str, ...]
    """Short forms that mean something else, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """All languages' names, folded."""

    months: Mapping[str, int]
    """What each means in most languages."""
    by_language: Mapping[tuple[str, str], int]
    weekdays: frozenset[str]
    """Those that more languages give to a day of the week than to a month."""
    written: frozenset[str]
    """Names of months with their accents."""


def calendar_languages() -> frozenset[str]:
    """The languages whose months and weekdays are known, by their ISO 639 codes."""
    return frozenset(language for language, kind in _table() if kind == _MONTHS)


@cache
def months(language: str, *, short: bool = True) -> Mapping[str, int]:
    """Names of the months in one language, lower case → 1 to 12; without the short ones if asked so."""
    return _numbered(language, _MONTHS, short=short)


@cache
def weekdays(language: str) -> Mapping[str, int]:
    """Names of the days in one language, lower case → 1 (Monday) to 7, as ISO 8601 counts them."""
    return _numbered(language, _WEEKDAYS, short=False)


@cache
def solar_months(language: str) -> Mapping[str, int]:
    """Names of the months of the solar calendar of Iran and Afghanistan → 1 to 12."""
    return _numbered(language, _SOLAR_MONTHS, short=False)


def folded(text: str) -> str:
    """The text in lower case without accents and vowel signs, as names of months are compared."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text[:TEXT_CHARACTERS_MAX].lower())
    bare = "".join(
        character
        for character in plain
        if character < _MARKS_BEGIN or character == "\n" or unicodedata.category(character)[0] not in "MC"
    )
    return unicodedata.normalize("NFC", bare).translate(_FOLDS)


def month_named(name: str, *, language: str = "") -> int:
    """The month that a folded name means in its language, else in most languages; 0 where it means none."""
    names = _names()
    return names.by_language.get((language, name)) or names.months.get(name, 0)


def solar_month_named(name: str) -> int:
    """The month of the solar calendar that a folded name means; 0 where it means none."""
    return _folded_solar_months().get(name, 0)


@lru_cache(maxsize=1_000)
def month_begun(word: str) -> int:
    """The month that a word names, shortened (`Septem`) or with any ending; 0 for none, and for a day of the week.

    Of two words with a space between, only a month's own name of two words is one.
    """
    lower = word[:WORD_CHARACTERS_MAX].lower()
    looked_up, names = folded(lower), _names()
    if looked_up in names.weekdays and lower not in names.written:
        return 0
    if looked_up in names.months or len(looked_up) < BEGINNING_CHARACTERS_MIN:
        return names.months.get(looked_up, 0)
    several = " " in looked_up
    begun = {number for name, number in names.months.items() if name.startswith(looked_up) and several == (" " in name)}
    if several or len(begun) == 1:
        return begun.pop() if len(begun) == 1 else 0
    beginnings = (looked_up[:length] for length in range(len(looked_up) - 1, BEGINNING_CHARACTERS_MIN - 1, -1))
    return next((names.months[beginning] for beginning in beginnings if beginning in names.months), 0)


@cache
def _folded_solar_months() -> Mapping[str, int]:
    return _said(_table()["fa", _SOLAR_MONTHS])


@cache
def _names() -> _Names:
    by_language: dict[tuple[str, str], int] = {}
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    days: Counter[str] = Counter()
    for (language, kind), cells in _table().items():
        said = _said(cells)
        if kind == _WEEKDAYS:
            days.update(said)
        elif kind == _MONTHS:
            by_language |= {(language, name): month for name, month in said.items()}
            for name, month in said.items():
                votes[name][month] += 1
    return _Names(
        months={name: counts.most_common(1)[0][0] for name, counts in votes.items()},
        by_language=by_language,
        weekdays=frozenset(name for name, count in days.items() if count > votes[name].total()),
        written=frozenset(form for language in calendar_languages() for form in months(language)),
    )


def _said(cells: Iterable[_Forms]) -> Mapping[str, int]:
    """Every folded form of one language; a full one before another's short one."""
    said: dict[str, int] = {}
    numbered = tuple(enumerate(cells, start=1))
    full = ((form, number) for number, forms in numbered for form in forms.full)
    short = ((form, number) for number, forms in numbered for form in forms.short + forms.also_words)
    for form, number in (*full, *short):
        said.setdefault(folded(form).rstrip(_SHORTENED), number)
    return said


def _numbered(language: str, kind: str, *, short: bool) -> Mapping[str, int]:
    named: dict[str, int] = {}
    for number, forms in enumerate(_table().get((language, kind), ()), start=1):
        for form in (*forms.full, *(forms.short if short else ())):
            named.setdefault(form, number)
    return MappingProxyType(named)


@cache
def _table() -> Mapping[tuple[str, str], tuple[_Forms, ...]]:
    text = resources.files("chronik").joinpath("calendar_words.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {(language, kind): tuple(_cells(cells)) for language, kind, *cells in lines}


def _cells(cells: list[str]) -> Iterator[_Forms]:
    for cell in cells:
        parts = (tuple(filter(None, part.split("|"))) for part in (*cell.split("/"), "", ""))
        yield _Forms(full=next(parts), short=next(parts), also_words=next(parts))

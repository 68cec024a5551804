"""Dates that a text names, each resolved as exactly as it is told (decides).

Absolute dates are told by their words alone. A day or month without a year is the nearest to the day of publication by
the sense of the sentence; "yesterday", "on Tuesday", "last year" are counted from it. Without a day of publication only
those that need none are given. Hijri dates are left out: which day they mean depends on who sighted the moon.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from chronik.extract.mentioned_dates.absolute import month_mention, year_mention
from chronik.extract.mentioned_dates.chinese import chinese
from chronik.extract.mentioned_dates.numeric import figures, quarter
from chronik.extract.mentioned_dates.parts import Found, interval, resolved
from chronik.extract.mentioned_dates.relative import relative_mention, weekday_mention
from chronik.extract.mentioned_dates.sentence import Words
from chronik.extract.mentioned_dates.tokens import tokens
from chronik.extract.mentioned_dates.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.extract.mentioned_dates.sentence import Phrase
    from chronik.model import DateMention

__all__ = ["MENTIONS_MAX", "dates"]

MENTIONS_MAX = 2_000
"""A text with more dates is a table."""
PUBLISHED_MIN, PUBLISHED_MAX = date(1600, 1, 1), date(2150, 1, 1)
_RANGE_CHARACTERS_MAX = 12
_YEAR_DIGITS = 4
_YEAR_LINKS = frozenset({"", "of", "de", "do", "del", "dell'", "des", "of the", "من", "van"})
_DASHES = frozenset("-–—‑−～至到")
_RELATIVE_KINDS = frozenset({"day", "week", "month", "year", "ago", "hence"})


def dates(text: str, *, language: str, published: str) -> tuple[DateMention, ...]:
    """The dates named in a text, in order and without overlap; `published` is a day, or an instant with its offset."""
    language = language.partition("-")[0].lower()
    day = _day(published)
    if language in {"zh", "ja", "yue"}:
        found = [*chinese(text, published=day), *figures(text, language=language, year=_year(day))]
        return _told(_apart(found), day)
    said = Words(text, tokens(text, language=language), wording(language))
    found = [*_worded(said, day), *figures(text, language=language, year=_year(day))]
    return _told(_joined(said, _apart(found)), day)


def _day(published: str) -> date | None:
    """The publisher's local day."""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return None
    return day if PUBLISHED_MIN <= day <= PUBLISHED_MAX else None


def _year(day: date | None) -> int:
    return day.year if day else 2000


def _worded(said: Words, published: date | None) -> Iterator[Found]:
    index = 0
    while index < len(said.tokens):
        phrase = said.phrase(index)
        found = _of_phrase(said, phrase, published) if phrase else None
        if found is None and said.tokens[index].number is not None:
            found = year_mention(said, index)
        if found:
            yield found
        index = phrase.after if phrase and phrase.meaning.kind == "not" else index + 1


def _of_phrase(said: Words, phrase: Phrase, published: date | None) -> Found | None:
    kind = phrase.meaning.kind
    if kind in {"month-name", "jalali"}:
        return month_mention(said, phrase)
    if kind == "decade":
        first = 1900 + phrase.meaning.value
        return _spanning(said, phrase, Found(start=0, end=0, stated=f"{first}/{first + 9}"))
    if kind == "quarter":
        return _quarter(said, phrase)
    if published is None or kind == "not":
        return None
    if kind == "weekday":
        return weekday_mention(said, phrase, published=published)
    return relative_mention(said, phrase, published=published) if kind in _RELATIVE_KINDS else None


def _spanning(said: Words, phrase: Phrase, found: Found) -> Found:
    start, end = said.tokens[phrase.first].start, said.tokens[phrase.after - 1].end
    return Found(start=start, end=end, stated=found.stated)


def _quarter(said: Words, phrase: Phrase) -> Found | None:
    """The quarter of a year that is named after it."""
    place = phrase.after
    while said.joined(place) and (said.is_("link", place) or said.word(place) in {"del", "du"}):
        place += 1
    year = said.year(place)
    if year is None or not said.joined(place):
        return None
    start, end = said.tokens[phrase.first].start, said.tokens[place].end
    return quarter(start, end, year=year, number=phrase.meaning.value)


def _apart(found: Iterable[Found]) -> list[Found]:
    """Without those that lie within or across a longer one, in order."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start <= kept[-1].end - kept[-1].start:
                continue
            kept.pop()
        kept.append(one)
    return kept


def _joined(said: Words, found: list[Found]) -> list[Found]:
    """Two dates that are the ends of one stretch become that stretch, and a day of the week its date."""
    joined: list[Found] = []
    for one in found:
        before = joined[-1] if joined else None
        gap = said.text[before.end : one.start] if before and one.start - before.end <= _RANGE_CHARACTERS_MAX else "|"
        if before and before.relative and _is_day(one) and gap.strip(" ,.(") in {"", "den", "dem", "the", "le", "el"}:
            joined[-1] = replace(one, start=before.start)
        elif before and (dated := _of_that_year(before, one, gap)):
            joined[-1] = dated
        elif before and (stretch := _stretch(said, before, one, gap)):
            joined[-1] = stretch
        else:
            joined.append(one)
    return joined


def _of_that_year(first: Found, second: Found, gap: str) -> Found | None:
    """`im Juni letzten Jahres`, `keçən ilin dekabrında`: a month or day, and beside it the year by its distance."""
    for dated, year in ((first, second), (second, first)):
        is_year = year.relative and len(year.stated) == _YEAR_DIGITS and not dated.stated
        if is_year and dated.month is not None and dated.year is None and gap.strip().lower() in _YEAR_LINKS:
            return replace(dated, start=first.start, end=second.end, year=int(year.stated), relative=True)
    return None


def _is_day(found: Found) -> bool:
    return found.day is not None and not found.relative


def _stretch(said: Words, first: Found, last: Found, gap: str) -> Found | None:
    """From one date to another, where a dash or a word stands between them."""
    if first.stated or last.stated or not _separates(said, first, gap):
        return None
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year)
    if (first.day is None) != (last.day is None) or first.year is None:
        return None
    begin, end = resolved(first, None), resolved(last, None)
    stated = interval(begin.date, end.date) if begin and end else ""
    return Found(start=first.start, end=last.end, stated=stated) if stated else None


def _separates(said: Words, first: Found, gap: str) -> bool:
    word = gap.strip().lower()
    if word and all(character in _DASHES for character in word):
        return True
    if word in said.wording.sets["to"]:
        return True
    before = said.text[max(0, first.start - _RANGE_CHARACTERS_MAX) : first.start].lower().split()
    return word in said.wording.sets["and"] and bool(before) and before[-1] in said.wording.sets["between"]


def _told(found: Iterable[Found], published: date | None) -> tuple[DateMention, ...]:
    told = (resolved(one, published) for one in found)
    return tuple(one for one in told if one is not None)[:MENTIONS_MAX]

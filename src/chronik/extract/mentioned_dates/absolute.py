"""Dates that name a month or a year (decides)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.extract.mentioned_dates.parts import Found

if TYPE_CHECKING:
    from chronik.extract.mentioned_dates.sentence import Phrase, Words

LINKS_MAX = 2
"""Words between day, month and year: "27 de septiembre de 2020"."""
ROUND = 100
"""A multiple of it before a noun is rather a number of things than a year."""
YEARS_AHEAD_MAX = 30
YEAR_ALONE_MIN = 1500
_DASHES = frozenset("-–—‑−")
_EN_BEFORE_A_MONTH = frozenset({"in", "since", "during"})
"""After them an English month stands without a day: "in March 30 people" counts people."""
_DAY_GAP = frozenset(" \u00a0\u202f.,°'’-\u200c\u200f")


def month_mention(said: Words, month: Phrase) -> Found | None:
    """The date around the name of a month, if it is one."""
    if not _is_written_as_a_month(said, month):
        return None
    after = _past_twin(said, month)
    found = Found(
        start=said.tokens[month.first].start,
        end=said.tokens[after - 1].end,
        month=month.meaning.value,
        jalali=month.meaning.kind == "jalali",
    )
    found, first = _with_day_before(said, month.first, found)
    if found.day is None:
        found, first = _with_year_before(said, first, found)
        if found.year is not None or said.wording.day_after_month:
            found, after = _with_day_after(said, after, found)
    else:
        found = _with_range_before(said, first, found)
    if found.year is None:
        found, after = _with_year_after(said, after, found)
    found = replace(_with_direction(said, first, after, found), future=said.future(month.first))
    if found.day is None and found.year is None and not _stands_alone(said, month, after):
        return None
    return found


def year_mention(said: Words, index: int) -> Found | None:
    """A year that stands by itself with a word that says so, or two of them; a decade."""
    token = said.tokens[index]
    decade = _decade(said, index)
    if decade:
        return decade
    year = said.year(index)
    if year is None:
        return None
    last = _year_range(said, index, year)
    if last is not None:
        stated = f"{year}/{said.tokens[last].number}"
        end = _year_words_after(said, last + 1)
        return Found(start=token.start, end=said.tokens[end - 1].end, stated=stated)
    after = _year_words_after(said, index + 1)
    if after == index + 1:
        cue = said.cue_before("year_in", index)
        if cue is None or _counts_things(said, index, year) or year < YEAR_ALONE_MIN:
            return None
    jalali = said.wording.language == "fa" and 1250 <= year <= 1450
    return Found(start=token.start, end=said.tokens[after - 1].end, year=year, jalali=jalali)


def _is_written_as_a_month(said: Words, month: Phrase) -> bool:
    token = said.tokens[month.first]
    if said.wording.capital:
        return token.capital
    return not said.wording.lower or not token.capital or _starts_sentence(said, month.first) or _is_dated(said, month)


def _is_dated(said: Words, month: Phrase) -> bool:
    return said.day(month.first - 1) is not None or said.year(month.after) is not None


def _starts_sentence(said: Words, index: int) -> bool:
    return index == 0 or any(stop in said.gap(index) for stop in '.!?\n:«“„"')


def _past_twin(said: Words, month: Phrase) -> int:
    """Behind a second name of the same month: Arabic papers write both of theirs."""
    after = month.after
    if after < len(said.tokens) and said.gap(after) in {"/", " / ", " (", "("}:
        twin = said.phrase(after)
        if twin and twin.meaning == month.meaning:
            return twin.after
    return after


def _with_day_before(said: Words, first: int, found: Found) -> tuple[Found, int]:
    place = first - 1
    if not _close(said, first):
        return found, first
    for _ in range(LINKS_MAX):
        if (said.is_("link", place) or said.is_("ordinal", place)) and _close(said, place):
            place -= 1
    day = said.day(place)
    if day is None or _is_part_of_a_number(said, place):
        return found, first
    return replace(found, day=day, start=said.tokens[place].start), place


def _close(said: Words, index: int) -> bool:
    """Whether only spaces, points and the like stand before a word."""
    gap = said.gap(index)
    return index > 0 and len(gap) <= 3 and all(character in _DAY_GAP for character in gap)


def _is_part_of_a_number(said: Words, place: int) -> bool:
    """Whether a number goes on to the left: "1,5", "10:30", "12.500"."""
    return place > 0 and said.tokens[place - 1].number is not None and said.gap(place) in {",", ":", ".", "٫"}


def _with_range_before(said: Words, first: int, found: Found) -> Found:
    """With the day before another day: "3.-5. Mai", "from 3 to 5 May", "between 3 and 5 May"."""
    place = first - 1
    gap = said.gap(first).strip(" .\u00a0°ºй\u200f")
    if gap and not all(character in _DASHES for character in gap):
        return found
    if not gap:
        between = said.is_("and", place)
        if not between and not said.is_("to", place):
            return found
        place -= 1
        while said.is_("link", place) or said.is_("ordinal", place):
            place -= 1
        if between and said.cue_before("between", place) is None:
            return found
    elif said.is_("ordinal", place):
        place -= 1
    day = said.day(place)
    if day is None or found.day is None or day >= found.day or _is_part_of_a_number(said, place):
        return found
    return replace(found, day=day, day_to=found.day, start=said.tokens[place].start)


def _with_year_before(said: Words, first: int, found: Found) -> tuple[Found, int]:
    place = first - 1
    while place > 0 and (said.is_("years", place) or said.is_("ordinal", place)) and first - place <= LINKS_MAX:
        place -= 1
    year = said.year(place)
    if year is None or not all(_close(said, index) for index in range(place + 1, first + 1)):
        return found, first
    if place == first - 1 and not said.wording.day_after_month and said.wording.language not in {"hu", "lt", "lv"}:
        return found, first
    return replace(found, year=year, start=said.tokens[place].start), place


def _with_day_after(said: Words, after: int, found: Found) -> tuple[Found, int]:
    day = said.day(after)
    if day is None or not _close(said, after) or "," in said.gap(after):
        return found, after
    following = said.gap(after + 1) if after + 1 < len(said.tokens) else ""
    if following[:1] in {":", "%"} or (following in {".", ","} and said.tokens[after + 1].number is not None):
        return found, after
    if said.wording.language == "en" and said.word(after - 2) in _EN_BEFORE_A_MONTH and said.year(after + 1) is None:
        return found, after
    found = replace(found, day=day, end=said.tokens[after].end)
    after += 1
    if following and all(character in _DASHES for character in following.strip()) and following.strip():
        last = said.day(after)
        if last is not None and last > day:
            found = replace(found, day_to=last, end=said.tokens[after].end)
            after += 1
    while said.joined(after) and said.is_("ordinal", after) and said.gap(after) in {"", "-", "‑", "–", "'"}:
        found = replace(found, end=said.tokens[after].end)
        after += 1
    return found, after


def _with_year_after(said: Words, after: int, found: Found) -> tuple[Found, int]:
    place = after
    for _ in range(LINKS_MAX):
        if said.is_("link", place) and said.joined(place):
            place += 1
    year = said.year(place)
    if year is None or not _close(said, place):
        return found, after
    if found.day is None and "," in said.gap(place) and said.wording.language != "en":
        return found, after
    end = _year_words_after(said, place + 1)
    return replace(found, year=year, end=said.tokens[end - 1].end), end


def _year_words_after(said: Words, after: int) -> int:
    """Behind the words that say that a number is a year: "2020 года", "2020-ci ildə", "2020'de"."""
    place = after
    if said.joined(place) and said.is_("ordinal", place) and said.gap(place) in {"", "-", "‑", "–"}:
        place += 1
    if said.joined(place) and said.is_("years", place):
        return place + 1
    return after


def _with_direction(said: Words, first: int, after: int, found: Found) -> Found:
    for name, direction in (("last", -1), ("next", 1)):
        if said.joined(first) and said.is_(name, first - 1):
            return replace(found, direction=direction, start=said.tokens[first - 1].start)
        if said.joined(after) and said.is_(name, after):
            return replace(found, direction=direction, end=said.tokens[after].end)
    return found


def _stands_alone(said: Words, month: Phrase, after: int) -> bool:
    """Whether the words around a bare month say that it is one."""
    if said.cue_before("in", month.first) is not None:
        return month.meaning.kind != "jalali" or said.word(month.first - 1) == "ماه"
    if said.joined(after) and said.is_("month_after", after):
        return True
    if said.joined(after) and said.gap(after) in {"'", "’"} and said.is_("years", after):
        return True
    return said.tokens[month.first].word in said.wording.located


def _year_range(said: Words, index: int, year: int) -> int | None:
    """Where the second of two years stands: "2015–2018", "from 2015 to 2018", "between 2015 and 2018"."""
    place = index + 1
    if place >= len(said.tokens):
        return None
    gap = said.gap(place)
    dashed = bool(gap.strip()) and all(character in _DASHES for character in gap.strip()) and len(gap) <= 3
    if not dashed:
        between = said.is_("and", place) and said.cue_before("between", index) is not None
        if not (between or said.is_("to", place)):
            return None
        place += 1
        while said.is_("from", place) and place <= index + 1 + LINKS_MAX:
            place += 1
    last = said.year(place)
    return place if last is not None and YEAR_ALONE_MIN <= year < last <= 2100 else None


def _counts_things(said: Words, index: int, year: int) -> bool:
    """Whether a number is rather one of things: "in 2000 Fällen", "von 1500 €"."""
    following = said.text[said.tokens[index].end : said.tokens[index].end + 2].strip()
    if following[:1] in {"%", "€", "$", "°", "/"} or said.text[max(0, said.tokens[index].start - 1)] in "$€£/":
        return True
    if following[:1] in {".", ","} and said.word(index + 1).isdecimal() and said.gap(index + 1) in {".", ","}:
        return True
    return year % ROUND == 0 and said.joined(index + 1) and said.gap(index + 1).isspace()


def _decade(said: Words, index: int) -> Found | None:
    token = said.tokens[index]
    number = token.number
    if number is None or number % 10 or token.end - token.start not in {2, 4} or number == 0:
        return None
    after = index + 1
    if said.joined(after) and said.is_("decade_after", after) and len(said.gap(after)) <= 1 and number > 999:
        end = said.tokens[after].end
    elif said.is_("decade_years", after + 1) and said.is_("ordinal", after):
        end = said.tokens[after + 1].end
    elif said.cue_before("decade_before", index) is not None and _year_range(said, index, number) is None:
        end = token.end
    else:
        return None
    if number < ROUND:
        if said.wording.language == "fa" or number < 20:
            return None
        number += 1900
    return Found(start=token.start, end=end, stated=f"{number}/{number + 9}")

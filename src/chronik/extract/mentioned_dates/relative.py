"""Dates told from the day of publication (decides)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from chronik.extract.mentioned_dates.parts import Found, months_away, week_of

if TYPE_CHECKING:
    from chronik.extract.mentioned_dates.sentence import Phrase, Words

_UNTIL = frozenset({"bis", "until", "till", "до", "tot", "até"})
"""What lasts until a day of the week, lasts until the next one."""
_EN_NAMES_GO_ON = frozenset({"times", "telegraph", "mirror", "express", "mail", "post", "herald", "night", "school"})
_EN_NAMES_BEGIN = frozenset({"black", "good", "ash", "cyber", "super", "easter", "holy", "palm", "bloody"})


def relative_mention(said: Words, phrase: Phrase, *, published: date) -> Found | None:
    """What a phrase means, seen from the day of publication."""
    kind, value = phrase.meaning.kind, phrase.meaning.value
    if kind in {"ago", "hence"}:
        kind, value = phrase.unit, -phrase.number if kind == "ago" else phrase.number
        if phrase.meaning.kind == "hence" and not _is_ahead(said, phrase):
            return None
    return Found(
        start=said.tokens[phrase.first].start,
        end=said.tokens[phrase.after - 1].end,
        stated=_away(published, kind, value),
        relative=True,
    )


def weekday_mention(said: Words, phrase: Phrase, *, published: date) -> Found | None:
    """A day of the week: the last one before or on the day of publication, unless the words say otherwise."""
    first, after = phrase.first, phrase.after
    if not _is_written_as_a_day(said, phrase):
        return None
    if said.is_("weekday_after", after) and said.joined(after):
        after += 1
    start, end, way = said.tokens[first].start, said.tokens[after - 1].end, 0
    for name, direction in (("last", -1), ("next", 1)):
        if said.joined(first) and said.is_(name, first - 1):
            way, start = direction, said.tokens[first - 1].start
        elif (behind := said.cue_after(name, after)) is not None:
            way, end = direction, said.tokens[behind - 1].end
    week = said.phrase(after) if said.joined(after) or said.is_("link", after) else None
    if week is None and said.joined(after) and after + 1 < len(said.tokens):
        week = said.phrase(after + 1)
    if week is not None and week.meaning.kind == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=week.meaning.value)
        day = monday + timedelta(days=phrase.meaning.value - 1)
        return Found(start=start, end=said.tokens[week.after - 1].end, stated=day.isoformat(), relative=True)
    day = _weekday(
        published,
        phrase.meaning.value,
        way=way,
        future=not way and (said.word(first - 1) in _UNTIL or said.future(first)),
    )
    return Found(start=start, end=end, stated=day.isoformat(), relative=True)


def _weekday(published: date, weekday: int, *, way: int, future: bool) -> date:
    back = (published.isoweekday() - weekday) % 7
    if way < 0:
        return published - timedelta(days=back or 7)
    if way > 0:
        return published + timedelta(days=7 - back)
    return published + timedelta(days=(7 - back) % 7) if future else published - timedelta(days=back)


def _away(published: date, kind: str, value: int) -> str:
    if kind == "day":
        return (published + timedelta(days=value)).isoformat()
    if kind == "week":
        return week_of(published + timedelta(weeks=value))
    return months_away(published, value) if kind == "month" else f"{published.year + value:04d}"


def _is_ahead(said: Words, phrase: Phrase) -> bool:
    """Whether "in three days" is when something is to happen; else it is how long something took."""
    return said.future(phrase.first)


def _is_written_as_a_day(said: Words, phrase: Phrase) -> bool:
    wording, token = said.wording, said.tokens[phrase.first]
    if wording.capital and not token.capital:
        return False
    if wording.lower and token.capital and phrase.first and not _after_a_stop(said, phrase.first):
        return False
    if wording.language == "en" and _is_in_a_name(said, phrase):
        return False
    word = " ".join(said.word(place) for place in range(phrase.first, phrase.after))
    if word in wording.sets["weekday_short"]:
        return said.cue_before("weekday_before", phrase.first) is not None and _is_followed_by_no_noun(said, phrase)
    if (
        not wording.sets["weekday_short"]
        and wording.sets["weekday_before"]
        and said.cue_before("weekday_before", phrase.first) is None
    ):
        return False
    if wording.sets["weekday_after"] and word not in wording.sets["weekday_always"]:
        moved = said.is_("last", phrase.first - 1) or said.is_("next", phrase.first - 1)
        return moved or (said.joined(phrase.after) and said.is_("weekday_after", phrase.after))
    return True


def _after_a_stop(said: Words, index: int) -> bool:
    return any(stop in said.gap(index) for stop in '.!?\n:«“„"')


def _is_followed_by_no_noun(said: Words, phrase: Phrase) -> bool:
    """Whether a Portuguese ordinal stands for the day: "na segunda," and not "na segunda parte"."""
    return not said.joined(phrase.after) or len(said.word(phrase.after)) <= 2 or said.gap(phrase.after) == "-"


def _is_in_a_name(said: Words, phrase: Phrase) -> bool:
    """Whether an English day belongs to a name: "Black Friday", "The Sunday Times"."""
    return said.word(phrase.first - 1) in _EN_NAMES_BEGIN or said.word(phrase.after) in _EN_NAMES_GO_ON

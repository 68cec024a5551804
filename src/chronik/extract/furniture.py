"""Lines of a text that are the page's and not the article's (decides): counters, ages, stamps, labels, other articles.

A line is furniture only as a whole. What stands in a running sentence never is, whatever it looks like: there a changed
number is a change of the article. The words are in `furniture.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import deque
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from chronik import calendar_words
from chronik.extract.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.model import Article

LINE_CHARACTERS_MAX = 240
"""Headlines of other articles are shorter."""
LABEL_CHARACTERS_MAX = 80
LINKED_SHARE_MIN = 0.9
LINES_UNDER_LABEL_MAX = 12
"""Links below a label, which stands for them all."""

_NUMBER = r"\d[\d.,']*(?: \d{3})*(?: ?(?:k|m|mio\.?|tsd\.?|mil|mila|тыс\.?|тис\.?|млн\.?|bin|万|萬))?"
_PARTS = re.compile(r" ?[|·•] ?")
_CLOCK_OR_DAY = re.compile(r"\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}|\d{1,2} ?[月時时]")
_SHORT_NUMBER = re.compile(r"\b\d{1,2}\b")
"""A day or an hour beside a word of dates; alone it may be a score. So may a year alone be that of a book."""


def without(article: Article) -> tuple[tuple[int, str], ...]:
    """The paragraphs that are the article's own, with their numbers from 0."""
    linked = tuple(_linked_characters(article))
    kept: list[tuple[int, str]] = []
    under_label = 0
    for number, paragraph in enumerate(article.paragraphs):
        line = plain(paragraph) if len(paragraph) <= LINE_CHARACTERS_MAX else ""
        if line and _label_of_others().fullmatch(line):
            under_label = LINES_UNDER_LABEL_MAX
        elif line and under_label and linked[number] >= LINKED_SHARE_MIN * len(paragraph):
            under_label -= 1
        else:
            under_label = 0
            own = _own(paragraph, line, linked[number]) if line else paragraph
            kept += [(number, own)] if own else []
    return tuple(kept)


def is_line_of_the_page(text: str) -> bool:
    """Whether a text, such as a caption, is a line that belongs to the page."""
    return len(text) <= LINE_CHARACTERS_MAX and _is_furniture(plain(text))


def _own(paragraph: str, line: str, linked: int) -> str:
    """What of a short paragraph is the article's: the whole, the part between bars that is, or nothing.

    So many of its characters are part of a link: behind a heading such as "Related:" only that tells another article.
    """
    headed = _other_article("asks", "others").fullmatch(line)
    if _is_furniture(line) or (headed and linked and linked >= LINKED_SHARE_MIN * len(headed["headline"] or line)):
        return ""
    parts = [part for part in _PARTS.split(paragraph) if part]
    if len(parts) == 1:
        return paragraph
    own = [part for part in parts if not _is_furniture(plain(part))]
    return paragraph if len(own) == len(parts) else " | ".join(own)


def _is_furniture(line: str) -> bool:
    if _other_article("asks").fullmatch(line) or _label_of_others().fullmatch(line):
        return True
    if len(line) > LABEL_CHARACTERS_MAX:
        return False
    bare = line.strip('()[]<>"-| ')
    if bare.rstrip(":").casefold() in _labels() or _counter().fullmatch(bare):
        return True
    stamp = _stamp().fullmatch(bare)
    return stamp is not None and _is_moment(stamp[1])


def _is_moment(said: str) -> bool:
    """Whether nothing but a date, a time or an age stands there."""
    said = said.strip(" :-,")
    if _counter().fullmatch(said):
        return True
    spoken = [word.strip(".").casefold() for word in re.split(r"[\s\d,;:/()-]+", said)]
    dated = _CLOCK_OR_DAY.search(said) or (any(spoken) and _SHORT_NUMBER.search(said))
    return bool(dated) and all(word in _moment_words() for word in spoken)


@cache
def _listed(kind: str) -> tuple[str, ...]:
    """All entries of one kind, of every language."""
    languages = tomllib.loads(files("chronik.extract").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return tuple(entry for language in languages.values() for entry in language.get(kind, ()))


def _any_of(kind: str) -> str:
    return "|".join(_listed(kind)).replace("N", _NUMBER)


@cache
def _labels() -> frozenset[str]:
    return frozenset(plain(label).casefold() for label in _listed("labels"))


@cache
def _counter() -> re.Pattern[str]:
    """A number of something, an age, or how long reading takes."""
    counted = _any_of("counted")
    counters = rf"{_NUMBER} ?(?:{counted})|(?:{counted}) ?:? ?\(?{_NUMBER}\)?"
    return re.compile(rf"(?:{counters}|{_any_of('ages')}|{_any_of('reading_times')})", re.IGNORECASE)


@cache
def _stamp() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of('stamps')})(?![^\W\d_]) ?:?(.*)", re.IGNORECASE)


@cache
def _label_of_others() -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,3}}(?:{_any_of('asks')}|{_any_of('others')}) ?[:|>→-]?", re.IGNORECASE)


@cache
def _other_article(*kinds: str) -> re.Pattern[str]:
    """A label with or without another article's headline. What ends with a full stop is a sentence and none."""
    labels = "|".join(map(_any_of, kinds))
    headline = r"(?: ?[:|>→]| - )(?P<headline>(?:.*[^.。։])?)"
    return re.compile(rf"[\W_]{{0,3}}(?:{labels})(?:{headline})?", re.IGNORECASE)


@cache
def _moment_words() -> frozenset[str]:
    """Words that stand in dates."""
    languages = calendar_words.calendar_languages()
    named = {name for language in languages for name in calendar_words.months(language)}
    named |= {name for language in languages for name in calendar_words.weekdays(language)}
    return frozenset(word.casefold() for word in (*named, *_listed("moments"), ""))


def _linked_characters(article: Article) -> Iterator[int]:
    """Of each paragraph how many characters are part of a link."""
    links = deque(sorted((link.start, link.end) for link in article.links))
    at = 0
    for part in article.text.split("\n\n"):
        end = at + len(part)
        covered = 0
        while links and links[0][0] < end:
            start, link_end = links.popleft()
            covered += max(0, min(link_end, end) - max(start, at))
        if part.strip():
            yield covered
        at = end + len("\n\n")

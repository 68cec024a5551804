"""Who said it: the person whom a text means by a surname, a pronoun or an office (decides).

Only what the same text settles is settled: a surname takes the one full name that ends with it, a pronoun the one
person named shortly before. Where two come into question, the speaker stays as written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.model import NameKind
from chronik.relate.bridge import Kind
from chronik.relate.speaking.pronouns import ARTICLES, ONE_PERSON, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chronik.model import Span, Statement
    from chronik.relate.bridge import Bridge
    from chronik.relate.speaking.told import Told

LOOK_BACK_CHARACTERS = 700
"""Whoever a pronoun means was named in the same paragraph or the one before, and not farther away than this."""
PARAGRAPH_CHARACTERS = 2_000
"""Of a longer paragraph the end counts."""
OFFICE_CHARACTERS = 60
"""An office stands so near to the name of who holds it."""
SUBJECT_CHARACTERS = 45
"""A name that stands so near to the beginning of its sentence is what the sentence is about."""
NAME_LETTERS_MIN = 2
MENTIONS_MAX = 5_000
_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
_BODIES = (
    *("administra", "regierung", "regime", "régim", "gobierno", "gouvernement", "government", "campaign", "campaña"),
    *("campagne", "familia", "famille", "familie", "администрац", "правительств", "режим", "семь", "equipo", "équipe"),
)
"""So begin words for what is somebody's and speaks for itself: `la administración Asad`."""
_OF = frozenset({"de", "d", "du", "del", "of", "von", "di", "do", "da"})
_IN = re.compile(r"\s(?:in|of|von|aus|de|du|à|en|в|из)\s[^\s.,;:!?]+")
_OPENING = frozenset(
    ["Ранее", "Позже", "Также", "Однако", "Сегодня", "Вчера", "Тогда", "Раніше", "Пізніше", "Також", "Між", "Тим"]
)
_PATRONYMIC_IN = frozenset({"ru", "uk", "be"})
_PATRONYMIC = re.compile(r"(?:[еоі]вич|[иі]ч|вна|[иі]чна|[оы]глы|кызы)$")
_CASE = re.compile(r"(?<=[^\W\d_]{3})(?:ого|ему|ому|ыми|ими|ой|ей|ою|ий|ый|им|ым|ом|ем|ём|ую|ых|их|а|я|у|ю|е|и|ы|і|ь)$")
_ARTICLE_IN_NAME = re.compile(
    r"[ -](?:al|el|as|ash|ben|bin|ibn|ould|abu|abou|Al|El|аль|эль|ас|аш|ад|бен|бин|ибн)[ -][^\W\d_a-zа-я][^\W\d_]+"
)
_GENITIVE = re.compile(r"[’']s$|(?<=[^\W\d_]{3})['’]$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as named at one place of a text."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a statement is by, as far as its text tells."""

    written: str
    """At the statement; empty where the text names nobody."""
    name: str
    """The fullest name in the same text; the words as written for a body or office; empty where it is not told."""
    introduced: str
    """The name with the words around it by which the text introduces him: office and country."""


class Speakers:
    """The speakers of one text."""

    def __init__(self, told: Told, bridge: Bridge) -> None:
        self._told = told
        self._persons = sorted({*_persons(told), *_known_persons(told, bridge)}, key=lambda one: (one.start, -one.end))
        self._starts = [person.start for person in self._persons]
        self._free = [person for person in self._persons if not self._is_said(person)]
        self._free_starts = [person.start for person in self._free]
        self._offices: dict[str, list[Person]] = {}
        for person in self._persons:
            self._offices.setdefault(self._word_before(person), []).append(person)
        self._key = _stem if told.language.partition("-")[0] in _PATRONYMIC_IN else _surname
        self._full = _full_names(self._persons, self._key)

    def of(self, statement: Statement) -> Speaker:
        """Who a statement is by."""
        span = statement.speaker
        if span is None:
            return Speaker("", "", "")
        written = self._told.text[span.start : span.end].strip()
        if (inside := self._inside(span)) is not None:
            return self._speaker(written, inside.name, inside)
        words = [word.casefold() for word in _WORD.findall(written)]
        if len(words) == 1 and words[0] in SEVERAL:
            return Speaker(written, "", "")
        if len(words) == 1 and words[0] in ONE_PERSON:
            meant = self._named_before(statement, span)
            return self._speaker(written, meant.name, meant) if meant else Speaker(written, "", "")
        same = self._full.get(self._key(written)) if len(words) == 1 and len(words[0]) >= NAME_LETTERS_MIN else None
        if same is not None:
            return self._speaker(written, same.name, same)
        if (holder := self._holder(written, span)) is not None:
            return self._speaker(written, holder.name, holder)
        return Speaker(written, written, f"{written}{self._whereabouts(span)}")

    def _whereabouts(self, span: Span) -> str:
        """Where a body is, as the words behind it say: `(the ministry) in Yerevan`."""
        behind = _IN.match(self._told.text[span.end : span.end + OFFICE_CHARACTERS])
        return behind[0] if behind else ""

    def _speaker(self, written: str, name: str, place: Person) -> Speaker:
        fullest = self._full.get(self._key(name), place)
        if _fuller(fullest.name, name) and _given_agree(fullest.name, name):
            name = fullest.name
        around = self._around(fullest)
        return Speaker(written, name, f"{written} {around}" if around not in written else written)

    def _inside(self, span: Span) -> Person | None:
        """The person named within the speaker's words: the longest name, the last of several."""
        first = bisect_left(self._starts, span.start - 1)
        within = [p for p in self._persons[first : bisect_right(self._starts, span.end)] if p.end <= span.end + 3]
        within = [person for person in within if person.start >= span.start and not self._owns(person, span)]
        return max(within, key=lambda person: (len(person.name.split()), person.start), default=None)

    def _owns(self, person: Person, span: Span) -> bool:
        """Whether somebody's thing or spokesman speaks: `Trump’s campaign`, `le rapport de Ziadeh`."""
        words = [word.casefold() for word in _WORD.findall(self._told.text[span.start : person.start])]
        words = words[:-1] if words[-1:] in (["el"], ["al"]) else words
        if words and (words[-1] in _OF or words[-1].startswith(_BODIES)):
            return True
        behind = self._told.text[person.end - 2 : span.end]
        return re.search(r"[’']s\s+[^\W\d_]", behind) is not None

    def _named_before(self, statement: Statement, span: Span) -> Person | None:
        """Whom a pronoun means: the one person named before it in the paragraph, or who spoke last; else nobody."""
        until = min(statement.start, span.start)
        paragraph = max(0, self._told.text.rfind("\n\n", 0, until), until - PARAGRAPH_CHARACTERS)
        before = max(0, self._told.text.rfind("\n\n", 0, max(0, paragraph)), until - LOOK_BACK_CHARACTERS)
        here = {_surname(person.name): person for person in self._between(paragraph, until)}
        if len(here) == 1 and self._begins_sentence(next(iter(here.values()))):
            return next(iter(here.values()))
        return self._last_speaker(until, paragraph if here else before)

    def _begins_sentence(self, person: Person) -> bool:
        """Whether a sentence is about somebody, as far as its first words tell."""
        before = self._told.text[max(0, person.start - SUBJECT_CHARACTERS) : person.start]
        return person.start < SUBJECT_CHARACTERS or re.search(r"[.!?:»”\"\n]", before) is not None

    def _last_speaker(self, until: int, begin: int) -> Person | None:
        """Who spoke last, if nobody else was named since."""
        said = [one for one in self._told.statements if begin <= one.start < until and one.speaker]
        last = self._inside(said[-1].speaker) if said and said[-1].speaker else None
        if last is None:
            return None
        since = {_surname(person.name) for person in self._between(last.end, until)}
        return None if since - {_surname(last.name)} else last

    def _between(self, begin: int, end: int) -> list[Person]:
        """Persons named in a stretch of text, outside of quotation marks."""
        return self._free[bisect_left(self._free_starts, begin) : bisect_left(self._free_starts, end)]

    def _is_said(self, person: Person) -> bool:
        """Whether a name stands inside quotation marks, where it is spoken of and does not speak."""
        return any(one.quoted and one.start <= person.start < one.end for one in self._told.statements)

    def _holder(self, written: str, span: Span) -> Person | None:
        """Who holds an office that the text calls by a small word with an article: `the minister`."""
        words = [word.casefold() for word in _WORD.findall(written)]
        office = words[-1] if words else ""
        if len(words) != 2 or words[0] not in ARTICLES or office in self._full:
            return None
        if words[-1] not in written and not self._told.language.startswith("de"):
            return None
        before = [person for person in self._offices.get(office, ()) if person.start < span.start]
        holders = {_surname(person.name): person for person in before}
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _word_before(self, person: Person) -> str:
        words = _WORD.findall(self._told.text[max(0, person.start - OFFICE_CHARACTERS) : person.start])
        return words[-1].casefold() if words else ""

    def _around(self, person: Person) -> str:
        """The words of the same clause before a name, and an apposition behind it."""
        text = self._told.text
        before = re.split(r"[.!?:;,\n„“”\"«»(]", text[max(0, person.start - OFFICE_CHARACTERS) : person.start])[-1]
        behind = text[person.end : person.end + OFFICE_CHARACTERS]
        apposition = re.match(r",\s([^.!?:;,\n„“”\"«»()]+),", behind)
        return f"{before}{person.name}{', ' + apposition[1] if apposition else ''}".strip()


def _persons(told: Told) -> Iterator[Person]:
    for mention in sorted(told.mentions[:MENTIONS_MAX], key=lambda one: (one.start, -one.end)):
        if mention.kind is NameKind.PERSON and 0 <= mention.start < mention.end <= len(told.text):
            more = _ARTICLE_IN_NAME.match(told.text, mention.end)
            end = more.end() if more else mention.end
            name = _GENITIVE.sub("", told.text[mention.start : end].strip())
            if name.isupper() and " " in name:
                continue
            if told.language.partition("-")[0] in _PATRONYMIC_IN:
                name = _without_place(name)
            if name:
                yield Person(end - len(name), end, name)


def _known_persons(told: Told, bridge: Bridge) -> Iterator[Person]:
    """Persons known by name among those who speak, whom the reader of names did not tell from other words."""
    known = [(mention.start, mention.end) for mention in told.mentions[:MENTIONS_MAX]]
    for one in told.statements:
        span = one.speaker
        if span is None or any(start < span.end and span.start < end for start, end in known):
            continue
        for named in bridge.names_in(told.text[span.start : span.end], language=told.language):
            if named.kind is Kind.PERSON:
                start = span.start + named.start
                yield Person(start, start + len(named.surface), named.surface)


def _without_place(name: str) -> str:
    """Of three words without a patronymic the last two: `(президент) России Владимир Путин`; no `Ранее` before one."""
    words = name.split()
    if len(words) > 1 and words[0] in _OPENING:
        return _without_place(" ".join(words[1:]))
    if len(words) == 3 and not any(_PATRONYMIC.search(word) for word in words):
        return " ".join(words[1:])
    return name


def _surname(name: str) -> str:
    """The last word of a name, without case: what later mentions use."""
    words = _WORD.findall(_GENITIVE.sub("", name))
    return words[-1].casefold() if words else name.casefold()


def _stem(name: str) -> str:
    """The last word of an East Slavic name without what its case adds: Зинякова and Зиняковой are one."""
    return _CASE.sub("", _surname(name))


def _fuller(first: str, second: str) -> bool:
    """Whether a name has more words than another, or as many and is shorter, as names are that stand in no case."""
    words, others = len(first.split()), len(second.split())
    return words > others or (words == others and len(first) < len(second) and _stem(first) == _stem(second))


def _full_names(persons: list[Person], key: Callable[[str], str]) -> dict[str, Person]:
    """For each surname the first mention of its fullest name; none where two persons bear it."""
    fullest: dict[str, Person] = {}
    shared: set[str] = set()
    for person in persons:
        surname = key(person.name)
        known = fullest.setdefault(surname, person)
        if not _given_agree(known.name, person.name):
            shared.add(surname)
        if _fuller(person.name, known.name):
            fullest[surname] = person
    return {surname: person for surname, person in fullest.items() if surname not in shared}


def _given_agree(first: str, second: str) -> bool:
    """Whether two names of one surname can be one person: no given names, or beginning alike."""
    given, others = first.split()[:-1], second.split()[:-1]
    if not given or not others:
        return True
    return given[0][:1].casefold() == others[0][:1].casefold()

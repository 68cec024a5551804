"""Whom an unknown credit may name, best first, each with its reason. Decides.

Spellings are compared the way they are written, transliterated, translated (by the bridge of names), heard, and as
parts and initials of one another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from chronik.archive.offices import offices
from chronik.relate.bridge.skeleton import skeletons
from chronik.takein.credits import MADE_BY, cleaned, source_for_host
from chronik.takein.spelling import key, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chronik.model import Source
    from chronik.relate.bridge import Bridge

PROPOSALS_MAX = 3
NAMES_KEPT = 20_000
CREDIT_CHARACTERS_MAX = 300
"""Of longer credits the beginning is looked at."""
COMPARED_MAX = 60
"""So many of the likeliest names are compared letter by letter."""
LIKENESS_MIN = 0.72
LETTERS_MIN = 4
"""Shorter names are alike by chance."""
INITIALS_MIN = 3
WORDS_MAX = 8
SCORE_MIN = 0.35
"""Below, a proposal is no better than none."""
ELSEWHERE = 0.6
"""How much is left of a likeness where the credit names another country than the source's."""
_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
_COUNTRY = re.compile(r"place:[a-z]{2}")
_WORDS = re.compile(r"\w+")
_APART = re.compile(r"\s*[/|,;:–—]\s*|\s+-\s+|\s+via\s+", re.IGNORECASE)
_GENERIC = (
    "agence agency agencia agentur agentstvo and com das de der die daily des du el et for il in institut institute",
    "journal la le les magazin magazine media ministerium ministry nachrichten nachrichtenagentur news online of on",
    "org post press presse radio redaktion ru the tv und von zeitung",
)
GENERIC = frozenset(word for line in _GENERIC for word in line.split())
"""Words that many names share: alone they tell nobody."""


class Ground(StrEnum):
    """Why a credit may name a source, the surest first."""

    HOST = "host"
    NAME = "name"
    SCRIPT = "script"
    TRANSLATION = "translation"
    OFFICE = "office"
    PART = "part"
    COUNTRY = "country"
    SOUND = "sound"
    INITIALS = "initials"
    WORDS = "words"
    SPELLING = "spelling"


SURE: Mapping[Ground, float] = {
    Ground.HOST: 0.99,
    Ground.NAME: 0.98,
    Ground.SCRIPT: 0.95,
    Ground.TRANSLATION: 0.9,
    Ground.OFFICE: 0.87,
    Ground.PART: 0.88,
    Ground.SOUND: 0.8,
    Ground.INITIALS: 0.7,
    Ground.COUNTRY: 0.6,
    Ground.WORDS: 0.75,
    Ground.SPELLING: 0.85,
}
"""How much each ground weighs; the last two are weighted by how alike the names are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A source that a credit may name."""

    source: Source
    ground: Ground
    name: str
    """The name of the source that speaks for it."""
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    source: Source
    name: str
    key: str
    letters: str
    """In plain ASCII, as far as that is known."""
    words: frozenset[str]


class Proposer:
    """Knows the names of all sources; made once, asked for many credits."""

    def __init__(self, sources: Iterable[Source], bridge: Bridge) -> None:
        self._sources = [source for source in sources if source.made_by != MADE_BY]
        self._bridge = bridge
        self._names = [
            _name(source, name) for source in self._sources for name in (*source.names.values(), *source.aliases)
        ]
        self._by_key = _index((one.key, one) for one in self._names)
        self._by_letters = _index((one.letters, one) for one in self._names)
        self._by_sound = _index((sound, one) for one in self._names for sound in _sounds(one.name))
        self._by_entity = _index((entity, one) for one in self._names for entity in bridge.entities(one.name))
        self._by_initials = _index((initials, one) for one in self._names for initials in _initials(one.name))
        self._by_word = _index((word, one) for one in self._names for word in one.words)
        self._by_office = _index((office, one) for one in self._names for office in offices(one.name))
        self._by_grams = _index((gram, one) for one in self._names for gram in _grams(one.letters))

    def proposals(self, credit: str) -> list[Proposal]:
        """The likeliest sources, best first, each once."""
        text = " ".join(credit[:CREDIT_CHARACTERS_MAX].split())
        best: dict[str, Proposal] = {}
        countries = self._countries(text)
        for found in self._all(text):
            elsewhere = (
                countries and found.source.country not in {"", *countries} and found.ground is not Ground.COUNTRY
            )
            one = replace(found, score=found.score * ELSEWHERE) if elsewhere else found
            known = best.get(one.source.id)
            if one.score >= SCORE_MIN and (known is None or one.score > known.score):
                best[one.source.id] = one
        return sorted(best.values(), key=lambda one: (-one.score, one.source.id))[:PROPOSALS_MAX]

    def _all(self, text: str) -> Iterator[Proposal]:
        if host := _HOST.fullmatch(text):
            found = source_for_host(host[1].lower(), self._sources)
            if found is not None:
                yield Proposal(source=found, ground=Ground.HOST, name=host[1].lower(), score=SURE[Ground.HOST])
        if not key(text):
            return
        yield from self._spelled(text)
        yield from self._of_office(text)
        yield from self._heard(text)
        yield from self._in_parts(text)
        yield from self._in_words(text)
        yield from self._alike(text)

    def _countries(self, text: str) -> set[str]:
        """The countries that a credit names, also by their adjectives."""
        keys = (key for named in self._bridge.names_in(text) for key in named.keys)
        return {key.removeprefix("place:").upper() for key in keys if _COUNTRY.fullmatch(key)}

    def _of_office(self, text: str) -> Iterator[Proposal]:
        countries = self._countries(text)
        for office in offices(text):
            for one in self._by_office.get(office, ()):
                if one.source.country in countries:
                    yield from _told([one], Ground.OFFICE)

    def _spelled(self, text: str) -> Iterator[Proposal]:
        yield from _told(self._by_key.get(key(text), ()), Ground.NAME)
        plain = cleaned(text)
        if plain and key(plain) != key(text):
            yield from _told(self._by_key.get(key(plain), ()), Ground.COUNTRY)
        letters = _letters(plain or text)
        if len(letters) >= LETTERS_MIN:
            same = {key(text), key(plain)}
            yield from _told((one for one in self._by_letters.get(letters, ()) if one.key not in same), Ground.SCRIPT)
        for entity in self._bridge.entities(plain or text):
            yield from _told(self._by_entity.get(entity, ()), Ground.TRANSLATION)

    def _heard(self, text: str) -> Iterator[Proposal]:
        for sound in _sounds(cleaned(text) or text):
            others = (one for one in self._by_sound.get(sound, ()) if one.words != _words(text))
            yield from _told(others, Ground.SOUND)
        for initials in (key(text), *_initials(text)):
            if len(initials) >= INITIALS_MIN:
                yield from _told(self._by_initials.get(initials, ()), Ground.INITIALS)
                if initials != key(text):
                    yield from _told(self._by_key.get(initials, ()), Ground.INITIALS)

    def _in_parts(self, text: str) -> Iterator[Proposal]:
        parts = [part for part in _APART.split(text) if part and part != text]
        outside, _, inside = text.partition("(")
        if inside:
            parts += [outside, inside.rstrip(") ")]
        for place, part in enumerate(parts):
            for one in self._by_key.get(key(part), ()) if key(part) else ():
                # Who is named first speaks; the others pass it on.
                score = SURE[Ground.PART] - 0.02 * min(place, 10)
                yield Proposal(source=one.source, ground=Ground.PART, name=one.name, score=score)

    def _in_words(self, text: str) -> Iterator[Proposal]:
        wanted = _words(text)
        shared: Counter[int] = Counter()
        by_place: dict[int, _Name] = {}
        for word in wanted:
            for one in self._by_word.get(word, ()):
                shared[id(one)] += len(word)
                by_place[id(one)] = one
        whole = sum(map(len, wanted))
        for place, letters in shared.most_common(COMPARED_MAX):
            one = by_place[place]
            likeness = 2 * letters / (whole + sum(map(len, one.words)))
            if wanted >= one.words or one.words >= wanted:
                likeness = max(likeness, 0.5) + (1 - max(likeness, 0.5)) / 2
            yield Proposal(source=one.source, ground=Ground.WORDS, name=one.name, score=SURE[Ground.WORDS] * likeness)

    def _alike(self, text: str) -> Iterator[Proposal]:
        letters = _letters(cleaned(text) or text)
        if len(letters) < LETTERS_MIN:
            return
        shared: Counter[int] = Counter()
        by_place: dict[int, _Name] = {}
        for gram in _grams(letters):
            for one in self._by_grams.get(gram, ()):
                shared[id(one)] += 1
                by_place[id(one)] = one
        for place, _number in shared.most_common(COMPARED_MAX):
            one = by_place[place]
            likeness = SequenceMatcher(None, letters, one.letters, autojunk=False).ratio()
            if likeness >= LIKENESS_MIN:
                score = SURE[Ground.SPELLING] * likeness
                yield Proposal(source=one.source, ground=Ground.SPELLING, name=one.name, score=score)


def _name(source: Source, name: str) -> _Name:
    plain = cleaned(name) or name
    return _Name(source=source, name=name, key=key(name), letters=_letters(plain), words=_words(plain))


def _index(pairs: Iterable[tuple[str, _Name]]) -> dict[str, list[_Name]]:
    found: dict[str, list[_Name]] = defaultdict(list)
    for mark, one in pairs:
        if mark:
            found[mark].append(one)
    return dict(found)


def _told(names: Iterable[_Name], ground: Ground) -> Iterator[Proposal]:
    for one in names:
        yield Proposal(source=one.source, ground=ground, name=one.name, score=SURE[ground])


@lru_cache(maxsize=NAMES_KEPT)
def _letters(text: str) -> str:
    """The letters in plain ASCII; of a script that is not transliterated, the letters themselves."""
    made = slug(text)
    return key(text) if made.startswith("source-") else key(made)


@lru_cache(maxsize=NAMES_KEPT)
def _words(text: str) -> frozenset[str]:
    """The words that tell somebody, in plain letters."""
    found = {
        key(slug(word)) if word.isascii() or not slug(word).startswith("source-") else key(word)
        for word in _WORDS.findall(text)
    }
    telling = frozenset(word for word in found if word and word not in GENERIC)
    return telling or frozenset(word for word in found if word)


@lru_cache(maxsize=NAMES_KEPT)
def _sounds(text: str) -> tuple[str, ...]:
    """What the words that tell somebody sound like, one after the other; empty where that is too little."""
    words = [word for word in _WORDS.findall(text)[:WORDS_MAX] if key(word) not in GENERIC]
    heard = [skeletons(word)[:1] for word in words]
    if not heard or not all(heard) or sum(len(word) for word in words) < LETTERS_MIN + 1:
        return ()
    return (" ".join(one[0] for one in heard),)


@lru_cache(maxsize=NAMES_KEPT)
def _initials(text: str) -> tuple[str, ...]:
    words = [word for word in _WORDS.findall(text) if key(word) not in {"the", "of", "and", "und", "de", "la", "le"}]
    if not INITIALS_MIN <= len(words) <= WORDS_MAX:
        return ()
    return tuple({"".join(key(word)[:1] for word in words), "".join(_letters(word)[:1] for word in words)})


def _grams(letters: str) -> set[str]:
    return {letters[place : place + 3] for place in range(max(len(letters) - 2, 0))}

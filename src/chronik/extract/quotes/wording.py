"""The words by which each language says who said something, ready to be looked up (decides)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from chronik.calendar_words import months, weekdays
from chronik.extract.quotes.cues_east import EAST
from chronik.extract.quotes.cues_west import WEST

_MARKS = "\u064b-\u0655\u0670"
"""Vowel marks of Arabic, which papers set or leave out."""
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}][^\W_]*)*")
_MARK = re.compile(f"[{_MARKS}]")
_SETS = ("determiner", "pronoun", "stop", "verb", "work", "zero")
_KINDS = ("said", "named", "after", "that", "source", "source_post", "source_after")
_ONLY_AFTER = frozenset({"so", "heißt es", "hieß es", "aldus", "deyə", "diyen", "diyə"})
"""Said of what stands before them only."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words."""

    language: str
    singles: dict[str, str]
    """The kind of cue of a single word."""
    phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]]
    """By their first two words, the longest first: all words, and the kind of cue."""
    determiner: frozenset[str]
    pronoun: frozenset[str]
    stop: frozenset[str]
    verb: frozenset[str]
    work: frozenset[str]
    zero: frozenset[str]
    particles: dict[str, frozenset[str]]
    """Of verbs in two parts, the second ones."""
    dates: frozenset[str]
    """Names of days and months: no part of a speaker."""

    @property
    def cased(self) -> bool:
        """Whether the writing has capitals, by which names are told."""
        return self.language not in {"ar", "fa"}


@cache
def wording(language: str) -> Wording | None:
    """The words of a language, or None where no paper of ours is written in it."""
    lines = _lines(language)
    if not lines:
        return None
    singles: dict[str, str] = {}
    phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    said = lines["said"] + [f"{one} {two}" for one in _auxiliaries(lines) for two in lines["participle"]]
    for kind in _KINDS:
        for phrase in said if kind == "said" else lines[kind]:
            form, meant = words(phrase), "after" if phrase in _ONLY_AFTER else kind
            if len(form) == 1:
                singles.setdefault(form[0], meant)
            else:
                phrases[form[0], form[1]].append((form, meant))
    for entries in phrases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    sets = {name: frozenset(word for phrase in lines[name] for word in words(phrase)) for name in _SETS}
    return Wording(
        language=language,
        singles=singles,
        particles=_particles(lines["particle"]),
        phrases=dict(phrases),
        dates=frozenset(word for form in (*weekdays(language), *months(language, short=False)) for word in words(form)),
        **sets,
    )


def words(text: str) -> tuple[str, ...]:
    """The words of a text, lower case."""
    return tuple(_lower(word) for word in WORD.findall(text))


def _lower(word: str) -> str:
    return _MARK.sub("", word.lower().replace("i̇", "i"))


def _particles(listed: list[str]) -> dict[str, frozenset[str]]:
    pairs = [words(phrase) for phrase in listed]
    return {verb: frozenset(second for first, second in pairs if first == verb) for verb, _ in pairs}


def _auxiliaries(lines: dict[str, list[str]]) -> list[str]:
    """With the pronouns that French draws in between verb and participle: `a-t-il dit`."""
    inverted = [f"{one} {two}" for one in lines["auxiliary"] for two in lines["inversion"]]
    return lines["auxiliary"] + inverted


def _lines(language: str) -> dict[str, list[str]]:
    listed: dict[str, list[str]] = defaultdict(list)
    for line in (WEST.get(language) or EAST.get(language) or "").strip().splitlines():
        key, _, rest = line.partition(" ")
        listed[key] += rest.split("|")
    return listed

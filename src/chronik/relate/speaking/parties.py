"""Which speakers are one person under several spellings, and which side they are on (decides)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.relate.bridge import Bridge
    from chronik.relate.speaking.told import Side

SPEAKERS_MAX = 2_000
"""Speakers behind these are not compared with one another."""
GROUPS_COMPARED_MAX = 40
"""So many persons of like surnames are told apart."""
FAR_MORE = 3
"""So many times as often somebody speaks who is meant by a surname that others bear too."""
STEM_LETTERS = 6
_WORD = re.compile(r"[^\W\d_]+")
_ABOUT = frozenset({"on", "about", "über", "sur", "sobre", "по"})
"""Behind these stands what somebody knows about, not whom he speaks for: `expert on American studies`."""
_UNCERTAIN_LETTERS = 3


class Parties:
    """Speakers and sides, as names across languages tell them apart."""

    def __init__(self, sides: Sequence[Side], bridge: Bridge) -> None:
        self._sides = tuple(sides)
        self._bridge = bridge
        self._known: dict[tuple[str, str], str] = {}
        self._countries = {side.name: self._keys_of(side.words) for side in sides}
        self._stems = {side.name: {stem for word in side.words for stem in self._stems_of(word)} for side in sides}

    def same(self, first: str, second: str) -> bool:
        """Whether two speakers are one."""
        if first.casefold() == second.casefold():
            return True
        if not _is_name(first) or not _is_name(second):
            return False
        return self._bridge.same(first, second)

    def grouped(self, names: Iterable[str]) -> dict[str, str]:
        """Each name → the name of its group: the fullest one that occurs most often."""
        counted = Counter(name for name in names if name)
        groups: list[list[str]] = []
        by_surname: dict[str, list[list[str]]] = defaultdict(list)
        for name in sorted(counted, key=lambda one: (-len(one.split()), -counted[one], one))[:SPEAKERS_MAX]:
            keys = self._bucket(name)
            alike = (other for key in keys for other in by_surname[key][:GROUPS_COMPARED_MAX])
            group = self._group_of(name, alike, counted)
            if group is None:
                group = []
                groups.append(group)
            group.append(name)
            for key in keys:
                if group not in by_surname[key]:
                    by_surname[key].append(group)
        found = {}
        for group in groups:
            shown = max(group, key=lambda one: (min(2, len(one.split())), counted[one], -len(one), one))
            found.update(dict.fromkeys(group, shown))
        return found

    def _group_of(self, name: str, groups: Iterable[list[str]], counted: Counter[str]) -> list[str] | None:
        """The group of the person that a name is of; a surname of two is his who speaks far more, or nobody's."""
        if len(name.split()) > 1:
            return next((group for group in groups if self.same(group[0], name)), None)
        found = {id(group): group for group in groups if self.same(group[0], name)}
        most = sorted(found.values(), key=lambda group: -sum(counted[one] for one in group))
        often = [sum(counted[one] for one in group) for group in most]
        return most[0] if most and (len(most) == 1 or often[0] >= FAR_MORE * often[1]) else None

    def side(self, name: str, introduced: str, *, source: Iterable[str]) -> str:
        """The side that somebody is on; of one who is not named, that of the source."""
        if name:
            if (name, introduced) not in self._known:
                self._known[name, introduced] = self._of_speaker(name) or self._of_words(introduced)
            return self._known[name, introduced]
        return next((side.name for side in self._sides if not side.sources.isdisjoint(source)), "")

    def of_source(self, source: Iterable[str]) -> str:
        """The side that a source is on."""
        return self.side("", "", source=source)

    def _of_speaker(self, name: str) -> str:
        for side in self._sides:
            if name in side.sources or any(self.same(name, known) or _within(known, name) for known in side.speakers):
                return side.name
        return ""

    def _of_words(self, introduced: str) -> str:
        """The side whose country stands first in the words of introduction."""
        places = {}
        before = ""
        for word in _WORD.finditer(introduced):
            about, before = before in _ABOUT, word[0].casefold()
            if about:
                continue
            for side in self._sides:
                if side.name not in places and self._is_of(word[0], side.name):
                    places[side.name] = word.start()
        return min(places, key=lambda name: places[name], default="")

    def _is_of(self, word: str, side: str) -> bool:
        if not self._countries[side].isdisjoint(self._bridge.entities(word)[:1]):
            return True
        return len(word) >= STEM_LETTERS and word.casefold()[:STEM_LETTERS] in self._stems[side]

    def _keys_of(self, words: Iterable[str]) -> set[str]:
        return {key for word in words for key in self._bridge.entities(word)[:1]}

    def _stems_of(self, word: str) -> Iterable[str]:
        spelled = [word, *self._bridge.spellings(word)]
        return (one.casefold()[:STEM_LETTERS] for one in spelled if len(one) >= STEM_LETTERS and " " not in one)

    def _bucket(self, name: str) -> tuple[str, ...]:
        """Under which keys a name may be found again: what its last word may be elsewhere."""
        words = _WORD.findall(name)
        last = words[-1] if words else name
        surname = last.capitalize()
        heard = [key for one in self._bridge.names_in(surname, known=[surname]) for key in one.keys]
        listed = (*self._bridge.entities(name), *self._bridge.entities(surname))
        return tuple(dict.fromkeys([last.casefold(), *listed, *heard]))


def _is_name(name: str) -> bool:
    """Whether words are a person's name rather than an office: each begins with a capital, or has no case."""
    words = _WORD.findall(name)
    return bool(words) and all(not word[0].islower() for word in words if len(word) > _UNCERTAIN_LETTERS)


def _within(known: str, name: str) -> bool:
    """Whether a body's name stands in the words that name the speaker, as whole words."""
    if len(known) <= _UNCERTAIN_LETTERS:
        return known in _WORD.findall(name)
    return re.search(rf"(?<!\w){re.escape(known.casefold())}(?!\w)", name.casefold()) is not None

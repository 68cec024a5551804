"""Names in Arabic letters, Arabic and Persian, where no capital shows them (decides).

Without capitals only what is on a list, or stands beside a word that announces a name, is taken for one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.extract.names.arabic_words import (
    announcing,
    family_particles,
    known_organisations,
    known_persons,
    known_places,
    no_names,
    organisation_heads,
)
from chronik.extract.names.gazetteer import CITY, COUNTRY, persons, places, plain_arabic
from chronik.model.readings import Mention, NameKind

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS_MAX = 60_000
PHRASE_WORDS_MAX = 4
PERSON_WORDS_MAX = 5

_WORD = re.compile(r"[\u0621-\u065f\u066e-\u06d3\u06d5\u06fa-\u06ff\u200c]+")
_NISBA = re.compile("ال[\u0621-\u064a]{3,12}ي")
"""Surnames of one word as most Arabs bear them: "المنصوري"."""
_PREFIXES = {"ar": ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك"), "fa": ()}
_LETTERS_MIN = 3
_OPENING_VERBS = {True: "يتنولفك", False: ""}
"""First letters of most Arabic verbs, and of words with a small one before them; Persian has none such."""


class Reader:
    """Finds the names of one text."""

    def __init__(self, text: str, *, language: str) -> None:
        matches = [match for _, match in zip(range(WORDS_MAX), _WORD.finditer(text), strict=False)]
        self._spans = [match.span() for match in matches]
        self._words = [plain_arabic(match[0]) for match in matches]
        self._joined = [False] + [
            text[before[1] : after[0]] == " " for before, after in zip(self._spans, self._spans[1:], strict=False)
        ]
        self._prefixes = _PREFIXES.get(language, ())
        self._places = {**places("Arab"), **dict.fromkeys(known_places(language), COUNTRY)}
        self._persons = persons("Arab")
        self._no_names = no_names(language)
        self._announcing = announcing(language)
        self._heads = organisation_heads(language)
        self._known = known_organisations(language)
        self._particles = family_particles(language)
        self._met = set(known_persons(language))

    def names(self) -> list[Mention]:
        """The names, in order."""
        return list(self._names())

    def _names(self) -> Iterator[Mention]:
        place = 0
        while place < len(self._words):
            end, kind = self._name_at(place)
            if kind is not None:
                start = self._spans[place][0] + self._prefix_letters(place, kind)
                yield Mention(start=start, end=self._spans[end - 1][1], kind=kind)
            place = max(end, place + 1)

    def _name_at(self, place: int) -> tuple[int, NameKind | None]:
        for find, kind in (
            (self._known_organisation, NameKind.ORGANISATION),
            (self._organisation, NameKind.ORGANISATION),
            (self._person, NameKind.PERSON),
            (self._place, NameKind.PLACE),
        ):
            end = find(place)
            if end > place:
                return end, kind
        return place, None

    def _phrase(self, place: int, count: int) -> str:
        """So many words from here on, or nothing where anything but a space is between them."""
        joined = all(self._joined[place + 1 : place + count]) and place + count <= len(self._words)
        return " ".join(self._words[place : place + count]) if joined else ""

    def _bare(self, word: str) -> Iterator[str]:
        """The word, and the word without what Arabic writes together with it."""
        yield word
        for prefix in self._prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _LETTERS_MIN + (len(prefix) == 1):
                yield word[len(prefix) :]
                if prefix in {"وال", "بال", "فال", "كال"}:
                    yield word[1:]
                if prefix == "لل":
                    yield "ال" + word[2:]

    def _prefix_letters(self, place: int, kind: NameKind) -> int:
        """How many letters before the name are written together with it: one or none."""
        word, (start, end) = self._words[place], self._spans[place]
        if end - start != len(word) or word[0] not in self._prefixes or len(word) <= _LETTERS_MIN:
            return 0
        if kind is NameKind.PERSON:
            return int(not self._is_personal(word) and self._is_personal(word[1:]))
        listed = self._known | self._heads if kind is NameKind.ORGANISATION else self._places
        return int(word not in listed and word[1:] in listed)

    def _is_personal(self, word: str) -> bool:
        return word in self._met or word in self._persons.usual

    def _known_organisation(self, place: int) -> int:
        for count in range(PHRASE_WORDS_MAX, 0, -1):
            phrase = self._phrase(place, count)
            if phrase and any(bare in self._known for bare in self._bare(phrase)):
                return place + count
        return place

    def _organisation(self, place: int) -> int:
        """A word such as ministry or party, with the words that say which."""
        if not any(bare in self._heads for bare in self._bare(self._words[place])):
            return place
        end = place + 1
        while end < len(self._words) and end - place < PHRASE_WORDS_MAX and self._specifies(end):
            end += 1
        return end if end > place + 1 else place

    def _specifies(self, place: int) -> bool:
        word = self._words[place]
        if not self._joined[place] or word in self._no_names:
            return False
        if self._prefixes:
            return word.startswith(("ال", "وال", "لل")) or word in self._places
        return place == 0 or self._words[place - 1] in self._heads or word in self._places

    def _place(self, place: int) -> int:
        for count in range(PHRASE_WORDS_MAX, 0, -1):
            phrase = self._phrase(place, count)
            if phrase and self._is_place(phrase):
                return place + count
        return place

    def _is_place(self, phrase: str) -> bool:
        if phrase in self._no_names or len(phrase) < _LETTERS_MIN:
            return False
        return any(
            self._places.get(bare, 0) >= (1 if " " in bare else CITY) and bare not in self._no_names
            for bare in self._bare(phrase)
        )

    def _person(self, place: int) -> int:
        """Two or more words of names of persons, or one behind a title."""
        end = place
        while end < len(self._words) and end - place < PERSON_WORDS_MAX and self._named(end, first=end == place):
            end += 1
        announced = place > 0 and self._joined[place] and self._words[place - 1] in self._announcing
        if end == place + 1 and (announced or self._words[place] in self._persons.usual) and self._may_be_surname(end):
            end += 1
        words = self._words[place:end]
        if len(words) >= 2 and any(word in self._persons.usual for word in words):
            self._met.add(words[-1])
            return end
        if len(words) >= 1 and announced and not self._is_place(words[0]):
            self._met.update(words[-1:])
            return end
        return place + 1 if any(bare in self._met for bare in self._bare(self._words[place])) else place

    def _may_be_surname(self, place: int) -> bool:
        """A word behind a given name that looks like no word of the language."""
        if place >= len(self._words) or not self._joined[place]:
            return False
        word = self._words[place]
        if _NISBA.fullmatch(word) and self._prefixes and place > 0 and self._words[place - 1] in self._persons.usual:
            return word not in self._no_names and not self._is_place(word.removeprefix("ال"))
        return (
            len(word) > _LETTERS_MIN
            and word not in self._no_names
            and not word.startswith(("ال", "وال", "بال", "لل", "مي", "نمي"))
            and word[0] not in _OPENING_VERBS[bool(self._prefixes)]
            and not word.endswith(("ه", "ات", "ها", "هاي", "ند", "تر"))
        )

    def _named(self, place: int, *, first: bool) -> bool:
        word = self._words[place]
        if word in self._no_names or (not first and not self._joined[place]):
            return False
        if word in self._persons.usual or word in self._persons.rare:
            return len(word) > 1
        return not first and word in self._particles

"""Names in scripts with capital letters: Latin, Cyrillic, Greek and Armenian (decides)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.extract.names.forms import forms
from chronik.extract.names.gazetteer import COUNTRY, persons, places
from chronik.extract.names.tokens import tokens
from chronik.extract.names.words import (
    connectors,
    known_organisations,
    no_names,
    organisation_heads,
    particles,
    titles,
)
from chronik.model.readings import Mention, NameKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.extract.names.tokens import Token

PLACE_WORDS_MAX = 4
PERSON_WORDS_MAX = 5
ORGANISATION_WORDS_MAX = 8

_FAMILY = {
    "Latn": re.compile(
        r"(?:[oe]v[ai]?|[oe]vić|ović|ić|sk[iya]|ski|cka|cki|enko|shvili|dze|yan|ian|oğlu|zadə|zade|[əe]yev[a]?|ov[aı])$"
    ),
    "Cyrl": re.compile(
        r"(?:[оеё]в|[оеё]ва|[ии]н|ина|ск(?:ий|ая|ого|ому|им|ой)|ський|ська|ського|ському|енко|швили|дзе|ян|яна|яну|яном|ович|евич|"
        r"овна|евна|[оеё]в(?:ым|у|е|ой)|ін|їн|івна|юк|чук)$"
    ),
    "Armn": re.compile(r"(?:յան|յանը|յանի|յանին|յանն|յանից|յանով|ով|և|սկի)$"),
    "Grek": re.compile(r"(?:όπουλος|άκης|ίδης|άδης|ου)$"),
}
_NEVER = re.compile(r"(?!)")
_NOUNS_WITH_CAPITALS = frozenset({"de", "lb"})
_ACRONYM_LETTERS = range(2, 7)


class Reader:
    """Finds the names of one text; keeps the surnames of the persons met on the way."""

    def __init__(self, text: str, *, language: str, script: str) -> None:
        self._language = language
        self._words = tokens(text)
        self._places = places(script)
        self._persons = persons(script)
        self._family = _FAMILY.get(script, _NEVER)
        self._titles = titles(language)
        self._heads = organisation_heads(language)
        self._known = known_organisations(language)
        self._connectors = connectors(language)
        self._particles = particles(language)
        self._no_names = no_names(language)
        self._met: set[str] = set()
        self._small = {word.text for word in self._words if not word.capital}

    def names(self) -> list[Mention]:
        """The names, in order."""
        found = list(self._first_pass())
        taken = {place for mention, span in found for place in range(*span)}
        again = self._second_pass(taken)
        return sorted([*(mention for mention, _ in found), *again], key=lambda mention: mention.start)

    def _first_pass(self) -> Iterator[tuple[Mention, tuple[int, int]]]:
        place = 0
        while place < len(self._words):
            end, kind = self._name_at(place)
            if kind is None:
                place += 1
                continue
            mention = Mention(start=self._words[place].start, end=self._words[end - 1].end, kind=kind)
            if kind is NameKind.PERSON:
                self._meet(self._words[place:end])
            yield mention, (place, end)
            place = end

    def _second_pass(self, taken: set[int]) -> list[Mention]:
        """Surnames alone of persons whose full names the text says somewhere."""
        found = []
        for place, word in enumerate(self._words):
            if place not in taken and word.capital and self._met_before(word):
                found.append(Mention(start=word.start, end=word.end, kind=NameKind.PERSON))
        return found

    def _name_at(self, place: int) -> tuple[int, NameKind | None]:
        word = self._words[place]
        if not word.capital or (word.opens and self._is_small(word)):
            return place, None
        for find, kind in (
            (self._organisation, NameKind.ORGANISATION),
            (self._long_place, NameKind.PLACE),
            (self._person, NameKind.PERSON),
            (self._short_place, NameKind.PLACE),
            (self._acronym, NameKind.ORGANISATION),
        ):
            end = find(place)
            if end > place:
                return end, kind
        return place, None

    def _is_small(self, word: Token) -> bool:
        """Whether the word has its capital only because it opens a sentence."""
        lower = word.text.lower()
        return lower in self._no_names or lower in self._small

    def _run(self, place: int, most: int) -> int:
        """End of the words with capitals that follow one another, joining words between them included."""
        end = place + 1
        while end < len(self._words) and end - place < most and self._words[end].joined:
            if self._words[end].capital:
                end += 1
                continue
            ahead = end
            while ahead < len(self._words) and ahead - end < 2 and self._joins(ahead):
                ahead += 1
            if ahead == end or ahead >= len(self._words):
                break
            if not (self._words[ahead].capital and self._words[ahead].joined):
                break
            end = ahead + 1
        return end

    def _joins(self, place: int) -> bool:
        word = self._words[place]
        return word.joined and not word.capital and word.text in self._connectors

    def _organisation(self, place: int) -> int:
        """A run of words with capitals of which one says what kind of organisation it is."""
        if self._words[place].text.lower() in self._titles:
            return place
        end = self._run(place, ORGANISATION_WORDS_MAX)
        lowers = [word.text.lower() for word in self._words[place:end]]
        heads = [at for at, lower in enumerate(lowers) if lower in self._heads]
        if not heads or end - place < 2:
            return place
        last = max(heads)
        follows = last + 1 < len(lowers) and lowers[last + 1] in self._connectors
        return end if follows or last == 0 else place + last + 1

    def _long_place(self, place: int) -> int:
        return self._place(place, 2)

    def _short_place(self, place: int) -> int:
        return self._place(place, 1)

    def _place(self, place: int, least: int) -> int:
        """The longest name of a place that begins here."""
        for count in range(PLACE_WORDS_MAX, least - 1, -1):
            words = self._words[place : place + count]
            if len(words) == count and all(word.joined for word in words[1:]) and self._is_place(words):
                return place + count
        return place

    def _is_place(self, words: Sequence[Token]) -> bool:
        first = words[0].text
        if len(words) > 1:
            phrase = " ".join(word.text for word in words)
            return any(form in self._places for form in forms(phrase, self._language))
        if first.lower() in self._no_names or (len(first) < 3 and not words[0].shouted):
            return False
        known = [form for form in forms(first, self._language) if form in self._places]
        return any(self._places[form] == COUNTRY or form.lower() not in self._no_names for form in known)

    def _person(self, place: int) -> int:
        """A given name with a surname, or whatever follows a title."""
        titled = self._titled(place)
        first = self._words[place]
        if first.text.lower() in self._no_names or first.text.lower() in self._titles:
            return place
        end = place + 1
        while end < len(self._words) and end - place < PERSON_WORDS_MAX and self._belongs(end):
            end += 1
        while end > place + 1 and not self._words[end - 1].capital:
            end -= 1
        words = [word for word in self._words[place:end] if word.capital]
        if len(words) > 1:
            return end if self._like_a_person(words, titled=titled) else place
        alone = (titled and not self._is_place(words)) or self._met_before(first) or self._surname_alone(first)
        return end if alone else place

    def _belongs(self, place: int) -> bool:
        word = self._words[place]
        if not word.joined or (word.shouted and not self._words[place - 1].shouted):
            return False
        lower = word.text.lower()
        if word.capital:
            return lower not in self._heads and lower not in self._titles
        follows = place + 1 < len(self._words) and self._words[place + 1].capital
        return lower in self._particles and follows and self._words[place + 1].joined

    def _like_a_person(self, words: Sequence[Token], *, titled: bool) -> bool:
        usual = [self._named(word, self._persons.usual) for word in words]
        rare = [self._named(word, self._persons.rare) for word in words]
        family = bool(self._family.search(words[-1].text))
        if titled:
            return True
        if self._language in _NOUNS_WITH_CAPITALS:
            return (usual[0] and (usual[-1] or rare[-1] or family)) or (rare[0] and (usual[-1] or family))
        return usual[0] or (rare[0] and (usual[-1] or rare[-1] or family)) or (family and usual[-1])

    def _named(self, word: Token, known: frozenset[str]) -> bool:
        return any(form.lower() in known for form in forms(word.text, self._language)) or any(
            part in known for part in word.text.lower().split("-")[:1]
        )

    def _surname_alone(self, word: Token) -> bool:
        """A word that is nothing but a person's name, wherever it stands."""
        if word.opens or word.shouted or self._language in _NOUNS_WITH_CAPITALS or self._is_place([word]):
            return False
        return bool(self._family.search(word.text)) and (
            self._named(word, self._persons.usual) or self._named(word, self._persons.rare)
        )

    def _titled(self, place: int) -> bool:
        before = self._words[place - 1] if place else None
        return before is not None and self._words[place].joined and before.text.lower() in self._titles

    def _meet(self, words: Sequence[Token]) -> None:
        capital = [word for word in words if word.capital]
        if len(capital) > 1:
            self._met.update(form.lower() for form in forms(capital[-1].text, self._language))

    def _met_before(self, word: Token) -> bool:
        return (
            any(form.lower() in self._met for form in forms(word.text, self._language))
            and word.text.lower() not in self._no_names
        )

    def _acronym(self, place: int) -> int:
        """A well-known organisation of one word, or capitals only among words in small letters."""
        word = self._words[place]
        lower = word.text.lower().rstrip(".")
        if any(form in self._known for form in forms(lower, self._language)):
            return place + 1
        near = self._words[max(0, place - 3) : place + 4]
        quiet = sum(other.shouted for other in near) * 2 <= len(near)
        return place + 1 if word.shouted and quiet and len(lower) in _ACRONYM_LETTERS and "." not in lower else place

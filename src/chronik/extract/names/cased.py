"""Names in scripts with capital letters: Latin, Cyrillic, Greek and Armenian (decides)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.extract.names.lexicon import Lexicon
from chronik.extract.names.tokens import small, tokens
from chronik.model.readings import Mention, NameKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.extract.names.tokens import Token

PLACE_WORDS_MAX = 4
PERSON_WORDS_MAX = 5
UNKNOWN_PERSON_WORDS = range(2, 4)
ORGANISATION_WORDS_MAX = 8
QUIET_WORDS_MAX = 4
HEADLINE_SHARE = 0.6
"""A line with more capitals than this is a headline that gives every word one."""
_NEAR_WORDS = 6
_CONNECTORS_MAX = 2
_ARTICLES_TOO = frozenset({"den", "der", "die", "das"})
_BEFORE_ARTICLES = frozenset({"von", "van", "aus", "zu", "auf", "in", "op"})
_SINGLE_LETTERS_MIN = 3
_ACRONYM_LETTERS = range(2, 7)


class Reader:
    """Finds the names of one text; keeps the surnames of the persons met on the way."""

    def __init__(self, text: str, *, language: str) -> None:
        self._words = tokens(text)
        self._lexicon = Lexicon(language)
        self._met: set[str] = set()
        self._small = {word.text for word in self._words if not word.capital}
        self._finders = (
            (self._organisation, NameKind.ORGANISATION),
            (self._geographic, NameKind.PLACE),
            (self._long_place, NameKind.PLACE),
            (self._person, NameKind.PERSON),
            (self._club, NameKind.ORGANISATION),
            (self._known_organisation, NameKind.ORGANISATION),
            (self._short_place, NameKind.PLACE),
            (self._acronym, NameKind.ORGANISATION),
            (self._foreign, NameKind.ORGANISATION),
            (self._single_person, NameKind.PERSON),
        )

    def names(self) -> list[Mention]:
        """The names, in order."""
        found = [(self._told_again(mention, span), span) for mention, span in self._first_pass()]
        taken = {place for _, span in found for place in range(*span)}
        again = self._second_pass(taken)
        return sorted([*(mention for mention, _ in found), *again], key=lambda mention: mention.start)

    def _told_again(self, mention: Mention, span: tuple[int, int]) -> Mention:
        """A town by whose name the text calls a person is that person: "Pompeo", where Mike Pompeo speaks."""
        word = self._words[span[0]]
        alone = span[1] - span[0] == 1 and mention.kind is NameKind.PLACE
        if alone and word.lower in self._met and not self._lexicon.is_country(word.text):
            return replace(mention, kind=NameKind.PERSON)
        return mention

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
        return [
            Mention(start=word.start, end=word.end, kind=NameKind.PERSON)
            for place, word in enumerate(self._words)
            if place not in taken and word.capital and self._met_before(word)
        ]

    def _name_at(self, place: int) -> tuple[int, NameKind | None]:
        word = self._words[place]
        if not word.capital or (word.opens and self._is_small(word)):
            return place, None
        for find, kind in self._finders:
            end = find(place)
            if end > place:
                return end, kind
        return place, None

    def _is_small(self, word: Token) -> bool:
        """Whether the word has its capital only because it opens a sentence."""
        lower = word.lower
        return lower in self._lexicon.no_names or lower in self._small

    def _run(self, place: int, most: int) -> int:
        """End of the words with capitals that follow one another, joining words between them included."""
        end = place + 1
        while end < len(self._words) and end - place < most and self._words[end].joined:
            ahead = end
            while ahead < len(self._words) and ahead - end < _CONNECTORS_MAX and self._connects(ahead):
                ahead += 1
            if ahead >= len(self._words) or not (self._words[ahead].capital and self._words[ahead].joined):
                break
            end = ahead + 1
        return end

    def _connects(self, place: int) -> bool:
        word = self._words[place]
        return word.joined and not word.capital and word.text in self._lexicon.connectors

    def _organisation(self, place: int) -> int:
        """A run of words with capitals of which one says what kind of organisation it is."""
        if self._words[place].lower in self._lexicon.titles:
            return place
        end = self._run(place, ORGANISATION_WORDS_MAX)
        lowers = [word.lower for word in self._words[place:end]]
        quiet = self._quiet_organisation(place)
        if quiet > place:
            return quiet
        heads = [at for at, lower in enumerate(lowers) if self._lexicon.is_head(lower)]
        if not heads or end - place < 2 or any(lower in self._lexicon.titles for lower in lowers[: heads[0]]):
            return place
        if self._long_place(place) >= end or self._is_person_of(place, lowers[: heads[0]]):
            return place
        if heads[0] > 2 and self._is_person_before(place):
            return place
        last = heads[-1]
        follows = last + 1 < len(lowers) and lowers[last + 1] in self._lexicon.connectors
        if follows or last > 0:
            return end if follows else place + last + 1
        return self._until_a_person(place, end)

    def _quiet_organisation(self, place: int) -> int:
        """A name whose first word alone has a capital, with the place behind it: "Національний банк України"."""
        if not self._lexicon.begins_quietly(self._words[place].lower):
            return place
        for at in range(place + 1, min(place + QUIET_WORDS_MAX, len(self._words))):
            word = self._words[at]
            if not word.joined or word.capital:
                return place
            if self._lexicon.is_quiet_head(word.lower):
                return self._short_place(at + 1) if self._has_place(at + 1) else at + 1
        return place

    def _has_place(self, place: int) -> bool:
        words = self._words[place : place + 1]
        return bool(words) and words[0].joined and words[0].capital and self._place(place, 1) > place

    def _until_a_person(self, place: int, end: int) -> int:
        """An organisation that begins with the word for it, up to its place or to a person's name."""
        for at in range(place + 1, end):
            word = self._words[at].text
            if self._lexicon.is_place([word]):
                return at + 1
            if self._lexicon.is_usual(word):
                return at if at > place + 1 else place
        return end

    def _is_person_before(self, place: int) -> bool:
        """Whether the words begin with a person's two, in a language where a body's name may follow at once."""
        first, second = self._words[place].text, self._words[place + 1].text
        lexicon = self._lexicon
        known = lexicon.is_family(second) or (lexicon.is_usual(first) and lexicon.is_name(second))
        return lexicon.names_run_into_one and known

    def _is_person_of(self, place: int, before: Sequence[str]) -> bool:
        """Whether a person, or in German any noun, is before what joins: "Bill Graves of the Ohio Department"."""
        joining = [at for at, lower in enumerate(before) if lower in self._lexicon.connectors]
        return bool(joining) and (self._lexicon.nouns_have_capitals or self._lexicon.is_usual(self._words[place].text))

    def _geographic(self, place: int) -> int:
        """A name with the word for what it names: "Laurel County", "Lake Van", "Московская область"."""
        first = self._words[place].lower
        end = self._run(place, PLACE_WORDS_MAX)
        if first in self._lexicon.place_leads:
            return end if 1 < end - place <= PLACE_WORDS_MAX and not self._headline(place) else place
        if first in self._lexicon.compass and end > place + 1:
            return self._place(place + 1, 1) if self._place(place + 1, 1) > place + 1 else place
        for at in range(place + 1, min(end + 1, len(self._words))):
            word = self._words[at]
            if word.joined and word.lower in self._lexicon.place_heads:
                return at + 1
        return place

    def _long_place(self, place: int) -> int:
        return self._place(place, 2)

    def _short_place(self, place: int) -> int:
        """A place of one word, unless it is part of a longer name that no list has."""
        end = self._place(place, 1)
        if end == place or self._lexicon.nouns_have_capitals or end == len(self._words):
            return end
        after = self._words[end]
        longer = after.joined and after.capital and not after.shouted and not self._headline(place)
        return place if longer and not self._lexicon.known(after.text) else end

    def _place(self, place: int, least: int) -> int:
        """The longest name of a place that begins here."""
        for count in range(PLACE_WORDS_MAX, least - 1, -1):
            words = self._words[place : place + count]
            if len(words) == count and all(word.joined for word in words[1:]) and self._is_place(words):
                return place + count
        return place

    def _is_place(self, words: Sequence[Token]) -> bool:
        return self._lexicon.is_place([word.text for word in words])

    def _person(self, place: int) -> int:
        """A given name with a surname, or whatever follows a title."""
        first = self._words[place].lower
        if self._lexicon.is_outside_persons(first):
            return place
        end = place + 1
        while end < len(self._words) and end - place < PERSON_WORDS_MAX and self._belongs(end):
            end += 1
        while end > place + 1 and (not self._words[end - 1].capital or self._is_place_behind(place, end - 1)):
            end -= 1
        words = [word for word in self._words[place:end] if word.capital]
        titled = self._titled(place)
        if len(words) > 1:
            return end if titled or self._like_a_person(words, shown=self._headline(place)) else place
        return end if titled and not self._is_place(words) else place

    def _is_place_behind(self, place: int, last: int) -> bool:
        """Whether the last of three words or more is no part of the person's name but a place."""
        word = self._words[last]
        return last > place + 1 and self._is_place([word]) and not self._lexicon.is_name(word.text)

    def _belongs(self, place: int) -> bool:
        word = self._words[place]
        if not word.joined or (word.shouted and not self._words[place - 1].shouted):
            return False
        lower = word.lower
        if word.capital:
            return not self._lexicon.is_outside_persons(lower) and not self._is_possessed(place)
        if lower in _ARTICLES_TOO and self._words[place - 1].lower not in _BEFORE_ARTICLES:
            return False
        if lower not in self._lexicon.particles or place + 1 >= len(self._words):
            return False
        return self._words[place + 1].joined and (self._words[place + 1].capital or self._belongs(place + 1))

    def _is_possessed(self, place: int) -> bool:
        """Whether the word is what a German genitive before it owns: "Gary Holts Mannschaft"."""
        if not self._lexicon.nouns_have_capitals or self._lexicon.is_name(self._words[place].text):
            return False
        before = self._words[place - 1].text
        return before.endswith("s") and not self._lexicon.is_exactly_usual(before)

    def _like_a_person(self, words: Sequence[Token], *, shown: bool) -> bool:
        """Whether the words with capitals are a person's; in a headline (`shown`) capitals say nothing."""
        first, last = words[0].text, words[-1].text
        lexicon = self._lexicon
        if lexicon.nouns_have_capitals:
            return self._like_a_german_person(first, last)
        if any(word.shouted or word.text[0].isdigit() for word in words) or lexicon.is_known_organisation(first):
            return False
        if lexicon.is_country(first) and len(words) > 2:
            return False
        if lexicon.is_place([first]) and not (lexicon.is_name(last) or lexicon.is_family(last)):
            return False
        if lexicon.is_usual(first) or (lexicon.is_name(first) and not lexicon.is_place([first])):
            return True
        if words[0].opens or shown or lexicon.is_place([first]):
            return lexicon.is_family(last) and lexicon.is_name(last)
        if len(words) not in UNKNOWN_PERSON_WORDS or lexicon.is_foreign(first):
            return False
        if lexicon.headlines_have_capitals and not any(lexicon.is_name(word.text) for word in words):
            return False
        initial = any(len(word.text) == 1 for word in words[1:])
        return initial or not any(lexicon.is_place([word.text]) for word in words)

    def _like_a_german_person(self, first: str, last: str) -> bool:
        """In German any noun has a capital: a given name must go before, and no noun follow."""
        lexicon = self._lexicon
        if lexicon.is_noun(first) or lexicon.is_noun(last) or not lexicon.is_name(first):
            return False
        if lexicon.is_exactly_usual(first):
            return lexicon.is_name(last) or not lexicon.is_place([last])
        return lexicon.is_usual(last) or lexicon.is_family(last)

    def _single_person(self, place: int) -> int:
        """One word that is a person's name and, where it stands, nothing else."""
        word = self._words[place]
        if self._met_before(word):
            return place + 1
        lower = word.lower
        alone = not (self._after(place) or self._before(place))
        if len(lower) < _SINGLE_LETTERS_MIN:
            return place
        if word.opens or word.shouted or lower in self._lexicon.no_names or lower in self._lexicon.never_alone:
            return place
        if not alone or lower in self._lexicon.heads or lower in self._lexicon.titles or self._headline(place):
            return place
        if self._lexicon.nouns_have_capitals:
            bare = place == 0 or self._words[place - 1].lower not in self._lexicon.articles
            usual = self._lexicon.is_exactly_usual(word.text) or self._lexicon.is_exactly_usual(
                word.text.removesuffix("s")
            )
            return place + 1 if bare and usual and not self._lexicon.is_noun(word.text) else place
        return place + 1 if self._lexicon.is_name(word.text) else place

    def _known_organisation(self, place: int) -> int:
        return place + self._lexicon.is_known_organisation(self._words[place].text)

    def _club(self, place: int) -> int:
        """A word that no list has before a place of one word: most are clubs and firms."""
        words = self._words[place : place + 2]
        if not self._lexicon.clubs_bear_towns or len(words) < 2 or words[0].opens or not words[1].joined:
            return place
        if words[0].shouted or len(words[0].text) == 1 or self._lexicon.known(words[0].text):
            return place
        return place + 2 if words[1].capital and self._is_place(words[1:]) and not self._headline(place) else place

    def _after(self, place: int) -> bool:
        """Whether another word with a capital follows."""
        after = self._words[place + 1 : place + 2]
        return bool(after) and after[0].joined and after[0].capital and not self._lexicon.nouns_have_capitals

    def _before(self, place: int) -> bool:
        """Whether another word with a capital, not at the head of a sentence, goes before."""
        before = self._words[place - 1] if place else None
        if before is None or self._lexicon.nouns_have_capitals or not self._words[place].joined:
            return False
        return before.capital and not before.opens and before.lower not in self._lexicon.titles

    def _headline(self, place: int) -> bool:
        """Whether nearly all words around have capitals, as in English headlines."""
        if not self._lexicon.headlines_have_capitals:
            return False
        near = self._words[max(0, place - _NEAR_WORDS) : place + _NEAR_WORDS + 1]
        return len(near) > _CONNECTORS_MAX and sum(word.capital for word in near) > HEADLINE_SHARE * len(near)

    def _titled(self, place: int) -> bool:
        before = self._words[place - 1] if place else None
        return before is not None and self._words[place].joined and before.lower in self._lexicon.titles

    def _meet(self, words: Sequence[Token]) -> None:
        capital = [word for word in words if word.capital]
        if len(capital) > 1:
            self._met.update(small(form) for form in self._lexicon.forms(capital[-1].text))

    def _met_before(self, word: Token) -> bool:
        if word.lower in self._lexicon.no_names:
            return False
        return any(small(form) in self._met for form in self._lexicon.forms(word.text))

    def _foreign(self, place: int) -> int:
        """Words in Latin letters in a text of another script: nearly always a firm or a body, in its own spelling."""
        end = place
        while end < len(self._words) and end - place < PERSON_WORDS_MAX and (end == place or self._words[end].joined):
            word = self._words[end]
            if not word.capital or not self._lexicon.is_foreign(word.text) or word.lower in self._lexicon.no_names:
                break
            end += 1
        return end if end > place and len(self._words[place].text) > 1 else place

    def _acronym(self, place: int) -> int:
        """Capitals only, among words in small letters."""
        word = self._words[place]
        near = self._words[max(0, place - 3) : place + 4]
        quiet = sum(other.shouted for other in near) * 2 <= len(near)
        fits = word.shouted and quiet and len(word.text) in _ACRONYM_LETTERS and word.text.isalpha()
        return place + 1 if fits else place

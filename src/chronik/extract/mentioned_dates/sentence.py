"""A text's words beside the wording of its language: what the parts of a date are told apart by (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.extract.mentioned_dates.wording import NUMBER, UNIT, Meaning, Wording

if TYPE_CHECKING:
    from chronik.extract.mentioned_dates.tokens import Token

CUE_WORDS_MAX = 4
FRONTED_WORDS_MAX = 4
"""`On Friday, the council will meet`: what stands before the comma belongs to the verb behind it."""
FUTURE_WORDS_MAX = 8
"""So far from a date stands the verb that goes with it."""
_STOPS = frozenset(".!?…。！？։؟۔\n;:")
_DAY_DIGITS_MAX = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the wording as it stands in the text."""

    meaning: Meaning
    first: int
    """Its first word, and the one after its last."""
    after: int
    number: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text. All places are indices of `tokens`."""

    text: str
    tokens: list[Token]
    wording: Wording

    def gap(self, index: int) -> str:
        """What stands before a word, after the one before it."""
        before = self.tokens[index - 1].end if index else 0
        return self.text[before : self.tokens[index].start]

    def word(self, index: int) -> str:
        """The word there, or nothing beyond either end."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def joined(self, index: int) -> bool:
        """Whether a word follows the one before it without anything that parts phrases."""
        return 0 < index < len(self.tokens) and self.tokens[index].joined

    def is_(self, name: str, index: int) -> bool:
        """Whether the word there is one of a set of the wording."""
        return 0 <= index < len(self.tokens) and self.tokens[index].word in self.wording.sets[name]

    def cue_before(self, name: str, index: int) -> int | None:
        """Where the phrase of a set that ends right before a word begins; the shortest one."""
        said = ""
        for first in range(index - 1, max(-1, index - 1 - CUE_WORDS_MAX), -1):
            if not self.joined(first + 1):
                return None
            said = f"{self.tokens[first].word} {said}".rstrip()
            if said in self.wording.sets[name]:
                return first
        return None

    def cue_after(self, name: str, index: int) -> int | None:
        """The place after the phrase of a set that begins with a word."""
        said = ""
        for after in range(index, min(len(self.tokens), index + CUE_WORDS_MAX)):
            if not self.joined(after):
                return None
            said = f"{said} {self.tokens[after].word}".lstrip()
            if said in self.wording.sets[name]:
                return after + 1
        return None

    def day(self, index: int) -> int | None:
        """The number of a day of the month, which a word may be in full."""
        if not 0 <= index < len(self.tokens):
            return None
        token = self.tokens[index]
        if token.number is None:
            return self.wording.day_names.get(token.word)
        return token.number if 1 <= token.number <= 31 and token.end - token.start <= _DAY_DIGITS_MAX else None

    def year(self, index: int) -> int | None:
        """A number of four digits."""
        token = self.tokens[index] if 0 <= index < len(self.tokens) else None
        return token.number if token and token.number and token.number > 999 and token.end - token.start == 4 else None

    def phrase(self, index: int) -> Phrase | None:
        """The longest phrase that begins with a word, of a word or of a number."""
        token = self.tokens[index]
        phrases = self.wording.phrases
        for key in (token.word, NUMBER, UNIT):
            if key == NUMBER and not (self._number(index) and NUMBER in phrases):
                continue
            if key == UNIT and token.word not in self.wording.units:
                continue
            for rest, meaning in phrases.get(key, ()):
                found = self._matched(index, (key, *rest), meaning)
                if found:
                    return found
        return None

    def future(self, index: int) -> bool:
        """Whether the clause around a word speaks of what is to come."""
        clause = self._clause(index)
        commas = [place for place in clause[1:] if "," in self.gap(place)]
        first = max((place for place in commas if place <= index), default=clause.start)
        last = min((place for place in commas if place > index), default=clause.stop)
        fronted = first == clause.start and last - first <= FRONTED_WORDS_MAX
        return any(self._is_ahead(place) for place in (clause if fronted else range(first, last)))

    def _is_ahead(self, index: int) -> bool:
        word = self.tokens[index].word
        endings = tuple(self.wording.sets["future_end"])
        return word in self.wording.sets["future"] or (len(word) > 4 and word.endswith(endings))

    def _clause(self, index: int) -> range:
        first = index
        while first > max(0, index - FUTURE_WORDS_MAX) and not (_STOPS & set(self.gap(first)) and self._stops(first)):
            first -= 1
        last = index + 1
        end = min(len(self.tokens), index + FUTURE_WORDS_MAX)
        while last < end and not (_STOPS & set(self.gap(last)) and self._stops(last)):
            last += 1
        return range(first, last)

    def _stops(self, index: int) -> bool:
        """A full stop after a number or between numbers ends no sentence."""
        return self.tokens[index - 1].number is None

    def _number(self, index: int) -> int:
        token = self.tokens[index]
        if token.number is not None:
            return token.number if 1 <= token.number <= 99 and token.end - token.start <= _DAY_DIGITS_MAX else 0
        return self.wording.numbers.get(token.word, 0)

    def _matched(self, index: int, form: tuple[str, ...], meaning: Meaning) -> Phrase | None:
        number, unit = 1, ""
        for offset, part in enumerate(form):
            place = index + offset
            if place >= len(self.tokens) or (offset and not self.joined(place)):
                return None
            if part == NUMBER:
                number = self._number(place)
                if not number:
                    return None
            elif part == UNIT:
                unit = self.wording.units.get(self.tokens[place].word, "")
                if not unit:
                    return None
            elif self.tokens[place].word != part:
                return None
        return Phrase(meaning, index, index + len(form), number, unit)

"""Which statements answer to a question in free words (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.relate.speaking.question_words import content
from chronik.relate.suggesting.pieces import stems

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

    from chronik.relate.bridge import Bridge
    from chronik.relate.speaking.told import Told

QUESTION_CHARACTERS_MAX = 500
SAID_CHARACTERS_MAX = 1_000
AROUND_CHARACTERS_MAX = 2_000
TEXTS_HELD = 200
"""Several statements of one paragraph follow one another: it is read once."""
STEM_LETTERS_MIN = 4
ANSWERS_FROM = 0.5
"""Share of the question's names and words, by weight, that a statement has to have."""
AROUND = 0.7
"""What stands in the paragraph or the title counts so much of what stands in the statement itself."""
COSINE_FROM = 0.84
"""Of vectors as the encoder gives them; so near a statement answers without a word in common."""
NAME_WEIGHT, WORD_WEIGHT = 2.0, 1.0


@dataclass(frozen=True, slots=True)
class _Text:
    keys: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()


_NOTHING = _Text()


class Question:
    """A question, ready to be held against statements."""

    def __init__(self, words: str, *, bridge: Bridge, vector: NDArray[np.float32] | None = None) -> None:
        self.bridge = bridge
        self._vector = vector
        self._texts: dict[str, _Text] = {}
        asked = content(words[:QUESTION_CHARACTERS_MAX])
        self._names = [frozenset(one.keys) for one in bridge.names_in(asked)]
        named = {stem for one in bridge.names_in(asked) for stem, _ in stems(one.surface)}
        self._stems = {stem for stem, _ in stems(asked) if len(stem) >= STEM_LETTERS_MIN} - named

    @property
    def empty(self) -> bool:
        """Whether nothing is asked: then everything answers."""
        return not self._names and not self._stems and self._vector is None

    def answers(self, told: Told, *, start: int, end: int, vector: NDArray[np.float32] | None = None) -> bool:
        """Whether a statement of a report answers."""
        if self.empty:
            return True
        if self._vector is not None and vector is not None and float(self._vector @ vector) >= COSINE_FROM:
            return True
        whole = NAME_WEIGHT * len(self._names) + WORD_WEIGHT * len(self._stems)
        if not whole:
            return False
        around = self._read(_paragraph(told, start, end), told.language)
        if self._weight(_NOTHING, around) / whole >= ANSWERS_FROM:
            return True  # what is said itself can but add to it
        said = self._read(told.text[start : min(end, start + SAID_CHARACTERS_MAX)], told.language)
        return self._weight(said, around) / whole >= ANSWERS_FROM

    def _weight(self, said: _Text, around: _Text) -> float:
        found = NAME_WEIGHT * sum(_found(said.keys & name, around.keys & name) for name in self._names)
        return found + WORD_WEIGHT * sum(_found({stem} & said.stems, {stem} & around.stems) for stem in self._stems)

    def _read(self, text: str, language: str) -> _Text:
        if text not in self._texts:
            if len(self._texts) >= TEXTS_HELD:
                self._texts.clear()
            names = self.bridge.names_in(text, language=language) if self._names else ()
            keys = frozenset(key for one in names for key in one.keys)
            self._texts[text] = _Text(keys, frozenset(stem for stem, _ in stems(text)))
        return self._texts[text]


def _found(inside: Collection[str], around: Collection[str]) -> float:
    return 1.0 if inside else AROUND if around else 0.0


def _paragraph(told: Told, start: int, end: int) -> str:
    begin = told.text.rfind("\n\n", 0, start)
    finish = told.text.find("\n\n", end)
    whole = told.text[max(0, begin) : finish if finish >= 0 else len(told.text)]
    return f"{told.title[:SAID_CHARACTERS_MAX]}\n{whole[:AROUND_CHARACTERS_MAX]}"

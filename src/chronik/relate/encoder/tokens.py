"""Decides: which pieces of its vocabulary a model reads in a text (unigram language model, Kudo 2018)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.relate.encoder.weights import Vocabulary

MARKS = 4
"""Entries at the head of the vocabulary that are no pieces of text."""
WORD_BEGINS = "\u2581"
WORDS_REMEMBERED = 2**16
CHARACTERS_A_TOKEN = 16
"""More than any piece has: of a text no more is looked at than its tokens can spell."""
UNKNOWN_PENALTY = 10.0
"""How much worse than the rarest piece a character is that no piece spells."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Tokens:
    """Splits texts into the most probable pieces; the same words are split once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        pieces = vocabulary.pieces
        self._tokens = {pieces[token]: token for token in range(MARKS, len(pieces) - 1)}
        self._scores: list[float] = vocabulary.scores.tolist()
        self._length_max = max(map(len, self._tokens))
        self._unknown_score = min(self._scores) - UNKNOWN_PENALTY
        self._normal = dict(vocabulary.normal)
        self._split = lru_cache(WORDS_REMEMBERED)(self._pieces)

    def of(self, text: str, *, tokens_max: int) -> list[int]:
        """The text's first tokens, without the marks of begin and end."""
        found: list[int] = []
        for word in self._words(text[: tokens_max * CHARACTERS_A_TOKEN]):
            found += self._split(word)
            if len(found) >= tokens_max:
                break
        return found[:tokens_max]

    def _words(self, text: str) -> Iterator[str]:
        """Words with the sign before each that says so: a piece never reaches over a blank."""
        whole = _SURROGATE.sub("\ufffd", text).replace("\0", " ")
        plain = unicodedata.normalize("NFC", whole).translate(self._normal)
        return (WORD_BEGINS + word for word in plain.split())

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The most probable pieces of one word (Viterbi)."""
        scores = [0.0] + [float("-inf")] * len(word)
        steps = [(0, self._vocabulary.unknown)] * (len(word) + 1)
        for start in range(len(word)):
            here = scores[start]
            for end in range(start + 1, min(len(word), start + self._length_max) + 1):
                token = self._tokens.get(word[start:end])
                if token is not None and here + self._scores[token] > scores[end]:
                    scores[end], steps[end] = here + self._scores[token], (start, token)
            if here + self._unknown_score > scores[start + 1]:
                scores[start + 1], steps[start + 1] = here + self._unknown_score, (start, self._vocabulary.unknown)
        return _followed_back(steps)


def _followed_back(steps: list[tuple[int, int]]) -> tuple[int, ...]:
    found = []
    end = len(steps) - 1
    while end:
        end, token = steps[end]
        found.append(token)
    return tuple(reversed(found))

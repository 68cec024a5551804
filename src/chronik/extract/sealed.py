"""Passages of which only a digest is told: who has the text finds them in it, who has not learns nothing (decides).

Words count, white space and marks do not, and words that differ in typography only are the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.extract.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS_MIN = 4
"""Fewer words stand in many texts."""
PASSAGE_WORDS_MAX = 2_000
TEXT_WORDS_MAX = 50_000
HASHED_WORDS_MAX = 20_000_000
"""Words in the text times words in the passage: beyond it nothing is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A passage by the number of its words and their digest."""

    words: int
    digest: str
    """SHA-256, hex, over the words in plain form with one space between them."""


def spoken(text: str) -> tuple[str, ...]:
    """The words of a text in plain form, without signs."""
    return tuple(_spoken(text))


def _spoken(text: str) -> Iterator[str]:
    count = 0
    for word in words(text):
        if any(map(str.isalnum, word.meant)):
            yield word.meant
            count += 1
            if count >= TEXT_WORDS_MAX:
                return


def sealed(passage: str) -> Sealed | None:
    """The digest of a passage; None where it is too short to mean anything alone, or too long."""
    said = spoken(passage)
    if not WORDS_MIN <= len(said) <= PASSAGE_WORDS_MAX:
        return None
    return Sealed(words=len(said), digest=_digest(said))


def stretch(text: Sequence[str], wanted: Sealed) -> tuple[int, int] | None:
    """First and last word (exclusive) of the sealed passage in a text of spoken words; None where it is not there."""
    count = wanted.words
    if not WORDS_MIN <= count <= PASSAGE_WORDS_MAX or count * len(text) > HASHED_WORDS_MAX:
        return None
    for start in range(len(text) - count + 1):
        if _digest(text[start : start + count]) == wanted.digest:
            return start, start + count
    return None


def holds(stretched: Sequence[str], passage: Sequence[str]) -> bool:
    """Whether all words of a passage stand in a row in a stretch of spoken words."""
    count = len(passage)
    wanted = tuple(passage)
    return bool(count) and any(tuple(stretched[at : at + count]) == wanted for at in range(len(stretched) - count + 1))


def _digest(said: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(said).encode("utf-8", "surrogatepass")).hexdigest()

"""What suggesting knows of one text: its names, its words as numbers, its vector, its time (decides)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from chronik.model import Report
    from chronik.relate.bridge.named import Named

SLOTS = 1 << 18
"""Names and words are counted in so many slots, by checksum: memory is bounded whatever comes."""
TEXT_CHARACTERS_MAX = 8_000
"""Of a longer text the beginning is read."""
WORDS_MAX = 800
NAMES_MAX = 400
STEM_LETTERS = 6
"""Words count as one where they begin alike: `Waffenruhe`, `Waffenruhen`."""
WORD_LETTERS_MIN = 3
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """An article, a clip, a refused article, or a name or introduction of a dossier, as suggesting sees it."""

    id: str
    title: str = ""
    text: str = ""
    language: str = UNDETERMINED
    published: datetime | None = None
    source: str = ""
    names: tuple[Named, ...] = ()
    """As the bridge finds them: their keys are the same in every language and script."""
    slots: NDArray[np.int32]
    """Slots of its words, each once, ascending."""
    vector: NDArray[np.float32] | None = None
    """Sentence vector of length 1, as the encoder gives it."""
    story: str = ""
    copy_of: str = ""
    """Id of the report that it copies; empty where it is an origin of its own."""


def piece(
    report: Report,
    *,
    names: Iterable[Named] = (),
    vector: NDArray[np.float32] | None = None,
    story: str = "",
    copy_of: str = "",
) -> Piece:
    """What suggesting knows of a report."""
    return Piece(
        id=report.id,
        title=report.title,
        text=report.text[:TEXT_CHARACTERS_MAX],
        language=report.language,
        published=report.published,
        source=report.source,
        names=tuple(islice(names, NAMES_MAX)),
        slots=_slots_of_words(f"{report.title}\n{report.text[:TEXT_CHARACTERS_MAX]}"),
        vector=vector,
        story=story,
        copy_of=copy_of,
    )


def keys_of(named: Named) -> tuple[str, ...]:
    """All that a name may be, the likeliest first."""
    return named.keys or (named.key,)


def slot(key: str) -> int:
    """Where a name or word is counted."""
    return crc32(key.encode("utf-8", "surrogatepass")) % SLOTS


def slots_of(keys: Iterable[str]) -> NDArray[np.int32]:
    """Slots of several, each once, ascending."""
    return np.array(sorted({slot(key) for key in keys}), dtype=np.int32)


def stems(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text, stem and word as it stands; two signs at a time where a script sets no spaces."""
    for match in _WORD.finditer(text[:TEXT_CHARACTERS_MAX]):
        word = match[0]
        if _UNSPACED.match(word):
            yield from ((word[at : at + 2], word[at : at + 2]) for at in range(min(len(word), WORDS_MAX) - 1))
        elif len(word) >= WORD_LETTERS_MIN:
            yield _stem(word), word


def _stem(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word[: 2 * STEM_LETTERS].casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))[:STEM_LETTERS]


def _slots_of_words(text: str) -> NDArray[np.int32]:
    found: set[str] = set()
    for stem, _ in stems(text):
        found.add(stem)
        if len(found) >= WORDS_MAX:
            break
    return slots_of(found)

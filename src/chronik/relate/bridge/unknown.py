"""Names that no list knows: words that are written, or sound, as names do (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.relate.bridge.named import Kind, Named
from chronik.relate.bridge.skeleton import skeletons
from chronik.relate.bridge.words import capitals_tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.relate.bridge.words import Word

LETTERS_MIN = 3
SURE, LIKELY, POSSIBLE, DOUBTFUL = 1.0, 0.8, 0.5, 0.3


def names(found: list[Word], *, language: str, known: set[str]) -> Iterator[Named]:
    """Each word that may be a name, with how surely it is one."""
    telling = capitals_tell(found)
    for word in found:
        weight = SURE if word.folded in known else _weight(word, telling)
        if weight and (keys := skeletons(word.text, language)):
            yield Named(key=keys[0], surface=word.text, kind=Kind.UNKNOWN, keys=keys, weight=weight, start=word.start)


def _weight(word: Word, telling: bool) -> float:
    if len(word.text) < LETTERS_MIN:
        return 0.0
    if not word.cased:
        return DOUBTFUL
    if not word.capital:
        return 0.0
    return LIKELY if telling and not word.opens else POSSIBLE

"""Decides: the folded stem of a word, in the languages that have a stemmer. Wraps tantivy's stemmers."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import tantivy

from chronik.search.words import folded, lowered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hu": "hungarian", "it": "italian", "no": "norwegian", "nb": "norwegian", "nn": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "es": "spanish", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip


@lru_cache(maxsize=len(STEMMERS))
def _analyzer(language: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer(STEMMERS[language])).build()


def stemmer(language: str) -> Callable[[Sequence[str]], list[str]] | None:
    """What stems words of a language, one for one; None where there is no stemmer."""
    return partial(stemmed, language=language) if language in STEMMERS else None


def stemmed(raw: Sequence[str], language: str) -> list[str]:
    """The folded stem of each word in one language that has a stemmer."""
    stems = _analyzer(language).analyze(lowered(" ".join(raw), language))
    assert len(stems) == len(raw), "a stemmer gives one stem a word"
    return [folded(stem) for stem in stems]

"""Names of persons, places and organisations in a text, with their places in it (decides).

Lists and rules, no trained model: none with its weights inside a package covers these languages. How well each
language is read stands in docs/BENCHMARKS.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.extract.names import arabic, cased, chinese
from chronik.extract.script import script

if TYPE_CHECKING:
    from chronik.model.readings import Mention

CHARACTERS_MAX = 400_000
"""Names behind these are not looked for."""
NAMES_MAX = 20_000
"""So many names a text are kept."""

_CASED = frozenset({"Armn", "Cyrl", "Grek", "Latn"})


def names(text: str, *, language: str) -> tuple[Mention, ...]:
    """The names in a text, in order, none overlapping another.

    `language` is the text's, as `language.language` gives it; the endings and words of other languages are unknown.
    """
    sample = text[:CHARACTERS_MAX]
    code = script(sample)
    primary = language.lower().partition("-")[0]
    if code in _CASED:
        found = cased.Reader(sample, language=primary, script=code).names()
    elif code == "Arab":
        found = arabic.Reader(sample, language=primary).names()
    elif code == "Hani":
        found = chinese.names(sample)
    else:
        found = []
    return tuple(found[:NAMES_MAX])

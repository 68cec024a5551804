"""Names of persons, places and organisations in a text, with their places in it (decides).

Lists and rules, no trained model: none with its weights inside a package covers these languages. How well each
language is read stands in docs/BENCHMARKS.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.extract.names import arabic, cased, chinese
from chronik.extract.script import script

if TYPE_CHECKING:
    from chronik.model.readings import Mention

CHARACTERS_MAX = 200_000
"""Names behind these are not looked for."""
NAMES_MAX = 20_000
"""So many names a text are kept."""

_NOT_LATIN = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2010-\u203a]")
_CASED = frozenset({"Armn", "Cyrl", "Grek", "Latn"})


def names(text: str, *, language: str) -> tuple[Mention, ...]:
    """The names in a text, in order, none overlapping another.

    `language` is the text's, as `language.language` gives it; the endings and words of other languages are unknown.
    """
    sample = text[:CHARACTERS_MAX]
    code = script(sample)
    primary = language.lower().partition("-")[0]
    if code in _CASED:
        found = cased.Reader(sample, language=primary).names()
    elif code == "Arab":
        found = _with_latin(arabic.Reader(sample, language=primary).names(), sample)
    elif code == "Hani":
        found = _with_latin(chinese.names(sample), sample)
    else:
        found = []
    return tuple(found[:NAMES_MAX])


def _with_latin(found: list[Mention], text: str) -> list[Mention]:
    """Names in Latin letters too, as such texts give those of foreign persons and firms."""
    taken = bytearray(len(text))
    for mention in found:
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    latin = cased.Reader(_NOT_LATIN.sub(",", text), language="en").names()
    free = [mention for mention in latin if not any(taken[mention.start : mention.end])]
    return sorted([*found, *free], key=lambda mention: mention.start)

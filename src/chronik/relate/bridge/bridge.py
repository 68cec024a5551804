"""One entity under all its spellings: finds names in a text and says which are one (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.relate.bridge import unknown
from chronik.relate.bridge.alike import alike
from chronik.relate.bridge.folding import folded
from chronik.relate.bridge.skeleton import skeletons
from chronik.relate.bridge.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chronik.relate.bridge.named import Named

CHARACTERS_MAX = 20_000
"""Names behind these are not looked for."""
NAMES_MAX = 400
SAME_FROM = 0.75
"""So alike must two unknown names sound to be taken for one."""


class Bridge:
    """Names across languages and scripts."""

    def __init__(self, extra: Iterable[tuple[str, ...]] = (), apart: Iterable[tuple[str, str]] = ()) -> None:
        """`extra`: spellings that editors say are one entity; `apart`: pairs that they say are two."""
        self._extra = [tuple(group) for group in extra]
        self._apart = {frozenset(map(folded, pair)) for pair in apart}

    def names_in(self, text: str, *, language: str = "", known: Iterable[str] = ()) -> tuple[Named, ...]:
        """Names in a text in order, each once; `known` are names that a reader found in it."""
        found: dict[str, Named] = {}
        told = {folded(word) for name in known for word in name.split()}
        for named in unknown.names(words(text[:CHARACTERS_MAX]), language=language, known=told):
            found.setdefault(named.key, named)
            if len(found) >= NAMES_MAX:
                break
        return tuple(found.values())

    def spellings(self, phrase: str) -> tuple[str, ...]:
        """Every spelling of the entity that a word or phrase names, the phrase itself first."""
        wanted = folded(phrase)
        groups = [group for group in self._extra if wanted in map(folded, group)]
        return tuple(dict.fromkeys([phrase, *(name for group in groups for name in group)]))

    def alike(self, first: Named, second: Named) -> float:
        """How surely two names that share a key are one: 0 to 1."""
        if frozenset((folded(first.surface), folded(second.surface))) in self._apart:
            return 0.0
        if not set(first.keys).isdisjoint(second.keys):
            return max(0.3, alike(first.surface, second.surface))
        return 0.0

    def same(self, first: str, second: str) -> bool:
        """Whether two spellings name one entity, as far as is known or can be heard."""
        if frozenset((folded(first), folded(second))) in self._apart:
            return False
        if folded(first) == folded(second) or folded(second) in map(folded, self.spellings(first)):
            return True
        some, others = first.split(), second.split()
        if not some or not others or set(skeletons(some[-1])).isdisjoint(skeletons(others[-1])):
            return False
        return alike(some[-1], others[-1]) >= SAME_FROM

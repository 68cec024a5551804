"""The part of the socket `Catalogue` that learning names needs: which spellings the archive's own stories show as one.

What is learned can be dropped and learned again; what editors say of it are spellings like all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from chronik.ports.relating import Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One story in which two spellings stand side by side."""

    story: str
    first: str
    """Id of an article with the first spelling."""
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedName:
    """Two spellings that seem to be one name, and what speaks for it."""

    number: int = 0
    """Stays the same as long as the two are learned; 0 before it is kept."""
    spellings: tuple[str, str]
    languages: tuple[str, str]
    """Of the reports that have the first and the second spelling."""
    stories: int
    """In which they stand side by side."""
    reports: int
    """Reports, in the language that has fewer, that have one beside the other."""
    against: int = 0
    """Reports with one of them whose twin in the other language has not the other."""
    rivals: int = 0
    """Other names that stand beside one of them nearly as surely."""
    score: float = 0.0
    """0 to 1: how often they stand together, and how much they sound alike."""
    witnesses: tuple[Witness, ...] = ()
    """Some of the stories."""
    used: bool = False
    """Certain enough to be used without asking, by the setting `learned_names_stories`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesLearned:
    """When names were learned last, and what was there to learn from."""

    at: datetime
    marks: Marks


class NamingCatalogue(Protocol):
    """What the archive learned of names, in SQL. Every method is one transaction; each may be repeated without harm."""

    def learned_names(self) -> list[LearnedName]:
        """All that is kept, the surest first."""
        ...

    def used_names(self) -> list[tuple[str, str]]:
        """Spellings of what is used without asking."""
        ...

    def names_learned(self) -> NamesLearned | None:
        """When it was learned; None before the first time."""
        ...

    def record_learned_names(
        self, learned: Sequence[LearnedName], *, keep: Collection[int], seen: NamesLearned
    ) -> None:
        """Keep these in the place of what was there, but for the numbers in `keep`; the same two keep their number."""
        ...

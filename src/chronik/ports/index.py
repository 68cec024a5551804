"""The socket towards full-text search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What the index knows of one article or clip."""

    id: str
    kind: str
    """`article` or `clip`."""
    title: str
    text: str
    language: str = UNDETERMINED
    source: str = ""
    source_id: str = ""
    authors: tuple[str, ...] = ()
    dossier: str = ""
    """Slug, for clips."""
    states: tuple[str, ...] = ()
    """Of a clip whose passage does not stand on its page any more: `altered`, and its `PassageState`."""
    day: str = ""
    """ISO day of publication (else of clipping), for ranges and order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document found."""

    id: str
    kind: str
    score: float
    snippet: str = ""
    """Plain text around the found words."""
    marks: tuple[tuple[int, int], ...] = ()
    """Where the found words stand in the snippet: start and end in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of hits."""

    total: int
    hits: tuple[Hit, ...]
    notice: str = ""
    """What was not understood in the query and therefore ignored."""
    every: int | None = None
    """How many have every word, where others are found as well that have only some; None where all have."""


class Index(Protocol):
    """Full-text search. A cache of the catalogue: it can be deleted and rebuilt."""

    def add(self, documents: Iterable[Document]) -> None:
        """Add or replace by id; found by every reader once it returns. Raises IndexBusyError."""
        ...

    def clear(self) -> None:
        """Take every document out, and leave nothing of them in any file. Raises OSError."""
        ...

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out. Unknown ids are no error."""
        ...

    def search(  # noqa: PLR0913 - each named by the caller
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        newest_first: bool = False,
        snippets: bool = True,
        among: Collection[str] | None = None,
        most: bool = False,
    ) -> Results:
        """Any string gives results or an empty page, never an error. Without snippets hundreds of hits cost little.

        With `among` only documents of these ids are looked at. With `most` documents that have some of the words of a
        query are found, too, where few have every one.
        """
        ...

    @property
    def needs_rebuild(self) -> bool:
        """Whether it was begun anew, so that every document must be added again."""
        ...

    def count(self) -> int:
        """Documents held."""
        ...

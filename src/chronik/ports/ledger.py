"""The part of the socket `Catalogue` that the ledger needs: which captures and acts have a leaf, and which are due."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.model import Act, Capture, LeafKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafMark:
    """What the catalogue knows of the leaf of one capture or act."""

    number: int = 0
    """In which order they came; 0 before it is kept."""
    kind: LeafKind
    subject: str
    """Id of the capture or act."""
    salt: bytes = field(default=b"", repr=False)
    index: int | None = None
    """None while the leaf is due."""


class LedgerCatalogue(Protocol):
    """Every capture and act has a mark from the moment it is kept, in the same transaction."""

    def due_leaves(self, *, after: int, limit: int) -> list[LeafMark]:
        """Marks without a leaf, in the order in which they came, those with a greater number than `after`."""
        ...

    def captures_and_acts(self, marks: Iterable[LeafMark]) -> dict[str, Capture | Act]:
        """The captures and acts that these marks are of, by id; those that are gone are left out."""
        ...

    def leaves_due(self) -> int:
        """How many captures and acts wait for their leaf."""
        ...

    def leaves_marked(self) -> int:
        """One more than the index of the last leaf that was marked; 0 where none was."""
        ...

    def mark_leaves(self, marks: Iterable[LeafMark]) -> None:
        """Keep index and salt of these; what has no mark, because its row is gone, is left out."""
        ...

    def forget_leaves(self, marks: Iterable[LeafMark]) -> None:
        """Drop marks whose capture was removed before it had a leaf."""
        ...

    def forget_leaf_indices(self) -> None:
        """Every capture and act is due again: a new ledger begins."""
        ...

    def leaf_mark(self, kind: LeafKind, subject: str) -> LeafMark | None:
        """The mark of one capture or act."""
        ...

    def leaf_marks_of(self, kind: LeafKind, subjects: Iterable[str]) -> dict[str, LeafMark]:
        """The marks of several captures or acts, by id, found in few questions; what has none is left out."""
        ...

    def leaf_marks(self) -> Iterator[LeafMark]:
        """Every mark, in the order in which they came."""
        ...

    def without_mark(self) -> list[tuple[LeafKind, str]]:
        """Captures and acts that have no mark: something else than Chronik put them there."""
        ...

    def acts_in_order(self) -> Iterator[Act]:
        """Every act, in the order in which they came."""
        ...

"""The part of the socket `Catalogue` that fixity needs: when each file of the vault was last read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from chronik.model import Clip


@dataclass(frozen=True, slots=True, kw_only=True)
class FixityMark:
    """What the last look at one file of the vault found; it holds for every capture in it."""

    file: str
    """Its name seen from the vault's folder."""
    read_at: datetime
    digest: str = ""
    """SHA-256 of the finished file when all of it was last found well; empty for one that is being written."""
    index_digest: str = ""
    """SHA-256 of the index beside it."""
    damage: str = ""
    """What is wrong with it and was not repaired; empty where all is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """What is wrong with one row of what was captured and done, or with the database as a whole."""

    subject: str
    what: str
    readable: bool
    """Whether the row can still be read, so that it can be held against the ledger."""


class FixityCatalogue(Protocol):
    """What reading everything again needs: one mark a file, and the rows themselves."""

    def row_faults(self) -> list[RowFault]:
        """Rows of captures, acts, leaves, dossiers and clips that cannot be read, or are not as they are written."""
        ...

    def removed_clips(self, dossier: str) -> list[Clip]:
        """The clips of a dossier that were taken out of it and can be brought back, by id."""
        ...

    def fixity_marks(self) -> list[FixityMark]:
        """All marks, those read longest ago first."""
        ...

    def keep_fixity_marks(self, marks: Iterable[FixityMark]) -> None:
        """Put these in the place of what was known of their files."""
        ...

    def forget_fixity_marks(self, files: Iterable[str]) -> None:
        """These files are gone, and somebody meant it."""
        ...

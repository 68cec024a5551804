"""The part of the socket `Catalogue` that takedown needs: what is reached, what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.model import Act, Hidden, Reach


class RedactingCatalogue(Protocol):
    """Hiding is a row that goes again."""

    def reach(self, identity: str) -> Reach | None:
        """What a capture, article, clip or address stands for; None where there is nothing of the kind.

        A capture stands for itself and what was read and clipped from it; all else for everything of its address.
        """
        ...

    def hide(self, hidden: Sequence[Hidden], act: Act) -> None:
        """Keep from readers, with the act that says so."""
        ...

    def unhide(self, hidden: Sequence[Hidden], act: Act) -> None:
        """Show again, with the act that says so."""
        ...

    def redact(self, act: Act) -> None:
        """Destroy what an act of redacting names, so far as it is here, and keep the act. May be repeated."""
        ...

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the database's files. Raises BusyError where somebody keeps reading."""
        ...

    def hidden(self) -> list[Hidden]:
        """Everything that is hidden, the oldest first."""
        ...

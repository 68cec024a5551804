"""The part of the socket `Catalogue` that keeps who may read, edit and publish a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.model import Access, Act


class AccessCatalogue(Protocol):
    """Who may do what to a dossier."""

    def access(self, dossier: str) -> Access:
        """Of one dossier. Raises NotFoundError."""
        ...

    def set_access(self, dossier: str, access: Access, *, act: Act) -> None:
        """Raises NotFoundError."""
        ...

    def accesses(self) -> Mapping[str, Access]:
        """Slug → access, of those dossiers only that are not left to the roles; also of removed ones."""
        ...

"""The part of the socket `Catalogue` that tells how much of a report is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from chronik.model import Clip


class QuotingCatalogue(Protocol):
    """What counting quoted words asks for; each method takes a question for some hundreds of names."""

    def public_clips(self, *, urls: Collection[str], articles: Collection[str]) -> list[Clip]:
        """Clips of these addresses, or of these articles, in dossiers that are published, by id."""
        ...

    def text_characters(self, articles: Collection[str]) -> dict[str, int]:
        """Article → how many characters its text has; those that are not there are left out."""
        ...

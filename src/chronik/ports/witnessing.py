"""The part of the socket `Catalogue` that witnesses need: what is kept of an address, and what was heard of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from chronik.model import Act, Article, Capture, Clip, Verb


class WitnessingCatalogue(Protocol):
    """Questions only: what was heard is kept as acts."""

    def captures_at(self, url: str, *, limit: int) -> list[Capture]:
        """Captures of exactly this address, latest first."""
        ...

    def captures_taken_in(self, url: str, *, limit: int) -> list[Capture]:
        """Captures of exactly this address that came in files, latest first."""
        ...

    def captures_of_kind(self, media_type: str, *, limit: int) -> list[Capture]:
        """Captures of this media type, latest first."""
        ...

    def reading_in(self, capture_id: str) -> Article | None:
        """What the latest reader read out of a capture."""
        ...

    def acts_of(self, verbs: Collection[Verb], *, subject: str = "", limit: int) -> list[Act]:
        """Acts of these kinds, newest first; all, or those on one subject."""
        ...

    def spoken_of(self, captures: Sequence[Capture]) -> set[str]:
        """Ids of those captures of which anything was heard, or whose address was taken in from a file."""
        ...

    def published_clips(self, url: str, *, limit: int) -> list[Clip]:
        """Clips of an address as readers see them now: what was clipped or changed since is left out."""
        ...

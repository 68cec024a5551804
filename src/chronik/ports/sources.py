"""The part of the catalogue's socket that keeps what editors say of sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from chronik.model import Act, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """A credit that names nobody whom an editor or this program knows, and how often it was given."""

    credit: str
    """As it stands in articles or clips."""
    source_id: str = ""
    """The source that was made of the credit alone, or empty."""
    articles: int = 0
    clips: int = 0


class SourceCatalogue(Protocol):
    """What is said of sources; every change is one transaction together with its act."""

    def source(self, identity: str) -> Source | None:
        """One source, by its id or by that of a source that was merged into it."""
        ...

    def add_source(self, source: Source, act: Act, *, credits_: Collection[str] = ()) -> None:
        """Add one; what has these credits and no source is its. Raises ConflictError where the id is taken."""
        ...

    def change_source(
        self,
        source: Source,
        act: Act,
        *,
        based_on: str = "",
        merged: Collection[str] = (),
        credits_: Collection[str] = (),
    ) -> None:
        """Replace what is known of a source.

        Those that are `merged` are it from now on: what pointed to them points to it, and their ids lead to it. What
        has one of these credits and no source is its, too. Raises NotFoundError, or ConflictError where the source is
        not in the state `based_on` any more (`model.source_records.source_state`).
        """
        ...

    def take_back_source(self, source: Source | None, act: Act, *, done: Act, unmerged: Collection[str] = ()) -> None:
        """Put back what was known before `done`, and give back what it moved; without a source, `done` added it."""
        ...

    def settle_merged_sources(self) -> int:
        """Have what was credited to merged sources since point to what they are now; how much it was."""
        ...

    def credits_unknown(self) -> list[Credited]:
        """Credits in articles and clips that name nobody known, and sources that were made of a credit alone."""
        ...

    def report_days(self, sources: Collection[str], *, since: datetime) -> dict[str, dict[date, int]]:
        """Of each of these sources how many reports there are of each day (UTC) since then."""
        ...

    def put_credit_aside(self, credit: str, *, key: str, act: Act) -> None:
        """Remember that a credit is no source. Raises ConflictError where that is remembered already."""
        ...

    def take_credit_up(self, key: str, act: Act) -> None:
        """Forget that a credit is no source. Raises ConflictError where nobody said so."""
        ...

    def credits_aside(self) -> dict[str, str]:
        """Credits that are no source, by their key."""
        ...

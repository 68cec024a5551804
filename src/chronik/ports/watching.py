"""The part of the socket `Catalogue` that watching clipped pages needs: when they are looked at, and what was seen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from chronik.model import Act, Clip, Sighting, Watch


NEVER_SO_LATE = timedelta(days=120)
"""Nothing is put off for so long: what seems to be was put off while the clock was wrong, and is due."""


class WatchingCatalogue(Protocol):
    """What is watched, in SQL. Every method is one transaction; each may be repeated without harm."""

    def unwatched(self, *, limit: int) -> list[tuple[str, datetime]]:
        """Addresses of captured pages that were clipped and are not watched yet, or clipped again since, and when."""
        ...

    def watch(self, watches: Iterable[Watch]) -> None:
        """Begin to watch these addresses, or begin anew."""
        ...

    def due_watches(self, now: datetime, *, limit: int) -> list[Watch]:
        """Watches whose time has come, longest waiting first; those of which no clip stands any more are left out."""
        ...

    def watches(self, urls: Iterable[str]) -> list[Watch]:
        """Those of these addresses that are watched, due or not."""
        ...

    def clips_at(self, url: str) -> list[Clip]:
        """Every clip of an address that stands in a dossier, by id."""
        ...

    def record_look(self, watch: Watch, sightings: Sequence[Sighting]) -> None:
        """Keep what was seen, and when it is looked at again, together.

        A passage seen in the state that it was last seen in, with the same words in its place, is one sighting for
        longer, not another one.
        """
        ...

    def sightings(self, clip: str) -> list[Sighting]:
        """What was seen of a clip's passage, the latest first."""
        ...

    def latest_states(self, clips: Iterable[str]) -> dict[str, str]:
        """Clip → the state in which its passage was seen last; clips that were not looked at are left out."""
        ...

    def altered(self, *, dossier: str = "", noted: bool = False, limit: int, offset: int = 0) -> list[Sighting]:
        """The latest sighting of every standing clip whose passage does not stand on its page any more, latest first.

        Those that an editor has noted are left out, unless they are asked for.
        """
        ...

    def noted(self, sightings: Iterable[Sighting]) -> dict[int, str]:
        """Which of these were noted, by whom."""
        ...

    def note_sighting(self, number: int, act: Act) -> None:
        """An editor has seen it. Raises NotFoundError."""
        ...

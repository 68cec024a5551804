"""What is carried from act to act while an archive is made anew. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chronik.sample import newsroom

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.archive.archive import Archive
    from chronik.archive.reading import Credited
    from chronik.model import Act
    from chronik.ports.rebuilding import Rebuilding


class IncompleteActError(Exception):
    """An act does not hold what it did: an earlier version recorded it."""


@dataclass(slots=True, kw_only=True)
class Doing:
    """The archive in the making, and what acts leave to later ones."""

    archive: Archive
    tables: Rebuilding
    credited: Credited
    feeds: dict[str, str] = field(default_factory=dict)
    """Address at which a feed was asked → the feed's own."""
    pages: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Report that an act names → its capture and address, where the act says them."""
    later: list[Act] = field(default_factory=list)
    """Decisions on suggestions: they need placed reports."""
    editions: dict[str, str] = field(default_factory=dict)
    """Dossier → digest of the edition that was published last."""
    published: dict[str, Act] = field(default_factory=dict)
    """Dossier → the act that published what readers see."""
    of_sample: set[str] = field(default_factory=set)
    """Clips of the sample newsroom."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """What is another now, and why."""

    def is_of_removed_sample(self, url: str) -> bool:
        """Whether an address is the sample newsroom's, whose captures went with it when it was removed."""
        return newsroom.is_sample(url) and not self.archive.config.sample

    def know_feeds(self) -> None:
        """Recognise captures of the feeds that are followed."""
        self.feeds |= {health.feed.url: health.feed.url for health in self.archive.catalogue.feeds()}

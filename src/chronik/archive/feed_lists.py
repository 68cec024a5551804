"""Acts: gives out the followed feeds as a list for other readers, and looks through one before it is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.archive import importing
from chronik.collect import addresses
from chronik.errors import RefusedInputError, TooLargeError
from chronik.publish import feed_list
from chronik.takein import opml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.archive.archive import Archive
    from chronik.archive.importing import Imported
    from chronik.model import Feed

UPLOAD_BYTES_MAX = 2 * 2**20
FEEDS_MAX = 2_000
"""In a list that is sent to the desk; larger ones are taken in on the command line."""
FILE_NAME = "feeds.opml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What taking a list in would do."""

    new: tuple[Feed, ...]
    known: tuple[Feed, ...]
    """Followed already."""
    refused: tuple[tuple[str, str], ...]
    """What cannot be fetched, and why."""


def exported(archive: Archive, *, language: str = "") -> bytes:
    """The feeds that are asked, as OPML; those of one language where one is named."""
    feeds = [
        health.feed
        for health in archive.catalogue.feeds()
        if not health.stopped and (not language or _in_language(health.feed, language))
    ]
    return feed_list.opml(feeds, title=archive.config.name, at=archive.clock())


def _in_language(feed: Feed, language: str) -> bool:
    """`pt` holds `pt-BR` too."""
    told, wanted = feed.language.lower(), language.strip().lower()
    return told == wanted or told.startswith(f"{wanted}-")


def preview(archive: Archive, data: bytes) -> Preview:
    """What a list holds, and what of it is new here. Raises RefusedInputError."""
    if len(data) > UPLOAD_BYTES_MAX:
        raise TooLargeError(
            f"The list is larger than {UPLOAD_BYTES_MAX >> 20} MiB. Take it in with: chronik import FILE"
        )
    feeds = opml.feeds(data)
    refused = [(item.text, item.reason) for item in opml.refused(data)]
    if len(feeds) > FEEDS_MAX:
        raise TooLargeError(f"The list holds more than {FEEDS_MAX} feeds. Take it in with: chronik import FILE")
    if not feeds and not refused:
        raise RefusedInputError("The list names no feed.")
    followed = {health.feed.url for health in archive.catalogue.feeds() if not health.stopped}
    new: dict[str, Feed] = {}
    known: list[Feed] = []
    for feed in feeds:
        try:
            address = addresses.normal(feed.url)
        except RefusedInputError as error:
            refused.append((feed.url, str(error)))
            continue
        if address in followed:
            known.append(feed)
        else:
            new.setdefault(address, feed)
    return Preview(new=tuple(new.values()), known=tuple(known), refused=tuple(refused))


def take_in(archive: Archive, feeds: Sequence[Feed], *, by: str) -> Imported:
    """Follow feeds that were chosen of a list; the list of them is kept. Raises RefusedInputError."""
    if not feeds:
        raise RefusedInputError("No feed was chosen.")
    data = feed_list.opml(feeds, title=archive.config.name, at=archive.clock())
    return importing.take_in_feeds(archive, data, name=FILE_NAME, by=by)

"""Acts: finds sources that have fallen silent although a feed of theirs is asked, once an hour at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.archive.silence import DAYS_LOOKED_BACK, silence
from chronik.collect import addresses
from chronik.takein.credits import source_for_host

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.archive.silence import Silence
    from chronik.model import FeedHealth, Source

LOOK_EVERY = timedelta(hours=1)
KEPT = "silent sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A source of which nothing comes any more."""

    source: Source
    silence: Silence
    feeds: tuple[str, ...]
    """Addresses of its feeds that are asked."""


def silent(archive: Archive) -> list[Silent]:
    """Sources that are silent, the longest first, as it was found within the last hour."""
    now = archive.clock()
    before: tuple[datetime, list[Silent]] | None = archive.kept.get(KEPT)
    if before is None or abs(now - before[0]) >= LOOK_EVERY:
        before = archive.kept[KEPT] = (now, _looked_up(archive, now))
    return before[1]


def by_feed(archive: Archive) -> dict[str, Silent]:
    """The silent source of each feed that has one."""
    return {url: one for one in silent(archive) for url in one.feeds}


def _looked_up(archive: Archive, now: datetime) -> list[Silent]:
    standing = [health for health in archive.catalogue.feeds() if not health.stopped]
    sources = archive.catalogue.sources() if standing else []
    asked: dict[str, list[str]] = {}
    for health in standing:
        source = _source_of(health, sources)
        if source is not None:
            asked.setdefault(source.id, []).append(health.feed.url)
    if not asked:
        return []
    known = {source.id: source for source in sources}
    days = archive.catalogue.report_days(asked, since=now - timedelta(days=DAYS_LOOKED_BACK))
    found = [
        Silent(source=known[identity], silence=told, feeds=tuple(asked[identity]))
        for identity, reports in days.items()
        if (told := silence(reports, today=now.date()))
    ]
    return sorted(found, key=lambda one: (-one.silence.days, one.source.id))


def _source_of(health: FeedHealth, sources: list[Source]) -> Source | None:
    """Whose a feed is: as was said, or by the hosts of its address and its site."""
    if health.feed.source_id:
        return next((source for source in sources if source.id == health.feed.source_id), None)
    for url in (health.feed.site_url, health.address):
        host = addresses.host_and_port(url).rpartition(":")[0] if url else ""
        if host and (source := source_for_host(host, sources)):
            return source
    return None

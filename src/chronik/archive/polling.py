"""Acts: asks the feeds that are due, keeps what they answer, and reads it.

One failure never stops the rest: it is kept with its reason and the time of the next try.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.archive.archive import Step, unseen
from chronik.archive.feed_readings import Recorded, record
from chronik.archive.reading import Credited
from chronik.archive.visiting import visits
from chronik.collect import feeds, moves, schedule
from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Failure, FailureKind, sha256_hex
from chronik.ports import Ask, Poll

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chronik.archive.archive import Archive, Progress
    from chronik.extract.workers import Pool
    from chronik.model import Capture, Exchange, Feed, FeedHealth

FEEDS_A_ROUND_MAX = 1_000
FEED_SIZE_BYTES_MAX = 16 * 2**20
FEED_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5"
)
HTTP_NOT_MODIFIED = 304
NOT_ASKED_WAIT_S = 300.0
SAMPLE_WAIT = timedelta(minutes=1)
"""The sample newsroom is asked often: its silent edit is to be seen while somebody looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What asking the feeds brought, counted."""

    feeds: int = 0
    failed: int = 0
    leads: int = 0


def poll(archive: Archive, *, pool: Pool, progress: Progress = unseen) -> Polled:
    """Ask the feeds that are due, keep the leads they name and what they say at length, which the pool reads."""
    due = archive.catalogue.due_feeds(archive.clock(), limit=FEEDS_A_ROUND_MAX)
    reader = _Reader(archive=archive, pool=pool, credited=Credited(archive))
    by_address = {health.address: health for health in reader.one_each(due)}
    failed = leads = 0
    asks = [_ask(health) for health in by_address.values()]
    for done, visit in enumerate(visits(archive, asks, obey_robots=False), 1):
        outcome = reader.polled(by_address[visit.ask.url], visit.exchange)
        if archive.is_sample(visit.ask.url) and not outcome.health.failures:
            outcome = replace(outcome, health=replace(outcome.health, next_due=archive.clock() + SAMPLE_WAIT))
        leads += archive.catalogue.record_poll(outcome)
        failed += bool(outcome.health.failures)
        progress(Step(stage="feeds", done=done, total=len(asks), failed=failed))
    return Polled(feeds=len(asks), failed=failed, leads=leads)


def _ask(health: FeedHealth) -> Ask:
    return Ask(
        url=health.address,
        etag=health.etag,
        last_modified=health.last_modified,
        accept=FEED_ACCEPT,
        size_bytes_max=FEED_SIZE_BYTES_MAX,
    )


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Who reads what the feeds of one round answer."""

    archive: Archive
    pool: Pool
    credited: Credited
    followed: set[str] = field(init=False)
    """Where feeds are asked."""

    def __post_init__(self) -> None:
        self.followed = {health.address for health in self.archive.catalogue.feeds() if not health.stopped}

    def one_each(self, due: Iterable[FeedHealth]) -> Iterable[FeedHealth]:
        """The feeds, but for those that moved to where another is followed: these are let go."""
        own = {health.feed.url for health in self.archive.catalogue.feeds() if not health.stopped}
        for health in due:
            if health.asks_url in own:
                self.archive.catalogue.record_poll(Poll(health=moves.doubled(health)))
            else:
                yield health

    def polled(self, health: FeedHealth, exchange: Exchange) -> Poll:
        """Keep what a feed answered, read it, and decide when and where it is asked next."""
        now = self.archive.clock()
        if exchange.last is None and exchange.failure and exchange.failure.kind is FailureKind.RATE_LIMITED:
            wait = timedelta(seconds=exchange.failure.retry_after_s or NOT_ASKED_WAIT_S)
            return Poll(health=replace(health, next_due=now + wait))
        unchanged = bool(health.payload_digest) and sha256_hex(exchange.body) == health.payload_digest
        nothing_new = exchange.last is None or exchange.last.status == HTTP_NOT_MODIFIED or unchanged
        if exchange.failure is not None:
            return Poll(health=self._after(health, exchange, None))
        if nothing_new:
            told = "" if health.failures else health.failure
            after = self._after(health, exchange, None)
            return Poll(health=replace(after, failure=after.failure or told))
        capture = self.archive.vault_of(exchange.asked_url).keep(exchange)
        self.archive.catalogue.record_capture(capture, to_read=False)
        return self._read(health, exchange, capture)

    def _read(self, health: FeedHealth, exchange: Exchange, capture: Capture) -> Poll:
        parsed = parsed_feed(self.archive, capture)
        after = self._after(health, exchange, parsed)
        if isinstance(parsed, Failure):
            return Poll(health=after)
        # Before the poll is recorded: a process killed in between finds the same entries again, and nothing is lost.
        entries = record(
            self.archive,
            parsed,
            capture=capture,
            by={health.feed.url, health.address, capture.url},
            credited=self.credited,
            pool=self.pool,
        )
        told = after.failure or _remark(parsed, entries)
        return Poll(
            health=replace(after, feed=described(after.feed, parsed), failure=told),
            leads=feeds.leads(parsed, found_in=health.feed.url, found_at=self.archive.clock()),
        )

    def _after(self, health: FeedHealth, exchange: Exchange, feed: feeds.ParsedFeed | Failure | None) -> FeedHealth:
        now = self.archive.clock()
        after = schedule.after_poll(health, now=now, exchange=exchange, feed=feed)
        after = moves.after_answer(after, now=now, exchange=exchange, feed=feed, followed=self.followed)
        self.followed.add(after.address)
        return after


def parsed_feed(archive: Archive, capture: Capture) -> feeds.ParsedFeed | Failure:
    """Bytes first: the feed is read out of the vault, not off the wire."""
    try:
        page = archive.vault_of(capture.asked_url or capture.url).page(capture, size_bytes_max=FEED_SIZE_BYTES_MAX)
    except TooLargeError as error:
        return Failure(kind=FailureKind.TOO_LARGE, detail=str(error))
    except RefusedInputError as error:
        return Failure(kind=FailureKind.BAD_ENCODING, detail=str(error))
    return feeds.parsed(page.body, url=page.url, media_type=page.media_type, charset=page.charset)


def _remark(parsed: feeds.ParsedFeed, entries: Recorded) -> str:
    """What to tell of a feed that goes well and brings less than it seems to."""
    if parsed.dropped and not parsed.entries:
        return f"None of its {parsed.dropped} entries gives the address of a page. Look for another feed of this site."
    if entries.stopped:
        return (
            f"Reading the text of {entries.stopped} of its entries took too much and was stopped; their pages are read."
        )
    return ""


def described(feed: Feed, parsed: feeds.ParsedFeed) -> Feed:
    """A feed with what it says about itself; what an editor or an earlier poll set stays."""
    return replace(
        feed,
        kind=parsed.kind,
        title=feed.title or parsed.title,
        site_url=feed.site_url or parsed.site_url,
        language=feed.language or parsed.language,
    )

"""Acts: asks the feeds that are due, fetches the pages they name, keeps and reads them.

One failure never stops the rest: it is kept with its reason and the time of the next try.
"""

from __future__ import annotations

import fcntl
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO

from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.feed_readings import Recorded, record
from chronik.archive.reading import Credited, index_due, read_due
from chronik.collect import addresses, feeds, rounds, schedule
from chronik.errors import BusyError, RefusedInputError, TooLargeError
from chronik.extract.workers import Pool
from chronik.model import Capture, Exchange, Failure, FailureKind, Feed, FeedHealth, sha256_hex
from chronik.ports import Ask, DueLead, HostState, Poll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FEEDS_A_ROUND_MAX = 1_000
LEADS_A_BATCH_MAX = 200
LEADS_A_ROUND_MAX = 20_000
FEED_SIZE_BYTES_MAX = 16 * 2**20
FEED_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.5"
HTTP_NOT_MODIFIED = 304
NOT_ASKED_WAIT_S = 300.0
ENTRY_WORKERS = 2
"""Processes that read what feeds say at length, while the next feeds are being fetched."""
ENTRY_TIMEOUT_S = 10.0
SAMPLE_WAIT = timedelta(minutes=1)
"""The sample newsroom is asked often: its silent edit is to be seen while somebody looks."""
LOCK_NAME = "collect.lock"
LOCK_LOOK_S = 0.1
"""Who waits for the lock looks this often."""
PRESS_PAGE_MEDIA_TYPE = "text/x-press-page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one round of collecting brought, counted."""

    feeds: int = 0
    feeds_failed: int = 0
    leads: int = 0
    pages: int = 0
    pages_failed: int = 0
    articles: int = 0
    without_article: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Readers:
    """Who reads the entries of feeds, and who says whose they are."""

    pool: Pool
    credited: Credited


def recover(archive: Archive) -> int:
    """Take into the catalogue what a killed process had kept but not recorded; captures found, counted."""
    found = 0
    for vault in (archive.vault, archive.sample_vault):
        for capture in vault.recovered():
            to_read = capture.media_type != PRESS_PAGE_MEDIA_TYPE
            found += archive.catalogue.record_capture(capture, to_read=to_read)
    return found


@contextmanager
def turn(archive: Archive, *, wait_s: float = 0) -> Iterator[None]:
    """One process collects at a time, so that every site is asked once and at its pace. Raises BusyError."""
    with (archive.config.archive / LOCK_NAME).open("ab") as lock:
        _wait_for(lock, wait_s)
        yield


def _wait_for(lock: BinaryIO, wait_s: float) -> None:
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                who = "`chronik up` or `chronik worker`"
                raise BusyError(
                    f"Another process ({who}) is collecting for this archive and fetches what is due."
                ) from error
            time.sleep(LOCK_LOOK_S)
        else:
            return


@contextmanager
def _unsealed_after_errors(archive: Archive) -> Iterator[None]:
    """After an error let the vaults go: what was kept and could not be recorded is recovered in the next round."""
    try:
        yield
    except BaseException:
        archive.release()
        raise


def collect(archive: Archive, *, progress: Progress = unseen) -> Collected:
    """Ask every feed that is due, fetch every lead that is due, read and index what came. Raises BusyError."""
    with turn(archive), _unsealed_after_errors(archive):
        recover(archive)
        with Pool(size=ENTRY_WORKERS, timeout_s=ENTRY_TIMEOUT_S) as pool:
            polled = poll(archive, pool=pool, progress=progress)
        pages, pages_failed = _fetch_due_leads(archive, progress)
        read = read_due(archive, progress=progress)
        index_due(archive, progress=progress)
    return replace(
        polled,
        pages=pages,
        pages_failed=pages_failed,
        articles=read.articles,
        without_article=read.without_article,
    )


def poll(archive: Archive, *, pool: Pool, progress: Progress = unseen) -> Collected:
    """Ask the feeds that are due, keep the leads they name and what they say at length, which the pool reads."""
    due = archive.catalogue.due_feeds(archive.clock(), limit=FEEDS_A_ROUND_MAX)
    by_address = {health.feed.url: health for health in due}
    asks = [_feed_ask(health) for health in due]
    readers = _Readers(pool=pool, credited=Credited(archive))
    failed = leads = 0
    for done, visit in enumerate(visits(archive, asks, obey_robots=False), 1):
        outcome = _polled(archive, by_address[visit.ask.url], visit.exchange, readers)
        if archive.is_sample(visit.ask.url) and not outcome.health.failures:
            outcome = replace(outcome, health=replace(outcome.health, next_due=archive.clock() + SAMPLE_WAIT))
        leads += archive.catalogue.record_poll(outcome)
        failed += bool(outcome.health.failures)
        progress(Step(stage="feeds", done=done, total=len(due), failed=failed))
    return Collected(feeds=len(due), feeds_failed=failed, leads=leads)


def _fetch_due_leads(archive: Archive, progress: Progress) -> tuple[int, int]:
    """Fetch until nothing is due or the round is full; pages and failures, counted."""
    done = failed = 0
    while done + failed < LEADS_A_ROUND_MAX:
        due = archive.catalogue.due_leads(archive.clock(), limit=LEADS_A_BATCH_MAX)
        if not due:
            break
        total = done + failed + len(due)
        for _, outcome in fetched(archive, due, obey_robots=True):
            failed += isinstance(outcome, Failure)
            done += isinstance(outcome, Capture)
            progress(Step(stage="pages", done=done + failed, total=total, failed=failed))
    return done, failed


def fetched(archive: Archive, due: Sequence[DueLead], *, obey_robots: bool) -> Iterator[tuple[str, Capture | Failure]]:
    """Fetch and keep pages, as they come: each address with its capture, or why there is none."""
    tries = {item.lead.url: item.tries for item in due}
    by_hand = {item.lead.url: item.lead.by_hand for item in due}
    asks = [Ask(url=url, accept=PAGE_ACCEPT) for url in tries]
    for visit in visits(archive, asks, obey_robots=obey_robots):
        url, exchange = visit.ask.url, visit.exchange
        if exchange.failure is None:
            capture = archive.vault_of(url).keep(exchange, by_hand=by_hand[url])
            archive.catalogue.record_capture(capture)
            yield url, capture
        else:
            _record_failure(archive, url, exchange, tries=tries[url])
            yield url, exchange.failure


def _record_failure(archive: Archive, url: str, exchange: Exchange, *, tries: int) -> None:
    """Keep why a page was not fetched, and when to try again. Where its site was only left alone, that is no try."""
    failure = exchange.failure
    assert failure is not None, "only called for exchanges that failed"
    left_alone = not exchange.hops and failure.retry_after_s is not None and failure.worth_retrying
    rest = timedelta(seconds=failure.retry_after_s or 0)
    again = archive.clock() + rest if left_alone else schedule.next_try(tries + 1, failure, archive.clock())
    archive.catalogue.record_lead_failure(url, failure, next_try=again, is_try=not left_alone)


def visits(archive: Archive, asks: Sequence[Ask], *, obey_robots: bool) -> Iterator[rounds.Visit]:
    """Ask politely, remembering of each host what the next process must know."""
    for visit in rounds.visited(
        asks,
        fetch=archive.fetch,
        hosts=_hosts(archive, asks),
        pace_s=archive.config.pace_s,
        workers=archive.config.fetch_workers,
        now=archive.clock,
        obey_robots=obey_robots,
        unpaced=_own_servers(archive, asks),
        free_at=archive.free_at,
    ):
        if visit.host_changed:
            archive.catalogue.record_host(visit.host)
        yield visit


def _hosts(archive: Archive, asks: Iterable[Ask]) -> Mapping[str, HostState]:
    return archive.catalogue.hosts(addresses.host_and_port(ask.url) for ask in asks)


def _own_servers(archive: Archive, asks: Iterable[Ask]) -> frozenset[str]:
    """Hosts of the sample newsroom: our own server needs no pauses."""
    if not archive.config.sample:
        return frozenset()
    ending = f".localhost:{archive.config.sample_port}"
    hosts = {addresses.host_and_port(ask.url) for ask in asks}
    return frozenset(host for host in hosts if host.endswith(ending))


def _feed_ask(health: FeedHealth) -> Ask:
    return Ask(
        url=health.feed.url,
        etag=health.etag,
        last_modified=health.last_modified,
        accept=FEED_ACCEPT,
        size_bytes_max=FEED_SIZE_BYTES_MAX,
    )


def _polled(archive: Archive, health: FeedHealth, exchange: Exchange, readers: _Readers) -> Poll:
    """Keep what a feed answered, read it, and decide when it is asked next."""
    now = archive.clock()
    if exchange.last is None and exchange.failure and exchange.failure.kind is FailureKind.RATE_LIMITED:
        wait = timedelta(seconds=exchange.failure.retry_after_s or NOT_ASKED_WAIT_S)
        return Poll(health=replace(health, next_due=now + wait))
    unchanged = bool(health.payload_digest) and sha256_hex(exchange.body) == health.payload_digest
    nothing_new = exchange.last is None or exchange.last.status == HTTP_NOT_MODIFIED or unchanged
    if exchange.failure is not None:
        return Poll(health=schedule.after_poll(health, now=now, exchange=exchange, feed=None))
    if nothing_new:
        after = schedule.after_poll(health, now=now, exchange=exchange, feed=None)
        return Poll(health=replace(after, failure="" if health.failures else health.failure))
    capture = archive.vault_of(exchange.asked_url).keep(exchange)
    archive.catalogue.record_capture(capture, to_read=False)
    parsed = _parsed(archive, capture)
    after = schedule.after_poll(health, now=now, exchange=exchange, feed=parsed)
    if isinstance(parsed, Failure):
        return Poll(health=after)
    # Before the poll is recorded: a process killed in between finds the same entries again, and nothing is lost.
    entries = record(archive, parsed, capture=capture, credited=readers.credited, pool=readers.pool)
    return Poll(
        health=replace(after, feed=described(after.feed, parsed), failure=_remark(parsed, entries)),
        leads=feeds.leads(parsed, found_in=health.feed.url, found_at=now),
    )


def _parsed(archive: Archive, capture: Capture) -> feeds.ParsedFeed | Failure:
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

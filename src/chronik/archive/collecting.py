"""Acts: asks the feeds that are due, fetches the pages they name, keeps and reads them.

One failure never stops the rest: it is kept with its reason and the time of the next try.
"""

from __future__ import annotations

import fcntl
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO

from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.kept_whole import PRESS_PAGE, is_to_be_read
from chronik.archive.naming import learn_due
from chronik.archive.polling import poll
from chronik.archive.reading import index_due, read_due
from chronik.archive.relating import relate_due
from chronik.archive.visiting import PAGE_ACCEPT, visits
from chronik.archive.watching import Looked, watch_due
from chronik.collect import schedule
from chronik.errors import BusyError
from chronik.extract.workers import Pool
from chronik.model import Capture, Exchange, Failure
from chronik.ports import Ask, DueLead
from chronik.preserve import syncing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEADS_A_BATCH_MAX = 200
LEADS_A_ROUND_MAX = 20_000
ENTRY_WORKERS = 2
"""Processes that read what feeds say at length, while the next feeds are being fetched."""
ENTRY_TIMEOUT_S = 10.0
LOCK_NAME = "collect.lock"
LOCK_LOOK_S = 0.1
"""Who waits for the lock looks this often."""
PRESS_PAGE_MEDIA_TYPE = PRESS_PAGE


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
    watched: int = 0
    """Clipped pages that were looked at again."""
    altered: int = 0
    """Passages of them that do not stand there any more."""


def recover(archive: Archive) -> int:
    """Take into the catalogue what a killed process had kept but not recorded; captures found, counted.

    An archive whose disk failed is left as it is until everything is checked.
    """
    found = 0
    if syncing.fault(archive.config.archive):
        return found
    for vault in (archive.vault, archive.sample_vault):
        for capture in vault.recovered():
            found += archive.catalogue.record_capture(capture, to_read=is_to_be_read(capture, archive.config))
    return found


@contextmanager
def turn(archive: Archive, *, wait_s: float = 0) -> Iterator[None]:
    """One process collects at a time, so that every site is asked once and at its pace.

    Raises BusyError, and ReadOnlyError where the disk failed.
    """
    syncing.check(archive.config.archive)
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
    """Ask every feed that is due, fetch every lead that is due, read, index and relate what came. Raises BusyError."""
    with turn(archive), _unsealed_after_errors(archive):
        recover(archive)
        with Pool(size=ENTRY_WORKERS, timeout_s=ENTRY_TIMEOUT_S) as pool:
            polled = poll(archive, pool=pool, progress=progress)
        pages, pages_failed = _fetch_due_leads(archive, progress)
        read = read_due(archive, progress=progress)
        looked = watch_due(archive, progress=progress) if archive.config.watch_clips else Looked()
        index_due(archive, progress=progress)
    relate_due(archive, progress=progress)
    learn_due(archive)
    return Collected(
        feeds=polled.feeds,
        feeds_failed=polled.failed,
        leads=polled.leads,
        pages=pages,
        pages_failed=pages_failed,
        articles=read.articles,
        without_article=read.without_article,
        watched=looked.pages,
        altered=looked.altered,
    )


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

"""Acts: reads what no reader has been at, says whose it is, and lets search find it."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.collect import addresses
from chronik.errors import DamagedCaptureError, IndexBusyError, RefusedInputError, TooLargeError
from chronik.extract import workers
from chronik.model import Article, Capture, Failure, FailureKind, Page, Source
from chronik.takein import credits as known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

CAPTURES_A_BATCH_MAX = 1_000
DOCUMENTS_A_BATCH_MAX = 5_000
READING_TIMEOUT_S = 20.0
WORKERS_MAX = 8
FAILURES_TOLD_MAX = 10_000
LOCK_NAME = "reading.lock"
LOCK_LOOK_S = 0.1
"""Who waits for the lock looks this often."""
READING_WAIT_S = 600.0
"""How long one process waits for another that reads what is due; that one reads this one's captures, too."""
RULES_FOLDER = "publishers"
"""In the archive folder; see docs/how-to/add-a-newspaper.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What reading brought, counted."""

    articles: int = 0
    without_article: int = 0
    failures: tuple[tuple[Capture, Failure], ...] = ()
    """Captures without an article and why, up to a limit."""


NOTHING = Read()


def read_due(archive: Archive, *, progress: Progress = unseen, wait_s: float = READING_WAIT_S) -> Read:
    """Read every capture that no reader has been at yet. Killed at any point, the next call goes on.

    One process at a time reads what is due, or each would read all of it. Where another one is at it for longer than
    the wait, the rest is left to it.
    """
    read = NOTHING
    with _turn(archive, wait_s=wait_s) as is_ours:
        while is_ours and (batch := archive.catalogue.unread_captures(limit=CAPTURES_A_BATCH_MAX)):
            read = _with(read, read_captures(archive, batch, before=read, progress=progress))
    return read


def _tell_nobody(_capture_id: str, _outcome: Article | Failure) -> None:
    """For readings that nobody waits for."""


def read_captures(
    archive: Archive,
    captures: Sequence[Capture],
    *,
    before: Read = NOTHING,
    progress: Progress = unseen,
    told: Callable[[str, Article | Failure], None] = _tell_nobody,
) -> Read:
    """Read these captures, whether or not they are due; `before` is what was read already, for the progress.

    `told` gets each capture's id and what was read in it, also where that is the version that was known.
    """
    articles = without = 0
    failures: list[tuple[Capture, Failure]] = []
    credited = Credited(archive)
    done_before = before.articles + before.without_article
    by_id = {capture.id: capture for capture in captures}
    for capture_id, outcome in readings(archive, captures):
        if isinstance(outcome, Article):
            archive.catalogue.record_reading(capture_id, credited.article(outcome))
            articles += 1
        else:
            archive.catalogue.record_reading(capture_id, outcome)
            without += 1
            failures.append((by_id[capture_id], outcome))
        told(capture_id, outcome)
        done = done_before + articles + without
        failed = before.without_article + without
        progress(Step(stage="reading", done=done, total=done_before + len(by_id), failed=failed))
    return Read(articles=articles, without_article=without, failures=tuple(failures))


def _with(one: Read, other: Read) -> Read:
    return Read(
        articles=one.articles + other.articles,
        without_article=one.without_article + other.without_article,
        failures=(*one.failures, *other.failures)[:FAILURES_TOLD_MAX],
    )


@contextmanager
def _turn(archive: Archive, *, wait_s: float) -> Iterator[bool]:
    """Whether it is this process's turn to read what is due."""
    until = time.monotonic() + wait_s
    with (archive.config.archive / LOCK_NAME).open("ab") as lock:
        is_ours = _taken(lock)
        while not is_ours and time.monotonic() < until:
            time.sleep(LOCK_LOOK_S)
            is_ours = _taken(lock)
        yield is_ours


def _taken(lock: BinaryIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def readings(
    archive: Archive, batch: Sequence[Capture], *, pool: workers.Pool | None = None
) -> Iterator[tuple[str, Article | Failure]]:
    """Each capture's id with what is read in it, by the workers of this pool, or by some that end with the batch."""
    unreadable: list[tuple[str, Failure]] = []

    def pages() -> Iterator[tuple[str, Page]]:
        for capture in batch:
            page = _page(archive, capture)
            if isinstance(page, Failure):
                unreadable.append((capture.id, page))
            else:
                yield capture.id, page

    if pool is not None:
        yield from pool.read(pages())
    else:
        yield from workers.readings(
            pages(),
            workers=min(worker_count(), len(batch)),
            timeout_s=READING_TIMEOUT_S,
            rules_folder=rules_folder(archive),
        )
    yield from unreadable


def worker_count() -> int:
    """How many processes read at a time."""
    return min(os.cpu_count() or 1, WORKERS_MAX)


def rules_folder(archive: Archive) -> Path | None:
    """Where the archive's own rules of newspapers lie, if it has any."""
    folder = archive.config.archive / RULES_FOLDER
    return folder if folder.is_dir() else None


def _page(archive: Archive, capture: Capture) -> Page | Failure:
    try:
        return archive.vault_of(capture.url).page(capture)
    except TooLargeError as error:
        return Failure(kind=FailureKind.TOO_LARGE, detail=str(error))
    except RefusedInputError as error:
        return Failure(kind=FailureKind.BAD_ENCODING, detail=str(error))
    except DamagedCaptureError as error:
        return Failure(kind=FailureKind.UNREADABLE, detail=str(error))


class Credited:
    """Says which source an article or a credit line is of, and adds sources that are named for the first time."""

    def __init__(self, archive: Archive) -> None:
        self._catalogue = archive.catalogue
        self._catalogue.settle_merged_sources()
        self.refresh()

    def refresh(self) -> None:
        """Know the sources as they are now: somebody said something of them."""
        self._sources = {source.id: source for source in self._catalogue.sources()}

    def article(self, article: Article) -> Article:
        """The article with its source; unchanged where nothing says whose it is."""
        host = addresses.host_and_port(article.url).rpartition(":")[0]
        source = known.source_for_host(host, self._sources.values()) if host else None
        if source is None:
            source = self._named(article.source, host)
        return replace(article, source_id=source.id) if source else article

    def credit(self, credit: str) -> str:
        """Id of the source that a credit line names, or empty."""
        source = self._named(credit, "")
        return source.id if source else ""

    def _named(self, name: str, host: str) -> Source | None:
        found = known.source_of(name, self._sources.values())
        if found is None and (proposed := known.proposed(name)):
            found = replace(proposed, hosts=(host,)) if host else proposed
            # The id may be that of a source that was merged into another, and has lost this name since.
            found = self._sources.get(found.id) or self._catalogue.source(found.id) or found
            self._catalogue.add_sources([found])
            self._sources[found.id] = found
        return found


def index_due(archive: Archive, *, progress: Progress = unseen, documents_max: int | None = None) -> int:
    """Let search find what it lacks; documents added, counted. Where another process is at it, it stays due.

    Beyond `documents_max` the rest stays due.
    """
    done = 0
    try:
        if archive.index.needs_rebuild:
            archive.catalogue.forget_indexed()
        if withdrawn := archive.catalogue.withdrawn(limit=DOCUMENTS_A_BATCH_MAX):
            archive.index.remove(withdrawn)
            archive.catalogue.mark_withdrawn(withdrawn)
        limit = min(documents_max or DOCUMENTS_A_BATCH_MAX, DOCUMENTS_A_BATCH_MAX)
        while (documents_max is None or done < documents_max) and (batch := archive.catalogue.unindexed(limit=limit)):
            archive.index.add(batch)
            archive.catalogue.mark_indexed(batch)
            done += len(batch)
            progress(Step(stage="index", done=done, total=0))
    except IndexBusyError:
        return done
    return done

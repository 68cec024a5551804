"""Reads pages in processes that can be killed (acts): one bad page costs its time limit and nothing else."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from chronik.errors import ChronikError
from chronik.extract.publishers.shelf import shelf
from chronik.model import Article, Failure, FailureKind, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

MEMORY_BYTES_MAX = 1536 * 2**20
"""Address space of one worker."""
START_S_MAX = 120.0
DEATHS_MAX = 2
"""Workers that may die on one page before the page is given up: one may have died of something else."""
FINAL_SIGNALS = frozenset(
    {signal.SIGXCPU, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGTRAP}
)
"""Whoever dies of these died of the page: a second worker would die as well."""
STARTS_FAILED_MAX = 3
"""Workers that die before they have read anything, in a row, before we give up."""
AHEAD_PER_WORKER = 4
"""Pages taken in before the result that is due next."""
CPU_SLACK_S = 10

_SPAWN = multiprocessing.get_context("spawn")
_READY = "ready"


@dataclass(slots=True, kw_only=True)
class _Worker:
    """One process, the pipe to it, and which page it is at."""

    process: SpawnProcess
    pipe: Connection
    deadline: float
    """By the monotonic clock; infinite while it waits for work."""
    ready: bool = False
    at: int | None = None
    page: Page | None = None

    @property
    def idle(self) -> bool:
        return self.ready and self.at is None

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def readings(
    pages: Iterable[tuple[str, Page | Failure]], *, workers: int, timeout_s: float, rules_folder: Path | None = None
) -> Iterator[tuple[str, Article | Failure]]:
    """Each capture id with what was read, in the order of the input; pages are taken in only as they are needed.

    A failure among the pages is handed on in its place. Newspapers' rules in the folder go before those that come with
    Chronik. Raises ConfigError where one of them cannot be used. Close the iterator, or exhaust it, to end the workers.
    """
    folders = (rules_folder,) if rules_folder else ()
    if folders:
        shelf(*folders).check()
    pool = _Pool(pages=iter(pages), size=max(1, workers), timeout_s=timeout_s, folders=folders)
    try:
        yield from pool.results()
    finally:
        pool.close()


@dataclass(slots=True, kw_only=True)
class _Pool:
    """The workers of one run and what is under way."""

    pages: Iterator[tuple[str, Page | Failure]]
    size: int
    timeout_s: float
    folders: tuple[Path, ...] = ()
    workers: list[_Worker] = field(default_factory=list)
    waiting: deque[tuple[int, Page]] = field(default_factory=deque)
    keys: dict[int, str] = field(default_factory=dict)
    done: dict[int, Article | Failure] = field(default_factory=dict)
    deaths: dict[int, int] = field(default_factory=dict)
    taken: int = 0
    given: int = 0
    exhausted: bool = False
    starts_failed: int = 0

    def results(self) -> Iterator[tuple[str, Article | Failure]]:
        """Results in input order, until every page has one."""
        while True:
            self._take_in()
            while self.given in self.done:
                yield self.keys.pop(self.given), self.done.pop(self.given)
                self.given += 1
                self._take_in()
            if self.exhausted and self.given == self.taken:
                return
            self._hand_out()
            self._await_news()

    def close(self) -> None:
        """End every worker."""
        for worker in self.workers:
            worker.kill()
        self.workers.clear()

    def _take_in(self) -> None:
        """Take pages as long as there is room before the result that is due next."""
        while not self.exhausted and self.taken - self.given < self.size * AHEAD_PER_WORKER:
            item = next(self.pages, None)
            if item is None:
                self.exhausted = True
                return
            key, page = item
            self.keys[self.taken] = key
            if isinstance(page, Failure):
                self.done[self.taken] = page
            else:
                self.waiting.append((self.taken, page))
            self.taken += 1

    def _hand_out(self) -> None:
        """Give waiting pages to idle workers; start workers where there is more to do than hands."""
        for worker in [worker for worker in self.workers if worker.idle]:
            if not self.waiting:
                return
            at, page = self.waiting.popleft()
            worker.at, worker.page, worker.deadline = at, page, time.monotonic() + self.timeout_s
            with contextlib.suppress(OSError):  # it died; its end of the pipe says so in a moment
                worker.pipe.send((self.keys[at], page))
        starting = sum(1 for worker in self.workers if not worker.ready)
        while len(self.workers) < self.size and starting < len(self.waiting):
            self.workers.append(_started(self.timeout_s, self.folders))
            starting += 1

    def _await_news(self) -> None:
        """Wait for an answer, a death or a deadline, whichever comes first."""
        soonest = min((worker.deadline for worker in self.workers), default=0.0)
        timeout_s = max(0.0, min(soonest - time.monotonic(), START_S_MAX))
        speaking = set(wait([worker.pipe for worker in self.workers], timeout=timeout_s))
        for worker in list(self.workers):
            if worker.pipe in speaking:
                self._hear(worker)
            elif time.monotonic() > worker.deadline:
                detail = f"Reading took longer than {self.timeout_s:g} s and was stopped."
                self._lose(worker, Failure(kind=FailureKind.EXTRACT_TIMEOUT, detail=detail))

    def _hear(self, worker: _Worker) -> None:
        try:
            news = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        worker.deadline = float("inf")
        if news == _READY:
            worker.ready, self.starts_failed = True, 0
            return
        if worker.at is not None:
            self.done[worker.at], worker.at = news, None

    def _bury(self, worker: _Worker) -> None:
        """A worker died: its page is tried once more, where it need not have been the page's fault."""
        worker.process.join(1.0)
        if worker.at is not None and worker.page is not None:
            self.deaths[worker.at] = self.deaths.get(worker.at, 0) + 1
            if self.deaths[worker.at] < DEATHS_MAX and not _died_of_page(worker.process.exitcode):
                self.waiting.appendleft((worker.at, worker.page))
                worker.at = None
        self._lose(worker, _death(worker.process.exitcode))

    def _lose(self, worker: _Worker, failure: Failure) -> None:
        """Let a worker go; its page, if it had one, ends with this failure."""
        worker.kill()
        self.workers.remove(worker)
        if worker.at is not None:
            self.done[worker.at] = failure
        elif not worker.ready:
            self.starts_failed += 1
            if self.starts_failed >= STARTS_FAILED_MAX:
                raise ChronikError(
                    "The processes that read pages end before they start. Is there memory left? Try with fewer of them."
                )


def _died_of_page(exit_code: int | None) -> bool:
    return exit_code is not None and -exit_code in FINAL_SIGNALS


def _death(exit_code: int | None) -> Failure:
    if exit_code == -signal.SIGXCPU:
        return Failure(kind=FailureKind.EXTRACT_TIMEOUT, detail="Reading took too much computing time and was stopped.")
    return Failure(kind=FailureKind.UNREADABLE, detail="The process that read the page broke down on it.")


def _started(timeout_s: float, folders: tuple[Path, ...]) -> _Worker:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_work, args=(theirs, timeout_s, folders), daemon=True, name="chronik-reader")
    process.start()
    theirs.close()
    return _Worker(process=process, pipe=ours, deadline=time.monotonic() + START_S_MAX)


def _work(pipe: Connection, timeout_s: float, folders: tuple[Path, ...]) -> None:
    """What a worker does all its life: read a page, answer, wait for the next."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each further thread would reserve address space
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from chronik.extract.annotations import annotated  # noqa: PLC0415 - the parent must not load the parsers
    from chronik.extract.article import article, warm_up  # noqa: PLC0415 - see above

    warm_up()
    with contextlib.suppress(ValueError, OSError):  # some systems know no such limit; the time limit holds everywhere
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    pipe.send(_READY)
    while True:
        try:
            capture_id, page = pipe.recv()
        except EOFError:
            return
        _limit_cpu(timeout_s)
        try:
            answer = article(page, capture_id=capture_id, rules_from=shelf(*folders))
            answer = annotated(answer) if isinstance(answer, Article) else answer
        except MemoryError:
            detail = f"Reading took more than {MEMORY_BYTES_MAX // 2**20} MiB of memory and was stopped."
            answer = Failure(kind=FailureKind.EXTRACT_TIMEOUT, detail=detail)
        pipe.send(answer)


def _limit_cpu(timeout_s: float) -> None:
    """The kernel ends a worker that nobody is left to end."""
    used = time.process_time()
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + timeout_s) + CPU_SLACK_S, most))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

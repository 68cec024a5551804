"""Reads in processes that can be killed (acts): one bad page or entry costs its time limit and nothing else."""

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
from typing import TYPE_CHECKING, Self

from chronik.errors import ChronikError
from chronik.extract.publishers.shelf import shelf
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from multiprocessing.context import SpawnProcess
    from pathlib import Path
    from types import TracebackType

    from chronik.extract.work import Work
    from chronik.model import Article

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
    work: Work | None = None

    @property
    def idle(self) -> bool:
        return self.ready and self.at is None

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def readings(
    pages: Iterable[tuple[str, Work | Failure]], *, workers: int, timeout_s: float, rules_folder: Path | None = None
) -> Iterator[tuple[str, Article | Failure]]:
    """What `Pool.read` gives, by workers that live as long as the iterator: close it, or exhaust it, to end them."""
    with Pool(size=workers, timeout_s=timeout_s, rules_folder=rules_folder) as pool:
        yield from pool.read(pages)


@dataclass(slots=True, kw_only=True)
class _Lot:
    """What is to be read, and what is under way."""

    items: Iterator[tuple[str, Work | Failure]]
    waiting: deque[tuple[int, Work]] = field(default_factory=deque)
    keys: dict[int, str] = field(default_factory=dict)
    done: dict[int, Article | Failure] = field(default_factory=dict)
    deaths: dict[int, int] = field(default_factory=dict)
    taken: int = 0
    given: int = 0
    exhausted: bool = False

    def take_in(self, most: int) -> None:
        """Take in work as long as there is room before the result that is due next."""
        while not self.exhausted and self.taken - self.given < most:
            item = next(self.items, None)
            if item is None:
                self.exhausted = True
                return
            key, work = item
            self.keys[self.taken] = key
            if isinstance(work, Failure):
                self.done[self.taken] = work
            else:
                self.waiting.append((self.taken, work))
            self.taken += 1


class Pool:
    """Workers that read one lot after the other. They start when there is work, and live until the pool is closed."""

    def __init__(self, *, size: int, timeout_s: float, rules_folder: Path | None = None) -> None:
        """Newspapers' rules in the folder go before those that come with Chronik. Raises ConfigError for a bad one."""
        self._folders = (rules_folder,) if rules_folder else ()
        if self._folders:
            shelf(*self._folders).check()
        self._size, self._timeout_s = max(1, size), timeout_s
        self._lot = _Lot(items=iter(()))
        self._starts_failed = 0
        self.workers: list[_Worker] = []

    def read(self, lot: Iterable[tuple[str, Work | Failure]]) -> Generator[tuple[str, Article | Failure]]:
        """Each key with what was read, in the order of the input; work is taken in only as it is needed.

        A failure in the lot is handed on in its place. One lot at a time: exhaust the iterator, or close it.
        """
        self._lot = _Lot(items=iter(lot))
        try:
            yield from self._results(self._lot)
        finally:
            self._let_go([worker for worker in self.workers if worker.at is not None])

    def close(self) -> None:
        """End every worker."""
        self._let_go(list(self.workers))

    def __enter__(self) -> Self:
        """The pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End every worker."""
        self.close()

    def _let_go(self, workers: Iterable[_Worker]) -> None:
        for worker in workers:
            worker.kill()
            self.workers.remove(worker)

    def _results(self, lot: _Lot) -> Iterator[tuple[str, Article | Failure]]:
        """Results in input order, until all work has one."""
        most = self._size * AHEAD_PER_WORKER
        while True:
            lot.take_in(most)
            while lot.given in lot.done:
                yield lot.keys.pop(lot.given), lot.done.pop(lot.given)
                lot.given += 1
                lot.take_in(most)
            if lot.exhausted and lot.given == lot.taken:
                return
            self._hand_out()
            self._await_news()

    def _hand_out(self) -> None:
        """Give what waits to idle workers; start workers where there is more to do than hands."""
        waiting = self._lot.waiting
        for worker in [worker for worker in self.workers if worker.idle]:
            if not waiting:
                return
            at, work = waiting.popleft()
            worker.at, worker.work, worker.deadline = at, work, time.monotonic() + self._timeout_s
            with contextlib.suppress(OSError):  # it died; its end of the pipe says so in a moment
                worker.pipe.send((self._lot.keys[at], work))
        starting = sum(1 for worker in self.workers if not worker.ready)
        while len(self.workers) < self._size and starting < len(waiting):
            self.workers.append(_started(self._timeout_s, self._folders))
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
                detail = f"Reading took longer than {self._timeout_s:g} s and was stopped."
                self._lose(worker, Failure(kind=FailureKind.EXTRACT_TIMEOUT, detail=detail))

    def _hear(self, worker: _Worker) -> None:
        try:
            news = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        worker.deadline = float("inf")
        if news == _READY:
            worker.ready, self._starts_failed = True, 0
            return
        if worker.at is not None:
            self._lot.done[worker.at], worker.at, worker.work = news, None, None

    def _bury(self, worker: _Worker) -> None:
        """A worker died: its work is tried once more, where it need not have been the work's fault."""
        worker.process.join(1.0)
        deaths = self._lot.deaths
        if worker.at is not None and worker.work is not None:
            deaths[worker.at] = deaths.get(worker.at, 0) + 1
            if deaths[worker.at] < DEATHS_MAX and not _died_of_page(worker.process.exitcode):
                self._lot.waiting.appendleft((worker.at, worker.work))
                worker.at = None
        self._lose(worker, _death(worker.process.exitcode))

    def _lose(self, worker: _Worker, failure: Failure) -> None:
        """Let a worker go; its work, if it had any, ends with this failure."""
        self._let_go([worker])
        if worker.at is not None:
            self._lot.done[worker.at] = failure
        elif not worker.ready:
            self._starts_failed += 1
            if self._starts_failed >= STARTS_FAILED_MAX:
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
    from chronik.extract.answering import answer  # noqa: PLC0415 - the parent must not load the parsers
    from chronik.extract.article import warm_up  # noqa: PLC0415 - see above

    warm_up()
    with contextlib.suppress(ValueError, OSError):  # some systems know no such limit; the time limit holds everywhere
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    pipe.send(_READY)
    while True:
        try:
            key, work = pipe.recv()
        except EOFError:
            return
        _limit_cpu(timeout_s)
        try:
            said = answer(key, work, rules_from=shelf(*folders))
        except MemoryError:
            detail = f"Reading took more than {MEMORY_BYTES_MAX // 2**20} MiB of memory and was stopped."
            said = Failure(kind=FailureKind.EXTRACT_TIMEOUT, detail=detail)
        pipe.send(said)


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

"""Long work that runs in an archive, told to whoever wants to see it, and stopped when somebody asks. Acts.

Each job is a file in the folder `jobs` of the archive, beside one that its process holds a lock on while it runs: what
was killed shows by a lock that nobody holds. It is no evidence and in no backup; where it cannot be written, the work
goes on unseen. It is not in the database, which is replaced while an archive is rebuilt.
"""

from __future__ import annotations

import fcntl
import json
import re
import secrets
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any

from chronik.errors import ChronikError, JobStoppedError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from chronik.archive.archive import Step

FOLDER = "jobs"
FOLDER_MODE = 0o700
ID_BYTES = 3
SHOWN_AFTER_S = 1.0
"""Shorter work leaves no record."""
WRITTEN_EVERY_S = 0.5
ASKED_EVERY_S = 0.2
KEPT_MAX = 50
READ_BYTES_MAX = 64 * 2**10
WORDS_CHARACTERS_MAX = 500
_ID = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{6}")


class JobState(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    KILLED = "killed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of long work."""

    id: str
    kind: str
    """The command, or `worker`."""
    who: str
    started: datetime
    changed: datetime
    state: JobState = JobState.RUNNING
    stage: str = ""
    done: int = 0
    total: int = 0
    """0 where it is not known."""
    failed: int = 0
    words: str = ""
    """Why it failed, or who stopped it."""
    stop_asked_by: str = ""

    @property
    def percent(self) -> int:
        """How far the present stage has come; 0 where that is not known."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class Reporting:
    """What a long function tells its progress to; shows up once the work has taken a while."""

    def __init__(
        self,
        archive: Path,
        *,
        kind: str,
        who: str,
        clock: Callable[[], datetime],
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        now = clock()
        self._folder = archive / FOLDER
        identity = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(ID_BYTES)}"
        self._job = Job(id=identity, kind=kind, who=who, started=now, changed=now)
        self._clock, self._tick = clock, tick
        self._begun = self._written = self._asked = tick()
        self._lock: IO[bytes] | None = None
        self._unseen = False
        self._own_stop = ""

    def __call__(self, step: Step) -> None:
        """Note a step. Raises JobStoppedError where somebody asked to stop."""
        moment = self._tick()
        next_stage = step.stage != self._job.stage
        self._job = replace(
            self._job,
            stage=step.stage,
            done=step.done,
            total=step.total,
            failed=step.failed,
            changed=self._clock(),
        )
        shown = self._lock is not None
        if moment - self._begun >= SHOWN_AFTER_S and (
            not shown or next_stage or moment - self._written >= WRITTEN_EVERY_S
        ):
            self._written = moment
            self._write()
        if self._own_stop or moment - self._asked >= ASKED_EVERY_S:
            self._asked = moment
            self._stop_if_asked()

    def stop(self, by: str) -> None:
        """Ask from within this process: the next step ends the work."""
        self._own_stop = by

    def end(self, state: JobState, *, words: str = "") -> None:
        """Note how it went; work that was never shown leaves nothing."""
        if self._lock is None:
            return
        said = " ".join(words.split())[:WORDS_CHARACTERS_MAX]
        self._job = replace(self._job, state=state, words=said, changed=self._clock())
        self._write()
        with suppress(OSError):
            for ending in (".running", ".stop"):
                (self._folder / f"{self._job.id}{ending}").unlink(missing_ok=True)
        self._lock.close()
        self._lock = None

    def _stop_if_asked(self) -> None:
        by = self._own_stop or _asked_by(self._folder / f"{self._job.id}.stop")
        if by:
            raise JobStoppedError(by)

    def _write(self) -> None:
        if self._unseen:
            return
        try:
            if self._lock is None:
                self._begin()
            _put(self._folder / f"{self._job.id}.json", self._job)
        except OSError:
            self._unseen = True

    def _begin(self) -> None:
        self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        _forget_old(self._folder)
        lock = (self._folder / f"{self._job.id}.running").open("ab")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._lock = lock


@contextmanager
def working(
    archive: Path, *, kind: str, who: str, clock: Callable[[], datetime], tick: Callable[[], float] = time.monotonic
) -> Iterator[Reporting]:
    """Tell of the work in the block, and how it ended."""
    reporting = Reporting(archive, kind=kind, who=who, clock=clock, tick=tick)
    try:
        yield reporting
    except JobStoppedError as stopped:
        reporting.end(JobState.STOPPED, words=str(stopped))
        raise
    except KeyboardInterrupt:
        reporting.end(JobState.STOPPED)
        raise
    except BaseException as error:
        words = str(error) if isinstance(error, ChronikError) else type(error).__name__
        reporting.end(JobState.FAILED, words=words)
        raise
    reporting.end(JobState.DONE)


def jobs(archive: Path) -> list[Job]:
    """What runs and what ran lately, the newest first."""
    folder = archive / FOLDER
    found = [_read(path) for path in sorted(folder.glob("*.json"), reverse=True)[:KEPT_MAX]]
    return [_as_it_stands(folder, job) for job in found if job]


def ask_to_stop(archive: Path, job_id: str, *, by: str) -> Job:
    """Ask a job to stop between two items. Raises NotFoundError where none of this id runs."""
    found = next((job for job in jobs(archive) if job.id == job_id and job.state is JobState.RUNNING), None)
    if found is None:
        raise NotFoundError(f"No job {job_id[:40]!r} runs. See: chronik jobs")
    try:
        (archive / FOLDER / f"{found.id}.stop").write_text(by[:150], encoding="utf-8", errors="replace")
    except OSError as error:
        raise ChronikError(f"The job cannot be asked to stop: {error.strerror}.") from error
    return replace(found, stop_asked_by=by)


def _as_it_stands(folder: Path, job: Job) -> Job:
    if job.state is not JobState.RUNNING:
        return job
    if not _is_held(folder / f"{job.id}.running"):
        # It may have ended between the reading and the look at its lock.
        again = _read(folder / f"{job.id}.json")
        return again if again and again.state is not JobState.RUNNING else replace(job, state=JobState.KILLED)
    return replace(job, stop_asked_by=_asked_by(folder / f"{job.id}.stop"))


def _is_held(path: Path) -> bool:
    """Whether a process still holds the lock of its job."""
    try:
        with path.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _asked_by(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[:150] or "somebody"
    except OSError:
        return ""


def _put(path: Path, job: Job) -> None:
    """The record as a whole, or the one from before."""
    fresh = path.with_suffix(".new")
    value = asdict(job) | {"started": job.started.isoformat(), "changed": job.changed.isoformat()}
    del value["stop_asked_by"]
    fresh.write_text(json.dumps(value), encoding="utf-8")
    fresh.replace(path)


def _read(path: Path) -> Job | None:
    """A record; None where it is no record of ours."""
    if not _ID.fullmatch(path.stem):
        return None
    try:
        with path.open("rb") as file:
            value: dict[str, Any] = json.loads(file.read(READ_BYTES_MAX))
        moments = {name: datetime.fromisoformat(value.pop(name)) for name in ("started", "changed")}
        job = Job(**value | moments | {"id": path.stem, "state": JobState(value["state"])})
        numbers = (job.done, job.total, job.failed)
        good = all(type(one) is int and one >= 0 for one in numbers) and all(one.tzinfo for one in moments.values())
        return job if good and all(isinstance(one, str) for one in (job.kind, job.who, job.stage, job.words)) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _forget_old(folder: Path) -> None:
    for path in sorted(folder.glob("*.json"), reverse=True)[KEPT_MAX - 1 :]:
        if not _is_held(path.with_suffix(".running")):
            for ending in (".json", ".running", ".stop", ".new"):
                path.with_suffix(ending).unlink(missing_ok=True)

"""Makes what was written survive a power cut. Acts: syncs, and turns an archive read-only when that fails.

After a failed sync nobody knows what is on the disk: the kernel forgets the pages, and a second sync says that all is
well (Rebello and others, "Can Applications Recover from fsync Failures?", USENIX ATC 2020). So the archive is marked by
a file, every process that writes looks for it, and only a check of everything takes it away.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chronik.errors import ReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK_NAME = "read-only"
REASON_BYTES_MAX = 1000
LEVELS_MAX = 32
"""Folders above a file that are looked at for the archive's own."""
HOUSE_NAMES = ("chronik.toml", "chronik.sqlite3")

_examined = ContextVar("_examined", default=Path())
_served = ContextVar[Path | None]("_served", default=None)


def sync(descriptor: int, path: Path) -> None:
    """Sync an open file or folder. Raises OSError; then the archive in which it lies is read-only."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        distrust(path, error.strerror or str(error))
        raise


def sync_folder(folder: Path) -> None:
    """Make created and renamed files of a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(descriptor, folder)
    finally:
        os.close(descriptor)


def house_of(path: Path) -> Path | None:
    """The archive folder in which a file lies."""
    above = [path, *path.parents][:LEVELS_MAX]
    return next((folder for folder in above if any((folder / name).is_file() for name in HOUSE_NAMES)), None)


def distrust(path: Path, reason: str) -> None:
    """Mark the archive of this file read-only; where even that cannot be written, the next sync fails again."""
    house = house_of(path) or _served.get()
    if house is None or (house / MARK_NAME).exists():
        return
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    with suppress(OSError):
        (house / MARK_NAME).write_text(f"{moment}: {path.name} could not be synced: {reason}\n", encoding="utf-8")


def fault(house: Path) -> str:
    """Why an archive is read-only, and what to do; empty where it is not."""
    try:
        said = (house / MARK_NAME).read_bytes()[:REASON_BYTES_MAX].decode("utf-8", "replace")
    except OSError:
        return ""
    if _examined.get() == house:
        return ""
    reason = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
    return (
        f"The archive is read-only since its disk failed ({reason}). Check the disk and the system's log, stop "
        "Chronik, then run: chronik verify. Where that finds nothing wrong, writing goes on."
    )


def check(path: Path) -> None:
    """Raises ReadOnlyError where the archive in which this lies may not be written to."""
    house = house_of(path)
    if house is not None and (reason := fault(house)):
        raise ReadOnlyError(reason)


@contextmanager
def serving(house: Path) -> Iterator[None]:
    """Inside, files that lie outside any archive, as the ledger's key and mark, belong to this one."""
    before = _served.set(house)
    try:
        yield
    finally:
        _served.reset(before)


@contextmanager
def examined(house: Path) -> Iterator[None]:
    """While everything is checked this process may write, to finish what was left; without an error the mark goes."""
    before = _examined.set(house)
    try:
        yield
        (house / MARK_NAME).unlink(missing_ok=True)
    finally:
        _examined.reset(before)

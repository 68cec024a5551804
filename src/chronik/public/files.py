"""Files of a published folder: each is replaced as a whole or not at all. Acts."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from typing import TYPE_CHECKING

from chronik.preserve.stopping import passing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNFINISHED = ".chronik-unfinished-"
"""How the name of a file begins while it is being written."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One writer at a time; a second waits."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def put(path: Path, content: bytes) -> bool:
    """Make the file hold these bytes, on the disk, before returning; False if it did already."""
    with contextlib.suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        passing("page written")
        unfinished.replace(path)
        passing("page put")
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync(path.parent)
    return True


def remove(path: Path, *, up_to: Path) -> bool:
    """Remove a file, then the folders that it leaves empty, below `up_to`; False if it was not there."""
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    parent = path.parent
    while up_to in parent.parents:
        try:
            parent.rmdir()
        except OSError:
            break
        parent = parent.parent
    sync(parent)
    return True


def sync(folder: Path) -> None:
    """Bring a folder's entries to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

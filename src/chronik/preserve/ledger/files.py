"""Files that are there whole or not at all, also after a power cut. Acts: writes and syncs."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from chronik.errors import LedgerError
from chronik.preserve.syncing import sync, sync_folder
from chronik.preserve.writer import advice

if TYPE_CHECKING:
    from pathlib import Path

FRESH_SUFFIX = ".new"
FILE_MODE = 0o640
PRIVATE_MODE = 0o600
FOLDER_MODE = 0o750
PRIVATE_FOLDER_MODE = 0o700


def make_folder(folder: Path, *, mode: int = FOLDER_MODE) -> None:
    """Make a folder and what lies above it, so that it survives a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent, mode=mode)
    folder.mkdir(mode=mode, exist_ok=True)
    sync_folder(folder.parent)


def write(path: Path, data: bytes, *, mode: int = FILE_MODE, folder_mode: int = FOLDER_MODE) -> None:
    """Put these bytes in the place of what stood there. Raises LedgerError; then what stood there stands."""
    fresh = path.with_name(path.name + FRESH_SUFFIX)
    try:
        make_folder(path.parent, mode=folder_mode)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        try:
            write_all(descriptor, data)
            sync(descriptor, path)
        finally:
            os.close(descriptor)
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise LedgerError(f"{advice(error, path)} Captures and acts are safe; their leaves are due.") from error


def write_once(path: Path, data: bytes) -> None:
    """Write a file that is never changed. Raises LedgerError, also where it is there with other bytes."""
    held = read(path)
    if held is None:
        write(path, data)
    elif held != data:
        raise LedgerError(f"{path} is not what was written there. Run: chronik verify")


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte at the descriptor's place."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def read(path: Path) -> bytes | None:
    """A file's bytes, None where there is none. Raises LedgerError."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LedgerError(f"{path} cannot be read: {error.strerror or error}.") from error

"""Copies of files that are proved to be whole before they take their place. Acts: reads and writes files."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from chronik.errors import VaultError
from chronik.preserve.stopping import passing
from chronik.preserve.syncing import sync, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

PART_SUFFIX = ".part"
READ_BYTES = 2**20
FOLDER_MODE = 0o700


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_whole(source: Path, target: Path, *, digest: str = "") -> str:
    """Copy a file, sync it, read it back; the digest of what stands there now.

    The target is replaced in one step, or stays as it was. Raises VaultError where the source has not the digest that
    is asked for, or the target does not give back what was written, and OSError.
    """
    part = target.with_name(target.name + PART_SUFFIX)
    make_folder(target.parent)
    try:
        written = _copied(source, part)
        _check(source, part, written, wanted=digest)
        passing("copy written")
        part.replace(target)
        sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return written


def _check(source: Path, part: Path, written: str, *, wanted: str) -> None:
    if wanted and written != wanted:
        raise VaultError(f"{source} is not what it was: its digest is {written}, not {wanted}.")
    if file_digest(part) != written:
        raise VaultError(f"{part.parent} does not give back what was written there. Check that disk.")


def _copied(source: Path, part: Path) -> str:
    found = hashlib.sha256()
    with source.open("rb") as file, part.open("wb") as out:
        while data := file.read(READ_BYTES):
            found.update(data)
            out.write(data)
        out.flush()
        sync(out.fileno(), part)
        # What is read back comes from the disk, as far as the system lets us ask for that.
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return found.hexdigest()


def make_folder(folder: Path) -> None:
    """Make a folder and what lies above it, so that it survives a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    sync_folder(folder.parent)

"""Finishes WARC files that a writer left behind. Acts: moves torn tails to quarantine and seals."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from chronik.errors import VaultError
from chronik.preserve import cdxj, warc
from chronik.preserve.scan import Found, head_line, scan
from chronik.preserve.stopping import passing
from chronik.preserve.syncing import sync, sync_folder
from chronik.preserve.writer import advice, index_path, locked, open_index_path, seal, warc_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chronik.model import Capture

QUARANTINE = "quarantine"
NEVER_WRITTEN = "\0\0"
"""What a file system gives for the part of an index that had not reached the disk when the power went."""


@dataclass(slots=True, kw_only=True)
class _Left:
    """A file that a writer left, under our lock, and how far it is whole."""

    path: Path
    file: BinaryIO
    end: int = 0
    lines: list[str] = field(default_factory=list)
    head: str = ""
    """What the writer will have said of the file's head."""


def recovered(folder: Path) -> Iterator[Capture]:
    """Every capture of the files that writers left unsealed; these are sealed once the iterator is exhausted.

    Files that a living writer holds are left alone. Raises VaultError.
    """
    with ExitStack() as held:
        all_left = []
        for path in warc_files(folder):
            left = None if index_path(path).exists() else _taken(path, held)
            if left:
                all_left.append(left)
                yield from _captures(left)
        for left in all_left:
            try:
                _finish(left)
            except OSError as error:
                raise VaultError(advice(error, left.path)) from error


def _taken(path: Path, held: ExitStack) -> _Left | None:
    try:
        file = held.enter_context(path.open("r+b"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VaultError(advice(error, path)) from error
    free = locked(file, path) and not index_path(path).exists()
    return _Left(path=path, file=file) if free else None


def _captures(left: _Left) -> Iterator[Capture]:
    for step in scan(left.file, name=left.path.name):
        if isinstance(step, Found):
            if step.start == 0:
                left.head = head_line(left.file, step.end, name=left.path.name)
            left.end = step.end
            left.lines.extend(step.lines)
            if step.capture:
                yield step.capture


def _finish(left: _Left) -> None:
    if left.file.seek(0, os.SEEK_END) > left.end:
        _move_tail(left)
    left.lines.extend(_lines_of_lost_groups(left))
    if left.end == 0 and not left.lines:
        left.path.unlink()
        open_index_path(left.path).unlink(missing_ok=True)
    else:
        seal(left.path, left.lines)


def _move_tail(left: _Left) -> None:
    """Nothing is thrown away: what was torn stays to be looked at."""
    quarantine = left.path.parent / QUARANTINE
    quarantine.mkdir(exist_ok=True)
    left.file.seek(left.end)
    with (quarantine / f"{left.path.name}.from-{left.end}").open("wb") as out:
        while data := left.file.read(warc.READ_BYTES):
            out.write(data)
        out.flush()
        sync(out.fileno(), quarantine)
    sync_folder(quarantine)
    passing("tail moved")
    left.file.truncate(left.end)
    sync(left.file.fileno(), left.path)
    passing("tail cut")


def _lines_of_lost_groups(left: _Left) -> list[str]:
    """Lines of captures that were acknowledged and are whole no more: kept, so that the damage is reported for good.

    So are lines that cannot be read, but for the last one, in the middle of which the writer may have been stopped.
    """
    try:
        text = open_index_path(left.path).read_text(encoding="ascii", errors="backslashreplace")
    except FileNotFoundError:
        return []
    known = {*left.lines, left.head}
    lost = [line for line in text.split("\n")[:-1] if line not in known and line and NEVER_WRITTEN not in line]
    return [line for line in lost if not line.startswith(cdxj.GONE_KEY)]


def left_unsealed(folder: Path, *, before: float) -> list[Path]:
    """Files without their seal that no living writer holds and that were last written before this time (epoch)."""
    found = []
    for path in warc_files(folder):
        with suppress(OSError), path.open("rb") as file:
            old = os.fstat(file.fileno()).st_mtime < before
            if old and not index_path(path).exists() and locked(file, path):
                found.append(path)
    return found

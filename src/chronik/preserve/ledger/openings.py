"""The openings: what each leaf commits to, one JSON line a leaf. Acts: appends and reads files.

They are written and synced before anything else, so entries and tiles can be made of them again after a crash. A line
is never changed but by a redaction, which puts the number of its own act's leaf in the place of salt and payload.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chronik.errors import LedgerError
from chronik.model import Opening, canonical
from chronik.preserve.ledger import files
from chronik.preserve.ledger.tiles import WIDTH, numbered
from chronik.preserve.syncing import sync
from chronik.preserve.writer import advice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FOLDER = "openings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A line whose salt and payload were destroyed."""

    index: int
    by: int
    """Leaf of the act that asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Torn:
    """A line that is not what was written."""

    index: int
    reason: str


def line(opening: Opening) -> bytes:
    """An opening as it stands in the file."""
    return canonical({"index": opening.index, "payload": dict(opening.payload), "salt": opening.salt.hex()}) + b"\n"


def redacted_line(redacted: Redacted) -> bytes:
    """What stands in the place of an opening that was destroyed."""
    return canonical({"index": redacted.index, "redacted_by": redacted.by}) + b"\n"


def parsed(text: bytes, index: int) -> Opening | Redacted | Torn:
    """What a line says that should be that of leaf `index`."""
    try:
        values = json.loads(text)
        rewritten = canonical(values)
    except (ValueError, RecursionError, UnicodeError):
        return Torn(index=index, reason="the opening cannot be read")
    if rewritten != text or not isinstance(values, dict) or values.get("index") != index:
        return Torn(index=index, reason="the opening is not what was written")
    return _opening(values, index)


def _opening(values: dict[str, Any], index: int) -> Opening | Redacted | Torn:
    salt, payload, by = values.get("salt"), values.get("payload"), values.get("redacted_by")
    if isinstance(by, int) and len(values) == 2:
        return Redacted(index=index, by=by)
    try:
        found = bytes.fromhex(salt) if isinstance(salt, str) else b""
        if found.hex() == salt and isinstance(payload, dict) and len(values) == 3:
            return Opening(index=index, salt=found, payload=payload)
    except ValueError:
        pass
    return Torn(index=index, reason="the opening is not what was written")


class Openings:
    """The folder of openings; 256 lines a file, named as the entry bundles are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, number: int) -> Path:
        return self._folder / numbered(number)

    def append(self, openings: Sequence[Opening]) -> None:
        """Write lines behind the last one and sync. Raises LedgerError; then nothing of them counts."""
        for start in range(openings[0].index // WIDTH, openings[-1].index // WIDTH + 1):
            part = [one for one in openings if one.index // WIDTH == start]
            self._append(self._path(start), b"".join(line(one) for one in part))

    def _append(self, path: Path, data: bytes) -> None:
        if not path.exists():
            files.write(path, data, mode=files.PRIVATE_MODE, folder_mode=files.PRIVATE_FOLDER_MODE)
            return
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
            try:
                files.write_all(descriptor, data)
                sync(descriptor, path)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise LedgerError(f"{advice(error, path)} Captures and acts are safe; their leaves are due.") from error

    def repair(self, size: int) -> int:
        """Take away a torn end behind the first `size` leaves, write what is whole there anew; whole lines, counted."""
        end = size
        while (data := files.read(self._path(end // WIDTH))) is not None:
            known = end % WIDTH
            lines = data.splitlines(keepends=True)
            whole = lines[: _whole_lines(lines, end - known, known=known)]
            if len(whole) > known or (len(lines) > known and whole != lines):
                # A sync that failed may have left in memory what is not on the disk: these bytes are written again.
                self._rewrite(end // WIDTH, b"".join(whole))
            end += max(len(whole) - known, 0)
            if len(whole) < WIDTH:
                break
        return end

    def _rewrite(self, number: int, data: bytes) -> None:
        files.write(self._path(number), data, mode=files.PRIVATE_MODE, folder_mode=files.PRIVATE_FOLDER_MODE)

    def between(self, start: int, end: int) -> Iterator[Opening | Redacted | Torn]:
        """The openings of these leaves, one for each."""
        for number in range(start // WIDTH, -(-end // WIDTH)):
            lines = (files.read(self._path(number)) or b"").split(b"\n")
            first = number * WIDTH
            for index in range(max(start, first), min(end, first + WIDTH)):
                place = index - first
                has = place < len(lines) and lines[place]
                yield parsed(lines[place], index) if has else Torn(index=index, reason="the opening is missing")

    def at(self, index: int) -> Opening | Redacted | Torn:
        """The opening of one leaf."""
        return next(iter(self.between(index, index + 1)))

    def redact(self, index: int, *, by: int) -> None:
        """Destroy salt and payload of a leaf; the act that asks for it is leaf `by`."""
        path = self._path(index // WIDTH)
        lines = (files.read(path) or b"").splitlines(keepends=True)
        lines[index % WIDTH] = redacted_line(Redacted(index=index, by=by))
        self._rewrite(index // WIDTH, b"".join(lines))

    def sweep(self) -> None:
        """Take away what a killed rewriting left: it may hold what was redacted since."""
        for path in self._folder.rglob(f"*{files.FRESH_SUFFIX}"):
            path.unlink(missing_ok=True)

    def unexplained(self, size: int) -> list[str]:
        """Names of files that no leaf of a tree of this size has, or that hold more lines than it has leaves."""
        found = {path for path in self._folder.rglob("*") if path.is_file()}
        for number in range(-(-size // WIDTH)):
            path = self._path(number)
            lines = (files.read(path) or b"").count(b"\n")
            if lines <= min(WIDTH, size - number * WIDTH):
                found.discard(path)
        fresh = {path for path in found if path.name.endswith(files.FRESH_SUFFIX)}
        return sorted(path.relative_to(self._folder.parent).as_posix() for path in found - fresh)


def _whole_lines(lines: Sequence[bytes], first: int, *, known: int) -> int:
    """How many lines from the start are whole: the known ones, and those behind that can be read."""
    count = min(known, len(lines))
    while count < min(len(lines), WIDTH) and _is_whole(lines[count], first + count):
        count += 1
    return count


def _is_whole(written: bytes, index: int) -> bool:
    return written.endswith(b"\n") and isinstance(parsed(written[:-1], index), Opening)

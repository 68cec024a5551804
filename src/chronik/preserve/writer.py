"""One WARC file while it is being written, and its sealing. Acts: writes, syncs and reads back."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from chronik.errors import DamagedCaptureError, VaultError
from chronik.model import Location, sha256_hex
from chronik.preserve import cdxj, warc
from chronik.preserve.stopping import passing
from chronik.preserve.syncing import sync, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from chronik.model import Capture
    from chronik.preserve.group import Group

NAME_START = "chronik-"
WARC_SUFFIX = ".warc.gz"
INDEX_SUFFIX = ".cdxj"
OPEN_SUFFIX = ".cdxj.open"
"""The index of a file that is not sealed yet."""
OPERATOR_CHARACTERS_MAX = 300
NAMES_TRIED_MAX = 10
WHAT_SHOWN_MAX = 200
"""Of an address in a message."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def advice(error: OSError, where: Path) -> str:
    """What failed and what to do about it, in one line."""
    if error.errno in _FULL:
        return f"The disk of {where} is full: free some space, then run the same command again."
    if error.errno in _FORBIDDEN:
        return f"{where} cannot be written: give this user the right to write there, then run the same command again."
    return f"{where}: {error.strerror or error}. Check the disk, then run the same command again."


def warc_files(folder: Path) -> list[Path]:
    """The vault's own WARC files in the order of their making; what else lies in the folder is not touched."""
    return sorted(folder.glob(f"{NAME_START}*{WARC_SUFFIX}"))


def index_path(path: Path) -> Path:
    """The index beside a WARC file; once it exists, the file is sealed."""
    return path.with_name(path.name.removesuffix(WARC_SUFFIX) + INDEX_SUFFIX)


def open_index_path(path: Path) -> Path:
    """The index of a WARC file as long as it is not sealed."""
    return path.with_name(path.name.removesuffix(WARC_SUFFIX) + OPEN_SUFFIX)


def locked(file: BinaryIO, path: Path) -> bool:
    """Take the exclusive lock of a WARC file, unless a writer holds it or the file is gone from its place."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return _leads_to(path, file)
    except BlockingIOError:
        return False


def _leads_to(path: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def seal(path: Path, lines: Iterable[str]) -> None:
    """Write the finished index of a WARC file: from then on neither is changed."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        length = file.tell()
    part = index_path(path).with_suffix(".part")
    with part.open("w", encoding="ascii", newline="\n") as out:
        out.write(cdxj.sealed(path.name, lines, length=length, digest=digest))
        out.flush()
        sync(out.fileno(), part)
    passing("index synced")
    part.replace(index_path(path))
    sync_folder(path.parent)
    passing("sealed")
    open_index_path(path).unlink(missing_ok=True)


class WarcFile:
    """A WARC file that this process alone appends to. What `append` returned is on the disk."""

    def __init__(self, folder: Path, *, software: str, now: datetime, operator: str = "") -> None:
        """Create a file and begin it with a warcinfo record. Raises VaultError."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path, self._file = _created(folder, now)
            self._index = open_index_path(self.path).open("xb", buffering=0)
            sync_folder(folder)
        except OSError as error:
            raise VaultError(f"{advice(error, folder)} Nothing was kept.") from error
        self.process = os.getpid()
        self.file_id = warc.file_id(self.path.name)
        self.size_bytes = 0
        self._failure = ""
        self._lines: list[str] = []
        try:
            self._begin(warc.member(_warcinfo(self.path.name, software=software, operator=operator, now=now)))
        except BaseException:
            self._discard()
            raise

    def _begin(self, head: bytes) -> None:
        self._append(head, "the head of the file")
        line = cdxj.head_line(self.path.name, length=len(head), digest=sha256_hex(head))
        try:
            write_at(self._index.fileno(), f"{line}\n".encode("ascii"), offset=0)
        except OSError as error:
            raise VaultError(f"{advice(error, self.path)} Nothing was kept.") from error

    def append(self, group: Group) -> Capture:
        """Write a group in one go, sync it, read it back with the other library, add its index lines.

        Raises VaultError; then the file ends where it ended before.
        """
        members = [warc.member(record) for record in group.records]
        locations = []
        end = self.size_bytes
        for data in members:
            locations.append(Location(file=self.path.name, offset=end, length=len(data)))
            end += len(data)
        data = b"".join(members)
        found = cdxj.lines(group, locations, digest=sha256_hex(data))
        self._append(data, group.capture.url, group=group, lines=found)
        return replace(group.capture, location=locations[group.main])

    def _append(self, data: bytes, what: str, *, group: Group | None = None, lines: Iterable[str] = ()) -> None:
        if self._failure:
            raise VaultError(f"{self._failure} Nothing more is written to {self.path.name}; restart Chronik.")
        before = (self.size_bytes, self._index.seek(0, os.SEEK_END), len(self._lines))
        try:
            passing("before writing")
            write_at(self._file.fileno(), data, offset=self.size_bytes)
            passing("written")
            self._sync()
            passing("synced")
            self._read_back(data, group)
            index_lines = "".join(f"{line}\n" for line in lines).encode("ascii")
            write_at(self._index.fileno(), index_lines, offset=before[1])
            self._lines.extend(lines)
            self.size_bytes += len(data)
            passing("listed")
        except (OSError, DamagedCaptureError) as error:
            self._roll_back(*before)
            reason = advice(error, self.path) if isinstance(error, OSError) else f"{self.path}: {error}."
            raise VaultError(f"{reason} Nothing was kept of {what[:WHAT_SHOWN_MAX]}.") from error
        except BaseException:  # a person pressed Ctrl-C
            self._roll_back(*before)
            raise

    def is_in_place(self) -> bool:
        """Whether the path still leads to the open file: what is written elsewhere is lost."""
        return _leads_to(self.path, self._file)

    def _sync(self) -> None:
        """After a failed sync nobody knows what is on the disk (the kernel forgets the pages): no further writing."""
        try:
            sync(self._file.fileno(), self.path)
        except OSError:
            self._failure = "The disk failed to store what was written."
            raise

    def _read_back(self, data: bytes, group: Group | None) -> None:
        if not self.is_in_place():
            raise DamagedCaptureError("the file was removed while it was written; run the same command again")
        descriptor = self._file.fileno()
        os.posix_fadvise(descriptor, self.size_bytes, len(data), os.POSIX_FADV_DONTNEED)
        stored = _read_whole(descriptor, self.size_bytes, len(data))
        if stored != data:
            raise DamagedCaptureError("the disk gave back other bytes than were written; check the disk")
        if group is not None and tuple(warc.parsed(stored)) != group.records:
            raise DamagedCaptureError("the records written were read back differently")

    def _roll_back(self, size_bytes: int, index_end: int, line_count: int) -> None:
        self.size_bytes = size_bytes
        del self._lines[line_count:]
        try:
            os.ftruncate(self._file.fileno(), size_bytes)
            os.ftruncate(self._index.fileno(), index_end)
        except OSError:
            self._failure = self._failure or "A half-written capture could not be taken back."

    def close(self) -> None:
        """Seal the file, unless its disk failed: then it is left for recovery. Raises VaultError.

        Of a file that somebody removed there is nothing to seal.
        """
        try:
            if not self._failure and self.is_in_place():
                seal(self.path, self._standing_lines())
        except OSError as error:
            raise VaultError(f"{advice(error, self.path)} What was kept is safe.") from error
        finally:
            self.release()

    def _standing_lines(self) -> list[str]:
        """What the index shall say: what was redacted meanwhile is not in the unfinished index any more."""
        try:
            text = open_index_path(self.path).read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return self._lines
        if cdxj.GONE_KEY not in text:
            return self._lines
        standing = set(text.split("\n"))
        return [line for line in self._lines if line in standing]

    def _discard(self) -> None:
        """Take away a file that was created and holds nothing."""
        self.path.unlink(missing_ok=True)
        open_index_path(self.path).unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Let go of the file without sealing it."""
        self._index.close()
        self._file.close()


def _created(folder: Path, now: datetime) -> tuple[Path, BinaryIO]:
    for _ in range(NAMES_TRIED_MAX):
        moment = "".join(letter for letter in warc.date(now) if letter.isalnum())
        path = folder / f"{NAME_START}{moment}-{secrets.token_hex(8)}{WARC_SUFFIX}"
        file = path.open("x+b", buffering=0)
        if locked(file, path):
            return path, file
        file.close()
    raise OSError(errno.EAGAIN, "another process takes every new file away")


def _warcinfo(file_name: str, *, software: str, operator: str, now: datetime) -> warc.Record:
    """What holds for the whole file; one process writes one, so its name tells the job (WARC 1.1 §6.2)."""
    shown = "".join(sign if sign.isprintable() else " " for sign in operator[:OPERATOR_CHARACTERS_MAX])
    named = " ".join(shown.split())
    about = f"software: {software}\r\n" + (f"operator: {named}\r\n" if named else "")
    about += "format: WARC File Format 1.1\r\n"
    return warc.record(
        "warcinfo",
        block=about.encode("utf-8", "replace"),
        fields=(
            ("WARC-Record-ID", warc.file_id(file_name)),
            ("WARC-Date", warc.date(now)),
            ("WARC-Filename", file_name),
            ("Content-Type", "application/warc-fields"),
        ),
    )


def write_at(descriptor: int, data: bytes, *, offset: int) -> None:
    """Write every byte, from this place of the file on."""
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written


def _read_whole(descriptor: int, offset: int, length: int) -> bytes:
    pieces = []
    while length > 0 and (piece := os.pread(descriptor, length, offset)):
        pieces.append(piece)
        offset, length = offset + len(piece), length - len(piece)
    return b"".join(pieces)

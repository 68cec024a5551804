"""The vault: a folder of WARC files, written once and never changed. Acts: reads and writes that folder."""

from __future__ import annotations

import os
import stat
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from chronik.errors import DamagedCaptureError, TooLargeError
from chronik.model import Page, RecordKind, sha256_hex
from chronik.preserve import fixity, message, records, recovery, syncing, warc
from chronik.preserve.group import connection, exchange_contents, foreign_content, group, resource_content
from chronik.preserve.scan import Found, scan
from chronik.preserve.writer import WARC_SUFFIX, WarcFile, warc_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from chronik.model import Capture, Connection, Exchange
    from chronik.ports import ForeignRecord
    from chronik.preserve.group import Content

FILE_BYTES_MAX = 2**30
"""A WARC file that has reached this size gets no further capture; the next one begins another file."""


def stored_bytes(paths: Iterable[Path]) -> int:
    """How large these files are together; what vanishes meanwhile, and what is no file, counts nothing."""
    total = 0
    for path in paths:
        with suppress(FileNotFoundError):
            found = path.stat()
            total += found.st_size if stat.S_ISREG(found.st_mode) else 0
    return total


def _name(capture: Capture) -> str:
    return f"Capture {capture.id} of {capture.url} ({capture.location.file} at byte {capture.location.offset})"


class FolderVault:
    """`ports.Vault` in a folder. Threads may share one; processes each make their own and write side by side."""

    def __init__(
        self,
        folder: Path,
        *,
        software: str,
        clock: Callable[[], datetime],
        operator: str = "",
        file_bytes_max: int = FILE_BYTES_MAX,
    ) -> None:
        self._folder = folder
        self._software = software
        self._operator = operator
        self._clock = clock
        self._file_bytes_max = file_bytes_max
        self._file: WarcFile | None = None
        self._full: list[WarcFile] = []
        """Sealed with the vault only: nobody knows here whether their last captures are recorded."""
        self._lock = threading.RLock()

    def keep(self, exchange: Exchange, *, by_hand: bool = False) -> Capture:
        """Write every hop, sync, read back, compare.

        Raises VaultError, TooLargeError or ReadOnlyError; then nothing was kept.
        """
        return self._kept(exchange_contents(exchange), asked_url=exchange.asked_url, by_hand=by_hand)

    def keep_resource(  # noqa: PLR0913 - what a capture is made of, each by name
        self, body: bytes, *, url: str, media_type: str, taken_at: datetime, origin: str, by_hand: bool = False
    ) -> Capture:
        """Keep the bytes of a file that a person gave, `by_hand` a page out of a browser. Raises as `keep`."""
        content = resource_content(body, url=url, media_type=media_type, taken_at=taken_at)
        return self._kept([content], origin=origin, by_hand=by_hand)

    def keep_foreign(self, record: ForeignRecord) -> Capture:
        """Keep a record of another archive, its time and block unchanged. Raises as `keep`."""
        return self._kept([foreign_content(record)], origin=record.origin)

    def _kept(
        self, contents: Sequence[Content], *, asked_url: str = "", origin: str = "", by_hand: bool = False
    ) -> Capture:
        syncing.check(self._folder)
        with self._lock:
            file = self._writable()
            found = group(contents, file_id=file.file_id, asked_url=asked_url, origin=origin, by_hand=by_hand)
            return file.append(found)

    def _writable(self) -> WarcFile:
        if self._file and self._file.process != os.getpid():
            self.release()  # a forked child must not write into its parent's file
        if self._file and not self._file.is_in_place():
            self._file.release()  # somebody removed it, as with the sample newsroom
            self._file = None
        if self._file and self._file.size_bytes >= self._file_bytes_max:
            self._full.append(self._file)
            self._file = None
        if self._file is None:
            self._file = WarcFile(self._folder, software=self._software, operator=self._operator, now=self._clock())
        return self._file

    def page(self, capture: Capture, *, size_bytes_max: int = 64 * 2**20) -> Page:
        """What the capture holds, codings taken off. Raises DamagedCaptureError, TooLargeError or RefusedInputError."""
        record = self._record(capture)
        if capture.record is RecordKind.RESPONSE:
            head = message.message(record.block)
            content_type = head.header("content-type")
            body = message.body(record.block, head, size_bytes_max=size_bytes_max)
        else:
            content_type, body = record.field("Content-Type"), record.block
        if len(body) > size_bytes_max:
            raise TooLargeError(f"{capture.url}: {len(body)} bytes; the limit is {size_bytes_max}.")
        return Page(
            url=capture.url,
            body=body,
            media_type=message.media_type(content_type) or capture.media_type,
            charset=message.charset(content_type),
            status=capture.status,
            captured_at=capture.captured_at,
        )

    def _record(self, capture: Capture) -> warc.Record:
        where, name = capture.location, _name(capture)
        path = self._path(capture)
        try:
            with path.open("rb") as file:
                record, length = warc.member_at(file, where.offset)
        except DamagedCaptureError as error:
            raise DamagedCaptureError(f"{name}: {error}. Restore the file from a backup.") from error
        except OSError as error:
            raise DamagedCaptureError(f"{name}: {error.strerror or error}. Restore the file from a backup.") from error
        if length != where.length or record.url != capture.url or sha256_hex(record.block) != capture.block_digest:
            raise DamagedCaptureError(f"{name}: another record stands there. Restore the file from a backup.")
        return record

    def _path(self, capture: Capture) -> Path:
        path = self._folder / capture.location.file
        if path.parent != self._folder or not path.name.endswith(WARC_SUFFIX):
            raise DamagedCaptureError(f"{_name(capture)}: no file of the vault is called so.")
        return path

    def recovered(self) -> Iterator[Capture]:
        """Captures of WARC files that a writer left unsealed, torn tails moved to quarantine.

        Files that a living writer holds are left alone; the others are sealed once the iterator is exhausted.
        """
        return recovery.recovered(self._folder)

    def captures(self) -> Iterator[Capture]:
        """Every whole capture that the vault holds, file by file; what is damaged, `damages` tells."""
        return (capture for capture, _ in self.digests())

    def digests(self) -> Iterator[tuple[Capture, str]]:
        """Every whole capture with the SHA-256 of its records, file by file."""
        for path in warc_files(self._folder):
            with suppress(FileNotFoundError), path.open("rb") as file:
                found = (step for step in scan(file, name=path.name) if isinstance(step, Found))
                yield from ((step.capture, step.digest) for step in found if step.capture)

    def records(self, capture: Capture) -> bytes:
        """A capture's records as they stand in their file: requests, answers, notes. Raises DamagedCaptureError."""
        return records.record_bytes(self._folder, capture)

    def connection(self, capture: Capture) -> Connection | None:
        """What was noted of the connection over which a capture came. Raises DamagedCaptureError.

        It stands right behind the capture, so that no index has to be read.
        """
        end = capture.location.offset + capture.location.length
        try:
            with self._path(capture).open("rb") as file:
                return connection(warc.member_at(file, end)[0], capture)
        except OSError as error:
            raise DamagedCaptureError(f"{_name(capture)}: {error.strerror or error}.") from error

    def damages(self) -> Iterator[tuple[str, str]]:
        """Re-read all bytes: (WARC file or record, what is wrong with it) for each damage found."""
        return fixity.damages(self._folder)

    def size_bytes(self) -> int:
        """Bytes on disk, indexes and quarantine included."""
        files = [*self._folder.glob("*"), *(self._folder / recovery.QUARANTINE).glob("*")]
        return stored_bytes(files)

    def close(self) -> None:
        """Seal the files written. A vault that was only read from is left as it is."""
        with self._lock:
            for file in self._taken():
                if file.process == os.getpid():
                    file.close()
                else:
                    file.release()

    def release(self) -> None:
        """Let go without sealing: what was kept and is not recorded yet is recovered next time."""
        with self._lock:
            for file in self._taken():
                file.release()

    def _taken(self) -> list[WarcFile]:
        files = [*self._full, *([self._file] if self._file else [])]
        self._full, self._file = [], None
        return files

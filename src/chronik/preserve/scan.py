"""Reads a WARC file of the vault group by group, whatever happened to it. Acts: reads one file."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik.errors import DamagedCaptureError
from chronik.model import Location
from chronik.preserve import cdxj, warc
from chronik.preserve.cdxj import lines
from chronik.preserve.group import group_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from chronik.model import Capture

GROUP_RECORDS_MAX = 256
"""Records of one capture; redirects end long before."""

GONE_FIELD = "chronik-redacted"
"""Begins the block of a `metadata` record in the place of a capture that was redacted."""
_CLOSING = frozenset({"warcinfo", "metadata"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stretch of the file that is whole: the file's own head, or one capture."""

    start: int
    end: int
    capture: Capture | None = None
    lines: tuple[str, ...] = ()
    """The CDXJ lines that belong to it."""
    digest: str = ""
    """SHA-256 of a capture's bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A stretch of the file that is not."""

    start: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    record: warc.Record
    location: Location


def scan(file: BinaryIO, *, name: str) -> Iterator[Found | Broken]:
    """Every whole group of a WARC file of ours in order, and every stretch between them that is broken.

    After damage it goes on at the next gzip member that names this file's warcinfo record.
    """
    pieces: list[_Piece] = []
    for step in _members(file, name):
        if isinstance(step, Broken):
            start = pieces[0].location.offset if pieces else step.start
            yield Broken(start=start, reason=_of_whom(pieces) + step.reason)
            pieces = []
            continue
        pieces.append(step)
        if step.record.kind in _CLOSING or len(pieces) >= GROUP_RECORDS_MAX:
            yield _closed(file, pieces)
            pieces = []
    if pieces:
        reason = _of_whom(pieces) + "the file ends in the middle of a capture"
        yield Broken(start=pieces[0].location.offset, reason=reason)


def _members(file: BinaryIO, name: str) -> Iterator[_Piece | Broken]:
    size = file.seek(0, os.SEEK_END)
    position, own_id = 0, warc.file_id(name).encode()
    while position < size:
        try:
            record, length = warc.member_at(file, position)
        except DamagedCaptureError as error:
            yield Broken(start=position, reason=f"at byte {position} {error}")
            following = warc.next_member(file, position + 1, holding=own_id)
            position = size if following is None else following
        else:
            yield _Piece(record=record, location=Location(file=name, offset=position, length=length))
            position += length


def _closed(file: BinaryIO, pieces: list[_Piece]) -> Found | Broken:
    start, last = pieces[0].location.offset, pieces[-1].location
    end = last.offset + last.length
    if len(pieces) == 1 and (pieces[0].record.kind == "warcinfo" or _is_gone(pieces[0].record)):
        return Found(start=start, end=end)
    try:
        group = group_of([piece.record for piece in pieces])
    except DamagedCaptureError as error:
        return Broken(start=start, reason=str(error))
    locations = [piece.location for piece in pieces]
    capture = replace(group.capture, location=locations[group.main])
    digest = digest_of(file, start, end)
    found = tuple(lines(group, locations, digest=digest))
    return Found(start=start, end=end, capture=capture, lines=found, digest=digest)


def _is_gone(record: warc.Record) -> bool:
    return record.kind == "metadata" and record.block.startswith(f"{GONE_FIELD}: ".encode("ascii"))


def head_line(file: BinaryIO, end: int, *, name: str) -> str:
    """What stands in the index of an unfinished file about its head, which ends here."""
    return cdxj.head_line(name, length=end, digest=digest_of(file, 0, end))


def digest_of(file: BinaryIO, start: int, end: int) -> str:
    """SHA-256 of a stretch of a file."""
    digest = hashlib.sha256()
    file.seek(start)
    while (left := end - file.tell()) > 0 and (data := file.read(min(left, warc.READ_BYTES))):
        digest.update(data)
    return digest.hexdigest()


def _of_whom(pieces: list[_Piece]) -> str:
    return f"{pieces[-1].record.url}: " if pieces else ""

"""Reads ARC files, the format before WARC (Internet Archive, 1996), versions 1 and 2. Acts: reads one file.

A file begins with a block that says its version and what stands in the lines before each document. Compressed, each
document is a gzip member; then what follows a damaged one can still be found.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from chronik.errors import DamagedCaptureError
from chronik.preserve import warc

if TYPE_CHECKING:
    from collections.abc import Iterator

START = b"filedesc:"
LINE_BYTES_MAX = 2**14
BLOCK_BYTES_MAX = 64 * 2**20
"""A larger document is passed over."""
FIELDS_MIN = 5
"""URL, IP address, date, content type, length; version 2 puts five more before the length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One document, or a place at which none can be read."""

    offset: int
    url: str = ""
    moment: str = ""
    """Fourteen digits."""
    media_type: str = ""
    block: bytes = b""
    fault: str = ""
    """Why it cannot be taken in."""
    ends: bool = False
    """Nothing that follows could be read."""


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """Every document in the order of the file; the version block is none."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(len(warc.GZIP_MAGIC)) != warc.GZIP_MAGIC:
        file.seek(0)
        yield from _documents(file, at=None, fields=FIELDS_MIN)
        return
    offset, fields = 0, FIELDS_MIN
    while offset < size:
        try:
            data, end = warc.member_bytes(file, offset)
        except DamagedCaptureError as error:
            yield Piece(offset=offset, fault=f"no document can be read here ({error})", ends=True)
            return
        stream = io.BytesIO(data)
        fields = _fields(data) if offset == 0 else fields
        yield from _documents(stream, at=offset, fields=fields)
        offset = end


def _fields(data: bytes) -> int:
    """How many fields the version block names: the third line lists them."""
    lines = data[:LINE_BYTES_MAX].split(b"\n", 3)
    return max(FIELDS_MIN, len(lines[2].split())) if len(lines) > 3 else FIELDS_MIN


def _documents(stream: BinaryIO, *, at: int | None, fields: int) -> Iterator[Piece]:
    """The documents of a plain file, or of one gzip member that begins at `at`."""
    while True:
        start = stream.tell()
        offset = start if at is None else at
        line = stream.readline(LINE_BYTES_MAX)
        if not line:
            return
        if not line.strip():
            continue
        if start == 0 and at is None:
            fields = _fields(line + stream.read(LINE_BYTES_MAX))
            stream.seek(len(line))
        values = line.decode("utf-8", "replace").strip("\r\n").rsplit(" ", (FIELDS_MIN if start == 0 else fields) - 1)
        length = _length(values[-1])
        if len(values) < FIELDS_MIN or length is None:
            yield Piece(offset=offset, url=values[0][:200], fault="does not say how long it is", ends=at is None)
            return
        block = stream.read(length) if length <= BLOCK_BYTES_MAX else _passed(stream, length)
        if values[0].encode("utf-8", "replace").startswith(START):
            continue
        yield Piece(
            offset=offset,
            url=values[0],
            moment=values[2],
            media_type=values[3],
            block=block,
            fault=_fault(length, len(block)),
        )


def _length(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _passed(stream: BinaryIO, length: int) -> bytes:
    stream.seek(length, os.SEEK_CUR)
    return b""


def _fault(length: int, held: int) -> str:
    if length > BLOCK_BYTES_MAX:
        return f"has {length} bytes, more than the {BLOCK_BYTES_MAX} that are taken in"
    return f"is cut short: {held} of {length} bytes" if held < length else ""

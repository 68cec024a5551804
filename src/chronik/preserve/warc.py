"""Wraps warcio and fastwarc: WARC 1.1 records (ISO 28500:2017) as plain values. Decides: bytes in, bytes out.

What warcio wrote is read by fastwarc, so no mistake of one library can hide behind itself.
"""

from __future__ import annotations

import io
import mmap
import os
import re
import uuid
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from fastwarc import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from chronik.errors import DamagedCaptureError, VaultError
from chronik.model import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "WARC/1.1"
RECORD_BYTES_MAX = 256 * 2**20
"""No record is larger, and none is read further."""
HEAD_BYTES_MAX = 2**20
"""Room for the named fields of a record."""
READ_BYTES = 2**18
PEEK_BYTES = 2**13
"""Enough of a member to see whether it begins a record."""
PEEK_STEP_BYTES = 64
"""Small, so that a wrong checksum at the end does not take the beginning away."""
COMPRESSION_LEVEL = 6
GZIP_MAGIC = b"\x1f\x8b\x08"
TRUNCATED_REASONS = frozenset({"length", "time", "disconnect", "unspecified"})
"""WARC 1.1 §5.13."""

_GZIP_WINDOW = zlib.MAX_WBITS + 16
_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")
_VALUE = re.compile(r"[\x20-\x7e]*")
_URI_SAFE = "!#$%&'()*+,/:;=?@[]~^|{}`\"\\-._"
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?)?Z?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One WARC record: its named fields in order, and its block."""

    fields: tuple[tuple[str, str], ...]
    block: bytes

    def field(self, name: str) -> str:
        """First value of a named field, whatever its case, or empty."""
        return next(iter(self.values(name)), "")

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of a named field, whatever its case."""
        return tuple(value for key, value in self.fields if key.lower() == name.lower())

    @property
    def kind(self) -> str:
        """WARC-Type, lower case."""
        return self.field("WARC-Type").lower()

    @property
    def id(self) -> str:
        """WARC-Record-ID with its angle brackets."""
        return self.field("WARC-Record-ID")

    @property
    def url(self) -> str:
        """WARC-Target-URI."""
        return self.field("WARC-Target-URI")


class _VerbatimWriter(WARCWriter):  # type: ignore[misc]  # warcio ships no types
    """Writes a record as it is: warcio would add SHA-1 digests of its own."""

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:
        """Digests are set by the caller, or left out on purpose."""


def record_id() -> str:
    """A new WARC-Record-ID."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def file_id(file_name: str) -> str:
    """The WARC-Record-ID of a file's warcinfo record: follows from the file's unguessable name.

    Every record of the file repeats it, so that a record which a page smuggled into its own body is told apart.
    """
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'chronik:warc:{file_name}')}>"


def uri(text: str) -> str:
    """An address as a WARC field may hold it: printable ASCII, everything else percent-encoded (RFC 3986 §2.1)."""
    return quote(text, safe=_URI_SAFE, errors="surrogatepass")


def date(instant: datetime) -> str:
    """An instant as WARC-Date, to the microsecond (WARC 1.1 §5.4)."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def instant(text: str) -> datetime | None:
    """The instant that a WARC-Date names, finer than microseconds cut off; None where it names none."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, fraction = found.groups()
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        clock = (int(hour or 0), int(minute or 0), int(second or 0), microsecond)
        return datetime(int(year), int(month or 1), int(day or 1), *clock, tzinfo=UTC)
    except ValueError:
        return None


def record(kind: str, *, block: bytes, fields: tuple[tuple[str, str], ...]) -> Record:
    """A record with its type, digest and length set. Raises VaultError for a field that could forge another."""
    head = (
        ("WARC-Type", kind),
        *((name, value) for name, value in fields if value),
        ("WARC-Block-Digest", labelled(sha256_hex(block))),
        ("Content-Length", str(len(block))),
    )
    for name, value in head:
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise VaultError(f"A WARC field would not be one line: {name!r}: {value[:100]!r}. Nothing was kept.")
    return Record(fields=head, block=block)


def labelled(digest_hex: str) -> str:
    """A digest as WARC fields and CDXJ lines carry it (WARC 1.1 §5.8)."""
    return f"sha256:{digest_hex}"


def member(item: Record) -> bytes:
    """The record as one gzip member (WARC 1.1, annex D).

    Compressed here and not by warcio, which takes the highest level: that costs nearly twice the time for less than one
    byte in a hundred.
    """
    out = io.BytesIO()
    head = StatusAndHeaders("", list(item.fields), protocol=VERSION)
    block = io.BytesIO(item.block)
    _VerbatimWriter(out, gzip=False, warc_version=VERSION).write_record(
        ArcWarcRecord("warc", item.kind, head, block, None, None, len(item.block))
    )
    packer = zlib.compressobj(COMPRESSION_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    return packer.compress(out.getbuffer()) + packer.flush()


def body_start_elsewhere(block: bytes) -> int:
    """Where warcio takes the body of an HTTP message to begin."""
    stream = io.BytesIO(block)
    try:
        StatusAndHeadersParser([], verify=False).parse(stream)
    except EOFError:
        return 0
    return stream.tell()


def parsed(data: bytes) -> Iterator[Record]:
    """Every record in these bytes, gzip members or plain. Raises DamagedCaptureError."""
    try:
        for found in ArchiveIterator(io.BytesIO(data), parse_http=False, fsspec_args=False):
            yield _checked(found.headers.to_tuples(), found.reader.read())
    except (OSError, ValueError) as error:
        raise DamagedCaptureError(f"not a readable WARC record: {error}") from error


def _checked(fields: tuple[tuple[str, str], ...], block: bytes) -> Record:
    item = Record(fields=fields, block=block)
    if item.field("Content-Length") != str(len(block)):
        raise DamagedCaptureError(f"the record is cut short at {len(block)} of {item.field('Content-Length')} bytes")
    if item.field("WARC-Block-Digest") != labelled(sha256_hex(block)):
        raise DamagedCaptureError("the block is not what its SHA-256 digest says")
    return item


def member_at(file: BinaryIO, offset: int) -> tuple[Record, int]:
    """The record in the gzip member at an offset, and the member's length. Raises DamagedCaptureError."""
    data, length = _inflated_at(file, offset)
    records = list(parsed(data))
    if len(records) != 1:
        raise DamagedCaptureError(f"the gzip member holds {len(records)} records where one was expected")
    return records[0], length


def member_end(file: BinaryIO, offset: int) -> int:
    """Where the gzip member at an offset ends. Raises DamagedCaptureError unless it is whole."""
    return offset + max(length for _, length in _inflated(file, offset))


def member_bytes(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    """What the gzip member at an offset holds, and where it ends. Raises DamagedCaptureError."""
    data, length = _inflated_at(file, offset)
    return data, offset + length


def next_member(file: BinaryIO, offset: int, *, holding: bytes = b"") -> int | None:
    """Offset of the next gzip member that begins a WARC record whose head holds these bytes, or None."""
    if offset >= file.seek(0, os.SEEK_END):
        return None
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        position = offset
        while (position := view.find(GZIP_MAGIC, position)) >= 0:
            head = beginning(view[position : position + READ_BYTES]).partition(b"\r\n\r\n")[0]
            if head.startswith(b"WARC/") and holding in head:
                return position
            position += 1
    return None


def beginning(data: bytes) -> bytes:
    """The first bytes of what a gzip member holds, as far as they can be read; empty where there is none."""
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    found = b""
    with suppress(zlib.error):
        while len(found) < PEEK_BYTES and (piece := inflater.decompress(data, PEEK_STEP_BYTES)):
            data = inflater.unconsumed_tail
            found += piece
    return found


def _inflated_at(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    pieces: list[bytes] = []
    size = used = 0
    for piece, length in _inflated(file, offset):
        pieces.append(piece)
        size, used = size + len(piece), length
        if size > RECORD_BYTES_MAX + HEAD_BYTES_MAX:
            raise DamagedCaptureError(f"the record is larger than {RECORD_BYTES_MAX} bytes")
    return b"".join(pieces), used


def _inflated(file: BinaryIO, offset: int) -> Iterator[tuple[bytes, int]]:
    """What a gzip member holds, piece by piece, each with the bytes of the file used so far."""
    file.seek(offset)
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    read = 0
    while not inflater.eof:
        held = inflater.unconsumed_tail
        data = held or file.read(READ_BYTES)
        read += 0 if held else len(data)
        try:
            piece = inflater.decompress(data, READ_BYTES)
        except zlib.error as error:
            raise DamagedCaptureError(f"the gzip member is damaged: {error}") from error
        if not data and not piece:
            raise DamagedCaptureError("the gzip member is cut short")
        yield piece, read - len(inflater.unused_data if inflater.eof else inflater.unconsumed_tail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """A record met in a stream."""

    offset: int
    """As the reader tells it: where the record, or its member, begins."""
    record: Record
    """Its block is left empty where it is larger than asked for."""
    length: int
    """Bytes of the block as the record declares them."""


def streamed(file: BinaryIO, *, offset: int, block_bytes_max: int) -> Iterator[Streamed]:
    """The records of any WARC file (plain, gzip, zstd) from an offset on. Raises DamagedCaptureError."""
    file.seek(offset)
    try:
        for found in ArchiveIterator(file, parse_http=False, fsspec_args=False):
            item = Record(fields=found.headers.to_tuples(), block=b"")
            declared = item.field("Content-Length")
            length = int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 20 else -1
            if 0 <= length <= block_bytes_max:
                item = replace(item, block=found.reader.read())
            yield Streamed(offset=found.stream_pos, record=item, length=length)
    except (OSError, ValueError) as error:
        raise DamagedCaptureError(str(error)) from error

"""Reads WARC and ARC files that other people made, good records first, damage as values. Acts: reads one file."""

from __future__ import annotations

import base64
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from chronik.errors import DamagedCaptureError, RefusedInputError
from chronik.model import RecordKind
from chronik.ports import ForeignRecord
from chronik.preserve import arc, message, warc

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

BLOCK_BYTES_MAX = 64 * 2**20
"""A larger record is reported and passed over."""
DAMAGES_MAX = 1000
"""After so many damaged stretches a file is given up."""

_DIGESTS = frozenset({"md5", "sha1", "sha256", "sha512"})
_CONTENTS = frozenset({RecordKind.RESPONSE, RecordKind.RESOURCE})
_DOUBLED = b"\r\r"
_ARC_DIGITS = 14
_COMPRESSED = {b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4", b"\x5d\x2a\x4d\x18": "zstd"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A record that could not be read, and why."""

    offset: int
    reason: str


def records(path: Path) -> Iterator[ForeignRecord | Damage]:
    """Every response and resource of a WARC file (.warc, .warc.gz, .warc.zst) with its request, in order.

    Also of an ARC file (.arc, .arc.gz), which holds no requests. After damage it goes on at the next gzip member, where
    there is one. No more than three records are in memory at a time. Raises RefusedInputError for what is neither.
    """
    try:
        with path.open("rb") as file:
            if _beginning(file).startswith(arc.START):
                yield from (_of_arc(piece, origin=path.name) for piece in arc.pieces(file) if not _is_dns(piece.url))
                return
            _check_kind(file, str(path))
            yield from _paired(_read(file), origin=path.name)
    except OSError as error:
        raise RefusedInputError(f"{path}: cannot be read: {error.strerror or error}.") from error


def inside(file: BinaryIO, *, name: str) -> Iterator[ForeignRecord | Damage]:
    """The same of a WARC file that is open already; `name` stands for it in messages and origins."""
    _check_kind(file, name)
    yield from _paired(_read(file), origin=name)


def every(file: BinaryIO, *, name: str) -> Iterator[warc.Streamed | Damage]:
    """Every record of an open WARC file, of whatever kind, and every damage. Raises RefusedInputError."""
    _check_kind(file, name)
    yield from _read(file)


def _beginning(file: BinaryIO) -> bytes:
    """The first bytes of a file, or of what its first gzip member holds."""
    file.seek(0)
    start = file.read(warc.READ_BYTES)
    return warc.beginning(start) if start.startswith(warc.GZIP_MAGIC) else start


def _check_kind(file: BinaryIO, name: str) -> None:
    start = _beginning(file)
    if not start and not file.seek(0, os.SEEK_END):
        raise RefusedInputError(f"{name}: the file is empty.")
    if start[:4] in _COMPRESSED:
        return
    if start.startswith(arc.START):
        raise RefusedInputError(f"{name}: an ARC file, the format before WARC.")
    if not start.startswith(b"WARC/"):
        raise RefusedInputError(f"{name}: not a WARC file: it does not begin with a WARC record.")
    if start.partition(b"\n")[0].endswith(_DOUBLED):
        raise RefusedInputError(
            f"{name}: a WARC file that was changed as if it were text: its lines end with CR CR LF, so that no length "
            "in it is right. Get the file again as it was written."
        )


def _is_dns(url: str) -> bool:
    return url.startswith("dns:")


def _of_arc(piece: arc.Piece, *, origin: str) -> ForeignRecord | Damage:
    """A document of an ARC file: an answer where its address is one of the web, else the bytes of a file."""
    url, captured_at = warc.uri(piece.url), _arc_instant(piece.moment)
    is_web = url.startswith(("http:", "https:"))
    fault = piece.fault
    if not fault and (captured_at is None or not url):
        fault = f"has no readable date ({piece.moment[:40]!r})" if url else "names no address"
    if not fault and is_web and message.message(piece.block).status is None:
        fault = "holds no HTTP answer"
    if fault or captured_at is None:
        rest = "; nothing after it was read" if piece.ends else ""
        return Damage(offset=piece.offset, reason=f"the document of {url or 'no address'} {fault}{rest}")
    content_type = message.message(piece.block).header("content-type") if is_web else piece.media_type
    return ForeignRecord(
        url=url,
        captured_at=captured_at,
        record=RecordKind.RESPONSE if is_web else RecordKind.RESOURCE,
        block=piece.block,
        media_type=message.media_type(content_type) if is_web else content_type,
        origin=origin,
        origin_offset=piece.offset,
    )


def _arc_instant(text: str) -> datetime | None:
    """Fourteen digits as a moment in UTC."""
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC) if len(text) == _ARC_DIGITS else None
    except ValueError:
        return None


def _read(file: BinaryIO) -> Iterator[warc.Streamed | Damage]:
    """Records and damages in the order of the file: a record is given once its gzip member proved whole.

    Only gzip members can be found again after damage: in plain bytes, a page could pass its own text off as records.
    """
    resumable = _starts_with(file, 0, warc.GZIP_MAGIC)
    position, reported = 0, -1
    for _ in range(DAMAGES_MAX):
        damage = yield from _read_from(file, position)
        if damage is None:
            return
        if damage.offset != reported:
            yield damage if resumable else replace(damage, reason=f"{damage.reason}; nothing after it was read")
        reported = damage.offset
        following = warc.next_member(file, reported + (reported == position)) if resumable else None
        if following is None:
            return
        position = following
    yield Damage(offset=position, reason=f"after {DAMAGES_MAX} damaged stretches the rest was not read")


def _read_from(file: BinaryIO, position: int) -> Generator[warc.Streamed, None, Damage | None]:
    """Records up to the first damage, and that damage."""
    last: warc.Streamed | None = None
    fault = ""
    try:
        for found in warc.streamed(file, offset=position, block_bytes_max=BLOCK_BYTES_MAX):
            if last:
                yield last
            last = found
    except DamagedCaptureError as error:
        fault = f"no WARC record can be read here ({error})"
    end = _end(file, position, last) if last else position
    if last and end is None:
        whose = f"the record of {_url(last.record)}" if last.record.block else "a record"
        return Damage(offset=last.offset, reason=f"{whose} is cut short or damaged")
    if last:
        yield last
    if fault or _more(file, end or 0):
        return Damage(offset=end or 0, reason=fault or "a record is cut short")
    return None


def _end(file: BinaryIO, position: int, last: warc.Streamed) -> int | None:
    """Where the last record that could be read ends; None where its gzip member or its head is not whole."""
    size = file.seek(0, os.SEEK_END)
    for start in (last.offset, position):
        if _starts_with(file, start, warc.GZIP_MAGIC):
            try:
                return warc.member_end(file, start)
            except DamagedCaptureError:
                return None
    if last.length < 0:
        return None
    if not _starts_with(file, last.offset, b"WARC/"):
        return size
    file.seek(last.offset)
    head = file.read(warc.HEAD_BYTES_MAX).partition(b"\r\n\r\n")[0]
    end = last.offset + len(head) + 4 + last.length
    return None if end > size and last.record.kind not in _CONTENTS else min(size, end)


def _starts_with(file: BinaryIO, offset: int, start: bytes) -> bool:
    file.seek(offset)
    return file.read(len(start)) == start


def _more(file: BinaryIO, offset: int) -> bool:
    """Whether anything but line ends and zeros stands at an offset."""
    file.seek(offset)
    return bool(file.read(warc.READ_BYTES).strip(b"\r\n\0"))


def _paired(steps: Iterable[warc.Streamed | Damage], *, origin: str) -> Iterator[ForeignRecord | Damage]:
    """Contents and damages in order, each content with the request that stands next to it, if that is its own."""
    previous: warc.Streamed | Damage | None = None
    current: warc.Streamed | Damage | None = None
    for following in chain(steps, [None]):
        if isinstance(current, Damage):
            yield current
        elif current and current.record.kind in _CONTENTS and not _url(current.record).startswith("dns:"):
            content = _content(current, _request(current, previous, following), origin=origin)
            yield content
            if isinstance(content, ForeignRecord) and contradicts_itself(current.record):
                reason = f"the record of {content.url} was taken in; its bytes are not what its own digest says"
                yield Damage(offset=current.offset, reason=reason)
        previous, current = current, following


def contradicts_itself(record: warc.Record) -> bool:
    """Whether block or payload differ from their digests (WARC 1.1 §5.8, §5.9), where that can be told."""
    if _differs(record.field("WARC-Block-Digest"), [record.block]):
        return True
    # The digest of a payload that was cut off may be that of the whole; what a request's is of, writers disagree.
    told = record.kind in _CONTENTS and not record.field("WARC-Truncated")
    return told and _differs(record.field("WARC-Payload-Digest"), _payloads(record))


def _payloads(record: warc.Record) -> Iterator[bytes]:
    """What writers take for the payload: the body as sent, without its chunks, without its coding."""
    if record.kind != RecordKind.RESPONSE:
        yield record.block
        return
    head = message.message(record.block)
    body = record.block[head.body_start :]
    yield body
    yield message.without_chunks(body)
    with suppress(RefusedInputError):
        yield message.body(record.block, head, size_bytes_max=BLOCK_BYTES_MAX)


def _differs(field: str, readings: Iterable[bytes]) -> bool:
    """Whether a digest, hex or base32, is that of none of these bytes; one of another kind cannot be told."""
    algorithm, _, stated = field.strip().partition(":")
    if algorithm.lower() not in _DIGESTS:
        return False
    wanted = stated.strip().rstrip("=").lower()
    for data in readings:
        digest = hashlib.new(algorithm.lower(), data, usedforsecurity=False).digest()
        if wanted in {digest.hex(), base64.b32encode(digest).decode("ascii").rstrip("=").lower()}:
            return False
    return True


def _request(content: warc.Streamed, *neighbours: warc.Streamed | Damage | None) -> bytes:
    for neighbour in neighbours:
        if isinstance(neighbour, warc.Streamed) and _asked_for(neighbour.record, content.record):
            return neighbour.record.block
    return b""


def _asked_for(request: warc.Record, content: warc.Record) -> bool:
    if request.kind != "request":
        return False
    named = {*request.values("WARC-Concurrent-To"), *content.values("WARC-Concurrent-To")}
    return bool(named & {request.id, content.id}) if named else _url(request) == _url(content)


def _content(found: warc.Streamed, request: bytes, *, origin: str) -> ForeignRecord | Damage:
    item = found.record
    url, captured_at = _url(item), warc.instant(item.field("WARC-Date"))
    head = message.message(item.block)
    fault = _fault(found, url=url, dated=captured_at is not None, status=head.status)
    if fault or captured_at is None:
        return Damage(offset=found.offset, reason=f"the record of {url or 'no address'} {fault}")
    response = item.kind == RecordKind.RESPONSE
    return ForeignRecord(
        url=url,
        captured_at=captured_at,
        record=item.kind,
        block=item.block,
        request=request,
        media_type=message.media_type(head.header("content-type")) if response else item.field("Content-Type"),
        truncated=item.field("WARC-Truncated").lower(),
        origin=origin,
        origin_offset=found.offset,
        origin_record_id=item.id,
    )


def _fault(found: warc.Streamed, *, url: str, dated: bool, status: int | None) -> str:
    """Why a record cannot be taken in, or empty."""
    if found.length < 0:
        return "does not say how long it is"
    if found.length > BLOCK_BYTES_MAX:
        return f"has {found.length} bytes, more than the {BLOCK_BYTES_MAX} that are taken in"
    if len(found.record.block) < found.length:
        return f"is cut short: {len(found.record.block)} of {found.length} bytes"
    if not url:
        return "names no address"
    if not dated:
        return f"has no readable date ({found.record.field('WARC-Date')[:40]!r})"
    if found.record.field("WARC-Segment-Number"):
        return "is only a part of an answer (WARC segments are not put together)"
    if found.record.kind == RecordKind.RESPONSE and status is None:
        return "holds no HTTP answer"
    return ""


def _url(item: warc.Record) -> str:
    """The address as the vault will keep it, without the angle brackets that some writers put around it."""
    return warc.uri(item.url.strip().removeprefix("<").removesuffix(">"))

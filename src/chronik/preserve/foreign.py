"""Reads WARC files that other people made, good records first, damage as values. Acts: reads one file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from chronik.errors import DamagedCaptureError, RefusedInputError
from chronik.model import RecordKind
from chronik.ports import ForeignRecord
from chronik.preserve import message, warc

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

BLOCK_BYTES_MAX = 64 * 2**20
"""A larger record is reported and passed over."""
DAMAGES_MAX = 1000
"""After so many damaged stretches a file is given up."""

_CONTENTS = frozenset({RecordKind.RESPONSE, RecordKind.RESOURCE})
_COMPRESSED = {b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4", b"\x5d\x2a\x4d\x18": "zstd"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A record that could not be read, and why."""

    offset: int
    reason: str


def records(path: Path) -> Iterator[ForeignRecord | Damage]:
    """Every response and resource of a WARC file (.warc, .warc.gz, .warc.zst) with its request, in order.

    After damage it goes on at the next gzip member, where there is one. No more than three records are in
    memory at a time. Raises RefusedInputError for what is no WARC file.
    """
    try:
        with path.open("rb") as file:
            _check_kind(file, path)
            yield from _paired(_read(file), origin=path.name)
    except OSError as error:
        raise RefusedInputError(f"{path}: cannot be read: {error.strerror or error}.") from error


def _check_kind(file: BinaryIO, path: Path) -> None:
    start = file.read(warc.READ_BYTES)
    if not start:
        raise RefusedInputError(f"{path}: the file is empty.")
    if start[:4] in _COMPRESSED:
        return
    if start.startswith(warc.GZIP_MAGIC):
        start = warc.beginning(start)
    if start.startswith(b"filedesc:"):
        raise RefusedInputError(
            f"{path}: an ARC file, the format before WARC. Convert it first: warcio recompress {path.name} NEW.warc.gz"
        )
    if not start.startswith(b"WARC/"):
        raise RefusedInputError(f"{path}: not a WARC file: it does not begin with a WARC record.")


def _read(file: BinaryIO) -> Iterator[warc.Streamed | Damage]:
    """Records and damages in the order of the file: a record is given once its gzip member proved whole.

    Only gzip members can be found again after damage: in plain bytes, a page could pass its own text off as records.
    """
    file.seek(0)
    resumable = file.read(len(warc.GZIP_MAGIC)) == warc.GZIP_MAGIC
    position = 0
    for _ in range(DAMAGES_MAX):
        following = yield from _read_from(file, position, resumable=resumable)
        if following is None:
            return
        position = following
    yield Damage(offset=position, reason=f"after {DAMAGES_MAX} damaged stretches the rest was not read")


def _read_from(
    file: BinaryIO, position: int, *, resumable: bool
) -> Generator[warc.Streamed | Damage, None, int | None]:
    """Records up to the first damage, and where to go on after it."""
    last: warc.Streamed | None = None
    try:
        for found in warc.streamed(file, offset=position, block_bytes_max=BLOCK_BYTES_MAX):
            if last:
                yield last
            last = found
    except DamagedCaptureError as error:
        start = last.offset if last else position
        sound_until = _sound_until(file, last) if last else position
        if last and sound_until > start:
            yield last
        following = warc.next_member(file, max(sound_until, start + 1)) if resumable else None
        consequence = "" if following else "; the rest of the file was not read"
        yield Damage(offset=sound_until, reason=f"no WARC record can be read here ({error}){consequence}")
        return following
    if last:
        yield last
    return None


def _sound_until(file: BinaryIO, last: warc.Streamed) -> int:
    """How far the file is sound: to the end of the last record, unless that record itself is damaged."""
    file.seek(last.offset)
    if file.read(len(warc.GZIP_MAGIC)) != warc.GZIP_MAGIC:
        return last.offset + max(last.length, 1)
    try:
        return warc.member_end(file, last.offset)
    except DamagedCaptureError:
        return last.offset


def _paired(steps: Iterable[warc.Streamed | Damage], *, origin: str) -> Iterator[ForeignRecord | Damage]:
    """Contents and damages in order, each content with the request that stands next to it, if that is its own."""
    previous: warc.Streamed | Damage | None = None
    current: warc.Streamed | Damage | None = None
    for following in chain(steps, [None]):
        if isinstance(current, Damage):
            yield current
        elif current and current.record.kind in _CONTENTS and not _url(current.record).startswith("dns:"):
            yield _content(current, _request(current, previous, following), origin=origin)
        previous, current = current, following


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

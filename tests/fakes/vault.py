"""A vault in memory: keeps what the folder keeps, for as long as the process lives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.errors import DamagedCaptureError, TooLargeError
from chronik.model import Location, Page, RecordKind, sha256_hex
from chronik.preserve import message, warc
from chronik.preserve.group import connection, exchange_contents, foreign_content, group, resource_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from chronik.model import Capture, Exchange
    from chronik.ports import ForeignRecord
    from chronik.preserve.group import Content

FILE = "memory.warc.gz"


class MemoryVault:
    """`ports.Vault` without a disk; `damage` plays a bad one."""

    def __init__(self, *, clock: Callable[[], datetime] | None = None) -> None:
        self.clock = clock
        self._kept: list[tuple[Capture, Content]] = []
        self._unsealed: list[Capture] = []
        self._left: list[Capture] = []
        self._closing = {}

    def keep(self, exchange: Exchange, *, by_hand: bool = False) -> Capture:
        return self._add(exchange_contents(exchange), asked_url=exchange.asked_url, by_hand=by_hand)

    def keep_resource(
        self, body: bytes, *, url: str, media_type: str, taken_at: datetime, origin: str, by_hand: bool = False
    ) -> Capture:
        content = resource_content(body, url=url, media_type=media_type, taken_at=taken_at)
        return self._add([content], origin=origin, by_hand=by_hand)

    def keep_foreign(self, record: ForeignRecord) -> Capture:
        return self._add([foreign_content(record)], origin=record.origin)

    def _add(
        self, contents: Sequence[Content], *, asked_url: str = "", origin: str = "", by_hand: bool = False
    ) -> Capture:
        found = group(contents, file_id=warc.file_id(FILE), asked_url=asked_url, origin=origin, by_hand=by_hand)
        location = Location(file=FILE, offset=len(self._kept), length=len(contents[-1].block))
        capture = replace(found.capture, location=location)
        self._kept.append((capture, contents[-1]))
        self._closing[capture.id] = found.records[-1]
        self._unsealed.append(capture)
        return capture

    def damage(self, capture: Capture) -> None:
        """Flip one bit of a kept block."""
        kept, content = self._kept[capture.location.offset]
        block = bytes([content.block[0] ^ 1]) + content.block[1:]
        self._kept[capture.location.offset] = (kept, replace(content, block=block))

    def page(self, capture: Capture, *, size_bytes_max: int = 64 * 2**20) -> Page:
        block, content_type = self._content(capture)
        body = block
        if capture.record is RecordKind.RESPONSE:
            head = message.message(block)
            content_type = head.header("content-type")
            body = message.body(block, head, size_bytes_max=size_bytes_max)
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

    def _content(self, capture: Capture) -> tuple[bytes, str]:
        where = capture.location
        if where.file == FILE and where.offset < len(self._kept):
            kept, content = self._kept[where.offset]
            if kept.id == capture.id and sha256_hex(content.block) == capture.block_digest:
                return content.block, content.content_type
        raise DamagedCaptureError(f"Capture {capture.id} of {capture.url} is missing or damaged.")

    def recovered(self) -> Iterator[Capture]:
        while self._left:
            yield self._left.pop(0)

    def captures(self) -> Iterator[Capture]:
        return iter([capture for capture, _ in self._kept])

    def digests(self):
        sound = ((capture, content) for capture, content in self._kept if self._is_sound(capture, content))
        return ((capture, sha256_hex(content.block)) for capture, content in sound)

    @staticmethod
    def _is_sound(capture, content):
        return sha256_hex(content.block) == capture.block_digest

    def records(self, capture):
        return self._content(capture)[0]

    def connection(self, capture):
        self._content(capture)
        return connection(self._closing[capture.id], capture)

    def damages(self) -> Iterator[tuple[str, str]]:
        for capture, content in self._kept:
            if sha256_hex(content.block) != capture.block_digest:
                yield f"{FILE}, capture {capture.id} ({capture.url})", "the block is not what its digest says"

    def size_bytes(self) -> int:
        return sum(len(content.block) for _, content in self._kept)

    def close(self) -> None:
        """Nothing to seal."""
        self._unsealed.clear()

    def release(self) -> None:
        """Nobody holds what was kept since the last sealing any more."""
        self._left += self._unsealed
        self._unsealed.clear()

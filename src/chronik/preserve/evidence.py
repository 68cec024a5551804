"""What the bytes of a kept capture say of themselves, for proofs. Decides: bytes in, values out."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from chronik.model import RecordKind, sha256_hex
from chronik.preserve import message, warc

if TYPE_CHECKING:
    from chronik.model import Capture
    from chronik.preserve.message import Message

RECORDS_MAX = 100
LINKS_CHARACTERS_MAX = 32_768
_LINK = re.compile(r"<([^<>\s]{1,8000})>([^<]{0,2000})")
_REL = re.compile(r"\brel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))")


@dataclass(frozen=True, slots=True, kw_only=True)
class MementoHead:
    """What an answer says of itself as a memento (RFC 7089 §2)."""

    seen_at: datetime
    original: str
    """The address that was captured."""


def block_of(records: bytes, capture: Capture) -> bytes | None:
    """The answer, head and body, that a capture is about, out of its WARC records. Raises DamagedCaptureError."""
    file, place = io.BytesIO(records), 0
    for _ in range(RECORDS_MAX):
        if place >= len(records):
            break
        record, length = warc.member_at(file, place)
        place += length
        same = record.kind == capture.record and record.url == capture.url
        if same and sha256_hex(record.block) == capture.block_digest:
            return record.block
    return None


def payload_digest(records: bytes, capture: Capture) -> str:
    """SHA-256 of the body as received, told from the bytes; empty where they are not there."""
    block = block_of(records, capture)
    if block is None:
        return ""
    start = message.message(block).body_start if capture.record is RecordKind.RESPONSE else 0
    return sha256_hex(block[start:])


def memento_head(records: bytes, capture: Capture) -> MementoHead | None:
    """Of which address and moment a capture is a memento, by the headers kept; None where it is none."""
    block = block_of(records, capture)
    return None if block is None else memento_in(message.message(block))


def memento_in(found: Message) -> MementoHead | None:
    """Of which address and moment an answer is a memento, by its headers; None where it is none."""
    try:
        seen_at = parsedate_to_datetime(found.header("memento-datetime"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    links = ", ".join(value for name, value in found.headers if name == "link")
    original = _original(links[:LINKS_CHARACTERS_MAX])
    return MementoHead(seen_at=seen_at.replace(tzinfo=seen_at.tzinfo or UTC), original=original) if original else None


def _original(links: str) -> str:
    """The address that is called the original in the value of Link headers (RFC 7089 §2.2.1), or empty."""
    for link in _LINK.finditer(links):
        relation = _REL.search(link[2])
        if relation and "original" in (relation[1] or relation[2] or "").lower().split():
            return link[1]
    return ""

"""Messages of several parts (MIME, RFC 2045 to 2047 and 2557) taken apart within limits (decides).

Only the heads go through a parser; bodies are found by their boundaries in one pass and decoded when they are wanted.
"""

from __future__ import annotations

import binascii
import quopri
import re
from dataclasses import dataclass
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

HEAD_BYTES_MAX = 64 * 2**10
PARTS_MAX = 5_000
"""Of one message, all levels together; a saved page has one for each picture."""
DEPTH_MAX = 8
BOUNDARY_CHARACTERS_MAX = 200
"""RFC 2046 allows 70."""
FIELD_CHARACTERS_MAX = 2_000

_HEAD_END = re.compile(rb"(?:\A|\r?\n)[ \t]*\r?\n|\r\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a message: its head, and its body as it stands there."""

    head: Message
    body: bytes

    @property
    def media_type(self) -> str:
        """Lower case, without parameters."""
        return self.head.get_content_type()

    @property
    def charset(self) -> str:
        """As the head declares it, else empty."""
        return str(self.head.get_param("charset") or "")

    def field(self, name: str) -> str:
        """A field of the head in readable characters; empty where it has none."""
        raw = str(self.head.get(name) or "")[:FIELD_CHARACTERS_MAX]
        try:
            return " ".join(str(make_header(decode_header(raw))).split())
        except (HeaderParseError, MessageError, LookupError, ValueError):
            return " ".join(raw.split())

    def content(self) -> bytes:
        """The body with its transfer coding taken off, as far as it can be read."""
        coding = str(self.head.get("content-transfer-encoding") or "").strip().lower()
        if coding == "quoted-printable":
            return quopri.decodestring(self.body)
        if coding == "base64":
            return _from_base64(self.body)
        return self.body


def message(data: bytes) -> Part:
    """The head and the body of a message or of a part; one that begins with a blank line has an empty head."""
    end = _HEAD_END.search(data, 0, HEAD_BYTES_MAX)
    head = data[: end.start() if end else HEAD_BYTES_MAX]
    return Part(head=BytesHeaderParser(policy=compat32).parsebytes(head), body=data[end.end() :] if end else b"")


def parts(whole: Part) -> Iterator[Part]:
    """The message's parts that hold content, in order, nested ones too; the message itself where it has no parts."""
    waiting = [(whole, 0)]
    for _ in range(PARTS_MAX):
        if not waiting:
            return
        part, depth = waiting.pop()
        boundary = str(part.head.get_param("boundary") or "")[:BOUNDARY_CHARACTERS_MAX]
        if part.media_type.startswith("multipart/") and boundary:
            if depth < DEPTH_MAX:
                inner = [message(body) for body in _bodies(part.body, boundary.encode("utf-8", "surrogateescape"))]
                waiting += [(each, depth + 1) for each in reversed(inner)]
        else:
            yield part


def _bodies(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the lines of a boundary (RFC 2046 §5.1.1); the last may lack its end."""
    line = re.compile(rb"(?:\A|\r?\n|\r)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r|\n|\Z)")
    start = -1
    for count, found in enumerate(line.finditer(body)):
        if start >= 0:
            yield body[start : found.start()]
        start = found.end() + (2 if body.startswith(b"\r\n", found.end()) else 1)
        if found[1] or count >= PARTS_MAX:
            return
    if start >= 0:
        yield body[start:]


def _from_base64(body: bytes) -> bytes:
    """Decoded up to where it breaks off."""
    plain = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    try:
        return binascii.a2b_base64(plain[: len(plain) // 4 * 4 + (len(plain) % 4 > 1) * (len(plain) % 4)] + b"==")
    except binascii.Error:
        return b""

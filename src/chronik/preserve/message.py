"""Reads HTTP messages as archives hold them, broken ones included. Decides: bytes in, values out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chronik.bounded import decoded
from chronik.errors import RefusedInputError, TooLargeError

HEAD_BYTES_MAX = 2**20
"""No head is read further than this; what follows counts as body."""
INTERIM_HEADS_MAX = 8
"""Interim answers (1xx, RFC 9110 §15.2) passed over before the final one."""
LOOKED_AT_BYTES = 1024

_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]|\r?\n|\r?$)")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,1024})?\r?\n")
_LINE = re.compile(rb"[^\n]*\n")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_GZIP_NAMES = frozenset({"gzip", "x-gzip"})
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The head of an HTTP answer, and where its body begins."""

    status: int | None
    """None where the block does not begin with a status line."""
    headers: tuple[tuple[str, str], ...]
    """Names in lower case; values decoded as Latin-1, folded lines joined by a blank (RFC 9112 §5.2)."""
    body_start: int
    """Offset of the body in the block."""

    def header(self, name: str) -> str:
        """First value of a header (name in lower case), or empty."""
        return next((value for key, value in self.headers if key == name), "")

    def tokens(self, name: str) -> tuple[str, ...]:
        """The comma-separated items of every header of that name, in lower case."""
        values = ",".join(value for key, value in self.headers if key == name)
        return tuple(item.strip().lower() for item in values.split(",") if item.strip())


def message(block: bytes) -> Message:
    """The final answer in a block, interim answers passed over. Never raises."""
    start = 0
    for _ in range(INTERIM_HEADS_MAX):
        found = _message_at(block, start)
        interim = found.status is not None and 100 <= found.status < 200 and found.status != 101
        if not interim or not _STATUS_LINE.match(block, found.body_start):
            return found
        start = found.body_start
    return found


def _message_at(block: bytes, start: int) -> Message:
    status_line = _STATUS_LINE.match(block, start)
    if not status_line:
        return Message(status=None, headers=(), body_start=0)
    lines, end = _head_lines(block, start)
    headers: list[tuple[str, str]] = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}".strip())
        elif colon:
            headers.append((name.strip().lower(), value.strip()))
    return Message(status=int(status_line[1]), headers=tuple(headers), body_start=end)


def _head_lines(block: bytes, start: int) -> tuple[list[str], int]:
    lines: list[str] = []
    position = start
    while position < min(len(block), start + HEAD_BYTES_MAX):
        line = _LINE.match(block, position)
        raw = line[0] if line else block[position:]
        position += len(raw)
        text = raw.rstrip(b"\r\n").decode("latin-1")
        if not text:
            break
        lines.append(text)
    return lines, position


def media_type(content_type: str) -> str:
    """The media type in a Content-Type value, lower case and without parameters; empty where it names none."""
    name = content_type.partition(";")[0].strip().lower()
    return name if _MEDIA_TYPE.fullmatch(name) else ""


def charset(content_type: str) -> str:
    """The charset in a Content-Type value, lower case, or empty."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else ""


def body(block: bytes, head: Message, *, size_bytes_max: int) -> bytes:
    """The body with transfer and content coding taken off.

    Archives often hold bodies whose codings were taken off already while the head still names them: such a body is
    given as it stands. Raises TooLargeError or RefusedInputError.
    """
    data = block[head.body_start :]
    if "chunked" in head.tokens("transfer-encoding"):
        data = without_chunks(data)
    codings = [coding for coding in head.tokens("content-encoding") if coding != "identity"]
    if codings and data and not _decoded_already(data, codings):
        data = _decoded(data, ", ".join(codings), size_bytes_max=size_bytes_max)
    if len(data) > size_bytes_max:
        raise TooLargeError(f"The body has {len(data)} bytes; the limit is {size_bytes_max}.")
    return data


def _decoded_already(data: bytes, codings: list[str]) -> bool:
    return len(codings) == 1 and codings[0] in _GZIP_NAMES and not data.startswith(_GZIP_MAGIC)


def _decoded(data: bytes, coding: str, *, size_bytes_max: int) -> bytes:
    try:
        return decoded(data, coding, size_bytes_max=size_bytes_max)
    except TooLargeError:
        raise
    except RefusedInputError:
        if _BINARY.search(data, 0, LOOKED_AT_BYTES):
            raise
        return data


def without_chunks(data: bytes) -> bytes:
    """Chunked transfer coding taken off (RFC 9112 §7.1).

    Data that never was chunked comes back unchanged; after a broken chunk the rest is given as it stands.
    """
    pieces: list[bytes] = []
    position = 0
    while position < len(data):
        size_line = _CHUNK_SIZE.match(data, position)
        if not size_line:
            pieces.append(data[position:])
            break
        size = int(size_line[1], 16)
        if size == 0:
            break
        chunk = data[size_line.end() : size_line.end() + size]
        pieces.append(chunk)
        position = _after_line_end(data, size_line.end() + len(chunk))
    return b"".join(pieces)


def _after_line_end(data: bytes, position: int) -> int:
    if data.startswith(b"\r\n", position):
        return position + 2
    return position + 1 if data.startswith(b"\n", position) else position

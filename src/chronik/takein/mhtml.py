"""Where a page that was saved as one message (MHTML, RFC 2557) comes from. Decides.

Chromium notes it in the head of the whole (`Snapshot-Content-Location`), others beside the page among the parts.
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import TYPE_CHECKING

from chronik.takein.url_list import objection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

HEAD_BYTES_MAX = 64 * 2**10
SEARCHED_BYTES = 2 * 2**20
"""How far into a file the page is looked for: it is the first of its parts, or stands soon after."""
PARTS_MAX = 20
BOUNDARY_CHARACTERS_MAX = 200
"""RFC 2046 §5.1.1 allows 70."""
HTML = frozenset({"text/html", "application/xhtml+xml"})
_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n")


def saved_from(data: bytes) -> str:
    """The address that a saved page notes; empty where it notes none that could be fetched."""
    searched = data[:SEARCHED_BYTES].lstrip(b"\r\n")
    whole = _head(searched)
    for name in ("snapshot-content-location", "content-location"):
        if address := _address(whole, name):
            return address
    start = _text(whole, "start", parameter=True)
    pages = [part for part in _parts(searched, whole) if part.get_content_type() in HTML]
    root = next((part for part in pages if start and _text(part, "content-id") == start), None)
    root = root or (pages[0] if pages else None)
    return _address(root, "content-location") if root is not None else ""


def _head(data: bytes) -> Message:
    end = _HEAD_END.search(data, 0, HEAD_BYTES_MAX)
    return BytesHeaderParser(policy=compat32).parsebytes(data[: end.start() if end else HEAD_BYTES_MAX])


def _parts(data: bytes, whole: Message) -> Iterator[Message]:
    """The heads of the parts, nested ones too: each begins after a line that names the boundary."""
    boundary = _text(whole, "boundary", parameter=True)
    if not boundary or len(boundary) > BOUNDARY_CHARACTERS_MAX:
        return
    mark = re.compile(rb"(?:\A|\n)--" + re.escape(boundary.encode("ascii", "replace")) + rb"[ \t]*\r?\n")
    for _number, found in zip(range(PARTS_MAX), mark.finditer(data), strict=False):
        yield _head(data[found.end() : found.end() + HEAD_BYTES_MAX])


def _address(head: Message, name: str) -> str:
    address = _text(head, name)
    return address if address and not objection(address) else ""


def _text(head: Message, name: str, *, parameter: bool = False) -> str:
    """A field of a head, or a parameter of its type, in readable characters; a folded one in one piece."""
    found = head.get_param(name) if parameter else head.get(name)
    raw = "".join(str(found or "").split())
    try:
        return str(make_header(decode_header(raw)))
    except (HeaderParseError, MessageError, LookupError, ValueError):
        return raw

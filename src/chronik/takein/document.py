"""Documents, and pages saved in another form than HTML: what they are, and where they come from. Decides."""

from __future__ import annotations

import re

from chronik.errors import RefusedInputError
from chronik.model import sha256_hex
from chronik.takein import mhtml

HEAD_BYTES = 64 * 2**10
"""Enough to tell the kind, and the address that a saved page notes."""
PLAIN = "text/plain"

PDF_BEFORE_BYTES = 1_024
FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:|[ \t]+\S")
TELLING = re.compile(
    rb"(?:from|date|subject|message-id|mime-version|received|return-path|to|content-type):", re.IGNORECASE
)
TELLING_MIN = 3
HEAD_LINES_MAX = 200
TIMING = re.compile(rb"\s*\d{1,9}\s*\r?\n\s*\d{1,4}:\d{1,2}:\d{1,2}[.,]\d{1,3}\s*-{1,2}>")
OFFICE = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
)
MARK = b"\xef\xbb\xbf"
MARKDOWN = (".md", ".markdown")


def media_type(head: bytes, *, name: str) -> str:
    """What a file is that begins with these bytes; empty where it is none of these kinds."""
    if b"%PDF-" in head[:PDF_BEFORE_BYTES] and b"<" not in head[: head.find(b"%PDF-")]:
        return "application/pdf"
    if head.startswith(b"bplist00"):
        return "application/x-webarchive"
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in OFFICE if mark in head), "")
    text = head.removeprefix(MARK)
    if re.match(rb"WEBVTT(?=\s|\Z)", text):
        return "text/vtt"
    if TIMING.match(text):
        return "application/x-subrip"
    if text.lstrip()[:1] == b"{" and b"www.w3.org/ns/activitystreams" in text[:500]:
        return "application/activity+json"
    if _is_message(text):
        return "multipart/related" if b"multipart/related" in _head_of(text).lower() else "message/rfc822"
    return "text/markdown" if name.lower().endswith(MARKDOWN) else ""


def saved(data: bytes, *, name: str) -> tuple[str, str]:
    """A document's media type and its address: where it says that it was saved from, else one of its bytes."""
    if not data.strip():
        raise RefusedInputError(f"{name}: empty, nothing to take in.")
    kind = media_type(data[:HEAD_BYTES], name=name) or PLAIN
    address = mhtml.saved_from(data) if kind == "multipart/related" else ""
    return kind, address or f"urn:chronik:file:{sha256_hex(data)}"


def _head_of(text: bytes) -> bytes:
    """The lines up to the first blank one."""
    return re.split(rb"\r?\n\r?\n", text.lstrip(b"\r\n"), maxsplit=1)[0]


def _is_message(text: bytes) -> bool:
    """Whether a text begins with the head of an e-mail or of a page saved as one (RFC 5322 §2.2)."""
    lines = _head_of(text).splitlines()[:HEAD_LINES_MAX]
    if not all(map(FIELD.match, lines)):
        return False
    found = (TELLING.match(line) for line in lines)
    return len({match[0].lower() for match in found if match}) >= TELLING_MIN

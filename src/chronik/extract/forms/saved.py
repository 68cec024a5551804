"""HTML as browsers and their extensions save it (decides): where it came from, and without what it carries along.

SingleFile and others write pictures and fonts into the page as `data:` addresses, megabytes of them, and keep shadow
roots as templates, whose content no parser counts as part of the page.
"""

from __future__ import annotations

import re

HEAD_BYTES = 8_192
"""How far into a page the note of its saving is looked for; an XML or doctype line may stand before it."""
DATA_BYTES_KEPT = 500
"""Shorter `data:` addresses weigh nothing."""

_NOTES = re.compile(
    rb"<!--\s*(?:saved from url=\(\d{1,6}\)|(?:Page saved with|Archive processed by) SingleFile\s+url:\s*)"
    rb"(https?://[^\s<>\"]{1,4000})",
    re.IGNORECASE,
)
_WHOLE_NOTE = re.compile(
    rb"<!--\s*(?:saved from url=|(?:Page saved with|Archive processed by) SingleFile)[^<>]{0,8000}-->", re.IGNORECASE
)
_DATA = re.compile(
    # without a flag for case, which would cost the search its fixed beginning, and ten times as long
    rb"data:[A-Za-z0-9.+/-]{0,80}(?:;[A-Za-z0-9=\"._-]{0,80}){0,4},[A-Za-z0-9+/=%%_.~-]{%d,}" % DATA_BYTES_KEPT
)
_TEMPLATE = re.compile(rb"<(/?)template\b([^<>]{0,2000})>", re.IGNORECASE)
_SHADOW = re.compile(rb"\bshadowroot(?:mode)?\s*=|\bshadowmode\s*=", re.IGNORECASE)


def saved_from(body: bytes) -> str:
    """The address that a browser noted when it saved the page; empty where there is no such note."""
    found = _NOTES.search(body[:HEAD_BYTES])
    return found[1].decode("utf-8", errors="replace") if found else ""


def unnoted(body: bytes) -> bytes:
    """The page without the note of its saving, whose day is not that of the page."""
    return _WHOLE_NOTE.sub(b"", body[:HEAD_BYTES], count=1) + body[HEAD_BYTES:]


def unburdened(body: bytes) -> bytes:
    """The page without the files written into it, its shadow roots opened; the same bytes where it has none."""
    if b"data:" in body and len(body) > DATA_BYTES_KEPT:
        body = _DATA.sub(b"data:,", body)
    return _opened(body) if _TEMPLATE.search(body) and b"shadow" in body.lower() else body


def _opened(body: bytes) -> bytes:
    """Templates that are shadow roots become plain elements, those within them stay."""
    shadow: list[bool] = []
    pieces: list[bytes] = []
    at = 0
    for found in _TEMPLATE.finditer(body):
        closing = bool(found[1])
        if closing:
            is_shadow = shadow.pop() if shadow else False
        else:
            is_shadow = bool(_SHADOW.search(found[2]))
            shadow.append(is_shadow)
        if is_shadow:
            pieces += [body[at : found.start()], b"</div>" if closing else b"<div>"]
            at = found.end()
    return b"".join([*pieces, body[at:]])

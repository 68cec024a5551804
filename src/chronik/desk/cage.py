"""Decides how a captured page is shown: as a document for a frame that runs nothing and asks nobody, or why not."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.html import escape

from chronik.extract import replayed
from chronik.extract.encoding import decoded, media_type_of
from chronik.extract.forms import mhtml, mime
from chronik.extract.inert import inert
from chronik.model import Failure, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chronik.extract.replayed import Parts
    from chronik.model import Capture

SHOWN_BYTES_MAX = 24 * 2**20
"""A page that carries its pictures."""
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
"""Told by their first bytes: a drawing (SVG) may hold scripts and is none of them."""
MAIL = frozenset({"message/rfc822", "multipart/related", "application/x-mimearchive"})
MARKUP = frozenset({"text/html", "application/xhtml+xml"})
TEXT = frozenset({"application/json", "application/ld+json", "application/feed+json", "application/xml"})
HEAD_BYTES = 4096
_MARKUP_START = re.compile(rb"\s{0,200}<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE)
_PLAIN = (
    "<!doctype html><title>{title}</title><style>pre{{white-space:pre-wrap;overflow-wrap:anywhere}}</style>"
    "<pre>{text}</pre>"
)
_POLICY = (
    "sandbox; default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors {ancestors}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """What the frame is answered with."""

    body: bytes
    media_type: str
    """As in `Content-Type`."""


def framed(page: Page, *, beside: Callable[[str], Parts] | None = None) -> Framed | None:
    """The document for the frame; None where browsers show no such file without running something of it.

    `beside` looks up what was captured with a page, given its text.
    """
    if len(page.body) > SHOWN_BYTES_MAX:
        return None
    kind = media_type_of(page.body)
    if kind in PICTURES:
        return Framed(body=page.body, media_type=kind)
    if kind:
        return None
    declared = page.media_type.partition(";")[0].strip().lower()
    if declared in MAIL:
        found = mhtml.page(mime.message(page.body.lstrip(b"\r\n")), of=page)
        return None if isinstance(found, Failure) else _markup(found)
    if declared in MARKUP or (not declared and _MARKUP_START.match(page.body[:HEAD_BYTES])):
        return _markup(page, beside)
    if not declared or declared.startswith("text/") or declared in TEXT or declared.endswith(("+xml", "+json")):
        return _plain(page)
    return None


def headers(*, ancestors: str) -> Mapping[str, str]:
    """Headers under which foreign bytes are shown in a frame of these pages: nothing runs, nobody is asked."""
    return {
        "Content-Security-Policy": _POLICY.format(ancestors=ancestors),
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
        "X-Robots-Tag": "noindex, nofollow",
    }


def file_name(capture: Capture) -> str:
    """A name for the captured file: site, moment, and an ending by its media type; ASCII, without blanks."""
    try:
        site = urlsplit(capture.url).hostname or "page"
    except ValueError:
        site = "page"
    ending = mimetypes.guess_extension(capture.media_type) or ".bin"
    return f"{re.sub(r'[^a-z0-9.-]', '-', site.lower())[:100]}-{capture.captured_at:%Y%m%d%H%M%S}{ending}"


def _markup(page: Page, beside: Callable[[str], Parts] | None = None) -> Framed | None:
    text = decoded(page.body, page.charset)
    if isinstance(text, Failure):
        return None
    if beside:
        text = replayed.filled(text, replayed.base_of(text, page.url), parts=beside(text))
    return _of_text(inert(text))


def _plain(page: Page) -> Framed | None:
    text = decoded(page.body, page.charset)
    return None if isinstance(text, Failure) else _of_text(_PLAIN.format(title=escape(page.url), text=escape(text)))


def _of_text(text: str) -> Framed:
    return Framed(body=text.encode(errors="replace"), media_type="text/html; charset=utf-8")

"""Decides: what an HTTP answer means, by its status line and headers."""

from __future__ import annotations

import contextlib
import math
import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from chronik.collect import addresses
from chronik.errors import RefusedInputError
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.model import Hop
    from chronik.ports import Ask

RETRY_AFTER_S_MAX = 7 * 24 * 3600.0
"""No server can keep us away for longer."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OVERLOADED = frozenset({429, 503})
_BARE_LINE_FEED = re.compile(rb"(?<!\r)\n")
_STRAY_CHARACTER = re.compile(rb"\x00|\r(?!\n)")
_FOLDED_LINE = re.compile(rb"\n[ \t]")


def head_defect(head: bytes) -> str:
    """Why the head of an answer cannot be trusted to mean one thing only, or empty (RFC 9112 §2.2, §5.2, §6.3)."""
    if _STRAY_CHARACTER.search(head):
        return "its headers hold a NUL or a lone carriage return"
    if _BARE_LINE_FEED.search(head):
        return "its header lines do not end in CR LF"
    if _FOLDED_LINE.search(head):
        return "it folds a header over several lines"
    names = {line.partition(b":")[0].strip().lower() for line in head.split(b"\r\n")[1:]}
    if {b"content-length", b"transfer-encoding"} <= names:
        return "it gives its length twice, by Content-Length and by Transfer-Encoding"
    return ""


def content_coding(hop: Hop) -> str:
    """All content codings of an answer in one line."""
    return ", ".join(value for name, value in hop.headers if name == "content-encoding")


def is_redirect(hop: Hop) -> bool:
    """Whether an answer sends the asker elsewhere."""
    return hop.status in _REDIRECTS and bool(hop.header("location"))


def redirect_target(hop: Hop) -> str:
    """Where an answer sends the asker, in normal form. Raises RefusedInputError."""
    targets = {value for name, value in hop.headers if name == "location"}
    if len(targets) > 1:
        raise RefusedInputError("The server sends to several addresses at once.")
    location = targets.pop()
    with contextlib.suppress(UnicodeError):  # most write UTF-8; else Latin-1 it is
        location = location.encode("latin-1").decode("utf-8")
    return addresses.normal(location.strip(" \t").replace(" ", "%20"), base=hop.url)


def leaves_host(hop: Hop) -> bool:
    """Whether an answer sends the asker to another host or port. Raises RefusedInputError."""
    return is_redirect(hop) and addresses.host_and_port(redirect_target(hop)) != addresses.host_and_port(hop.url)


def failure(hop: Hop, ask: Ask, *, now: datetime) -> Failure | None:
    """Why the final answer is not what was asked for, or None."""
    if hop.status in _OVERLOADED:
        wait = retry_after_s(hop.header("retry-after"), now=now)
        return Failure(kind=FailureKind.RATE_LIMITED, detail=_said(hop.status), retry_after_s=wait)
    if hop.status == HTTPStatus.GONE:
        return Failure(kind=FailureKind.GONE, detail=_said(hop.status))
    if hop.status == HTTPStatus.PARTIAL_CONTENT:
        return Failure(kind=FailureKind.TRUNCATED, detail="the server sent a part where the whole was asked for")
    unasked = hop.status == HTTPStatus.NOT_MODIFIED and not (ask.etag or ask.last_modified)
    if unasked or not (200 <= hop.status < 300 or hop.status == HTTPStatus.NOT_MODIFIED):
        return Failure(kind=FailureKind.HTTP_ERROR, detail=_said(hop.status))
    return None


def _said(status: int) -> str:
    try:
        return f"the server answered {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"the server answered {status}"


def retry_after_s(value: str, *, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 §10.2.3), at most a week; None where it makes no sense."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), RETRY_AFTER_S_MAX)
    try:
        instant = parsedate_to_datetime(text)
        seconds = (instant.replace(tzinfo=instant.tzinfo or UTC) - now).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not math.isfinite(seconds) or seconds < 0:
        return None
    return min(seconds, RETRY_AFTER_S_MAX)

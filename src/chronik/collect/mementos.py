"""How other web archives are asked for captures of a page, and what their lists say (RFC 7089).

Decides: addresses and texts in, values out.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from itertools import islice
from typing import TYPE_CHECKING

from chronik.collect import addresses
from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST_MEDIA_TYPE = "application/link-format"
LIST_BYTES_MAX = 8 * 2**20
LINKS_MAX = 200_000
ACCEPT = "text/html, application/xhtml+xml, application/link-format;q=0.9, */*;q=0.5"
_LINK = re.compile(r"<([^<>\s]{1,8000})>([^<]{0,2000})")
_REL = re.compile(r"\brel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))")
_MOMENT = re.compile(r"\bdatetime\s*=\s*\"([^\"]{1,60})\"")


def gate(prefix: str, url: str) -> str:
    """The address that a TimeGate or TimeMap has for a page: its own, the page's behind it."""
    return f"{prefix}{url}"


def asked_for(moment: datetime) -> str:
    """The value of Accept-Datetime for a moment (RFC 7089 §2.1.1.1)."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def nearest(text: str, *, to: datetime, base: str) -> str:
    """The address of the memento in a list that was captured nearest to a moment; empty where there is none."""
    best = min(_mementos(text), key=lambda one: abs(one[0] - to), default=None)
    if best is None:
        return ""
    try:
        return addresses.normal(best[1], base=base)
    except RefusedInputError:
        return ""


def _mementos(text: str) -> Iterator[tuple[datetime, str]]:
    for link in islice(_LINK.finditer(text), LINKS_MAX):
        rel, moment = _REL.search(link[2]), _MOMENT.search(link[2])
        relations = ((rel[1] or rel[2] or "") if rel else "").lower().split()
        seen_at = _instant(moment[1]) if moment and "memento" in relations else None
        if seen_at is not None:
            yield seen_at, link[1]


def _instant(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)

"""What a feed of any format comes down to: its entries, in plain text and clean addresses.

Decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from chronik.collect.addresses import normal, without_user_information
from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from chronik.model import FeedKind

ENTRIES_MAX = 10_000
"""Entries read from one feed, the first ones."""
TITLE_CHARACTERS_MAX = 500
SUMMARY_CHARACTERS_MAX = 2_000
CONTENT_CHARACTERS_MAX = 50_000
NAME_CHARACTERS_MAX = 200
AUTHORS_MAX = 20
ID_CHARACTERS_MAX = 2_000
EARLIEST_YEAR = 1990
"""Pages of the web are not older; a feed that says so is wrong about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page that a feed names. Every text is plain text in one line."""

    url: str
    id: str = ""
    """As the feed gives it; says nothing outside this feed."""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed said when it was asked."""

    kind: FeedKind
    title: str = ""
    site_url: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    dropped: int = 0
    """Entries without an address that can be fetched."""
    wait_s: float | None = None
    """How long the feed wishes to be left alone: the largest of its hints."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day (UTC) in which the feed does not wish to be asked."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week (UTC, Monday is 0) on which the feed does not wish to be asked."""
    new_url: str = ""
    """The address to which the feed says that it has moved."""


_LINE_BREAKS = re.compile(r"[\t\r\n\f]+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8}){0,3})")


def address(text: object, *, base: str) -> str:
    """A clean http or https address, resolved against a base; empty for anything else."""
    if not isinstance(text, str) or not text.strip():
        return ""
    bare = _LINE_BREAKS.sub("", text.strip()).replace(" ", "%20")
    try:
        return normal(without_user_information(bare), base=base)
    except RefusedInputError:
        return ""


def language_tag(text: object) -> str:
    """A language as BCP 47 writes it; empty for what is none."""
    parts = _LANGUAGE.fullmatch(text.strip()) if isinstance(text, str) else None
    if parts is None:
        return ""
    behind = [part.upper() if len(part) == 2 else part for part in re.split("[-_]", parts[2])[1:]]
    return "-".join([parts[1].lower(), *behind])


def instant(text: object) -> datetime | None:
    """An ISO 8601 day or instant in UTC (without offset it is taken as UTC); None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        read = datetime.fromisoformat(text.strip())
        return believable(read if read.tzinfo else read.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def believable(read: datetime) -> datetime | None:
    """An instant in UTC, unless the web did not exist then."""
    try:
        utc = read.astimezone(UTC)
    except OverflowError:
        return None
    return utc if utc.year >= EARLIEST_YEAR else None

"""What a feed of any format comes down to: its entries, in plain text and clean addresses.

Decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.collect.addresses import normal, without_user_information
from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.model import FeedKind

ENTRIES_MAX = 10_000
"""Entries read from one feed, the first ones."""
TITLE_CHARACTERS_MAX = 500
CONTENT_CHARACTERS_MAX = 200_000
NAME_CHARACTERS_MAX = 200
AUTHORS_MAX = 20
ID_CHARACTERS_MAX = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A text that a feed gives of a page, as it stands there."""

    text: str
    is_markup: bool | None = None
    """Whether it is HTML, where the feed says so; HTML is never shown to anybody as it is."""
    base: str = ""
    """From where its relative addresses are resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page that a feed names. Every text but summary and content is plain text in one line."""

    url: str
    id: str = ""
    """As the feed gives it; says nothing outside this feed."""
    title: str = ""
    summary: Content | None = None
    content: Content | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    """In UTC."""
    published_told: str = ""
    """As precise as told: ISO 8601 with the offset that stands there, or a day, a month, a year."""
    updated: datetime | None = None
    updated_told: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed said when it was asked."""

    kind: FeedKind
    title: str = ""
    site_url: str = ""
    new_url: str = ""
    """Where the feed says that it lives from now on (`itunes:new-feed-url`)."""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    unaddressed: tuple[Entry, ...] = ()
    """Entries without an address that can be fetched."""
    wait_s: float | None = None
    """How long the feed wishes to be left alone: the largest of its hints."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day (UTC) in which the feed does not wish to be asked."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week (UTC, Monday is 0) on which the feed does not wish to be asked."""

    @property
    def dropped(self) -> int:
        """How many entries have no address that can be fetched."""
        return len(self.unaddressed)


# An address that is in normal form already: most are, and reading them as a browser does takes longer than all else.
_NORMAL = re.compile(
    r"https?://(?!(?:[a-z0-9-]+\.)*xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"/(?!\.|[^?]*(?:/\.|%2[eE]))[A-Za-z0-9._~!$&()*+,;=:@%/-]*(?:\?[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?"
)
NORMAL_CHARACTERS_MAX = 1_000
_LINE_BREAKS = re.compile(r"[\t\r\n\f]+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8}){0,3})")


def address(text: object, *, base: str) -> str:
    """A clean http or https address, resolved against a base; empty for anything else."""
    if not isinstance(text, str) or not text.strip():
        return ""
    if len(text) <= NORMAL_CHARACTERS_MAX and _NORMAL.fullmatch(text):
        return text
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

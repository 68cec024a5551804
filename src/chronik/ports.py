"""The sockets of the pipeline: what it needs from the outside, in types.

One contract test a socket holds every adapter and every fake to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from chronik.model import (
        Act,
        Article,
        Capture,
        Clip,
        Dossier,
        Exchange,
        Failure,
        Feed,
        FeedHealth,
        Lead,
        Page,
        Source,
        UnreadEntry,
    )


# Fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing to ask of the network."""

    url: str
    etag: str = ""
    """Sent back verbatim as If-None-Match."""
    last_modified: str = ""
    """Sent back verbatim as If-Modified-Since."""
    accept: str = "*/*"
    size_bytes_max: int | None = None
    """Limit on the decoded body; None takes the fetcher's own."""


class Fetch(Protocol):
    """Asks one address. Never raises for what the network does: that is `Exchange.failure`."""

    def __call__(self, ask: Ask) -> Exchange:
        """Follow redirects, checking each hop; give back every hop as it went over the wire."""
        ...


# Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRecord:
    """A response or resource found in somebody else's WARC file."""

    url: str
    captured_at: datetime
    record: str
    """`response` or `resource`."""
    block: bytes
    """The record block as it stands there: for a response, HTTP head and body."""
    request: bytes = b""
    """The request's block, where the file holds one."""
    media_type: str = ""
    truncated: str = ""
    origin: str = ""
    """Name of the file."""
    origin_offset: int = 0
    origin_record_id: str = ""


class Vault(Protocol):
    """Where captures live. Written once, never changed. What `keep` returned survives a crash."""

    def keep(self, exchange: Exchange, *, by_hand: bool = False) -> Capture:
        """Write every hop, sync, read back, compare. Raises VaultError; then nothing counts as kept."""
        ...

    def keep_resource(self, body: bytes, *, url: str, media_type: str, taken_at: datetime, origin: str) -> Capture:
        """Keep the bytes of a file that a person gave."""
        ...

    def keep_foreign(self, record: ForeignRecord) -> Capture:
        """Keep a record of another archive, its time and block unchanged."""
        ...

    def page(self, capture: Capture, *, size_bytes_max: int = 64 * 2**20) -> Page:
        """What the capture holds, codings taken off. Raises DamagedCaptureError, TooLargeError or RefusedInputError."""
        ...

    def recovered(self) -> Iterator[Capture]:
        """Captures of WARC files that a writer left unsealed, torn tails moved to quarantine.

        Files that a living writer holds are left alone; the others are sealed once the iterator is exhausted.
        """
        ...

    def captures(self) -> Iterator[Capture]:
        """Every capture that the vault holds, file by file."""
        ...

    def damages(self) -> Iterator[tuple[str, str]]:
        """Re-read all bytes: (WARC file or record, what is wrong with it) for each damage found."""
        ...

    def size_bytes(self) -> int:
        """Bytes on disk."""
        ...

    def close(self) -> None:
        """Seal the file being written. A vault that was only read from is left as it is."""
        ...


# Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What the index knows of one article or clip."""

    id: str
    kind: str
    """`article` or `clip`."""
    title: str
    text: str
    language: str = UNDETERMINED
    source: str = ""
    source_id: str = ""
    authors: tuple[str, ...] = ()
    dossier: str = ""
    """Slug, for clips."""
    day: str = ""
    """ISO day of publication (else of clipping), for ranges and order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document found."""

    id: str
    kind: str
    score: float
    snippet: str = ""
    """Plain text around the found words."""
    marks: tuple[tuple[int, int], ...] = ()
    """Where the found words stand in the snippet: start and end in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of hits."""

    total: int
    hits: tuple[Hit, ...]
    notice: str = ""
    """What was not understood in the query and therefore ignored."""


class Index(Protocol):
    """Full-text search. A cache of the catalogue: it can be deleted and rebuilt."""

    def add(self, documents: Iterable[Document]) -> None:
        """Add or replace by id; found by every reader once it returns. Raises IndexBusyError."""
        ...

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out. Unknown ids are no error."""
        ...

    def search(self, query: str, *, limit: int = 20, offset: int = 0, newest_first: bool = False) -> Results:
        """Any string gives results or an empty page, never an error."""
        ...

    def count(self) -> int:
        """Documents held."""
        ...


# Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is remembered of a host, so that every process is polite to it."""

    host: str
    """Host and port, as in an address."""
    not_before: datetime | None = None
    """Asked by Retry-After or earned by failures: no request sooner."""
    robots: str | None = None
    """Text of robots.txt; empty means everything is allowed, None that it was not asked yet."""
    robots_disallow_all: bool = False
    """The host could not be asked or failed (RFC 9309 §2.3.1.4)."""
    robots_fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLead:
    """A lead whose time has come."""

    lead: Lead
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The outcome of asking a feed: its new health and the leads that it named."""

    health: FeedHealth
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an archive holds and what is due, in numbers."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """Keys: sources, feeds, leads, captures, articles, dossiers, clips, unread_entries, acts."""
    due: Mapping[str, int] = field(default_factory=dict)
    """Keys: feeds, leads, readings, indexing."""
    problems: Sequence[Mapping[str, Any]] = ()
    """One object a problem: kind, subject, reason, next_try (ISO 8601 or null)."""
    first_capture_at: datetime | None = None
    last_capture_at: datetime | None = None


class Catalogue(Protocol):
    """What we know, in SQL. Every method is one transaction; each may be repeated without harm."""

    # Sources
    def sources(self) -> list[Source]:
        """All sources, by id."""
        ...

    def add_sources(self, sources: Iterable[Source]) -> int:
        """Add those whose id is new; give back how many were."""
        ...

    # Feeds, leads, hosts
    def add_feed(self, feed: Feed, *, due_at: datetime) -> bool:
        """Follow a feed; False if it was followed already."""
        ...

    def feeds(self) -> list[FeedHealth]:
        """All feeds with their health, by address."""
        ...

    def due_feeds(self, now: datetime, *, limit: int) -> list[FeedHealth]:
        """Feeds whose time has come, longest waiting first."""
        ...

    def record_poll(self, poll: Poll) -> int:
        """Keep a feed's health and its new leads together; give back how many leads were new or updated."""
        ...

    def add_leads(self, leads: Iterable[Lead]) -> int:
        """Add leads; one that is known is due again only when its `updated` is later, or when named by hand."""
        ...

    def due_leads(self, now: datetime, *, limit: int) -> list[DueLead]:
        """Leads not yet fetched whose time has come, newest first."""
        ...

    def record_lead_failure(self, url: str, failure: Failure, *, next_try: datetime | None) -> None:
        """Keep why a lead could not be fetched; no next try means it is given up."""
        ...

    def hosts(self, names: Iterable[str]) -> dict[str, HostState]:
        """What is remembered of these hosts; unknown ones are left out."""
        ...

    def record_host(self, state: HostState) -> None:
        """Remember."""
        ...

    # Captures and articles
    def record_capture(self, capture: Capture, *, to_read: bool = True) -> bool:
        """Keep a capture and mark the lead of its `asked_url` as fetched; False if it was known.

        It is due for reading unless `to_read` is false or it is a capture of a followed feed.
        """
        ...

    def capture(self, id: str) -> Capture | None:  # noqa: A002
        """One capture."""
        ...

    def captures(self) -> Iterator[Capture]:
        """Every capture, by id."""
        ...

    def known_captures(self, ids: Iterable[str]) -> set[str]:
        """Which of these ids are known."""
        ...

    def unread_captures(self, *, limit: int) -> list[Capture]:
        """Captures that no reader has been at yet, oldest first."""
        ...

    def record_reading(self, capture_id: str, outcome: Article | Failure) -> bool:
        """Keep the article, or why there is none, and mark the capture as read. False if the article was known."""
        ...

    def add_article(self, article: Article) -> bool:
        """Keep an article that came without capture; False if it was known."""
        ...

    def article(self, id: str) -> Article | None:  # noqa: A002
        """One article by its id or an unambiguous beginning of it (8 characters or more), or by its address."""
        ...

    def unindexed(self, *, limit: int) -> list[Document]:
        """Articles and clips that the index lacks or holds in an older state."""
        ...

    def mark_indexed(self, documents: Iterable[Document]) -> None:
        """The index holds these now."""
        ...

    def withdrawn(self, *, limit: int) -> list[str]:
        """Ids that the index holds and should not: removed clips, versions that a later one replaced."""
        ...

    def mark_withdrawn(self, ids: Iterable[str]) -> None:
        """The index does not hold these any more."""
        ...

    def forget_indexed(self) -> None:
        """The index is to be built anew: every document is due again."""
        ...

    # Dossiers, clips, acts
    def dossiers(self) -> list[Dossier]:
        """All dossiers, by slug."""
        ...

    def dossier(self, slug: str) -> Dossier | None:
        """One dossier."""
        ...

    def add_dossier(self, dossier: Dossier, act: Act) -> None:
        """Raises ConflictError when the slug is taken."""
        ...

    def change_dossier(self, dossier: Dossier, act: Act) -> None:
        """Replace a dossier's fields. Raises NotFoundError."""
        ...

    def remove_dossier(self, slug: str, act: Act) -> None:
        """Take a dossier and its clips out of sight; its acts stay. Raises NotFoundError."""
        ...

    def clips(self, dossier: str) -> list[Clip]:
        """The clips of a dossier that were not removed, by position."""
        ...

    def clip(self, id: str) -> Clip | None:  # noqa: A002
        """One clip that was not removed."""
        ...

    def take_in(
        self, dossier: Dossier, clips: Iterable[Clip], unread: Iterable[UnreadEntry], act: Act
    ) -> tuple[int, int]:
        """Add a whole dossier, or what it lacks, in one transaction; new clips and new unread entries, counted.

        A clip that an editor changed or removed is known by its id and stays as the editor left it.
        """
        ...

    def unread_entries(self, dossier: str) -> list[UnreadEntry]:
        """Entries kept as text for mending, by position."""
        ...

    def mend_entry(self, id: str, clip: Clip, act: Act) -> None:  # noqa: A002
        """Replace an unread entry by the clip that an editor made of it."""
        ...

    def add_clip(self, clip: Clip, act: Act) -> None:
        """Put a clip into its dossier. Raises ConflictError when it is there, NotFoundError without dossier."""
        ...

    def change_clip(self, clip: Clip, act: Act) -> None:
        """Replace a clip's fields. Raises NotFoundError."""
        ...

    def remove_clip(self, id: str, act: Act) -> None:  # noqa: A002
        """Take a clip out of its dossier. Raises NotFoundError."""
        ...

    def restore_clip(self, id: str, act: Act) -> None:  # noqa: A002
        """Put a removed clip back in its place. Raises NotFoundError."""
        ...

    def order_clips(self, dossier: str, ids: Sequence[str], act: Act) -> None:
        """Set the order by hand. Raises ConflictError unless the ids are exactly the dossier's clips."""
        ...

    def record_act(self, act: Act) -> None:
        """Append an act that changes nothing else (publish, import)."""
        ...

    def acts(self, *, subject: str = "", limit: int = 100) -> list[Act]:
        """Newest first; all, or those on one subject."""
        ...

    def documents_of_hosts(self, suffix: str) -> list[str]:
        """Ids of articles from hosts with this ending, and of clips of them: what the index may hold of them."""
        ...

    def remove_hosts(self, suffix: str, *, dossiers: Iterable[str], act: Act) -> int:
        """Forget everything that came from hosts with this ending, and these dossiers; rows removed, counted.

        Meant for the sample newsroom: nothing else is ever forgotten. Acts stay.
        """
        ...

    def standing(self, now: datetime, *, silent_after: timedelta) -> Standing:
        """Numbers for `status`."""
        ...

"""The socket towards what we know, in SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from chronik.ports.access import AccessCatalogue
from chronik.ports.fixity import FixityCatalogue
from chronik.ports.ledger import LedgerCatalogue
from chronik.ports.naming import NamingCatalogue
from chronik.ports.overview import OverviewCatalogue
from chronik.ports.quoting import QuotingCatalogue
from chronik.ports.redacting import RedactingCatalogue
from chronik.ports.relating import RelatingCatalogue
from chronik.ports.sources import SourceCatalogue
from chronik.ports.watching import WatchingCatalogue
from chronik.ports.witnessing import WitnessingCatalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from chronik.model import Act, Article, Capture, Clip, Dossier, Failure, Feed, FeedHealth, Lead, Source, UnreadEntry
    from chronik.ports.index import Document


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
    """Keys: sources, feeds, leads, captures, articles, dossiers, clips, unread_entries, acts, stories."""
    due: Mapping[str, int] = field(default_factory=dict)
    """Keys: feeds, leads, readings, indexing, relating."""
    problems: Sequence[Mapping[str, Any]] = ()
    """One object a problem: kind, subject, reason, next_try (ISO 8601 or null)."""
    first_capture_at: datetime | None = None
    last_capture_at: datetime | None = None


class Catalogue(
    AccessCatalogue,
    RelatingCatalogue,
    NamingCatalogue,
    OverviewCatalogue,
    WatchingCatalogue,
    LedgerCatalogue,
    FixityCatalogue,
    WitnessingCatalogue,
    RedactingCatalogue,
    QuotingCatalogue,
    SourceCatalogue,
    Protocol,
):
    """What we know, in SQL. Every method is one transaction; each may be repeated without harm."""

    # Sources
    def sources(self) -> list[Source]:
        """All sources but those that were merged into others, by id."""
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
        """Keep a feed's health and its new leads together; give back how many leads were new or updated.

        A feed that somebody stopped meanwhile stays stopped.
        """
        ...

    def add_leads(self, leads: Iterable[Lead], *, not_before: datetime | None = None) -> int:
        """Add leads; one that is known is due again only when its `updated` is later, or when named by hand.

        Those added are due from `not_before` on: until then they are left to whoever adds them.
        """
        ...

    def due_leads(self, now: datetime, *, limit: int) -> list[DueLead]:
        """Leads not yet fetched whose time has come, newest first."""
        ...

    def record_lead_failure(
        self, url: str, failure: Failure, *, next_try: datetime | None, is_try: bool = True
    ) -> None:
        """Keep why a lead could not be fetched; no next try means it is given up.

        Where the site was only left alone and not asked, that is no try.
        """
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

    def capture(self, capture_id: str) -> Capture | None:
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

    def due_again(self) -> int:
        """Every capture that was read, or that no reader could read, is due for reading again; how many there are.

        Captures of feeds and those that were kept without being read are left alone.
        """
        ...

    def record_reading(self, capture_id: str, outcome: Article | Failure) -> bool:
        """Keep the article, or why there is none, and mark the capture as read.

        False if the article was known, or the version shown at its address says the same (`extract.versions`): then
        there is no new version. What a feed says of a page is never shown in the place of the page itself.
        """
        ...

    def add_article(self, article: Article) -> bool:
        """Keep an article that came without capture; False if it was known, or its version at this address is."""
        ...

    def captures_of_entries(self) -> list[str]:
        """Ids of the captured feeds of which entries were kept as readings."""
        ...

    def entries_in(self, capture_id: str) -> list[Article]:
        """The readings of a captured feed's entries, by id; those that a better reading replaced are left out."""
        ...

    def without_capture(self, *, after: str, limit: int) -> list[Article]:
        """Articles that came without capture, by id, those with a greater id than `after`."""
        ...

    def renew(self, article_id: str, article: Article) -> bool:
        """Put a new reading of the same bytes in the place of an earlier one, with what editors did to that.

        Where both have one id, the words are the same and what is found in them is renewed; else the earlier reading
        stays for its clips. False if there is no such reading, or the new one is known.
        """
        ...

    def last_said(self, urls: Iterable[str], *, by: Collection[str]) -> dict[str, Article]:
        """Of each of these pages the last that a feed said of it, where it did; `by` are the feed's addresses."""
        ...

    def article(self, article_id: str) -> Article | None:
        """One article by its id or an unambiguous beginning of it (8 characters or more), or by its address."""
        ...

    def versions(self, article_id: str) -> list[Article]:
        """Every reading of the page that an article was read from, itself included, latest first."""
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

    def clip(self, clip_id: str) -> Clip | None:
        """One clip that was not removed."""
        ...

    def take_in(
        self, dossier: Dossier, clips: Iterable[Clip], unread: Iterable[UnreadEntry], act: Act
    ) -> tuple[int, int]:
        """Add a whole dossier, or what it lacks, in one transaction; new clips and new unread entries, counted.

        A clip that an editor changed or removed is known by its id and stays as the editor left it. What nobody
        touched follows the page: its heading, its entries as they stand there, and their places as long as no editor
        moved any. An unread entry whose place a clip of the page has taken is mended.
        """
        ...

    def unread_entries(self, dossier: str) -> list[UnreadEntry]:
        """Entries kept as text for mending, by position."""
        ...

    def mend_entry(self, entry_id: str, clip: Clip, act: Act) -> None:
        """Replace an unread entry by the clip that an editor made of it."""
        ...

    def add_clip(self, clip: Clip, act: Act) -> None:
        """Put a clip into its dossier. Raises ConflictError when it is there, NotFoundError without dossier."""
        ...

    def change_clip(self, clip: Clip, act: Act) -> None:
        """Replace a clip's fields. Raises NotFoundError."""
        ...

    def remove_clip(self, clip_id: str, act: Act) -> None:
        """Take a clip out of its dossier. Raises NotFoundError."""
        ...

    def restore_clip(self, clip_id: str, act: Act, *, new: Clip | None = None) -> None:
        """Put a removed clip back in its place, with the fields of `new` where it is given. Raises NotFoundError."""
        ...

    def order_clips(self, dossier: str, ids: Sequence[str], act: Act) -> None:
        """Set the order by hand. Raises ConflictError unless the ids are exactly the dossier's clips."""
        ...

    def record_act(self, act: Act) -> None:
        """Append an act that changes nothing else (publish, import)."""
        ...

    def acts_on(self, dossier: str) -> list[Act]:
        """Every act on a dossier and its clips, oldest first; those that brought a page in hold what it brought."""
        ...

    def acts(self, *, subject: str = "", limit: int = 100) -> list[Act]:
        """Newest first; all, or those on one subject."""
        ...

    def documents_of_hosts(self, hosts: Collection[str]) -> list[str]:
        """Ids of articles from these hosts, and of clips of them: what the index may hold of them."""
        ...

    def remove_hosts(self, hosts: Collection[str], *, dossiers: Iterable[str], act: Act) -> int:
        """Forget everything that came from these hosts, and these dossiers; rows removed, counted.

        Meant for the sample newsroom: nothing else is ever forgotten. Acts stay.
        """
        ...

    def standing(self, now: datetime, *, silent_after: timedelta) -> Standing:
        """Numbers for `status`."""
        ...

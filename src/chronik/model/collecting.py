"""Who speaks, where news is announced, and what asking an address brought."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class SourceKind(StrEnum):
    """What sort of voice a source is."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    MAGAZINE = "magazine"
    GOVERNMENT = "government"
    PARLIAMENT = "parliament"
    ORGANISATION = "organisation"
    THINK_TANK = "think-tank"
    ENCYCLOPEDIA = "encyclopedia"
    ACCOUNT = "account"
    PERSON = "person"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who speaks: newspaper, agency, ministry, think tank, broadcaster, account."""

    id: str
    """Short readable key, lower-case ASCII letters, digits and hyphens; unique in an archive."""
    names: Mapping[str, str]
    """Language → name. A name that is the same everywhere stands under ``und``."""
    aliases: tuple[str, ...] = ()
    """Other spellings under which the source is credited."""
    kind: SourceKind = SourceKind.UNKNOWN
    country: str = ""
    """ISO 3166-1 alpha-2, or empty."""
    home_page: str = ""
    hosts: tuple[str, ...] = ()
    """Host names whose pages are this source's."""
    made_by: str = ""
    """``chronik`` for those that ship with the program, else who or what named it first."""
    owner: str = ""
    """Whose it is: a company, a state, a party."""
    credit_style: str = ""
    """How readers see it credited, such as `TASS, Moscow`; empty where its name in their language is."""
    quotation_characters: int = 0
    """How many characters of one report may be quoted; 0 where the usual limit holds."""
    quotation_percent: int = 0
    """How much of one report may be quoted, in parts of a hundred; 0 where the usual limit holds."""
    quotation_reason: str = ""
    """Why more than the usual may be quoted: a licence, a law, a letter. Private."""


class FeedKind(StrEnum):
    """The formats that announce new pages."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    NEWS_SITEMAP = "news-sitemap"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address that is asked again and again for new leads."""

    url: str
    kind: FeedKind = FeedKind.UNKNOWN
    title: str = ""
    site_url: str = ""
    language: str = ""
    source_id: str = ""
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How a feed has been doing, and when it is asked next."""

    feed: Feed
    next_due: datetime
    etag: str = ""
    """Verbatim, quotes included (RFC 9110 §8.8.3)."""
    last_modified: str = ""
    """Verbatim value of the header."""
    payload_digest: str = ""
    last_polled: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    """Failed polls in a row."""
    failure: str = ""
    """The last failure in words, empty when the last poll went well."""
    stopped: bool = False
    """Not asked any more (410 Gone, or by an editor)."""
    asks_url: str = ""
    """Where it is asked since it moved for good; empty while it is asked at its own address."""
    moved_url: str = ""
    """Where its answers say that it moved to; not believed yet, or no more than by `asks_url`."""
    moved_since: datetime | None = None
    """Since when they say so, or since when it is asked at `asks_url`."""
    moved_times: int = 0
    """How many answers in a row said so."""

    @property
    def address(self) -> str:
        """Where it is asked."""
        return self.asks_url or self.feed.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An address that a feed, a page or a person named, not yet fetched."""

    url: str
    found_in: str = ""
    """Address of the feed or page; empty when a person named it."""
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    by_hand: bool = False
    found_at: datetime | None = None


class FailureKind(StrEnum):
    """Expected failures, as values. Those above the line may pass; those below it stay."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    HTTP_ERROR = "http_error"
    RATE_LIMITED = "rate_limited"
    TRUNCATED = "truncated"
    MALFORMED_HTTP = "malformed_http"
    # --- will not get better by asking again
    GONE = "gone"
    BLOCKED_ADDRESS = "blocked_address"
    BAD_ADDRESS = "bad_address"
    ROBOTS = "robots"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TOO_LARGE = "too_large"
    BAD_ENCODING = "bad_encoding"
    NOT_A_FEED = "not_a_feed"
    NO_TEXT = "no_text"
    NOT_AN_ARTICLE = "not_an_article"
    UNSUPPORTED_MEDIA = "unsupported_media"
    EXTRACT_TIMEOUT = "extract_timeout"
    UNREADABLE = "unreadable"


PASSING = frozenset(
    {
        FailureKind.UNREACHABLE,
        FailureKind.TIMEOUT,
        FailureKind.TLS,
        FailureKind.HTTP_ERROR,
        FailureKind.RATE_LIMITED,
        FailureKind.TRUNCATED,
        FailureKind.MALFORMED_HTTP,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that was expected to be able to fail, did, and why."""

    kind: FailureKind
    detail: str = ""
    """One line for people: what happened."""
    retry_after_s: float | None = None
    """What the server asked for, in seconds from now (RFC 9110 §10.2.3)."""

    @property
    def worth_retrying(self) -> bool:
        """Whether asking again later may go well."""
        return self.kind in PASSING

    def __str__(self) -> str:
        """For a table: kind and detail."""
        return f"{self.kind}: {self.detail}" if self.detail else str(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request and its answer, byte for byte as they went over the wire."""

    url: str
    request: bytes
    """Request head (no body: Chronik only asks with GET), without any credential."""
    response: bytes
    """Status line, headers and body as received: transfer and content codings still on."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case, in the order received; values decoded as Latin-1."""
    started_at: datetime
    elapsed_s: float
    """By the monotonic clock."""
    address: str = ""
    """IP address that was connected to."""
    tls_certificate: str = ""
    """SHA-256 of the leaf certificate (DER), hex; empty without TLS."""
    tls_chain: tuple[bytes, ...] = ()
    """The certificates that the site sent (DER), its own first."""
    tls_version: str = ""
    """As OpenSSL calls it (`TLSv1.3`); empty without TLS."""
    truncated: str = ""
    """Reason in the words of WARC 1.1 §5.13 (`length`, `time`, `disconnect`), empty when whole."""

    def header(self, name: str) -> str:
        """First value of a header (name in lower case), or empty."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What asking one address brought: every hop of the way, and either a body or a failure."""

    asked_url: str
    hops: tuple[Hop, ...] = ()
    body: bytes = b""
    """Body of the last hop, transfer and content coding taken off, within the size limit."""
    failure: Failure | None = None

    @property
    def last(self) -> Hop | None:
        """The final hop, if any answer came at all."""
        return self.hops[-1] if self.hops else None

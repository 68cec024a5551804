"""The nouns of Chronik: frozen values that every other module speaks in.

All instants are aware datetimes in UTC unless a field says otherwise. All digests are lower-case hex SHA-256.
Languages are BCP 47 tags, mostly ISO 639-1 codes (``de``), and ``und`` where undetermined (ISO 639-2).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import rfc8785

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

UNDETERMINED = "und"


def sha256_hex(data: bytes) -> str:
    """SHA-256 of bytes, lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def content_id(value: Any) -> str:
    """Digest of a JSON value in canonical form (RFC 8785): the same on every machine."""
    return sha256_hex(rfc8785.dumps(value))


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


class RecordKind(StrEnum):
    """Which WARC record holds the content (WARC 1.1 §6)."""

    RESPONSE = "response"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a record lies in the vault."""

    file: str
    """Name of the WARC file, without any folder."""
    offset: int
    """First byte of the record's gzip member."""
    length: int
    """Bytes of the gzip member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes exactly as received, with request, response, time and digest: one WARC record pair."""

    id: str
    """For responses a digest of address, time and block; for resources of address and block."""
    url: str
    """WARC-Target-URI of the last hop."""
    captured_at: datetime
    record: RecordKind
    status: int | None = None
    media_type: str = ""
    """Lower case, without parameters."""
    block_digest: str = ""
    """SHA-256 of the record block (HTTP head and body as received)."""
    payload_digest: str = ""
    """SHA-256 of the HTTP body as received, transfer coding still on, or of the resource."""
    location: Location
    asked_url: str = ""
    """The address that was asked for first, where redirects led elsewhere."""
    truncated: str = ""
    origin: str = ""
    """For what was taken in: the name of the file it came from."""
    by_hand: bool = False


def capture_id(*, record: RecordKind, url: str, captured_at: datetime, block_digest: str) -> str:
    """Identity of a capture. A resource has no time of its own: the same file taken in twice is one capture."""
    instant = captured_at.isoformat() if record is RecordKind.RESPONSE else None
    return content_id({"block": block_digest, "captured_at": instant, "record": str(record), "url": url})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a capture holds, codings taken off: the input of every reader."""

    url: str
    body: bytes
    media_type: str = ""
    charset: str = ""
    """As the HTTP header declares it, else empty."""
    status: int | None = None
    captured_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an extractor read out of a capture. A machine's reading: it can be made again."""

    id: str
    """Digest of capture (or given id) and reader; see `article_id`."""
    capture_id: str = ""
    """Empty when taken in without capture."""
    url: str
    canonical_url: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    """ISO 8601 as precise as known: a day, or an instant with offset; empty when unknown."""
    modified: str = ""
    language: str = UNDETERMINED
    source: str = ""
    """The name under which the page presents itself."""
    source_id: str = ""
    text: str = ""
    """Paragraphs joined by one blank line."""
    paywalled: bool | None = None
    """None where the page does not say."""
    made_by: str = ""
    """Readers and versions, and which gave which field."""
    read_at: datetime | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs, in order."""
        return paragraphs(self.text)

    @property
    def text_digest(self) -> str:
        """SHA-256 of the text in UTF-8: what a clip's positions refer to."""
        return sha256_hex(self.text.encode())


def paragraphs(text: str) -> tuple[str, ...]:
    """The non-empty blocks of a text, which blank lines separate."""
    return tuple(block for block in (part.strip() for part in text.split("\n\n")) if block)


def article_id(*, capture_id: str, made_by: str, given_id: str = "") -> str:
    """Identity of a reading: one capture read by one reader is one article, however often it is read."""
    return content_id({"capture": capture_id, "given": given_id, "made_by": made_by})


class DossierOrder(StrEnum):
    """In which order readers see the clips."""

    NEWEST_FIRST = "newest-first"
    OLDEST_FIRST = "oldest-first"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A topic kept for years: names and introductions in several languages, an ordered list of clips."""

    slug: str
    names: Mapping[str, str]
    """Language → name; the first is the main one."""
    introductions: Mapping[str, str] = field(default_factory=dict)
    years: str = ""
    """As the heading gives it (`2020`), or empty."""
    order: DossierOrder = DossierOrder.NEWEST_FIRST
    notes: str = ""
    """Private: never published."""
    heading_as_received: str = ""
    """Verbatim head of the press page that the dossier was taken in from."""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a quotation stands in a text, as W3C Web Annotation selectors (§4.2.4, §4.2.5).

    Positions count characters (Unicode code points) of `Article.text`, end exclusive.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A verbatim passage that an editor chose from an article for a dossier."""

    id: str
    dossier: str
    """Slug."""
    position: int = 0
    """Place in the dossier's order by hand; small is first."""
    title: str = ""
    """Original title, in the original language."""
    language: str = UNDETERMINED
    credit: str = ""
    """The source as it was credited, verbatim."""
    source_id: str = ""
    """Empty when the credit names nobody we know."""
    excerpt: str = ""
    """Verbatim passage; blank lines separate paragraphs."""
    url: str = ""
    """Address of the original, where known."""
    article_id: str = ""
    capture_id: str = ""
    text_digest: str = ""
    """Digest of the article's text that the passage's positions refer to."""
    passage: Passage | None = None
    happened: date | None = None
    published: str = ""
    """ISO 8601, as in `Article.published`."""
    clipped_at: datetime
    note: str = ""
    """Private: never published."""
    as_received: str = ""
    """Verbatim entry of the press page it was taken in from; empty once an editor changed the clip."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The excerpt's paragraphs, in order."""
        return paragraphs(self.excerpt)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadEntry:
    """An entry of a press page that could not be understood, kept as text for mending."""

    id: str
    dossier: str
    position: int
    line: int
    """Line in the file it came from, counted from 1."""
    reason: str
    text: str
    """Verbatim, line ends included."""


class Verb(StrEnum):
    """What people do."""

    CREATE_DOSSIER = "create-dossier"
    EDIT_DOSSIER = "edit-dossier"
    REMOVE_DOSSIER = "remove-dossier"
    CLIP = "clip"
    EDIT_CLIP = "edit-clip"
    MOVE_CLIP = "move-clip"
    REMOVE_CLIP = "remove-clip"
    RESTORE_CLIP = "restore-clip"
    MEND_ENTRY = "mend-entry"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    ADD = "add"
    IMPORT = "import"
    EDIT_SOURCE = "edit-source"
    REMOVE_SAMPLE = "remove-sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that a person did. Append-only."""

    at: datetime
    by: str
    """User name at the desk, or the operator's login name on the command line."""
    verb: Verb
    subject: str
    """What it was done to: a dossier's slug, a clip's id, an address."""
    detail: Mapping[str, Any] = field(default_factory=dict)
    """A JSON object: enough to understand the act, and to undo it."""

    @property
    def id(self) -> str:
        """Digest of the act's content."""
        return content_id(
            {
                "at": self.at.isoformat(),
                "by": self.by,
                "detail": dict(self.detail),
                "subject": self.subject,
                "verb": str(self.verb),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A dossier frozen at one moment: what readers see, cite and verify."""

    dossier: Dossier
    clips: tuple[Clip, ...]
    """In the order in which readers see them."""
    sources: Mapping[str, Source]
    """The sources of the clips, by id."""
    published_at: datetime

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which the dossier has a name, the main one first."""
        return tuple(self.dossier.names)

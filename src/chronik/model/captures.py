"""The bytes as received, where they lie, and what a reader made of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.model.identity import UNDETERMINED, content_id, sha256_hex
from chronik.model.readings import ArticleKind

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.model.readings import Alternate, Block, DateMention, Link, Mention, Picture, Statement


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
    kind: ArticleKind = ArticleKind.ARTICLE
    truncated: str = ""
    """By what sign the text is held to be cut short by the site; empty where there is none."""
    amp_url: str = ""
    alternates: tuple[Alternate, ...] = ()
    blocks: tuple[Block, ...] = ()
    """One for each of the text's paragraphs; empty where nothing is known of their form."""
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    dates: tuple[DateMention, ...] = ()

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

"""The sample newsroom's outlets, what they wrote, and the dossier made of it. Decides: reads package data only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from chronik.model import Dossier, Feed, FeedKind, Source, SourceKind, paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

MARK = "Beispielredaktion / Sample newsroom"
"""Stands in every page and every feed."""
_OUTLETS = ("orwepress", "talbote", "abend", "courier", "echo", "nashra")
_PATH_SAFE = "/?=&"


class Markup(StrEnum):
    """How an outlet's pages declare what they are."""

    JSON_LD = "json-ld"
    JSON_LD_GRAPH = "json-ld-graph"
    META = "meta"
    DUBLIN_CORE = "dublin-core"
    OPEN_GRAPH = "open-graph"
    MICRODATA = "microdata"


class FeedFormat(StrEnum):
    """In which format an outlet announces its pages."""

    RSS_0_91 = "rss-0.91"
    RSS_1_0 = "rss-1.0"
    RSS_2_0 = "rss-2.0"
    ATOM = "atom"
    JSON_FEED = "json-feed"
    NEWS_SITEMAP = "news-sitemap"


FEED_KINDS: Mapping[FeedFormat, FeedKind] = {
    FeedFormat.RSS_0_91: FeedKind.RSS,
    FeedFormat.RSS_1_0: FeedKind.RSS,
    FeedFormat.RSS_2_0: FeedKind.RSS,
    FeedFormat.ATOM: FeedKind.ATOM,
    FeedFormat.JSON_FEED: FeedKind.JSON,
    FeedFormat.NEWS_SITEMAP: FeedKind.NEWS_SITEMAP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a piece says."""

    title: str
    teaser: str
    text: str
    """Paragraphs joined by one blank line."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs, in order."""
        return paragraphs(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One report as its outlet wrote it, and how it was reworded without notice, if it was."""

    path: str
    """Path and query of its address, percent-encoded."""
    published: datetime
    authors: tuple[str, ...]
    section: str
    first: Wording
    later: Wording | None = None
    edited: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One invented newspaper or agency."""

    id: str
    """Id of the source, beginning with `sample-`."""
    host: str
    name: str
    tagline: str
    language: str
    kind: SourceKind
    charset: str
    charset_in_header: bool
    markup: Markup
    feed_format: FeedFormat
    feed_path: str
    accent: str
    """Colour of its headings."""
    pieces: tuple[Piece, ...]
    """Newest first."""

    @property
    def direction(self) -> str:
        """Writing direction of its language, as HTML names it."""
        return "rtl" if self.language == "ar" else "ltr"

    def url(self, port: int, path: str = "/") -> str:
        """Absolute address of one of its pages."""
        return f"http://{self.host}:{port}{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """One run of the server: its port, and which pieces were shown already (a reworded one then reads differently)."""

    port: int
    shown: frozenset[str] = frozenset()
    """Paths of pieces; no two outlets share one."""

    def wording(self, piece: Piece) -> Wording:
        """What a piece says now."""
        return piece.later if piece.later and piece.path in self.shown else piece.first

    def updated(self, piece: Piece) -> datetime:
        """When that was last changed."""
        return piece.edited if piece.edited and piece.path in self.shown else piece.published

    def outlet_updated(self, outlet: Outlet) -> datetime:
        """When the newest change on any page of an outlet was made."""
        return max(self.updated(piece) for piece in outlet.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A passage with which the sample dossier starts."""

    url: str
    quote: str
    """Verbatim, from one paragraph."""
    happened: date | None = None


def encoded(path: str) -> str:
    """Path and query as an address carries them: percent-encoded UTF-8."""
    return percent_encoded(path, safe=_PATH_SAFE)


def is_sample(url: str) -> bool:
    """Whether an address is of one of the sample's outlets, whatever its port."""
    try:
        return urlsplit(url).hostname in hosts()
    except ValueError:
        return False


@cache
def hosts() -> tuple[str, ...]:
    """The outlets' host names."""
    return tuple(outlet.host for outlet in outlets())


@cache
def outlets() -> tuple[Outlet, ...]:
    """All outlets, the agency first."""
    return tuple(_outlet(name, _table(name)) for name in _OUTLETS)


def feeds(port: int) -> tuple[Feed, ...]:
    """The feeds to follow when the newsroom is served on this port."""
    return tuple(
        Feed(
            url=outlet.url(port, outlet.feed_path),
            kind=FEED_KINDS[outlet.feed_format],
            title=f"{outlet.name} ({MARK})",
            site_url=outlet.url(port),
            language=outlet.language,
            source_id=outlet.id,
        )
        for outlet in outlets()
    )


def sources(port: int) -> tuple[Source, ...]:
    """The outlets as sources."""
    return tuple(
        Source(
            id=outlet.id,
            names={outlet.language: outlet.name},
            kind=outlet.kind,
            home_page=outlet.url(port),
            hosts=(outlet.host,),
            made_by="chronik",
        )
        for outlet in outlets()
    )


def dossier() -> Dossier:
    """The dossier that the sample starts with, without its clips."""
    table = _table("dossier")
    return Dossier(
        slug=table["slug"],
        names=table["names"],
        introductions={language: _unwrapped(text) for language, text in table["introductions"].items()},
        years=table["years"],
    )


def choices(port: int) -> tuple[Choice, ...]:
    """The passages to clip, oldest first."""
    by_id = {outlet.id: outlet for outlet in outlets()}
    return tuple(
        Choice(
            url=by_id[f"sample-{entry['outlet']}"].url(port, encoded(entry["path"])),
            quote=_unwrapped(entry["quote"]),
            happened=entry.get("happened"),
        )
        for entry in _table("dossier")["choices"]
    )


def _table(name: str) -> dict[str, Any]:
    resource = files("chronik.sample").joinpath("articles", f"{name}.toml")
    return tomllib.loads(resource.read_text(encoding="utf-8"))


def _outlet(name: str, table: dict[str, Any]) -> Outlet:
    pieces = sorted((_piece(entry) for entry in table["pieces"]), key=lambda piece: piece.published, reverse=True)
    return Outlet(
        id=f"sample-{name}",
        host=table["host"],
        name=table["name"],
        tagline=table["tagline"],
        language=table["language"],
        kind=SourceKind(table["kind"]),
        charset=table["charset"],
        charset_in_header=table["charset_in_header"],
        markup=Markup(table["markup"]),
        feed_format=FeedFormat(table["feed_format"]),
        feed_path=table["feed_path"],
        accent=table["accent"],
        pieces=tuple(pieces),
    )


def _piece(entry: dict[str, Any]) -> Piece:
    return Piece(
        path=encoded(entry["path"]),
        published=entry["published"],
        authors=tuple(entry["authors"]),
        section=entry["section"],
        first=_wording(entry),
        later=_wording(entry["later"]) if "later" in entry else None,
        edited=entry.get("edited"),
    )


def _wording(entry: dict[str, Any]) -> Wording:
    return Wording(title=entry["title"], teaser=entry["teaser"], text=_unwrapped(entry["text"]))


def _unwrapped(text: str) -> str:
    """Paragraphs on one line each: line ends inside a paragraph are only there for whoever reads the file."""
    return "\n\n".join(block.replace("\n", " ") for block in paragraphs(text))

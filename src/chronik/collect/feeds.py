"""Reads what a feed says, in any format of the last twenty-five years: wraps feedparser.

Decides. The format is recognised by the content, never by the media type. feedparser sees only XML that `mending`
wrote: it reads no files, connects to nothing, and its slow spots are out of reach.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from chronik import bounded
from chronik.collect.characters import decoded, plain
from chronik.collect.discovery import feed_addresses
from chronik.collect.entries import (
    AUTHORS_MAX,
    CONTENT_CHARACTERS_MAX,
    ENTRIES_MAX,
    ID_CHARACTERS_MAX,
    NAME_CHARACTERS_MAX,
    SUMMARY_CHARACTERS_MAX,
    TITLE_CHARACTERS_MAX,
    Entry,
    ParsedFeed,
    address,
    believable,
    language_tag,
)
from chronik.collect.feed_hints import hints
from chronik.collect.json_feeds import looks_like_json, parsed_json
from chronik.collect.mending import Mended, mended, tree
from chronik.collect.sitemaps import SITEMAP_ROOTS, parsed_sitemap
from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Failure, FailureKind, FeedKind, Lead

__all__ = ["FEED_BYTES_MAX", "Entry", "ParsedFeed", "leads", "parsed"]

FEED_BYTES_MAX = 16 * 2**20
AHEAD_MAX = timedelta(days=2)
"""A page that claims to be published later than this is wrong about it."""

_GZIP = b"\x1f\x8b"
_ROOTS = {"rss": FeedKind.RSS, "rdf": FeedKind.RSS, "channel": FeedKind.RSS, "feed": FeedKind.ATOM}
_OTHER_ROOTS = {
    "html": "This is a web page, not a feed.",
    "opml": "This is a list of feeds (OPML). Take it in with: chronik import FILE",
    "entry": "This is one Atom entry, not a feed.",
}
# What feedparser lets through on input it was not made for; it has no errors of its own.
_BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def parsed(body: bytes, *, url: str, media_type: str = "", charset: str = "") -> ParsedFeed | Failure:
    """The feed in these bytes, or why there is none. The media type is looked at for its charset only."""
    try:
        if body.startswith(_GZIP):
            body = bounded.decoded(body, "gzip", size_bytes_max=FEED_BYTES_MAX)
    except TooLargeError:
        return _too_large()
    except RefusedInputError as error:
        return Failure(kind=FailureKind.BAD_ENCODING, detail=str(error))
    if len(body) > FEED_BYTES_MAX:
        return _too_large()
    text = decoded(body, charset=charset or _charset(media_type))
    if not text.strip():
        return _no_feed("The answer is empty.")
    if looks_like_json(text):
        return parsed_json(text, url=url)
    document = mended(text, each=frozenset({"item", "entry"}), each_max=ENTRIES_MAX)
    if document.root in SITEMAP_ROOTS:
        return parsed_sitemap(text, url=url)
    if document.root not in _ROOTS:
        return _other(document, body=body, url=url, charset=charset)
    return _read(document, url=url)


def leads(feed: ParsedFeed, *, found_in: str, found_at: datetime) -> tuple[Lead, ...]:
    """One lead for each address that a feed names, in its order. Dates that lie ahead are left out."""
    latest = found_at + AHEAD_MAX
    named: dict[str, Lead] = {}
    for entry in feed.entries:
        lead = Lead(
            url=entry.url,
            found_in=found_in,
            title=entry.title,
            published=entry.published if entry.published and entry.published <= latest else None,
            updated=entry.updated if entry.updated and entry.updated <= latest else None,
            language=entry.language or feed.language,
            found_at=found_at,
        )
        named.setdefault(entry.url, lead)
    return tuple(named.values())


def _charset(media_type: str) -> str:
    _, _, value = media_type.lower().partition("charset=")
    return value.partition(";")[0].strip(" \"'")


def _too_large() -> Failure:
    return Failure(kind=FailureKind.TOO_LARGE, detail=f"The feed is larger than {FEED_BYTES_MAX // 2**20} MiB.")


def _no_feed(detail: str) -> Failure:
    return Failure(kind=FailureKind.NOT_A_FEED, detail=detail)


def _other(document: Mended, *, body: bytes, url: str, charset: str) -> Failure:
    """What it is instead, and where the feed might be."""
    if not document.root:
        return _no_feed("This is neither XML nor JSON.")
    announced = feed_addresses(body, url=url, charset=charset)
    if announced:
        return _no_feed(f"This is a web page, not a feed. It names one: {announced[0]}")
    return _no_feed(_OTHER_ROOTS.get(document.root, f"This is XML, but not a feed: it begins with <{document.root}>."))


def _read(document: Mended, *, url: str) -> ParsedFeed | Failure:
    try:
        result = feedparser.parse(
            io.BytesIO(document.body),
            response_headers={"content-location": url, "content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
        kind = _ROOTS[document.root]
        entries = [_entry(found, kind=kind, url=url) for found in result["entries"][:ENTRIES_MAX]]
        head = result["feed"]
        wishes = hints(tree(document), url=url)
        return ParsedFeed(
            kind=kind,
            title=_text(head, "title", TITLE_CHARACTERS_MAX),
            site_url=address(dict.get(head, "link"), base=url),
            language=language_tag(dict.get(head, "language")),
            entries=tuple(entry for entry in entries if entry),
            dropped=sum(entry is None for entry in entries),
            wait_s=wishes.wait_s,
            skip_hours=wishes.skip_hours,
            skip_days=wishes.skip_days,
            new_url=wishes.new_url,
        )
    except _BROKEN:
        return Failure(kind=FailureKind.UNREADABLE, detail="The feed is broken in a way that cannot be mended.")


def _entry(found: dict[str, Any], *, kind: FeedKind, url: str) -> Entry | None:
    link = _link(found, url=url)
    if not link:
        return None
    published, updated = _instant(found, "published_parsed"), _instant(found, "updated_parsed")
    if published is None:
        # dc:date and Atom 0.3's created: in RSS the only date there is.
        published = updated if kind is FeedKind.RSS else _instant(found, "created_parsed")
    content: dict[str, Any] = next(iter(dict.get(found, "content") or ()), {})
    return Entry(
        url=link,
        id=plain(str(dict.get(found, "id") or ""), characters_max=ID_CHARACTERS_MAX),
        title=_text(found, "title", TITLE_CHARACTERS_MAX),
        summary=_text(found, "summary", SUMMARY_CHARACTERS_MAX),
        content=plain(str(dict.get(content, "value") or ""), characters_max=CONTENT_CHARACTERS_MAX),
        authors=_authors(found),
        published=published,
        updated=updated,
        language=_language(found),
    )


def _link(found: dict[str, Any], *, url: str) -> str:
    """The page itself rather than a counter before it; a guid only where it says that it is an address."""
    links = dict.get(found, "links") or ()
    candidates = [
        dict.get(found, "feedburner_origlink"),
        dict.get(found, "link"),
        *(dict.get(link, "href") for link in links if dict.get(link, "rel", "alternate") == "alternate"),
        dict.get(found, "id") if dict.get(found, "guidislink") else None,
    ]
    return next((link for candidate in candidates if (link := address(candidate, base=url))), "")


def _authors(found: dict[str, Any]) -> tuple[str, ...]:
    people = dict.get(found, "authors") or ()
    given = [dict.get(person, "name") or dict.get(person, "email") for person in people] or [dict.get(found, "author")]
    names = [plain(str(name), characters_max=NAME_CHARACTERS_MAX) for name in given if name]
    return tuple(dict.fromkeys(name for name in names if name))[:AUTHORS_MAX]


def _language(found: dict[str, Any]) -> str:
    """As the entry says, else as its title is marked."""
    detail = dict.get(found, "title_detail") or {}
    return language_tag(dict.get(found, "language")) or language_tag(dict.get(detail, "language"))


def _text(found: dict[str, Any], key: str, characters_max: int) -> str:
    """A field as plain text, also where markup was encoded twice or declared to be none."""
    return plain(str(dict.get(found, key) or ""), characters_max=characters_max)


def _instant(found: dict[str, Any], key: str) -> datetime | None:
    parts = dict.get(found, key)
    if not parts:
        return None
    year, month, day, hour, minute, second = parts[:6]
    try:
        return believable(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC))
    except (ValueError, TypeError, OverflowError):
        return None

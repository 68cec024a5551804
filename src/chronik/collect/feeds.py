"""Reads what a feed says, in any format of the last twenty-five years.

Decides. The format is recognised by the content, never by the media type.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chronik import bounded
from chronik.collect.characters import decoded
from chronik.collect.discovery import feed_addresses
from chronik.collect.entries import Entry, ParsedFeed
from chronik.collect.json_feeds import looks_like_json, parsed_json
from chronik.collect.mending import local_name, mended_tree, strict_tree
from chronik.collect.sitemaps import SITEMAP_ROOTS, parsed_sitemap
from chronik.collect.xml_feeds import feed_root, read
from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Failure, FailureKind, Lead

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.collect.mending import Element

__all__ = ["FEED_BYTES_MAX", "Entry", "ParsedFeed", "leads", "parsed"]

FEED_BYTES_MAX = 16 * 2**20
AHEAD_MAX = timedelta(days=2)
"""A page that claims to be published later than this is wrong about it."""

_GZIP = b"\x1f\x8b"
_OTHER_ROOTS = {
    "html": "This is a web page, not a feed.",
    "opml": "This is a list of feeds (OPML). Take it in with: chronik import FILE",
    "entry": "This is one Atom entry, not a feed.",
}


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
    root = strict_tree(body)
    if root is not None:
        return _in_tree(root, body=body, url=url, charset=charset)
    text = decoded(body, charset=charset or _charset(media_type))
    if not text.strip():
        return _no_feed("The answer is empty.")
    if looks_like_json(text):
        return parsed_json(text, url=url)
    root = mended_tree(text)
    if root is None:
        return _no_feed("This is neither XML nor JSON.")
    return _in_tree(root, body=body, url=url, charset=charset)


def _in_tree(root: Element, *, body: bytes, url: str, charset: str) -> ParsedFeed | Failure:
    feed = feed_root(root)
    if feed is not None:
        return read(feed, url=url)
    if local_name(root) in SITEMAP_ROOTS:
        return parsed_sitemap(root, url=url)
    return _other(root, body=body, url=url, charset=charset)


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


def _other(root: Element, *, body: bytes, url: str, charset: str) -> Failure:
    """What it is instead, and where the feed might be."""
    announced = feed_addresses(body, url=url, charset=charset)
    if announced:
        return _no_feed(f"This is a web page, not a feed. It names one: {announced[0]}")
    name = local_name(root)
    return _no_feed(_OTHER_ROOTS.get(name, f"This is XML, but not a feed: it begins with <{name}>."))

"""Finds the feeds of a page: those it announces, those it links to, and the places where feeds usually are.

Decides. Wraps lxml's HTML reader.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from chronik.collect.characters import decoded
from chronik.collect.entries import address

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_CHARACTERS_MAX = 4_000_000
LINKS_MAX = 20_000
"""Links of one page that are looked at."""
ADDRESSES_MAX = 20
GUESSES_MAX = 12

_FEED_TYPE = re.compile(
    r"application/(?:x[.-])?(?:rss|atom|rdf|feed)\+(?:xml|json)|text/(?:rss|atom)(?:\+xml)?", re.IGNORECASE
)
_MAYBE_TYPE = re.compile(r"(?:application|text)/(?:xml|json)", re.IGNORECASE)
_FEED_PATH = re.compile(
    r"/(?:[^/]*[._-])?(?:rss2?|atom|feeds?|rdf)(?:[._-][^/]*)?(?:\.(?:xml|rss|atom|rdf|json|php|aspx?))?/?$"
    r"|\.(?:rss|atom|rdf)$|/(?:rss|feeds?|atom)/[^/]+(?:\.xml|\.json)?/?$|/news[_-]?sitemap[^/]*\.xml$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:feed=(?:rss2?|atom|rdf)|format=(?:feed|rss|atom)|type=(?:rss|atom))(?:&|$)", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|комментар|коментар|replies", re.IGNORECASE)
_USUAL_PLACES = (
    *("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json", "news-sitemap.xml"),
    *("sitemap-news.xml", "feeds", "index.rdf", "?feed=rss2"),
)
_SECTION_PLACES = ("feed", "rss.xml", "rss")


def feed_addresses(body: bytes, *, url: str, charset: str = "") -> tuple[str, ...]:
    """Addresses of feeds that a page names, best first: announced before linked, comments last."""
    text = decoded(body, charset=charset)[:PAGE_CHARACTERS_MAX]
    if "<" not in text:
        return ()
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return ()
    if root is None:
        return ()
    base = next((address(place.get("href"), base=url) for place in root.iter("base")), "") or url
    found = list(islice((*_announced(root, base), *_linked(root, base)), LINKS_MAX))
    about_pages = [link for link, about_comments in found if not about_comments]
    about_comments = [link for link, about_comments in found if about_comments]
    return tuple(dict.fromkeys(link for link in (*about_pages, *about_comments) if link != url))[:ADDRESSES_MAX]


def _announced(root: etree._Element, base: str) -> Iterator[tuple[str, bool]]:
    for element in islice(root.iter("link"), LINKS_MAX):
        relations = (element.get("rel") or "").lower().split()
        media_type = (element.get("type") or "").strip()
        href = element.get("href") or ""
        says_so = _FEED_TYPE.match(media_type) or "feed" in relations
        may_be = _MAYBE_TYPE.match(media_type) and _looks_like_feed(href)
        if ("alternate" in relations or "feed" in relations) and "stylesheet" not in relations and (says_so or may_be):
            yield from _with_kind(href, base=base, title=element.get("title") or "")


def _linked(root: etree._Element, base: str) -> Iterator[tuple[str, bool]]:
    for element in islice(root.iter("a"), LINKS_MAX):
        href = element.get("href") or ""
        if href.lower().startswith("feed:") or _looks_like_feed(href) or _FEED_TYPE.match(element.get("type") or ""):
            yield from _with_kind(href, base=base, title=element.get("title") or "")


def _with_kind(href: str, *, base: str, title: str) -> Iterator[tuple[str, bool]]:
    """The clean address, if it is one, and whether comments are announced there."""
    plain = re.sub(r"^\s*feed:(?://(?=[^/]))?(?=https?:)", "", href, flags=re.IGNORECASE)
    link = address(re.sub(r"^\s*feed:(?=//)", "http:", plain, flags=re.IGNORECASE), base=base)
    if link:
        yield link, bool(_COMMENTS.search(title) or _COMMENTS.search(urlsplit(link).path))


def _looks_like_feed(href: str) -> bool:
    try:
        parts = urlsplit(href.strip()[:1_000])
    except ValueError:
        return False
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    return bool(_FEED_PATH.search(path) or _FEED_QUERY.search(parts.query))


def guesses(url: str) -> tuple[str, ...]:
    """Addresses at which a site usually has its feed, most usual first."""
    clean = address(url, base="")
    if not clean:
        return ()
    parts = urlsplit(clean)
    root = f"{parts.scheme}://{parts.netloc}/"
    folder = parts.path.strip("/")
    in_section = [f"{root}{folder}/{place}" for place in _SECTION_PLACES] if folder and "." not in folder else []
    at_root = [f"{root}{place}" for place in _USUAL_PLACES]
    return tuple(dict.fromkeys(guess for guess in (*in_section, *at_root) if guess != clean))[:GUESSES_MAX]

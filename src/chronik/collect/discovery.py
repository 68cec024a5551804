"""Finds the feeds of a page: those it announces, those it links to, and the places where feeds usually are.

Decides. Looks at tags, not at the tree: a page may be megabytes of anything, and only three kinds of tags count.
"""

from __future__ import annotations

import html
import re
from itertools import islice
from urllib.parse import urlsplit

from chronik.collect.characters import decoded, without_hidden
from chronik.collect.entries import address

PAGE_CHARACTERS_MAX = 4_000_000
TAGS_MAX = 20_000
"""Links of one page that are looked at."""
ADDRESSES_MAX = 20
HYPHENS_OF_ARTICLE_MIN = 3
"""The last part of an article's address holds the words of its title."""
GUESSES_MAX = 12

# Possessive, and none reaches over the next tag: what does not match is given up in one pass.
_TAG = re.compile(r"""<(link|a|base)(?=[\s/])((?:[^<>"']++|"[^"]{0,4000}+"|'[^']{0,4000}+'){0,200}+)>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([A-Za-z][A-Za-z:-]{0,30})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
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
    markup = without_hidden(decoded(body, charset=charset)[:PAGE_CHARACTERS_MAX])
    tags = [(match[1].lower(), _attributes(match[2])) for match in islice(_TAG.finditer(markup), TAGS_MAX)]
    base = next((address(given.get("href"), base=url) for name, given in tags if name == "base"), "") or url
    announced = [given for name, given in tags if name == "link" and _announces(given)]
    linked = [given for name, given in tags if name == "a" and _leads(given)]
    found = [(link, given) for given in (*announced, *linked) if (link := _address(given, base=base))]
    about_pages = [link for link, given in found if not _about_comments(link, given, url=url)]
    in_order = dict.fromkeys((*about_pages, *(link for link, _ in found)))
    return tuple(link for link in in_order if link != url)[:ADDRESSES_MAX]


def _attributes(markup: str) -> dict[str, str]:
    """The first value of each attribute of a tag."""
    given: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(markup):
        given.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or "").strip())
    return given


def _announces(given: dict[str, str]) -> bool:
    relations = given.get("rel", "").lower().split()
    media_type = given.get("type", "")
    says_so = _FEED_TYPE.match(media_type) or "feed" in relations
    may_be = _MAYBE_TYPE.match(media_type) and _looks_like_feed(given.get("href", ""))
    related = ("alternate" in relations or "feed" in relations) and "stylesheet" not in relations
    return bool(related and (says_so or may_be))


def _leads(given: dict[str, str]) -> bool:
    href = given.get("href", "")
    return href.lower().startswith("feed:") or _looks_like_feed(href) or bool(_FEED_TYPE.match(given.get("type", "")))


def _address(given: dict[str, str], *, base: str) -> str:
    """The clean address, also where it begins with `feed:`."""
    href = re.sub(r"^feed:(?://)?(?=https?:)", "", given.get("href", ""), flags=re.IGNORECASE)
    return address(re.sub(r"^feed:(?=//)", "http:", href, flags=re.IGNORECASE), base=base)


def _about_comments(link: str, given: dict[str, str], *, url: str) -> bool:
    """Comments are announced; as a rule so is what lies under the address of a single article."""
    path, own_path = urlsplit(link).path, urlsplit(url).path.rstrip("/")
    under_article = path.startswith(f"{own_path}/") and own_path.rpartition("/")[2].count("-") >= HYPHENS_OF_ARTICLE_MIN
    return under_article or bool(_COMMENTS.search(given.get("title", "")) or _COMMENTS.search(path))


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

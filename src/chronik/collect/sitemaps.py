"""Reads Google news sitemaps, and says what other sitemaps are.

Decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.collect.characters import plain
from chronik.collect.entries import (
    ENTRIES_MAX,
    NAME_CHARACTERS_MAX,
    TITLE_CHARACTERS_MAX,
    Entry,
    ParsedFeed,
    address,
    instant,
    language_tag,
)
from chronik.collect.mending import mended, tree
from chronik.model import Failure, FailureKind, FeedKind

if TYPE_CHECKING:
    from lxml import etree

SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})


def parsed_sitemap(text: str, *, url: str) -> ParsedFeed | Failure:
    """A news sitemap, or why it is none."""
    root = tree(mended(text, each=frozenset({"url", "sitemap"}), each_max=ENTRIES_MAX))
    if root is None or _local(root) != "urlset":
        named = [address(_text(child, "loc"), base=url) for child in ([] if root is None else root)]
        found = next((name for name in named if "news" in name), next(filter(None, named), ""))
        hint = f" Follow one that it names, such as {found}" if found else ""
        return Failure(kind=FailureKind.NOT_A_FEED, detail=f"This is a list of sitemaps, not a news sitemap.{hint}")
    pages = [child for child in root if _local(child) == "url"]
    news = [page for page in pages if _child(page, "news") is not None]
    if pages and not news:
        return Failure(
            kind=FailureKind.NOT_A_FEED,
            detail="This sitemap names pages, but no news. Look for the site's news sitemap or its feed.",
        )
    entries = [entry for page in news if (entry := _entry(page, url=url))]
    first = _child(news[0], "news") if news else None
    publication = _child(first, "publication") if first is not None else None
    return ParsedFeed(
        kind=FeedKind.NEWS_SITEMAP,
        title=plain(_text(publication, "name"), characters_max=NAME_CHARACTERS_MAX),
        language=language_tag(_text(publication, "language")),
        entries=tuple(entries),
        dropped=len(news) - len(entries),
    )


def _entry(page: etree._Element, *, url: str) -> Entry | None:
    link = address(_text(page, "loc"), base=url)
    news = _child(page, "news")
    if not link or news is None:
        return None
    return Entry(
        url=link,
        title=plain(_text(news, "title"), characters_max=TITLE_CHARACTERS_MAX),
        published=instant(_text(news, "publication_date")),
        updated=instant(_text(page, "lastmod")),
        language=language_tag(_text(_child(news, "publication"), "language")),
    )


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((child for child in element if _local(child) == name), None)


def _text(element: etree._Element | None, name: str) -> str:
    child = _child(element, name)
    return (child.text or "").strip() if child is not None else ""

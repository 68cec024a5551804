"""Reads Google news sitemaps, and says what other sitemaps are.

Decides.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chronik.collect.characters import plain
from chronik.collect.entries import (
    ENTRIES_MAX,
    NAME_CHARACTERS_MAX,
    TITLE_CHARACTERS_MAX,
    Entry,
    ParsedFeed,
    address,
    language_tag,
)
from chronik.collect.feed_dates import moment
from chronik.collect.feed_texts import text
from chronik.collect.mending import local_name
from chronik.model import Failure, FailureKind, FeedKind

if TYPE_CHECKING:
    from chronik.collect.mending import Element

SITEMAPS_MAX = 1_000
"""Of the sitemaps that a list names, so many are looked at for a hint."""
SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})


def parsed_sitemap(root: Element, *, url: str) -> ParsedFeed | Failure:
    """A news sitemap, or why it is none."""
    if local_name(root) != "urlset":
        named = [address(_text(child, "loc"), base=url) for child in islice(root, SITEMAPS_MAX)]
        found = next((name for name in named if "news" in name), next(filter(None, named), ""))
        hint = f" Follow one that it names, such as {found}" if found else ""
        return Failure(kind=FailureKind.NOT_A_FEED, detail=f"This is a list of sitemaps, not a news sitemap.{hint}")
    pages = list(islice((child for child in root if local_name(child) == "url"), ENTRIES_MAX))
    news = [page for page in pages if _child(page, "news") is not None]
    if pages and not news:
        return Failure(
            kind=FailureKind.NOT_A_FEED,
            detail="This sitemap names pages, but no news. Look for the site's news sitemap or its feed.",
        )
    entries = [_entry(page, url=url) for page in news]
    first = _child(news[0], "news") if news else None
    publication = _child(first, "publication") if first is not None else None
    return ParsedFeed(
        kind=FeedKind.NEWS_SITEMAP,
        title=plain(_text(publication, "name"), characters_max=NAME_CHARACTERS_MAX),
        language=language_tag(_text(publication, "language")),
        entries=tuple(entry for entry in entries if entry.url),
        unaddressed=tuple(entry for entry in entries if not entry.url),
    )


def _entry(page: Element, *, url: str) -> Entry:
    news = _child(page, "news")
    published, updated = moment(_text(news, "publication_date")), moment(_text(page, "lastmod"))
    return Entry(
        url=address(_text(page, "loc"), base=url),
        title=plain(_text(news, "title"), characters_max=TITLE_CHARACTERS_MAX),
        published=published.instant if published else None,
        published_told=published.told if published else "",
        updated=updated.instant if updated else None,
        updated_told=updated.told if updated else "",
        language=language_tag(_text(_child(news, "publication"), "language")),
    )


def _child(element: Element | None, name: str) -> Element | None:
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def _text(element: Element | None, name: str) -> str:
    child = _child(element, name)
    return text(child) if child is not None else ""

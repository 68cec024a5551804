"""Acts: keeps what a feed itself says of its pages as readings, for a capture of the feed is evidence too.

The page's own reading, once it is there, takes precedence: the catalogue sees to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik import __version__
from chronik.collect.feeds import AHEAD_MAX
from chronik.extract import bylines
from chronik.extract.annotations import annotated
from chronik.extract.fragment import fragment
from chronik.extract.language import language
from chronik.model import Article, ArticleKind, article_id, content_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.archive.reading import Credited
    from chronik.collect.entries import Content, Entry, ParsedFeed
    from chronik.model import Capture

ENTRIES_A_POLL_MAX = 300
"""Entries of one feed that are kept as readings, the first ones."""
CHARACTERS_A_POLL_MAX = 4_000_000
"""Of their markup."""
ANNOTATED_CHARACTERS_A_POLL_MAX = 1_000_000
"""Of new texts; no process of its own reads a feed, so one made to be slow must not hold up the others."""
CONTENT_CHARACTERS_MIN = 200
"""A shorter content is a teaser."""
SUMMARY_CHARACTERS_MIN = 600
"""A summary this long is no summary."""
READER = "chronik: feed"
"""Part of every id: a new version of the program reads the same entry as the same article."""
DAY_LENGTH = len("2026-01-31")


def record(archive: Archive, feed: ParsedFeed, *, capture: Capture, credited: Credited) -> int:
    """Keep the entries of a captured feed that hold a text; how many were new or changed. May be repeated."""
    catalogue = archive.catalogue
    count, left = 0, ANNOTATED_CHARACTERS_A_POLL_MAX
    for article in readings(feed, capture=capture, read_at=archive.clock()):
        if catalogue.article(article.id) is not None:
            continue
        left -= len(article.text)
        count += catalogue.add_article(credited.article(annotated(article) if left >= 0 else article))
    return count


def readings(feed: ParsedFeed, *, capture: Capture, read_at: datetime) -> Iterator[Article]:
    """What the feed says of each page at length, as an article."""
    left = CHARACTERS_A_POLL_MAX
    for entry in feed.entries[:ENTRIES_A_POLL_MAX]:
        for content, characters_min in _contents(entry):
            left -= len(content.text)
            if left < 0:
                return
            article = _article(entry, content, feed=feed, capture=capture, read_at=read_at)
            if len(article.text) >= characters_min:
                yield article
                break


def _contents(entry: Entry) -> Iterator[tuple[Content, int]]:
    """The texts of an entry that may be long enough, the longest first, each with its least length."""
    both = ((entry.content, CONTENT_CHARACTERS_MIN), (entry.summary, SUMMARY_CHARACTERS_MIN))
    given = [(content, least) for content, least in both if content is not None and len(content.text) >= least]
    yield from sorted(given, key=lambda pair: len(pair[0].text), reverse=True)


def _article(entry: Entry, content: Content, *, feed: ParsedFeed, capture: Capture, read_at: datetime) -> Article:
    form = fragment(content.text, url=content.base or entry.url, is_markup=content.is_markup)
    said = {"url": entry.url, "title": entry.title, "text": form.text}
    latest = capture.captured_at + AHEAD_MAX
    return Article(
        # The same words in a later capture of the feed, or in another feed, are the same reading.
        id=article_id(capture_id="", made_by=READER, given_id=content_id(said)),
        capture_id=capture.id,
        kind=ArticleKind.FEED_ENTRY,
        url=entry.url,
        title=entry.title,
        authors=bylines.names(entry.authors),
        published=_told(entry.published_told, entry.published, latest=latest),
        modified=_told(entry.updated_told, entry.updated, latest=latest),
        language=language(form.text, declared=entry.language or feed.language),
        text=form.text,
        blocks=form.blocks,
        links=form.links,
        pictures=form.pictures,
        made_by=f"chronik {__version__}: feed",
        read_at=read_at,
    )


def _told(told: str, instant: datetime | None, *, latest: datetime) -> str:
    """A day or an instant as the feed tells it; nothing where it tells less, or what lies ahead."""
    return told if instant is not None and instant <= latest and len(told) >= DAY_LENGTH else ""

"""Acts: keeps what a feed itself says of its pages as readings, for a capture of the feed is evidence too.

The page's own reading, once it is there, takes precedence: the catalogue sees to that.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik import __version__
from chronik.collect.feeds import AHEAD_MAX
from chronik.extract.work import ENTRY_READER, EntryText, Said
from chronik.model import Article, Failure, FailureKind, article_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.archive.reading import Credited
    from chronik.collect.entries import Content, Entry, ParsedFeed
    from chronik.extract.workers import Pool
    from chronik.model import Capture

ENTRIES_A_POLL_MAX = 300
"""Entries of one feed that are kept as readings, the first ones."""
CHARACTERS_A_POLL_MAX = 4_000_000
"""Of their markup."""
ANNOTATED_CHARACTERS_A_POLL_MAX = 1_000_000
"""Of new texts: a feed made to be slow must not hold up the others."""
STOPPED_A_POLL_MAX = 3
"""Entries whose reading had to be stopped; then the feed has cost enough, and the rest is left to their pages."""
CONTENT_CHARACTERS_MIN = 200
"""A shorter content is a teaser."""
SUMMARY_CHARACTERS_MIN = 600
"""A summary this long is no summary."""
VERSIONS_MAX = 50
"""Of one page, beyond which a text that comes back is no version: some feeds give by turns what two servers say."""
DAY_LENGTH = len("2026-01-31")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of the entries of one captured feed."""

    new: int = 0
    """New or changed ones."""
    stopped: int = 0
    """Those whose reading took too much and was stopped."""


def record(  # noqa: PLR0913 - who reads, and what was asked where, each named by the caller
    archive: Archive, feed: ParsedFeed, *, capture: Capture, by: Collection[str], credited: Credited, pool: Pool
) -> Recorded:
    """Keep the entries of a captured feed that hold a text; `by` are the feed's addresses. May be repeated."""
    catalogue = archive.catalogue
    entries = list(entry_texts(feed, capture=capture, read_at=archive.clock()))
    read, stopped = _read(pool, entries)
    unknown = list(_changed(archive, read, capture=capture, by=by))
    new = sum(catalogue.add_article(credited.article(article)) for article in annotated(pool, unknown))
    return Recorded(new=new, stopped=stopped)


def _changed(archive: Archive, read: Sequence[Article], *, capture: Capture, by: Collection[str]) -> Iterator[Article]:
    """What this feed did not say the last time: new texts, and old ones that came back."""
    catalogue = archive.catalogue
    last = catalogue.last_said((article.url for article in read), by=by)
    as_before = {article.url for article in read if _says_what(last.get(article.url), article)}
    for article in read:
        if _says_what(last.get(article.url), article):
            continue
        if catalogue.article(article.id) is None:
            yield article
        elif article.url in last and article.url not in as_before:
            # The reading of the earlier capture keeps its place in the page's history; this one is another.
            returned = article_id(capture_id=capture.id, made_by=ENTRY_READER, given_id=article.id)
            if len(catalogue.versions(article.id)) < VERSIONS_MAX:
                yield replace(article, id=returned)


def _says_what(last: Article | None, article: Article) -> bool:
    return last is not None and (last.title, last.text) == (article.title, article.text)


def _read(pool: Pool, entries: Sequence[EntryText]) -> tuple[list[Article], int]:
    """The entries that say something at length, and how many could not be read in time."""
    read: list[Article] = []
    stopped = 0
    with closing(pool.read((entry.head.url, entry) for entry in entries)) as outcomes:
        for _, outcome in outcomes:
            if isinstance(outcome, Article):
                read.append(outcome)
            stopped += isinstance(outcome, Failure) and outcome.kind is not FailureKind.NO_TEXT
            if stopped >= STOPPED_A_POLL_MAX:
                break
    return read, stopped


def annotated(pool: Pool, articles: Sequence[Article]) -> Iterator[Article]:
    """The articles with what stands in their texts, as far as the bound allows; the rest as they are."""
    left, stopped = ANNOTATED_CHARACTERS_A_POLL_MAX, 0
    within = [article for article in articles if (left := left - len(article.text)) >= 0]
    found: dict[str, Article] = {}
    with closing(pool.read((article.id, article) for article in within)) as outcomes:
        for key, outcome in outcomes:
            if isinstance(outcome, Article):
                found[key] = outcome
            stopped += isinstance(outcome, Failure)
            if stopped >= STOPPED_A_POLL_MAX:
                break
    yield from (found.get(article.id, article) for article in articles)


def entry_texts(feed: ParsedFeed, *, capture: Capture, read_at: datetime) -> Iterator[EntryText]:
    """What the feed says of each page, where that may be an article."""
    left = CHARACTERS_A_POLL_MAX
    for entry in feed.entries[:ENTRIES_A_POLL_MAX]:
        said = tuple(_said(entry))
        left -= sum(len(one.text) for one in said)
        if left < 0:
            return
        if said:
            yield EntryText(head=_head(entry, feed=feed, capture=capture, read_at=read_at), said=said)


def _said(entry: Entry) -> Iterator[Said]:
    """The texts of an entry that may be long enough, the longest first."""
    both = ((entry.content, CONTENT_CHARACTERS_MIN), (entry.summary, SUMMARY_CHARACTERS_MIN))
    given = [(content, least) for content, least in both if content is not None and len(content.text) >= least]
    for content, least in sorted(given, key=_length, reverse=True):
        yield Said(text=content.text, is_markup=content.is_markup, base=content.base, characters_min=least)


def _length(given: tuple[Content, int]) -> int:
    return len(given[0].text)


def _head(entry: Entry, *, feed: ParsedFeed, capture: Capture, read_at: datetime) -> Article:
    latest = capture.captured_at + AHEAD_MAX
    return Article(
        id="",
        capture_id=capture.id,
        url=entry.url,
        title=entry.title,
        authors=entry.authors,
        published=_told(entry.published_told, entry.published, latest=latest),
        modified=_told(entry.updated_told, entry.updated, latest=latest),
        language=entry.language or feed.language,
        made_by=f"chronik {__version__}: feed",
        read_at=read_at,
    )


def _told(told: str, instant: datetime | None, *, latest: datetime) -> str:
    """A day or an instant as the feed tells it; nothing where it tells less, or what lies ahead."""
    return told if instant is not None and instant <= latest and len(told) >= DAY_LENGTH else ""

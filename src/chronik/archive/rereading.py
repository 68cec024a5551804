"""Acts: reads again what is kept, pages and what feeds and files say of pages, after a better reader was installed."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from chronik.archive.archive import Step, unseen
from chronik.archive.feed_readings import annotated, entry_texts
from chronik.archive.polling import parsed_feed
from chronik.archive.reading import READING_TIMEOUT_S, Credited, Read, read_due, worker_count
from chronik.errors import DamagedCaptureError
from chronik.extract.workers import Pool
from chronik.model import Article, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.archive.archive import Archive, Progress
    from chronik.collect.feeds import ParsedFeed
    from chronik.model import Capture

ARTICLES_A_BATCH_MAX = 500


def read_again(archive: Archive, *, progress: Progress = unseen) -> Read:
    """Read everything again. Killed among the pages, the rest stays due for reading; before, it begins anew."""
    with Pool(size=worker_count(), timeout_s=READING_TIMEOUT_S) as pool:
        given = read_given_again(archive, pool=pool, progress=progress)
    archive.catalogue.due_again()
    read = read_due(archive, progress=progress)
    return replace(read, articles=read.articles + given)


def read_given_again(archive: Archive, *, pool: Pool, progress: Progress = unseen) -> int:
    """Read every entry of kept feeds, and what was taken in without a page, again; articles, counted.

    What breaks its reader now stays as it was read. May be repeated.
    """
    done = 0
    credited = Credited(archive)
    for earlier, article in chain(_entries(archive, pool), _without_capture(archive, pool)):
        archive.catalogue.renew(earlier.id, credited.article(article))
        done += 1
        progress(Step(stage="reading", done=done, total=0))
    return done


def _entries(archive: Archive, pool: Pool) -> Iterator[tuple[Article, Article]]:
    """Each reading of an entry with the new one."""
    for capture_id in archive.catalogue.captures_of_entries():
        earlier = archive.catalogue.entries_in(capture_id)
        again = list(_read_again(archive, pool, capture_id, {article.url for article in earlier}))
        pairs = list(_pairs(earlier, again))
        news = annotated(pool, [article for _, article in pairs])
        yield from zip((old for old, _ in pairs), news, strict=True)


def _read_again(archive: Archive, pool: Pool, capture_id: str, urls: set[str]) -> Iterator[Article]:
    capture = archive.catalogue.capture(capture_id)
    feed = _feed_in(archive, capture) if capture else None
    if capture is None or feed is None:
        return
    texts = entry_texts(feed, capture=capture, read_at=archive.clock())
    for _, outcome in pool.read((text.head.url, text) for text in texts if text.head.url in urls):
        if isinstance(outcome, Article):
            yield outcome


def _feed_in(archive: Archive, capture: Capture) -> ParsedFeed | None:
    """The feed in a capture; what is damaged stays as it was read, and `chronik verify` tells it."""
    try:
        feed = parsed_feed(archive, capture)
    except DamagedCaptureError:
        return None
    return None if isinstance(feed, Failure) else feed


def _pairs(earlier: Sequence[Article], again: list[Article]) -> Iterator[tuple[Article, Article]]:
    """Each earlier reading with the new one of the same entry: with the same words, else with the same title."""
    for old in earlier:
        same_words = (new for new in again if (new.url, new.title, new.text) == (old.url, old.title, old.text))
        same_title = (new for new in again if (new.url, new.title) == (old.url, old.title))
        new = next(same_words, None) or next(same_title, None)
        if new is not None:
            again.remove(new)
            # The same words are the same reading, also that of a text that came back.
            yield old, replace(new, id=old.id, read_at=old.read_at) if new.text == old.text else new


def _without_capture(archive: Archive, pool: Pool) -> Iterator[tuple[Article, Article]]:
    """Each article that was taken in without a page, with what is found in its text now."""
    last = ""
    while batch := archive.catalogue.without_capture(after=last, limit=ARTICLES_A_BATCH_MAX):
        known = {article.id: article for article in batch}
        for key, outcome in pool.read((article.id, article) for article in batch):
            if isinstance(outcome, Article):
                yield known[key], replace(outcome, read_at=known[key].read_at)
        last = batch[-1].id

"""Acts: looks at a feed before anybody follows it: what it says, and what can be read of its newest page.

Nothing is kept. Everything together ends within a limit: somebody waits for the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.archive import following, reading
from chronik.archive.adding import NO_TLS, typed_address
from chronik.archive.hurrying import WithinDeadline
from chronik.archive.visiting import PAGE_ACCEPT, visits
from chronik.errors import RefusedInputError
from chronik.extract import workers
from chronik.extract.language import language
from chronik.model import UNDETERMINED, Article, Exchange, Failure, FailureKind, Page
from chronik.ports import Ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.collect.entries import Entry, ParsedFeed
    from chronik.model import Feed

LIMIT_S = 15.0
OTHERS_MAX = 3
"""Beside the first feed of a site so many others are looked at."""
ENTRIES_SHOWN_MAX = 5
BEGINNING_CHARACTERS = 300
PAGE_SIZE_BYTES_MAX = 8 * 2**20
TEXT_CHARACTERS_MIN = 200
OLD = timedelta(days=60)


class Doubt(StrEnum):
    """What somebody should know before following a feed."""

    NO_ENTRIES = "no entries"
    NO_DATES = "no dates"
    OLD = "old"
    NO_ADDRESSES = "no addresses"
    ROBOTS = "robots"
    NOT_REACHED = "not reached"
    NO_TEXT = "no text"
    LITTLE_TEXT = "little text"
    PAYWALL = "paywall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest page of a feed, and what could be read of it."""

    url: str
    article: Article | None = None
    failure: Failure | None = None

    @property
    def beginning(self) -> str:
        """How its text begins."""
        return self.article.text[:BEGINNING_CHARACTERS] if self.article else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What looking at an address led to."""

    asked_url: str
    feed: Feed | None = None
    language: str = UNDETERMINED
    entries: tuple[Entry, ...] = ()
    """The newest."""
    entry_count: int = 0
    newest: Newest | None = None
    doubts: tuple[Doubt, ...] = ()
    others: tuple[Feed, ...] = ()
    """Other feeds of the site."""
    is_followed: bool = False
    failure: Failure | None = None


def tried(archive: Archive, url: str, *, limit_s: float = LIMIT_S) -> Trial:
    """Look at the feed at this address, or at those that the page there announces."""
    try:
        address = typed_address(url)
    except RefusedInputError as error:
        return Trial(asked_url=url, failure=Failure(kind=FailureKind.BAD_ADDRESS, detail=str(error)))
    fetch = WithinDeadline(archive.fetch, limit_s=limit_s)
    hurried = replace(archive, fetch=fetch)
    exchange = following.asked(hurried, address, at_once=True)
    if exchange.failure and exchange.failure.kind in NO_TLS and "://" not in url:
        exchange = following.asked(hurried, address.replace("https://", "http://", 1), at_once=True)
    found = list(_feeds(hurried, exchange, fetch))
    if found:
        return _looked_at(hurried, url, found, fetch)
    detail = f"{address} is no feed, and neither the page nor the usual places lead to one"
    late = Failure(kind=FailureKind.TIMEOUT, detail=f"the site did not answer within {limit_s:.0f} s")
    none = Failure(kind=FailureKind.NOT_A_FEED, detail=detail)
    return Trial(asked_url=url, failure=exchange.failure or (none if fetch.remaining_s else late))


def _feeds(archive: Archive, exchange: Exchange, fetch: WithinDeadline) -> Iterator[tuple[Feed, ParsedFeed]]:
    """The feed that was answered, or those that the page leads to, as long as there is time."""
    if exchange.failure:
        return
    if told := _feed(archive, exchange):
        yield told
        return
    found: set[str] = set()
    for candidate in following.candidates(exchange):
        # The first one needs time to be looked at.
        if len(found) > OTHERS_MAX or fetch.remaining_s < (LIMIT_S / 2 if found else 0.1):
            return
        answer = following.asked(archive, candidate, at_once=True)
        told = None if answer.failure else _feed(archive, answer)
        if told and told[0].url not in found:
            found.add(told[0].url)
            yield told


def _feed(archive: Archive, exchange: Exchange) -> tuple[Feed, ParsedFeed] | None:
    feed, parsed = following.feed_in(archive, exchange), following.parsed_in(exchange)
    return None if isinstance(feed, Failure) or isinstance(parsed, Failure) else (feed, parsed)


def _looked_at(archive: Archive, url: str, found: Sequence[tuple[Feed, ParsedFeed]], fetch: WithinDeadline) -> Trial:
    feed, parsed = found[0]
    entries = newest_first(parsed.entries)
    newest = _newest(archive, entries[0].url, fetch) if entries else None
    followed = {health.feed.url for health in archive.catalogue.feeds() if not health.stopped}
    followed |= {health.asks_url for health in archive.catalogue.feeds() if not health.stopped}
    return Trial(
        asked_url=url,
        feed=feed,
        language=_language(feed, entries, newest),
        entries=tuple(entries[:ENTRIES_SHOWN_MAX]),
        entry_count=len(parsed.entries),
        newest=newest,
        doubts=tuple(_doubts(parsed, entries, newest, now=archive.clock())),
        others=tuple(other for other, _parsed in found[1:]),
        is_followed=feed.url in followed,
    )


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Those with a date by it, the newest first; then the others in the order of the feed."""
    dated = [entry for entry in entries if entry.published or entry.updated]
    dated.sort(key=_moment, reverse=True)
    return [*dated, *(entry for entry in entries if not (entry.published or entry.updated))]


def _moment(entry: Entry) -> datetime:
    moment = entry.published or entry.updated
    assert moment is not None, "only entries with a date are asked"
    return moment


def _newest(archive: Archive, url: str, fetch: WithinDeadline) -> Newest:
    ask = Ask(url=url, accept=PAGE_ACCEPT, size_bytes_max=PAGE_SIZE_BYTES_MAX)
    exchange = next(visits(archive, [ask], obey_robots=True, at_once=True)).exchange
    last = exchange.last
    if exchange.failure or last is None:
        return Newest(url=url, failure=exchange.failure or Failure(kind=FailureKind.UNREACHABLE))
    media_type, _, parameters = last.header("content-type").partition(";")
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    page = Page(
        url=last.url,
        body=exchange.body,
        media_type=media_type.strip().lower(),
        charset=charset,
        status=last.status,
        captured_at=archive.clock(),
    )
    if not fetch.remaining_s:
        return Newest(url=url, failure=Failure(kind=FailureKind.EXTRACT_TIMEOUT))
    rules = reading.rules_folder(archive)
    read = workers.readings([(url, page)], workers=1, timeout_s=fetch.remaining_s, rules_folder=rules)
    for _key, outcome in read:
        if isinstance(outcome, Article):
            return Newest(url=url, article=outcome)
        return Newest(url=url, failure=outcome)
    return Newest(url=url, failure=Failure(kind=FailureKind.UNREADABLE))


def _language(feed: Feed, entries: Sequence[Entry], newest: Newest | None) -> str:
    """As the feed says, else as its newest page is written, else as its titles are."""
    if feed.language:
        return feed.language
    if newest and newest.article and newest.article.language != UNDETERMINED:
        return newest.article.language
    return language(" ".join(entry.title for entry in entries[:ENTRIES_SHOWN_MAX]))


def _doubts(parsed: ParsedFeed, entries: Sequence[Entry], newest: Newest | None, *, now: datetime) -> Iterator[Doubt]:
    if not entries:
        yield Doubt.NO_ADDRESSES if parsed.unaddressed else Doubt.NO_ENTRIES
        return
    dated = [entry for entry in entries if entry.published or entry.updated]
    if not dated:
        yield Doubt.NO_DATES
    elif now - _moment(dated[0]) > OLD:
        yield Doubt.OLD
    if newest is None:
        return
    if newest.failure:
        yield _of_failure(newest.failure)
    elif newest.article and len(newest.article.text) < TEXT_CHARACTERS_MIN:
        yield Doubt.LITTLE_TEXT if newest.article.text else Doubt.NO_TEXT
    if newest.article and newest.article.paywalled:
        yield Doubt.PAYWALL


def _of_failure(failure: Failure) -> Doubt:
    if failure.kind is FailureKind.ROBOTS:
        return Doubt.ROBOTS
    unread = {FailureKind.NO_TEXT, FailureKind.NOT_AN_ARTICLE, FailureKind.UNREADABLE, FailureKind.UNSUPPORTED_MEDIA}
    return Doubt.NO_TEXT if failure.kind in unread else Doubt.NOT_REACHED

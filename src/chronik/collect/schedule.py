"""Says when a feed or a page is asked next.

Decides. The clock is an argument. A feed is asked about twice as often as it brings news, never sooner than it or its
server wishes, and ever more seldom while it fails.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chronik.collect.entries import ParsedFeed
from chronik.model import Exchange, Failure, FailureKind, FeedHealth, sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable

POLL_WAIT_MIN = timedelta(minutes=15)
POLL_WAIT_MAX = timedelta(hours=24)
POLL_WAIT_UNKNOWN = timedelta(hours=1)
"""For a feed of which nothing is known yet."""
RETRY_AFTER_MAX = timedelta(days=7)
ENTRIES_WEIGHED_MAX = 20
"""The newest entries say how often a feed brings news."""
JITTER_PARTS_MAX = 0.25
"""Failing feeds of one server are spread over this part of their wait."""

LEAD_TRIES_MAX = 6
LEAD_WAIT_FIRST = timedelta(minutes=5)
LEAD_WAIT_FACTOR = 4
LEAD_WAIT_MAX = timedelta(hours=24)

HTTP_OK = 200
HTTP_NOT_MODIFIED = 304
HTTP_GONE = 410
PERMANENT_REDIRECTS = frozenset({301, 308})

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_BACKOFF_DOUBLINGS_MAX = 16


def after_poll(
    health: FeedHealth, *, now: datetime, exchange: Exchange, feed: ParsedFeed | Failure | None
) -> FeedHealth:
    """The health of a feed after it was asked; `feed` is None where nothing new came (304, or the same bytes)."""
    failure = exchange.failure or (feed if isinstance(feed, Failure) else None)
    if failure is not None:
        return _failed(health, failure, now=now, exchange=exchange)
    parsed = feed if isinstance(feed, ParsedFeed) else None
    succeeded = replace(
        health,
        next_due=_next_due(health, now=now, exchange=exchange, feed=parsed),
        last_polled=now,
        last_success=now,
        failures=0,
        failure="",
    )
    last = exchange.last
    if last is None or last.status != HTTP_OK:
        return succeeded
    return replace(
        succeeded,
        etag=last.header("etag"),
        last_modified=last.header("last-modified"),
        payload_digest=sha256_hex(exchange.body),
    )


def next_try(tries: int, failure: Failure, now: datetime) -> datetime | None:
    """When a page is asked for again after so many tries; None when it is given up."""
    if not failure.worth_retrying or tries >= LEAD_TRIES_MAX:
        return None
    longer: int = LEAD_WAIT_FACTOR ** max(tries - 1, 0)
    wait = min(LEAD_WAIT_FIRST * longer, LEAD_WAIT_MAX)
    return now + max(wait, _asked_for(failure))


def moved_to(exchange: Exchange) -> str | None:
    """The address to which the one that was asked has moved for good (RFC 9110 §15.4.2, §15.4.9), if it answers."""
    last = exchange.last
    if exchange.failure is not None or last is None or last.status not in {HTTP_OK, HTTP_NOT_MODIFIED}:
        return None
    at = 0
    while at < len(exchange.hops) - 1 and exchange.hops[at].status in PERMANENT_REDIRECTS:
        at += 1
    found = exchange.hops[at].url
    return found if at and found != exchange.asked_url else None


def _failed(health: FeedHealth, failure: Failure, *, now: datetime, exchange: Exchange) -> FeedHealth:
    failures = health.failures + 1
    gone = exchange.last is not None and exchange.last.status == HTTP_GONE
    stays = not failure.worth_retrying and failure.kind is not FailureKind.NOT_A_FEED
    doubled = POLL_WAIT_MIN * 2 ** min(failures - 1, _BACKOFF_DOUBLINGS_MAX)
    wait = POLL_WAIT_MAX if stays else min(doubled * (1 + _jitter(health.feed.url)), POLL_WAIT_MAX)
    return replace(
        health,
        next_due=now + max(wait, _asked_for(failure)),
        last_polled=now,
        failures=failures,
        failure="The feed is gone for good (410)." if gone else in_words(failure),
        stopped=health.stopped or gone,
    )


def in_words(failure: Failure) -> str:
    """A failure as a line for people."""
    return failure.detail or str(failure.kind).replace("_", " ")


def _asked_for(failure: Failure) -> timedelta:
    """The wait that the server asked for."""
    return min(timedelta(seconds=max(failure.retry_after_s or 0, 0)), RETRY_AFTER_MAX)


def _jitter(url: str) -> float:
    """The same for one address on every machine."""
    return int(sha256_hex(url.encode())[:8], 16) / 0xFFFF_FFFF * JITTER_PARTS_MAX


def _next_due(health: FeedHealth, *, now: datetime, exchange: Exchange, feed: ParsedFeed | None) -> datetime:
    fitting = _wait_by_news(feed, now) if feed else None
    wait = fitting or _wait_without_news(health, has_news=feed is not None)
    wished = timedelta(seconds=max(_max_age_s(exchange), (feed.wait_s or 0.0) if feed else 0.0))
    bounded = min(max(wait, wished, POLL_WAIT_MIN), POLL_WAIT_MAX)
    return _outside_skipped(now + bounded, latest=now + POLL_WAIT_MAX, feed=feed) if feed else now + bounded


def _wait_by_news(feed: ParsedFeed, now: datetime) -> timedelta | None:
    """Half the mean time between its newest entries; longer if it has been silent since."""
    dates = _newest(entry.published or entry.updated for entry in feed.entries)
    dates = [date for date in dates if date <= now]
    if len(dates) < 2:
        return None
    between = (dates[0] - dates[-1]) / (len(dates) - 1)
    silent = now - dates[0]
    return max(between / 2, silent / 10)


def _newest(dates: Iterable[datetime | None]) -> list[datetime]:
    return sorted((date for date in dates if date is not None), reverse=True)[:ENTRIES_WEIGHED_MAX]


def _wait_without_news(health: FeedHealth, *, has_news: bool) -> timedelta:
    """By the last wait: longer after nothing new, shorter after something undated."""
    if health.last_polled is None or health.failures or health.next_due <= health.last_polled:
        return POLL_WAIT_UNKNOWN
    last = health.next_due - health.last_polled
    return last / 2 if has_news else last * 1.5


def _max_age_s(exchange: Exchange) -> float:
    found = _MAX_AGE.search(exchange.last.header("cache-control")) if exchange.last else None
    return float(found[1]) if found else 0.0


def _outside_skipped(due: datetime, *, latest: datetime, feed: ParsedFeed) -> datetime:
    """The first moment that is in no hour and on no day that the feed asks to leave out; the latest at the latest."""
    while due < latest and (due.hour in feed.skip_hours or due.weekday() in feed.skip_days):
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(due, latest)

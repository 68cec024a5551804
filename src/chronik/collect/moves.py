"""Says whether a feed has moved for good, and when it is asked at its new address (decides).

A permanent redirect says that the resource has a new address and that whoever can should use that (RFC 9110 §15.4.2,
§15.4.9); `itunes:new-feed-url` says so within the feed. One answer proves little: sites send everything to a notice, a
log-in or a seller of names, for hours or over a weekend. So several answers in a row must name the same address, over
days, and each must hold a feed. The feed keeps the address by which it is known, and with it its history; where the new
one breaks down, it is asked at the old one again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.collect.entries import ParsedFeed
from chronik.collect.schedule import POLL_WAIT_MIN, in_words, moved_to
from chronik.model import Failure

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from chronik.model import Exchange, FeedHealth

ANSWERS_MIN = 5
LASTING_MIN = timedelta(days=3)
"""Longer than a weekend. A feed is asked once a day at least, so that five answers take no longer."""
FAILURES_MAX = 5
"""Failures in a row at a new address that may pass; one that will not pass is enough."""


def after_answer(
    health: FeedHealth,
    *,
    now: datetime,
    exchange: Exchange,
    feed: ParsedFeed | Failure | None,
    followed: Collection[str] = frozenset(),
) -> FeedHealth:
    """The health of a feed that was asked (`schedule.after_poll`), with what the answer says of its address.

    `feed` is None where nothing new came; `followed` are the addresses of all feeds.
    """
    failure = exchange.failure or (feed if isinstance(feed, Failure) else None)
    if failure is not None:
        return _after_failure(health, failure, now=now)
    parsed = feed if isinstance(feed, ParsedFeed) else None
    named = moved_to(exchange) or (parsed.new_url if parsed else "")
    if not named and parsed is None:
        return health  # what did not change may have been told in an earlier answer
    if not named or named == health.address:
        return _nothing_said(health)
    again = named == health.moved_url
    said = replace(
        health,
        moved_url=named,
        moved_since=health.moved_since if again and health.moved_since else now,
        moved_times=health.moved_times + 1 if again else 1,
    )
    holds_entries = parsed is None or bool(parsed.entries)
    return _moved(said, now=now, followed=followed) if holds_entries and _is_believed(said, now) else said


def doubled(health: FeedHealth) -> FeedHealth:
    """A feed that moved to an address which is followed by itself: that one goes on."""
    return replace(
        health,
        stopped=True,
        failure=f"It moved for good to {health.moved_url or health.asks_url}, which is followed by itself.",
    )


def _is_believed(health: FeedHealth, now: datetime) -> bool:
    since = health.moved_since or now
    return health.moved_times >= ANSWERS_MIN and now - since >= LASTING_MIN


def _moved(health: FeedHealth, *, now: datetime, followed: Collection[str]) -> FeedHealth:
    if health.moved_url in followed and health.moved_url != health.feed.url:
        return doubled(health)
    return _asked_at("" if health.moved_url == health.feed.url else health.moved_url, health, now=now)


def _after_failure(health: FeedHealth, failure: Failure, *, now: datetime) -> FeedHealth:
    if failure.worth_retrying and (not health.asks_url or health.failures < FAILURES_MAX):
        return health
    if not health.asks_url:
        return _nothing_said(health)
    back = _asked_at("", health, now=now)
    return replace(
        back,
        moved_since=None,
        stopped=False,
        next_due=now + POLL_WAIT_MIN,
        failure=f"{in_words(failure)} (at its new address {health.asks_url}; it is asked at its own again)",
    )


def _asked_at(url: str, health: FeedHealth, *, now: datetime) -> FeedHealth:
    """Asked there from now on; marks of the last answer are of the other address."""
    return replace(
        health, asks_url=url, moved_url="", moved_since=now if url else None, moved_times=0, etag="", last_modified=""
    )


def _nothing_said(health: FeedHealth) -> FeedHealth:
    return replace(
        health, moved_url="", moved_times=0, moved_since=health.moved_since if not health.moved_url else None
    )

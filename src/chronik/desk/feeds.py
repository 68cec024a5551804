"""Acts: stops, restarts and hurries feeds for an editor; `archive` finds and adds them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.errors import ConflictError, NotFoundError
from chronik.model import Act, Verb
from chronik.ports import Poll

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.model import FeedHealth
    from chronik.ports import Catalogue


def unfollow(catalogue: Catalogue, url: str, *, by: str, now: datetime) -> None:
    """Stop asking a feed; what it brought stays."""
    health = _the_feed(catalogue, url)
    if health.stopped:
        return
    catalogue.record_poll(Poll(health=replace(health, stopped=True)))
    catalogue.record_act(Act(at=now, by=by, verb=Verb.UNFOLLOW, subject=url))


def follow_again(catalogue: Catalogue, url: str, *, by: str, now: datetime) -> None:
    """Ask a feed again that was stopped."""
    health = _the_feed(catalogue, url)
    if not health.stopped:
        return
    catalogue.add_feed(health.feed, due_at=now)
    catalogue.record_act(Act(at=now, by=by, verb=Verb.FOLLOW, subject=url, detail={"again": True}))


def ask_now(catalogue: Catalogue, url: str, *, now: datetime) -> None:
    """Make a feed due; the next round of collecting asks it."""
    health = _the_feed(catalogue, url)
    if health.stopped:
        raise ConflictError(f"{url} is stopped; follow it again first.")
    catalogue.record_poll(Poll(health=replace(health, next_due=now)))


def _the_feed(catalogue: Catalogue, url: str) -> FeedHealth:
    for health in catalogue.feeds():
        if health.feed.url == url:
            return health
    raise NotFoundError(f"{url} is not followed. See: chronik status")

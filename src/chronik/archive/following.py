"""Acts: finds the feed behind an address that a person named, and follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.archive.adding import NO_TLS, typed_address
from chronik.archive.polling import FEED_ACCEPT, FEED_SIZE_BYTES_MAX, described
from chronik.archive.visiting import visits
from chronik.collect import addresses, discovery, feeds, schedule
from chronik.errors import RefusedInputError
from chronik.model import Act, Exchange, Failure, FailureKind, Feed, Verb
from chronik.model.records import feed_record
from chronik.ports import Ask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.collect.feeds import ParsedFeed

CANDIDATES_MAX = 8
BEGUN_WITHIN = timedelta(seconds=30)
"""Nothing more is asked after that: somebody waits at the desk for the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What following an address led to."""

    asked_url: str
    feed: Feed | None = None
    new: bool = False
    failure: Failure | None = None


def follow(archive: Archive, url: str, *, by: str) -> Followed:
    """Follow the feed at this address, or the one that the page there announces."""
    try:
        address = typed_address(url)
    except RefusedInputError as error:
        return Followed(asked_url=url, failure=Failure(kind=FailureKind.BAD_ADDRESS, detail=str(error)))
    until = archive.clock() + BEGUN_WITHIN
    found = _feed_at(archive, address, until=until)
    if isinstance(found, Failure) and found.kind in NO_TLS and "://" not in url:
        insecure = _feed_at(archive, address.replace("https://", "http://", 1), until=until)
        found = insecure if isinstance(insecure, Feed) else found
    if isinstance(found, Failure):
        return Followed(asked_url=url, failure=found)
    moved = next((health for health in archive.catalogue.feeds() if health.asks_url == found.url), None)
    if moved is not None and not moved.stopped:
        return Followed(asked_url=url, feed=moved.feed)
    now = archive.clock()
    new = archive.catalogue.add_feed(found, due_at=now)
    if new:
        detail = {"asked": url, "new": feed_record(found)}
        archive.catalogue.record_act(Act(at=now, by=by, verb=Verb.FOLLOW, subject=found.url, detail=detail))
    return Followed(asked_url=url, feed=found, new=new)


def _feed_at(archive: Archive, address: str, *, until: datetime) -> Feed | Failure:
    exchange = asked(archive, address)
    if exchange.failure is not None:
        return exchange.failure
    feed = feed_in(archive, exchange)
    if not isinstance(feed, Failure):
        return feed
    for candidate in candidates(exchange):
        if archive.clock() > until:
            detail = (
                f"{address} is no feed, and its site answers too slowly to look further; name the feed's own address"
            )
            return Failure(kind=FailureKind.NOT_A_FEED, detail=detail)
        answer = asked(archive, candidate)
        if answer.failure is None and isinstance(found := feed_in(archive, answer), Feed):
            return found
    return Failure(
        kind=FailureKind.NOT_A_FEED,
        detail=f"{address} is no feed, and neither the page nor the usual places lead to one",
    )


def asked(archive: Archive, address: str, *, at_once: bool = False) -> Exchange:
    """What an address answers that may be a feed."""
    ask = Ask(url=address, accept=FEED_ACCEPT, size_bytes_max=FEED_SIZE_BYTES_MAX)
    return next(visits(archive, [ask], obey_robots=False, at_once=at_once)).exchange


def feed_in(archive: Archive, exchange: Exchange) -> Feed | Failure:
    """The feed that was answered, or why there is none."""
    parsed = parsed_in(exchange)
    if isinstance(parsed, Failure):
        return parsed
    address = schedule.moved_to(exchange) or addresses.normal(exchange.asked_url)
    return described(Feed(url=address, added_at=archive.clock()), parsed)


def parsed_in(exchange: Exchange) -> ParsedFeed | Failure:
    """What the feed that was answered says, or why there is none."""
    last = exchange.last
    if last is None:
        return Failure(kind=FailureKind.UNREACHABLE, detail="no answer")
    return feeds.parsed(exchange.body, url=last.url, media_type=last.header("content-type"))


def candidates(exchange: Exchange) -> Iterator[str]:
    """Addresses to try, best first: what the page announces, then the usual places."""
    last = exchange.last
    if last is None:
        return
    announced = discovery.feed_addresses(exchange.body, url=last.url)
    tried = dict.fromkeys([*announced, *discovery.guesses(last.url)])
    yield from list(tried)[:CANDIDATES_MAX]

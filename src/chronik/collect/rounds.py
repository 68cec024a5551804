"""Acts, through the fetch it is given: asks many sites at once, and each of them one thing at a time, with pauses.

A redirect to another host is asked for there in its turn, as robots.txt of that host and its pace allow.
"""

from __future__ import annotations

import heapq
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.collect import addresses, answers, robots, schedule
from chronik.collect.fetch import HOPS_MAX
from chronik.errors import RefusedInputError
from chronik.model import Exchange, Failure, FailureKind
from chronik.ports import Ask, HostState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from chronik.model import Hop
    from chronik.ports import Fetch

OVERLOADED_WAIT_S = 300.0
"""How long a host is left alone that answers 429 or 503 without saying for how long."""
SILENT_WAIT_S = 300.0
"""How long a host is left alone that did not answer several times in a row."""
SILENCES_MAX = 3
"""Requests in a row without any answer before a host is left alone."""

_NO_ANSWER = frozenset({FailureKind.UNREACHABLE, FailureKind.TIMEOUT, FailureKind.TLS})
_ADDRESS_FAULTS = frozenset({FailureKind.BLOCKED_ADDRESS, FailureKind.BAD_ADDRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One thing that was asked, and what came of it."""

    ask: Ask
    exchange: Exchange
    host: HostState
    """What is now known of the host that was asked."""
    host_changed: bool
    """Whether that is more than was known before, so that it must be remembered."""
    others: tuple[HostState, ...] = ()
    """What else must be remembered, of other hosts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What holds for the whole round."""

    fetch: Fetch
    pace_s: float
    workers: int
    now: Callable[[], datetime]
    obeys: Callable[[Ask], bool]
    unpaced: frozenset[str]
    sleep: Callable[[float], None]
    monotonic: Callable[[], float]
    free_at: dict[str, float]


@dataclass(slots=True, kw_only=True)
class _Host:
    """A host during the round."""

    state: HostState
    silences: int = 0
    robots_failure: Failure | None = None
    """Why robots.txt could not be read in this round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """Something to be asked, and how far one has come with it."""

    ask: Ask
    url: str
    """What is asked next, in normal form."""
    hops: tuple[Hop, ...] = ()
    """Those that led here, over other hosts."""


@dataclass(slots=True, kw_only=True)
class _Site:
    """What is still to be asked of one registrable domain."""

    name: str
    ways: deque[_Way] = field(default_factory=deque)
    scheduled: bool = False
    """Whether it will be looked at again: it waits for its turn, or is being asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One request under way."""

    site: _Site
    host: _Host
    ask: Ask
    way: _Way | None
    """None where robots.txt is asked for."""


def visited(  # noqa: PLR0913 - the settings of a round, each named by the caller
    asks: Iterable[Ask],
    *,
    fetch: Fetch,
    hosts: Mapping[str, HostState],
    pace_s: float,
    workers: int,
    now: Callable[[], datetime],
    obey_robots: Callable[[Ask], bool] | bool = True,
    unpaced: frozenset[str] = frozenset(),
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
    free_at: dict[str, float] | None = None,
) -> Iterator[Visit]:
    """Ask everything, as fast as politeness lets; each visit as soon as it is over.

    `hosts` is what is remembered, by host and port. `unpaced` hosts need no pauses. `free_at` says when each site may
    be asked again, by the monotonic clock: give the same dict to the next round, and the pause holds between rounds.
    Closing the iterator waits for the requests under way and drops their results.
    """
    rules = _Rules(
        fetch=fetch,
        pace_s=pace_s,
        workers=workers,
        now=now,
        obeys=obey_robots if callable(obey_robots) else lambda _ask: bool(obey_robots),
        unpaced=unpaced,
        sleep=sleep,
        monotonic=monotonic,
        free_at={} if free_at is None else free_at,
    )
    yield from _Round(rules, hosts).visits(asks)


class _Round:
    """The state of one round. Only the consumer's thread touches it: the threads do nothing but fetch."""

    def __init__(self, rules: _Rules, remembered: Mapping[str, HostState]) -> None:
        self._rules = rules
        self._remembered = remembered
        self._hosts: dict[str, _Host] = {}
        self._changed: dict[str, _Host] = {}
        self._sites: dict[str, _Site] = {}
        self._untouched: deque[_Site] = deque()
        self._resting: list[tuple[float, int, _Site]] = []
        self._order = 0
        self._running: dict[Future[Exchange], _Job] = {}

    def visits(self, asks: Iterable[Ask]) -> Iterator[Visit]:
        """Everything that was asked, in the order in which it ends."""
        yield from self._take_up(asks)
        pool = ThreadPoolExecutor(self._rules.workers, thread_name_prefix="chronik-fetch")
        try:
            while self._untouched or self._resting or self._running:
                yield from self._start_due(pool)
                yield from self._wait_for_some()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _take_up(self, asks: Iterable[Ask]) -> Iterator[Visit]:
        """Sort the asks by site; those whose address cannot be asked are over at once."""
        for ask in asks:
            try:
                url = addresses.normal(ask.url)
            except RefusedInputError as error:
                failure = Failure(kind=FailureKind.BAD_ADDRESS, detail=str(error))
                exchange = Exchange(asked_url=addresses.without_user_information(ask.url), failure=failure)
                yield Visit(ask=ask, exchange=exchange, host=HostState(host=""), host_changed=False)
                continue
            self._site(url).ways.append(_Way(ask=ask, url=url))
        for site in self._sites.values():
            self._schedule(site)

    def _site(self, url: str) -> _Site:
        name = addresses.site(url)
        return self._sites.setdefault(name, _Site(name=name))

    def _schedule(self, site: _Site) -> None:
        """Come to a site once it may be asked."""
        if not site.ways or site.scheduled:
            return
        site.scheduled = True
        if site.name in self._rules.free_at:
            self._order += 1
            heapq.heappush(self._resting, (self._rules.free_at[site.name], self._order, site))
        else:
            self._untouched.append(site)

    def _next_site(self) -> _Site | None:
        """A site that may be asked now; one that was begun before a new one, so that results come from the start."""
        if self._resting and self._resting[0][0] <= self._rules.monotonic():
            return heapq.heappop(self._resting)[2]
        return self._untouched.popleft() if self._untouched else None

    def _start_due(self, pool: ThreadPoolExecutor) -> Iterator[Visit]:
        """Give work to every thread that is free, as far as sites may be asked now."""
        while len(self._running) < self._rules.workers and (site := self._next_site()):
            yield from self._refused(site)
            site.scheduled = bool(site.ways)
            if site.ways:
                job = self._next_job(site)
                self._running[pool.submit(self._rules.fetch, job.ask)] = job

    def _refused(self, site: _Site) -> Iterator[Visit]:
        """End what must not be asked of a site; what stands first afterwards may be."""
        while site.ways:
            way = site.ways[0]
            host = self._host(way.url)
            failure = self._reason_against(way.ask, way.url, host)
            if failure is None:
                return
            site.ways.popleft()
            yield self._visit(way.ask, Exchange(asked_url=way.ask.url, hops=way.hops, failure=failure), host)

    def _reason_against(self, ask: Ask, url: str, host: _Host) -> Failure | None:
        state, now = host.state, self._rules.now()
        if state.not_before is not None and now < state.not_before <= now + schedule.RETRY_AFTER_MAX:
            wait_s = (state.not_before - now).total_seconds()
            detail = f"{state.host} is left alone until {state.not_before.isoformat(timespec='seconds')}"
            return Failure(kind=FailureKind.RATE_LIMITED, detail=detail, retry_after_s=wait_s)
        if not self._rules.obeys(ask) or not robots.is_fresh(state, now) or robots.allows(state, url):
            return None
        if state.robots_disallow_all:
            return _unreadable_robots(host)
        return Failure(kind=FailureKind.ROBOTS, detail=f"robots.txt of {state.host} asks robots not to fetch this")

    def _next_job(self, site: _Site) -> _Job:
        """What is asked of a site next: robots.txt of the host first, where it has to be known."""
        way = site.ways[0]
        host = self._host(way.url)
        if self._rules.obeys(way.ask) and not robots.is_fresh(host.state, self._rules.now()):
            address = addresses.normal("/robots.txt", base=way.url)
            of_robots = Ask(url=address, size_bytes_max=robots.FETCHED_BYTES_MAX)
            return _Job(site=site, host=host, ask=of_robots, way=None)
        site.ways.popleft()
        next_ask = replace(way.ask, url=way.url if way.hops else way.ask.url, on_host=True)
        return _Job(site=site, host=host, ask=next_ask, way=way)

    def _wait_for_some(self) -> Iterator[Visit]:
        """Wait until a request is over or a site may be asked."""
        waiting_s = self._resting[0][0] - self._rules.monotonic() if self._resting else None
        if not self._running:
            if waiting_s is not None and waiting_s > 0:
                self._rules.sleep(waiting_s)
            return
        idle = len(self._running) < self._rules.workers
        timeout_s = max(waiting_s, 0.0) if idle and waiting_s is not None else None
        over, _ = wait(self._running, timeout=timeout_s, return_when=FIRST_COMPLETED)
        for future in over:
            job = self._running.pop(future)
            exchange = _outcome(job.ask, future)
            self._learn(job, exchange)
            come = _come(job.way, exchange) if job.way is not None else None
            onwards = self._site(come.url) if isinstance(come, _Way) else job.site
            # On the same site a redirect is part of one request; http to https is the usual one.
            pause_s = 0.0 if isinstance(come, _Way) and onwards is job.site else self._pause_s(job.host.state)
            self._rules.free_at[job.site.name] = self._rules.monotonic() + pause_s
            if isinstance(come, _Way):
                onwards.ways.appendleft(come)
            job.site.scheduled = False
            self._schedule(job.site)
            self._schedule(onwards)
            if job.way is not None and isinstance(come, Exchange):
                yield self._visit(job.way.ask, come, job.host)

    def _learn(self, job: _Job, exchange: Exchange) -> None:
        """Keep of an answer what concerns the host."""
        host, now, failure = job.host, self._rules.now(), exchange.failure
        if job.way is None:
            self._learn_robots(host, exchange)
        silent = failure is not None and failure.kind in _NO_ANSWER and not exchange.hops
        host.silences = host.silences + 1 if silent else 0
        if failure is not None and failure.kind is FailureKind.RATE_LIMITED:
            overloaded = self._host(exchange.last.url) if exchange.last else host
            wait_s = OVERLOADED_WAIT_S if failure.retry_after_s is None else failure.retry_after_s
            self._leave_alone(overloaded, now, wait_s)
        elif host.silences >= SILENCES_MAX:
            host.silences = 0
            self._leave_alone(host, now, SILENT_WAIT_S)

    def _learn_robots(self, host: _Host, exchange: Exchange) -> None:
        now = self._rules.now()
        if exchange.failure is not None and exchange.failure.kind in _ADDRESS_FAULTS:
            # The page's own request says what is wrong with the address; nothing of this is remembered.
            host.state = replace(host.state, robots="", robots_disallow_all=False, robots_fetched_at=now)
            return
        host.robots_failure = exchange.failure
        learned = robots.state(host.state.host, exchange, now)
        self._remember(host, replace(learned, not_before=learned.not_before or host.state.not_before))

    def _leave_alone(self, host: _Host, now: datetime, wait_s: float) -> None:
        if wait_s > 0:
            self._remember(host, replace(host.state, not_before=now + timedelta(seconds=wait_s)))

    def _remember(self, host: _Host, state: HostState) -> None:
        if state != host.state:
            self._changed[state.host] = host
        host.state = state

    def _pause_s(self, state: HostState) -> float:
        if state.host in self._rules.unpaced:
            return 0.0
        return max(self._rules.pace_s, robots.crawl_delay_s(state))

    def _host(self, url: str) -> _Host:
        name = addresses.host_and_port(url)
        if name not in self._hosts:
            self._hosts[name] = _Host(state=self._remembered.get(name) or HostState(host=name))
        return self._hosts[name]

    def _visit(self, ask: Ask, exchange: Exchange, host: _Host) -> Visit:
        changed = self._changed.pop(host.state.host, None) is not None
        others = tuple(other.state for other in self._changed.values())
        self._changed.clear()
        return Visit(ask=ask, exchange=exchange, host=host.state, host_changed=changed, others=others)


def _come(way: _Way, exchange: Exchange) -> _Way | Exchange:
    """The end of a way, or where it goes on: a redirect led to another host, which has its own rules and pace."""
    gone = Exchange(
        asked_url=addresses.without_user_information(way.ask.url),
        hops=(*way.hops, *exchange.hops),
        body=exchange.body,
        failure=exchange.failure,
    )
    last = exchange.last
    if exchange.failure is not None or last is None or not answers.is_redirect(last):
        return gone
    url = answers.redirect_target(last)
    if len(gone.hops) < HOPS_MAX and url not in {hop.url for hop in gone.hops}:
        return _Way(ask=way.ask, url=url, hops=gone.hops)
    detail = f"the servers send on and on, last to {addresses.shown(url)}"
    return replace(gone, failure=Failure(kind=FailureKind.TOO_MANY_REDIRECTS, detail=detail))


def _unreadable_robots(host: _Host) -> Failure:
    """Nothing of the host may be fetched for now (RFC 9309 §2.3.1.4), which is no refusal for good."""
    why = host.robots_failure
    detail = f"robots.txt of {host.state.host} could not be read, so nothing there is fetched for now"
    return Failure(
        kind=why.kind if why and why.worth_retrying else FailureKind.UNREACHABLE,
        detail=f"{detail}: {why.detail}" if why else detail,
        retry_after_s=robots.FAILURE_FRESH_FOR.total_seconds(),
    )


def _outcome(ask: Ask, future: Future[Exchange]) -> Exchange:
    """What came of a request; an error of the program concerns this one ask only."""
    error = future.exception()
    if error is None:
        return future.result()
    detail = f"asking failed in a way that nobody foresaw: {type(error).__name__}: {error}"
    return Exchange(asked_url=ask.url, failure=Failure(kind=FailureKind.UNREACHABLE, detail=detail))

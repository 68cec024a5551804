"""A round asks many sites at once, each politely, and no trouble of one is trouble of another."""

import threading
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from tests.fakes.fetch import FakeFetch, FakePage
from tests.fakes.server import answer, loopback

from chronik.collect import addresses, rounds
from chronik.collect.fetch import Fetcher
from chronik.model import Failure, FailureKind
from chronik.ports import Ask, HostState

NOON = datetime(2020, 6, 1, 12, 0, tzinfo=UTC)


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self):
        self.seconds = 1000.0

    def monotonic(self):
        return self.seconds

    def now(self):
        return NOON + timedelta(seconds=self.seconds - 1000)

    def sleep(self, seconds):
        assert seconds > 0
        self.seconds += seconds


class Watched:
    """A fetch that notes when each site was asked, and that no site is asked twice at once."""

    def __init__(self, fetch, clock):
        self.fetch = fetch
        self.clock = clock
        self.starts = defaultdict(list)
        self.busy = set()
        self.most_at_once = 0
        self.lock = threading.Lock()

    def __call__(self, ask):
        site = addresses.site(ask.url)
        with self.lock:
            assert site not in self.busy, "a site was asked twice at once"
            self.busy.add(site)
            self.most_at_once = max(self.most_at_once, len(self.busy))
            self.starts[site].append(self.clock.monotonic())
        try:
            return self.fetch(ask)
        finally:
            with self.lock:
                self.busy.discard(site)


def asks(*urls):
    return [Ask(url=url) for url in urls]


def visits(fetch, *urls, clock=None, hosts=None, **settings):
    clock = clock or Clock()
    given = {"pace_s": 2.0, "workers": 4, "now": clock.now, "sleep": clock.sleep, "monotonic": clock.monotonic}
    return rounds.visited(asks(*urls), fetch=fetch, hosts=hosts or {}, **(given | settings))


def outcome(found):
    return {visit.ask.url: visit.exchange.failure and visit.exchange.failure.kind for visit in found}


def test_everything_is_asked_once_and_robots_txt_first():
    fetch = FakeFetch({"https://a.example/1": "one", "https://a.example/2": "two", "https://b.example/": "three"})
    found = list(visits(fetch, "https://a.example/1", "https://b.example/", "https://a.example/2"))
    assert {visit.ask.url: visit.exchange.body for visit in found} == {
        "https://a.example/1": b"one",
        "https://a.example/2": b"two",
        "https://b.example/": b"three",
    }
    of_a = [url for url in fetch.asked_urls if "a.example" in url]
    assert of_a == ["https://a.example/robots.txt", "https://a.example/1", "https://a.example/2"]


def test_nothing_to_ask_is_a_round_too():
    assert list(visits(FakeFetch({}))) == []


def test_a_site_is_asked_one_thing_at_a_time_with_pauses_and_others_meanwhile():
    clock = Clock()
    fetch = Watched(FakeFetch({}), clock)
    urls = [f"https://{host}.site{site}.example/{page}" for site in range(6) for host in "ab" for page in range(3)]
    found = list(visits(fetch, *urls, clock=clock, workers=3))
    assert len(found) == len(urls)
    assert len(fetch.starts) == 6
    for starts in fetch.starts.values():
        assert len(starts) == 2 + 6
        assert all(later - earlier >= 2.0 for earlier, later in pairwise(starts))
    assert fetch.most_at_once <= 3
    assert clock.seconds - 1000 < 2.0 * 9


def test_the_pause_that_a_host_asks_for_is_kept():
    clock = Clock()
    rules = "User-agent: *\nCrawl-delay: 7\n"
    fetch = Watched(FakeFetch({"https://a.example/robots.txt": rules}), clock)
    list(visits(fetch, "https://a.example/1", "https://a.example/2", clock=clock))
    first, second, third = fetch.starts["a.example"]
    assert second - first >= 7
    assert third - second >= 7


def test_our_own_server_needs_no_pauses():
    clock = Clock()
    fetch = Watched(FakeFetch({}), clock)
    urls = [f"http://kante.localhost:8471/{page}" for page in range(5)]
    assert len(list(visits(fetch, *urls, clock=clock, unpaced=frozenset({"kante.localhost:8471"})))) == 5
    assert clock.seconds == 1000


def test_the_pause_holds_between_rounds():
    clock, free_at = Clock(), {}
    fetch = Watched(FakeFetch({}), clock)
    for page in ("1", "2"):
        list(visits(fetch, f"https://a.example/{page}", clock=clock, free_at=free_at, obey_robots=False))
    first, second = fetch.starts["a.example"]
    assert second - first >= 2


def test_disallowed_pages_are_not_asked():
    fetch = FakeFetch({"https://a.example/robots.txt": "User-agent: *\nDisallow: /no", "https://a.example/yes": "y"})
    found = list(visits(fetch, "https://a.example/no", "https://a.example/yes", "https://a.example/nothing"))
    assert outcome(found) == {
        "https://a.example/no": FailureKind.ROBOTS,
        "https://a.example/yes": None,
        "https://a.example/nothing": FailureKind.ROBOTS,
    }
    assert fetch.asked_urls == ["https://a.example/robots.txt", "https://a.example/yes"]
    assert all(visit.exchange.hops == () for visit in found if visit.exchange.failure)


@pytest.mark.parametrize("obey", [False, lambda ask: "by-hand" not in ask.url])
def test_an_editor_may_ask_all_the_same(obey):
    fetch = FakeFetch({"https://a.example/robots.txt": "User-agent: *\nDisallow: /", "https://a.example/by-hand": "y"})
    assert outcome(visits(fetch, "https://a.example/by-hand", obey_robots=obey)) == {"https://a.example/by-hand": None}
    assert fetch.asked_urls == ["https://a.example/by-hand"]


def test_what_is_remembered_of_a_host_is_not_asked_again():
    fetch = FakeFetch({"https://a.example/1": "one", "https://a.example/2": "two"})
    (first,) = visits(fetch, "https://a.example/1")
    assert first.host_changed
    assert first.host.host == "a.example:443"
    (second,) = visits(fetch, "https://a.example/2", hosts={first.host.host: first.host})
    assert not second.host_changed
    assert fetch.asked_urls.count("https://a.example/robots.txt") == 1


def test_a_change_is_told_once():
    found = list(visits(FakeFetch({}), "https://a.example/1", "https://a.example/2", "https://b.example/"))
    changed = [visit.host.host for visit in found if visit.host_changed]
    changed += [state.host for visit in found for state in visit.others]
    assert sorted(changed) == ["a.example:443", "b.example:443"]


def sent_to(url, status=302):
    return FakePage(status=status, headers=(("Location", url),))


def test_a_redirect_to_another_host_is_followed_as_robots_txt_there_allows():
    pages = {
        "https://short.example/1": sent_to("https://b.example/open"),
        "https://short.example/2": sent_to("https://b.example/closed"),
        "https://b.example/robots.txt": "User-agent: *\nDisallow: /closed",
        "https://b.example/open": "the page",
    }
    fetch = FakeFetch(pages)
    found = list(visits(fetch, "https://short.example/1", "https://short.example/2"))
    assert outcome(found) == {"https://short.example/1": None, "https://short.example/2": FailureKind.ROBOTS}
    first = next(visit.exchange for visit in found if visit.ask.url.endswith("1"))
    assert (first.asked_url, first.body) == ("https://short.example/1", b"the page")
    assert [hop.url for hop in first.hops] == ["https://short.example/1", "https://b.example/open"]
    assert "https://b.example/closed" not in fetch.asked_urls
    told = [visit.host.host for visit in found if visit.host_changed] + [s.host for v in found for s in v.others]
    assert sorted(told) == ["b.example:443", "short.example:443"]


def test_robots_txt_of_a_host_that_redirects_lead_to_is_not_asked_where_nobody_has_to_obey_it():
    fetch = FakeFetch({"https://a.example/": sent_to("https://b.example/"), "https://b.example/": "here"})
    (visit,) = visits(fetch, "https://a.example/", obey_robots=False)
    assert visit.exchange.body == b"here"
    assert fetch.asked_urls == ["https://a.example/", "https://b.example/"]


def test_redirects_to_one_host_are_paced_there():
    pages = {f"https://short{n}.example/": sent_to(f"https://b.example/{n}") for n in range(3)}
    pages |= {f"https://b.example/{n}": f"page {n}" for n in range(3)}
    clock = Clock()
    watched = Watched(FakeFetch(pages), clock)
    found = list(visits(watched, *[url for url in pages if "short" in url], clock=clock, obey_robots=False))
    assert set(outcome(found).values()) == {None}
    assert all(later - earlier >= 2.0 for earlier, later in pairwise(watched.starts["b.example"]))


def test_a_redirect_within_a_site_is_no_second_request():
    pages = {f"http://a.example/{n}": sent_to(f"https://www.a.example/{n}", 301) for n in range(2)}
    pages |= {f"https://www.a.example/{n}": f"page {n}" for n in range(2)}
    clock = Clock()
    watched = Watched(FakeFetch(pages), clock)
    list(visits(watched, "http://a.example/0", "http://a.example/1", clock=clock, obey_robots=False))
    assert [start - 1000 for start in watched.starts["a.example"]] == [0, 0, 2, 2]


def test_a_host_that_is_left_alone_is_left_alone_by_redirects_too():
    rests = HostState(host="b.example:443", not_before=NOON + timedelta(hours=1))
    fetch = FakeFetch({"https://a.example/": sent_to("https://b.example/")})
    (visit,) = visits(fetch, "https://a.example/", hosts={"b.example:443": rests})
    assert visit.exchange.failure.kind is FailureKind.RATE_LIMITED
    assert "https://b.example/" not in fetch.asked_urls


@pytest.mark.parametrize("many", [False, True])
def test_hosts_that_send_on_and_on_are_given_up(many):
    pages = {f"https://h{n}.example/": sent_to(f"https://h{n + 1 if many else 1 - n}.example/") for n in range(20)}
    (visit,) = visits(FakeFetch(pages), "https://h0.example/", obey_robots=False)
    assert visit.exchange.failure.kind is FailureKind.TOO_MANY_REDIRECTS
    assert len(visit.exchange.hops) == (10 if many else 2)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("header", "wait_s"), [((("Retry-After", "90"),), 90), ((), rounds.OVERLOADED_WAIT_S)])
def test_a_host_that_asks_for_time_gets_it_at_once_and_wholly(status, header, wait_s):
    pages = {"https://a.example/1": FakePage(status=status, headers=header), "https://b.a.example/": "other host"}
    fetch = FakeFetch(pages)
    clock = Clock()
    urls = ["https://a.example/1", "https://a.example/2", "https://a.example/3", "https://b.a.example/"]
    found = list(visits(fetch, *urls, clock=clock))
    assert outcome(found) == dict.fromkeys(urls[:3], FailureKind.RATE_LIMITED) | {urls[3]: None}
    assert "https://a.example/2" not in fetch.asked_urls
    refused = next(visit for visit in found if visit.ask.url.endswith("/2"))
    assert 0 < refused.exchange.failure.retry_after_s <= wait_s
    assert refused.exchange.hops == ()
    told = [visit for visit in found if visit.host_changed and visit.host.not_before]
    assert len(told) == 1
    assert told[0].host.not_before - NOON >= timedelta(seconds=wait_s)


def test_it_is_the_host_that_answered_which_is_left_alone():
    pages = {
        "https://a.example/1": FakePage(status=302, headers=(("Location", "https://b.example/"),)),
        "https://a.example/2": "fine",
        "https://b.example/": FakePage(status=429),
    }
    found = outcome(visits(FakeFetch(pages), "https://a.example/1", "https://a.example/2"))
    assert found == {"https://a.example/1": FailureKind.RATE_LIMITED, "https://a.example/2": None}


def test_a_host_is_left_alone_as_long_as_it_once_asked():
    fetch = FakeFetch({})
    resting = HostState(host="a.example:443", not_before=NOON + timedelta(hours=1))
    (visit,) = visits(fetch, "https://a.example/", hosts={resting.host: resting})
    assert visit.exchange.failure.kind is FailureKind.RATE_LIMITED
    assert visit.exchange.failure.retry_after_s == 3600
    assert not visit.host_changed
    assert fetch.asked == []
    rested = HostState(host="a.example:443", not_before=NOON)
    list(visits(fetch, "https://a.example/", hosts={rested.host: rested}))
    assert len(fetch.asked) == 2


def test_a_host_whose_rules_cannot_be_read_is_tried_later():
    down = Failure(kind=FailureKind.TIMEOUT, detail="no answer")
    fetch = FakeFetch({"https://a.example/robots.txt": down})
    found = list(visits(fetch, "https://a.example/1", "https://a.example/2"))
    assert set(outcome(found).values()) == {FailureKind.TIMEOUT}
    assert all(visit.exchange.failure.worth_retrying for visit in found)
    assert "no answer" in found[0].exchange.failure.detail
    assert fetch.asked_urls == ["https://a.example/robots.txt"]
    remembered = next(visit.host for visit in found if visit.host_changed)
    (later,) = visits(fetch, "https://a.example/3", hosts={remembered.host: remembered})
    assert later.exchange.failure.worth_retrying
    assert len(fetch.asked) == 1


def test_a_host_that_is_silent_again_and_again_is_left_alone():
    down = Failure(kind=FailureKind.UNREACHABLE)
    pages = {f"https://a.example/{page}": down for page in range(9)}
    fetch = FakeFetch(pages)
    found = list(visits(fetch, *pages, obey_robots=False))
    assert len(fetch.asked) == rounds.SILENCES_MAX
    assert list(outcome(found).values()).count(FailureKind.RATE_LIMITED) == 9 - rounds.SILENCES_MAX


def test_blocked_places_are_told_as_such_and_not_as_a_matter_of_robots():
    fetch = Fetcher(user_agent="Chronik/test", timeout_s=2, size_bytes_max=100)
    (visit,) = rounds.visited(
        asks("http://127.0.0.1:1/"), fetch=fetch, hosts={}, pace_s=0.0, workers=1, now=lambda: NOON
    )
    assert visit.exchange.failure.kind is FailureKind.BLOCKED_ADDRESS
    assert not visit.host_changed


def test_what_is_no_address_does_not_stop_the_round():
    fetch = FakeFetch({"https://a.example/": "fine"})
    found = list(visits(fetch, "", "ftp://x/", "http://u:secret@x/", "\ud800", "https://a.example/"))
    kinds = [visit.exchange.failure and visit.exchange.failure.kind for visit in found]
    assert kinds == [FailureKind.BAD_ADDRESS] * 4 + [None]
    assert not any(visit.host_changed for visit in found[:4])
    assert "secret" not in repr([visit.exchange for visit in found])


def test_an_error_of_the_program_stays_with_the_ask_that_met_it():
    fine = FakeFetch({})

    def fetch(ask):
        if ask.url.endswith("/2"):
            raise ZeroDivisionError("impossible")
        return fine(ask)

    found = list(visits(fetch, *(f"https://a.example/{page}" for page in range(4)), "https://b.example/2"))
    assert len(found) == 5
    broken = [visit for visit in found if "ZeroDivisionError" in str(visit.exchange.failure)]
    assert sorted(visit.ask.url for visit in broken) == ["https://a.example/2", "https://b.example/2"]


def fetching_threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("chronik-fetch")]


def test_closing_the_round_ends_its_threads():
    fetch = FakeFetch({})
    urls = [f"https://site{number}.example/" for number in range(200)]
    running = visits(fetch, *urls, workers=4, pace_s=0.0)
    next(running)
    assert fetching_threads()
    running.close()
    assert not fetching_threads()
    assert len(fetch.asked) < 100


def test_a_round_that_is_over_leaves_no_threads():
    list(visits(FakeFetch({}), "https://a.example/"))
    assert not fetching_threads()


def test_a_slow_consumer_holds_up_the_fetching():
    fetch = FakeFetch({})
    running = visits(fetch, *(f"https://site{number}.example/" for number in range(100)), workers=4, obey_robots=False)
    next(running)
    time.sleep(0.1)
    assert len(fetch.asked) <= 8
    running.close()


def test_on_the_wire_no_site_is_asked_sooner_than_it_should_be():
    with loopback(answer(b"page")) as server:
        fetch = Fetcher(
            user_agent="Chronik/test",
            timeout_s=5,
            size_bytes_max=100,
            permitted_endpoints=frozenset({server.endpoint}),
        )
        urls = [server.url(f"/{number}", host="news.localhost") for number in range(4)]
        found = rounds.visited(asks(*urls), fetch=fetch, hosts={}, pace_s=0.1, workers=4, now=lambda: NOON)
        assert [visit.exchange.body for visit in found] == [b"page"] * 4
    gaps = [later - earlier for earlier, later in pairwise(server.started)]
    assert len(gaps) == 4
    assert min(gaps) >= 0.1

"""When feeds and pages are asked next."""

from datetime import UTC, datetime, timedelta

import pytest

from chronik.collect.entries import Entry, ParsedFeed
from chronik.collect.schedule import (
    LEAD_TRIES_MAX,
    POLL_WAIT_MAX,
    POLL_WAIT_MIN,
    POLL_WAIT_UNKNOWN,
    RETRY_AFTER_MAX,
    after_poll,
    moved_to,
    next_try,
)
from chronik.model import Exchange, Failure, FailureKind, Feed, FeedHealth, FeedKind, Hop, sha256_hex

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://talbote.example/feed.xml"
HEALTH = FeedHealth(feed=Feed(url=URL), next_due=NOW)


def hop(status=200, url=URL, **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Hop(url=url, request=b"", response=b"", status=status, headers=named, started_at=NOW, elapsed_s=0.1)


def answer(status=200, body=b"<rss/>", **headers):
    return Exchange(asked_url=URL, hops=(hop(status, **headers),), body=body)


def failed(kind=FailureKind.HTTP_ERROR, status=500, **others):
    return Exchange(asked_url=URL, hops=(hop(status),), failure=Failure(kind=kind, detail="it broke", **others))


def feed(*dates, **others):
    entries = tuple(Entry(url=f"https://a.example/{n}", published=date) for n, date in enumerate(dates))
    return ParsedFeed(kind=FeedKind.RSS, entries=entries, **others)


def wait(health=HEALTH, exchange=None, parsed=None, now=NOW):
    return after_poll(health, now=now, exchange=exchange or answer(), feed=parsed).next_due - now


def every(step, count=10):
    return [NOW - step * (n + 1) for n in range(count)]


def test_a_success_keeps_validators_verbatim_and_clears_the_failure():
    before = FeedHealth(feed=Feed(url=URL), next_due=NOW, failures=3, failure="it broke", etag='"old"')
    exchange = answer(etag='W/"a b"', last_modified="Sun, 27 Sep 2020 07:30:00 GMT")
    after = after_poll(before, now=NOW, exchange=exchange, feed=feed())
    assert (after.etag, after.last_modified) == ('W/"a b"', "Sun, 27 Sep 2020 07:30:00 GMT")
    assert (after.failures, after.failure, after.last_polled, after.last_success) == (0, "", NOW, NOW)
    assert after.payload_digest == sha256_hex(b"<rss/>")


def test_not_modified_is_a_success_that_keeps_the_validators():
    before = FeedHealth(feed=Feed(url=URL), next_due=NOW, etag='"a"', payload_digest="d", failures=1, failure="x")
    after = after_poll(before, now=NOW, exchange=answer(304, etag='"b"'), feed=None)
    assert (after.etag, after.payload_digest, after.failures, after.last_success) == ('"a"', "d", 0, NOW)


def test_a_failed_poll_keeps_the_validators():
    before = FeedHealth(feed=Feed(url=URL), next_due=NOW, etag='"a"', last_success=NOW - HOUR)
    after = after_poll(before, now=NOW, exchange=failed(), feed=None)
    assert (after.etag, after.failures, after.failure, after.last_success) == ('"a"', 1, "it broke", NOW - HOUR)


def test_a_feed_that_is_no_feed_any_more_is_a_failure():
    failure = Failure(kind=FailureKind.NOT_A_FEED, detail="This is a web page, not a feed.")
    after = after_poll(HEALTH, now=NOW, exchange=answer(etag='"new"'), feed=failure)
    assert (after.failures, after.failure, after.etag) == (1, "This is a web page, not a feed.", "")


def test_gone_stops_the_feed():
    after = after_poll(HEALTH, now=NOW, exchange=failed(FailureKind.GONE, 410), feed=None)
    assert after.stopped
    assert "410" in after.failure


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (every(timedelta(minutes=1)), POLL_WAIT_MIN),
        (every(2 * HOUR), HOUR),
        (every(timedelta(days=30)), POLL_WAIT_MAX),
        ([date - timedelta(days=90) for date in every(HOUR)], POLL_WAIT_MAX),
        ([], POLL_WAIT_UNKNOWN),
        ([NOW - HOUR], POLL_WAIT_UNKNOWN),
        ([NOW + timedelta(days=400), *every(2 * HOUR)], HOUR),
        ([NOW - HOUR] * 10, POLL_WAIT_MIN),
    ],
)
def test_a_feed_is_asked_about_twice_as_often_as_it_brings_news(dates, expected):
    assert wait(parsed=feed(*dates)) == expected


def test_a_silent_feed_is_asked_ever_more_seldom_and_at_least_daily():
    health, now, waits = HEALTH, NOW, []
    for _ in range(30):
        health = after_poll(health, now=now, exchange=answer(304), feed=None)
        waits.append(health.next_due - now)
        now = health.next_due
    assert waits == sorted(waits)
    assert waits[-1] == POLL_WAIT_MAX


@pytest.mark.parametrize(
    ("headers", "wait_s", "expected"),
    [
        ({}, 7200.0, 2 * HOUR),
        ({"cache_control": "public, max-age=10800"}, 7200.0, 3 * HOUR),
        ({"cache_control": "max-age=999999999"}, None, POLL_WAIT_MAX),
        ({"cache_control": "s-maxage=10800, max-age=x"}, None, POLL_WAIT_MIN),
        ({"cache_control": "no-cache, max-age=0"}, None, POLL_WAIT_MIN),
    ],
)
def test_a_feed_is_never_asked_sooner_than_it_wishes(headers, wait_s, expected):
    busy = feed(*every(timedelta(minutes=1)), wait_s=wait_s)
    assert wait(exchange=answer(**headers), parsed=busy) == expected


def test_hours_and_days_that_a_feed_leaves_out_are_left_out():
    busy = every(timedelta(minutes=1))
    assert wait(parsed=feed(*busy, skip_hours=frozenset({12, 13}))) == 2 * HOUR
    assert wait(parsed=feed(*busy, skip_days=frozenset({NOW.weekday()}))) == 12 * HOUR
    assert wait(parsed=feed(*busy, skip_days=frozenset({4, 5, 6}))) == POLL_WAIT_MAX


def test_failures_double_the_wait_up_to_a_day():
    health, waits = HEALTH, []
    for _ in range(40):
        health = after_poll(health, now=NOW, exchange=failed(), feed=None)
        waits.append(health.next_due - NOW)
    assert waits == sorted(waits)
    assert POLL_WAIT_MIN <= waits[0] <= POLL_WAIT_MIN * 1.25
    assert waits[-1] == POLL_WAIT_MAX
    assert health.failures == 40


def test_failing_feeds_are_spread_the_same_way_each_time():
    def first_wait(url):
        return wait(FeedHealth(feed=Feed(url=url), next_due=NOW), failed())

    waits = {first_wait(f"https://a.example/{n}") for n in range(10)}
    assert len(waits) == 10
    assert first_wait("https://a.example/1") == first_wait("https://a.example/1")


@pytest.mark.parametrize(
    ("asked_s", "least", "most"),
    [
        (7200.0, 2 * HOUR, 2 * HOUR),
        (1e12, RETRY_AFTER_MAX, RETRY_AFTER_MAX),
        (-5.0, POLL_WAIT_MIN, HOUR),
        (0.0, POLL_WAIT_MIN, HOUR),
    ],
)
def test_retry_after_is_honoured_for_up_to_a_week(asked_s, least, most):
    exchange = failed(FailureKind.RATE_LIMITED, 429, retry_after_s=asked_s)
    assert least <= wait(exchange=exchange) <= most


def test_what_will_not_get_better_is_tried_once_a_day():
    assert wait(exchange=failed(FailureKind.BLOCKED_ADDRESS, 200)) == POLL_WAIT_MAX


def test_a_page_is_tried_a_few_times_with_growing_pauses():
    failure = Failure(kind=FailureKind.TIMEOUT)
    pauses = [next_try(tries, failure, NOW) - NOW for tries in range(1, LEAD_TRIES_MAX)]
    assert pauses == sorted(pauses)
    assert timedelta(minutes=1) < pauses[0] < HOUR
    assert pauses[-1] <= timedelta(hours=24)
    assert next_try(LEAD_TRIES_MAX, failure, NOW) is None


def test_a_page_that_will_not_get_better_is_given_up():
    assert next_try(1, Failure(kind=FailureKind.ROBOTS), NOW) is None


def test_a_page_waits_as_long_as_its_server_asks():
    assert next_try(1, Failure(kind=FailureKind.RATE_LIMITED, retry_after_s=7200), NOW) == NOW + 2 * HOUR
    assert next_try(1, Failure(kind=FailureKind.RATE_LIMITED, retry_after_s=1e9), NOW) == NOW + RETRY_AFTER_MAX


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([200], None),
        ([301, 200], "https://a.example/1"),
        ([308, 304], "https://a.example/1"),
        ([301, 301, 200], "https://a.example/2"),
        ([301, 302, 200], "https://a.example/1"),
        ([302, 301, 200], None),
        ([301, 500], None),
    ],
)
def test_only_a_permanent_redirect_moves_a_feed(statuses, expected):
    hops = tuple(hop(status, url=URL if n == 0 else f"https://a.example/{n}") for n, status in enumerate(statuses))
    assert moved_to(Exchange(asked_url=URL, hops=hops)) == expected


def test_an_exchange_without_any_answer_moves_nothing():
    assert moved_to(Exchange(asked_url=URL, failure=Failure(kind=FailureKind.UNREACHABLE))) is None

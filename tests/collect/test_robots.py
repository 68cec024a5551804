"""robots.txt is obeyed as RFC 9309 says."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chronik.collect import robots
from chronik.model import Exchange, Failure, FailureKind, Hop
from chronik.ports import HostState

NOON = datetime(2020, 6, 1, 12, 0, tzinfo=UTC)
HOST = "news.example:443"
SITE = "https://news.example"


def answered(status, body=b"", **failure):
    hop = Hop(
        url=f"{SITE}/robots.txt", request=b"", response=b"", status=status, headers=(), started_at=NOON, elapsed_s=0.1
    )
    return Exchange(asked_url=hop.url, hops=(hop,), body=body, failure=Failure(**failure) if failure else None)


def state(text):
    body = text if isinstance(text, bytes) else text.encode()
    return robots.state(HOST, answered(200, body), NOON)


OURS = "User-agent: Chronik\n"
EVERYBODY = "User-agent: *\n"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("nonsense without meaning", "/a", True),
        ("<html><body>Not found</body></html>", "/a", True),
        (EVERYBODY + "Disallow: /", "/", False),
        (EVERYBODY + "Disallow: /", "/robots.txt", True),
        (EVERYBODY + "Disallow:", "/a", True),
        (EVERYBODY + "Disallow: /a", "/a", False),
        (EVERYBODY + "Disallow: /a", "/ab/c", False),
        (EVERYBODY + "Disallow: /a", "/A", True),
        (EVERYBODY + "Disallow: /a", "/b/a", True),
        (EVERYBODY + "Disallow: /a/\nAllow: /a/b", "/a/b", True),
        (EVERYBODY + "Disallow: /a/\nAllow: /a/b", "/a/c", False),
        (EVERYBODY + "Allow: /a\nDisallow: /a", "/a", True),
        (EVERYBODY + "Disallow: /a\nAllow: /a", "/a", True),
        (EVERYBODY + "Disallow: /*.pdf$", "/x/y.pdf", False),
        (EVERYBODY + "Disallow: /*.pdf$", "/x/y.pdf?z", True),
        (EVERYBODY + "Disallow: /*?print=", "/a?print=1", False),
        (EVERYBODY + "Disallow: /a$", "/a", False),
        (EVERYBODY + "Disallow: /a$", "/ab", True),
        (EVERYBODY + "Disallow: /ä", "/%C3%A4", False),
        (EVERYBODY + "Disallow: /%c3%a4", "/%C3%A4", False),
        (EVERYBODY + "Disallow: /a%62", "/ab", False),
        (EVERYBODY + "Disallow: /a%2Fb", "/a/b", True),
        (EVERYBODY + "Disallow: /a # the reason", "/a", False),
        (EVERYBODY.replace("\n", "\r\n") + "Disallow: /a\r\n", "/a", False),
        (EVERYBODY.replace("\n", "\r") + "Disallow: /a\r", "/a", False),
        ("user-AGENT:*\nDISALLOW:/a", "/a", False),
        ("\ufeff" + EVERYBODY + "Disallow: /a", "/a", False),
        ("\ufeff" + OURS + "Disallow: /a", "/a", False),
        (OURS + "Disallow: /a", "/a", False),
        ("User-agent: CHRONIK\nDisallow: /a", "/a", False),
        ("User-agent: chronik/2.0 (anything)\nDisallow: /a", "/a", False),
        ("User-agent: Chronik # us\nDisallow: /a", "/a", False),
        ("User-agent: Chronikbot\nDisallow: /a", "/a", True),
        ("User-agent: Chron\nDisallow: /a", "/a", True),
        ("User-agent: c\nDisallow: /a", "/a", True),
        ("User-agent: not-chronik\nDisallow: /a", "/a", True),
        ("User-agent: Other\nDisallow: /a", "/a", True),
        (OURS + "Disallow: /a\n\n" + EVERYBODY + "Disallow: /", "/b", True),
        (EVERYBODY + "Disallow: /\n\n" + OURS + "Disallow: /a", "/b", True),
        (OURS + "Disallow: /a\n\n" + OURS + "Disallow: /b", "/a", False),
        (OURS + "Disallow: /a\n\n" + OURS + "Disallow: /b", "/b", False),
        ("User-agent: Other\nUser-agent: Chronik\nDisallow: /a", "/a", False),
        (OURS + "Sitemap: https://x/y\nDisallow: /a", "/a", False),
        ("Disallow: /a\n" + OURS + "Disallow: /b", "/a", True),
        (b"User-agent: *\nDisallow: /\xff\xfe\nDisallow: /a", "/a", False),
        (b"User-agent: *\x00\nDisallow: /a\x00", "/a", False),
    ],
)
def test_rules_are_read_as_the_standard_says(text, path, allowed):
    assert robots.allows(state(text), SITE + path) is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451])
def test_a_host_without_robots_txt_allows_everything(status):
    kind = FailureKind.GONE if status == 410 else FailureKind.HTTP_ERROR
    remembered = robots.state(HOST, answered(status, kind=kind), NOON)
    assert robots.allows(remembered, SITE + "/a")
    assert robots.is_fresh(remembered, NOON)


def test_redirects_without_end_are_as_good_as_none():
    remembered = robots.state(HOST, answered(302, kind=FailureKind.TOO_MANY_REDIRECTS), NOON)
    assert robots.allows(remembered, SITE + "/a")


@pytest.mark.parametrize(
    "exchange",
    [
        answered(500, kind=FailureKind.HTTP_ERROR),
        answered(503, kind=FailureKind.RATE_LIMITED),
        answered(200, kind=FailureKind.TOO_LARGE),
        answered(200, kind=FailureKind.TRUNCATED),
        answered(404, kind=FailureKind.TRUNCATED),
        Exchange(asked_url="", failure=Failure(kind=FailureKind.UNREACHABLE)),
        Exchange(asked_url="", failure=Failure(kind=FailureKind.TIMEOUT)),
    ],
)
def test_a_host_that_cannot_say_allows_nothing_for_a_while(exchange):
    remembered = robots.state(HOST, exchange, NOON)
    assert not robots.allows(remembered, SITE + "/a")
    assert robots.is_fresh(remembered, NOON + timedelta(minutes=4))
    assert not robots.is_fresh(remembered, NOON + timedelta(minutes=6))


def test_a_host_that_asks_for_time_gets_it():
    remembered = robots.state(HOST, answered(503, kind=FailureKind.RATE_LIMITED, retry_after_s=90.0), NOON)
    assert remembered.not_before == NOON + timedelta(seconds=90)


def test_an_answer_is_relied_on_for_a_day():
    remembered = state("")
    assert robots.is_fresh(remembered, NOON + timedelta(hours=23))
    assert not robots.is_fresh(remembered, NOON + timedelta(hours=24))
    assert not robots.is_fresh(remembered, NOON - timedelta(hours=1))
    assert not robots.is_fresh(HostState(host=HOST), NOON)
    assert not robots.is_fresh(replace(remembered, robots=None), NOON)


def test_what_stands_behind_500_kib_is_not_read():
    filling = b"# " + b"x" * 97 + b"\n"
    start = b"User-agent: *\nDisallow: /first\n" + filling * 6000
    remembered = state(start + b"Disallow: /last\n")
    assert len(remembered.robots) <= robots.TEXT_BYTES_MAX
    assert remembered.robots.endswith("\n")
    assert not robots.allows(remembered, SITE + "/first")
    assert robots.allows(remembered, SITE + "/last")


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*a*b$\n" * 16000,
        b"User-agent: *\n" + b"Disallow: /" + b"*a" * 250000,
        b"User-agent: x\n" * 36000,
        b"".join(b"User-agent: x%d\nDisallow: /%d\n" % (n, n) for n in range(15000)),
        b"User-agent: *\n" + b"".join(b"Disallow: /%d$\n" % n for n in range(30000)),
        b"\n" * 500_000,
        b"User-agent" * 50_000,
        b"user agent" * 50_000,
        b" " * 500_000,
    ],
)
def test_hostile_rules_are_read_in_time(body):
    remembered = state(body)
    started = time.process_time()
    for number in range(20):
        robots.allows(remembered, SITE + "/" + "a" * 3900 + str(number))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("value", "expected"),
    [("10", 10), ("0.5", 0.5), ("999999", 30), ("-1", 0), ("nan", 0), ("inf", 0), ("soon", 0), ("", 0), ("1e999", 0)],
)
def test_the_pause_asked_for_is_kept_up_to_half_a_minute(value, expected):
    assert robots.crawl_delay_s(state(f"{EVERYBODY}Crawl-delay: {value}\n")) == expected


def test_the_pause_of_other_robots_is_none_of_ours():
    assert robots.crawl_delay_s(state("User-agent: Other\nCrawl-delay: 10\n")) == 0
    assert robots.crawl_delay_s(HostState(host=HOST)) == 0

"""A feed is looked at before anybody follows it, within a limit, and nothing of it is kept."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.fakes.fetch import FakeFetch, FakePage

from chronik.archive import feed_trials, following, hurrying
from chronik.archive.feed_trials import Doubt
from chronik.archive.hurrying import WithinDeadline
from chronik.extract import workers
from chronik.model import Article, Exchange, Failure, FailureKind
from chronik.ports import Ask

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
SITE = "https://bote.example/"
FEED = "https://bote.example/feed.xml"
PAGE = "https://bote.example/3"
HOME = (
    b'<html><head><link rel=alternate type="application/rss+xml" href="/feed.xml">'
    b'<link rel=alternate type="application/rss+xml" href="/sport.xml"></head></html>'
)


def feed(*days, title="Der Bote"):
    items = "".join(
        f"<item><title>Nr. {number}</title><link>https://bote.example/{number}</link>"
        f"{f'<pubDate>{day}</pubDate>' if day else ''}</item>"
        for number, day in enumerate(days, start=1)
    )
    xml = f'<rss version="2.0"><channel><title>{title}</title><language>de</language>{items}</channel></rss>'
    return FakePage(body=xml.encode(), headers=(("Content-Type", "application/rss+xml"),))


DATED = ("Wed, 29 Apr 2026 10:00:00 GMT", "Mon, 27 Apr 2026 10:00:00 GMT", "Thu, 30 Apr 2026 10:00:00 GMT")


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch):
    monkeypatch.setattr(hurrying, "PAUSE_S", 0)


@pytest.fixture
def read(monkeypatch):
    """What the reading process would make of the newest page."""
    told = {"outcome": Article(id="a" * 64, url=PAGE, title="Nr. 3", text="Wort " * 100, language="de")}
    monkeypatch.setattr(workers, "readings", lambda pages, **_: ((key, told["outcome"]) for key, _ in list(pages)))
    return told


def web(tmp_path, **pages):
    known = {
        SITE: FakePage(body=HOME),
        FEED: feed(*DATED),
        **{f"{SITE}{number}": FakePage(body=b"<p>Text</p>") for number in (1, 2, 3)},
    }
    fetch = FakeFetch(known | pages, clock=lambda: NOON)
    made = archive_in(tmp_path)
    return replace(made, fetch=fetch, clock=lambda: NOON, config=replace(made.config, pace_s=0))


def test_a_site_shows_its_feeds_and_the_newest_of_what_they_say(tmp_path, read):
    archive = web(tmp_path, **{"https://bote.example/sport.xml": feed(*DATED, title="Sport")})
    trial = feed_trials.tried(archive, "bote.example")
    assert (trial.feed.url, trial.feed.title, trial.language) == (FEED, "Der Bote", "de")
    assert [entry.title for entry in trial.entries] == ["Nr. 3", "Nr. 1", "Nr. 2"]
    assert trial.newest.article.title == "Nr. 3"
    assert (trial.doubts, [other.title for other in trial.others]) == ((), ["Sport"])
    assert archive.catalogue.feeds() == []
    assert list(archive.catalogue.captures()) == []


def test_what_is_odd_is_told_before(tmp_path, read):
    read["outcome"] = Failure(kind=FailureKind.NO_TEXT)
    archive = web(tmp_path, **{FEED: feed("", "")})
    assert feed_trials.tried(archive, FEED).doubts == (Doubt.NO_DATES, Doubt.NO_TEXT)
    old = web(tmp_path, **{FEED: feed("Wed, 29 Jan 2025 10:00:00 GMT")})
    read["outcome"] = Article(id="a" * 64, url=PAGE, text="kurz", paywalled=True)
    assert feed_trials.tried(old, FEED).doubts == (Doubt.OLD, Doubt.LITTLE_TEXT, Doubt.PAYWALL)
    assert feed_trials.tried(web(tmp_path, **{FEED: feed()}), FEED).doubts == (Doubt.NO_ENTRIES,)


def test_a_site_that_asks_not_to_be_collected_is_told_so(tmp_path, read):
    robots = FakePage(body=b"User-agent: *\nDisallow: /", headers=(("Content-Type", "text/plain"),))
    archive = web(tmp_path, **{"https://bote.example/robots.txt": robots})
    trial = feed_trials.tried(archive, FEED)
    assert trial.doubts == (Doubt.ROBOTS,)
    assert PAGE not in [ask.url for ask in archive.fetch.asked]


def test_a_site_that_asks_for_long_pauses_does_not_hold_who_waits(tmp_path, read):
    robots = FakePage(body=b"User-agent: *\nCrawl-delay: 30", headers=(("Content-Type", "text/plain"),))
    begun = time.monotonic()
    assert feed_trials.tried(web(tmp_path, **{"https://bote.example/robots.txt": robots}), SITE).newest.article
    assert time.monotonic() - begun < 5


def test_a_feed_that_is_followed_is_known_as_such(tmp_path, read):
    archive = web(tmp_path)
    following.follow(archive, FEED, by="eva")
    assert feed_trials.tried(archive, FEED).is_followed


@pytest.mark.parametrize(
    "url", ["", "javascript:1", "https://", "\x00", "http://[::1", "nirgends.example", "x" * 9_000]
)
def test_whatever_somebody_types_gets_an_answer(tmp_path, url):
    assert feed_trials.tried(web(tmp_path), url).failure is not None


def test_a_site_that_never_answers_is_given_up_in_time(tmp_path):
    def slow(ask):
        time.sleep(5)
        return Exchange(asked_url=ask.url)

    archive = replace(web(tmp_path), fetch=slow)
    begun = time.monotonic()
    trial = feed_trials.tried(archive, FEED, limit_s=0.2)
    assert time.monotonic() - begun < 2
    assert trial.failure.kind is FailureKind.TIMEOUT
    assert "0 s" in trial.failure.detail


def test_nothing_is_asked_once_the_time_is_over():
    hurried = WithinDeadline(lambda ask: pytest.fail(f"{ask.url} was asked"), limit_s=0)
    assert hurried(Ask(url=FEED)).failure.kind is FailureKind.TIMEOUT

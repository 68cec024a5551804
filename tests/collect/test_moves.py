"""A feed that moved for good is asked at its new address, and nobody else takes it over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chronik.collect import feeds, moves
from chronik.collect.entries import Entry, ParsedFeed
from chronik.model import Exchange, Failure, FailureKind, Feed, FeedHealth, FeedKind, Hop

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, NEW, OTHER = (f"https://talbote.example/{name}.xml" for name in ("feed", "neu", "anders"))
FEED = ParsedFeed(kind=FeedKind.RSS, entries=(Entry(url="https://talbote.example/1"),))
EMPTY = ParsedFeed(kind=FeedKind.RSS)
HEALTH = FeedHealth(feed=Feed(url=OLD), next_due=NOW, etag='"a"')


def hop(url, status):
    return Hop(url=url, request=b"", response=b"", status=status, headers=(), started_at=NOW, elapsed_s=0.1)


def way(*hops):
    return Exchange(asked_url=hops[0][0], hops=tuple(hop(url, status) for url, status in hops), body=b"x")


MOVED = way((OLD, 301), (NEW, 200))


def after(health, *answers, every=DAY, begun=NOW, followed=frozenset()):
    for number, (exchange, feed) in enumerate(answers):
        health = moves.after_answer(health, now=begun + number * every, exchange=exchange, feed=feed, followed=followed)
    return health


@pytest.mark.parametrize("status", [301, 308])
def test_a_feed_that_is_redirected_for_good_for_days_is_asked_at_its_new_address(status):
    answer = (way((OLD, status), (NEW, 200)), FEED)
    before = after(HEALTH, *[answer] * 4)
    assert (before.address, before.moved_url, before.moved_times) == (OLD, NEW, 4)
    moved = after(HEALTH, *[answer] * 5)
    assert (moved.address, moved.feed.url) == (NEW, OLD)
    assert moved.moved_since == NOW + 4 * DAY
    assert (moved.etag, moved.moved_url, moved.moved_times) == ("", "", 0)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_passing_redirect_moves_nothing(status):
    assert after(HEALTH, *[(way((OLD, status), (NEW, 200)), FEED)] * 20).address == OLD


def test_many_answers_within_hours_move_nothing():
    assert after(HEALTH, *[(MOVED, FEED)] * 50, every=timedelta(hours=1)).address == OLD


def test_the_part_of_the_way_that_is_for_good_counts():
    answer = (way((OLD, 301), (NEW, 302), (OTHER, 200)), FEED)
    assert after(HEALTH, *[answer] * 5).address == NEW


@pytest.mark.parametrize(
    "between",
    [
        (way((OLD, 200)), FEED),
        (way((OLD, 301), (OTHER, 200)), FEED),
        (MOVED, Failure(kind=FailureKind.NOT_A_FEED, detail="This is a web page, not a feed.")),
    ],
)
def test_an_answer_that_says_otherwise_begins_the_count_anew(between):
    assert after(HEALTH, *[(MOVED, FEED)] * 4, between, *[(MOVED, FEED)] * 4).address == OLD


def test_a_failure_that_passes_does_not_count_either_way():
    slow = Exchange(asked_url=OLD, hops=(), failure=Failure(kind=FailureKind.TIMEOUT))
    assert after(HEALTH, *[(MOVED, FEED)] * 4, (slow, None), (MOVED, FEED)).address == NEW


def test_an_unchanged_feed_behind_the_redirect_counts():
    assert after(HEALTH, *[(way((OLD, 301), (NEW, 304)), None)] * 5).address == NEW


def test_an_empty_feed_does_not_take_over():
    assert after(HEALTH, *[(MOVED, EMPTY)] * 20).address == OLD


def test_a_page_that_sells_the_name_does_not_take_over():
    parked = feeds.parsed(b"<html><body>This name is for sale</body></html>", url=NEW)
    assert after(HEALTH, *[(MOVED, parked)] * 20).address == OLD


def test_a_feed_may_say_itself_where_it_lives():
    said = replace(FEED, new_url=NEW)
    moved = after(HEALTH, *[(way((OLD, 200)), said), (way((OLD, 304)), None)] * 5)
    assert moved.address == NEW


def test_the_feeds_own_word_is_read_from_its_head():
    xml = (
        b"<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>T</title>"
        b"<itunes:new-feed-url>https://talbote.example/neu.xml</itunes:new-feed-url></channel></rss>"
    )
    assert feeds.parsed(xml, url=OLD).new_url == NEW


def test_who_moves_back_is_asked_at_the_own_address_again():
    moved = replace(HEALTH, asks_url=NEW, moved_since=NOW)
    assert after(moved, *[(way((NEW, 301), (OLD, 200)), FEED)] * 5).asks_url == ""


def test_who_moves_on_is_followed_further():
    moved = replace(HEALTH, asks_url=NEW, moved_since=NOW)
    assert after(moved, *[(way((NEW, 308), (OTHER, 200)), FEED)] * 5).address == OTHER


@pytest.mark.parametrize("kind", [FailureKind.NOT_A_FEED, FailureKind.GONE, FailureKind.TOO_MANY_REDIRECTS])
def test_a_new_address_that_breaks_down_is_given_up_for_the_old_one(kind):
    moved = replace(HEALTH, asks_url=NEW, moved_since=NOW, failures=1, stopped=kind is FailureKind.GONE)
    broken = Exchange(asked_url=NEW, hops=(hop(NEW, 410),), failure=Failure(kind=kind))
    back = after(moved, (broken, None))
    assert (back.address, back.stopped) == (OLD, False)
    assert NEW in back.failure


def test_a_new_address_that_is_silent_for_a_while_is_kept():
    silent = Exchange(asked_url=NEW, hops=(), failure=Failure(kind=FailureKind.UNREACHABLE))
    moved = replace(HEALTH, asks_url=NEW, moved_since=NOW)
    assert after(replace(moved, failures=4), (silent, None)).address == NEW
    assert after(replace(moved, failures=5), (silent, None)).address == OLD


def test_of_two_feeds_that_became_one_the_moved_one_is_let_go():
    gone = after(HEALTH, *[(MOVED, FEED)] * 5, followed={NEW})
    assert gone.stopped
    assert NEW in gone.failure

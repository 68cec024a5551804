"""A feed that moved for good keeps its name and its history."""

from datetime import timedelta

from tests.archive.test_feed_readings import FEED, PAGE, archive_with, item, rss
from tests.fakes.fetch import FakePage
from tests.fakes.readers import HereAndNow

from chronik.archive import checking, polling
from chronik.archive.following import follow
from chronik.model import Feed

NEW = "https://talbote.example/rss/neu.xml"
MOVED = FakePage(status=301, headers=(("Location", NEW),))


def polled(archive, clock, *, times):
    for _ in range(times):
        polling.poll(archive, pool=HereAndNow())
        clock.now += timedelta(days=1, hours=1)
    (health,) = [health for health in archive.catalogue.feeds() if health.feed.url == FEED]
    return health


def moved_archive(folder):
    archive, clock = archive_with(folder, rss(item()), MOVED)
    archive.fetch.pages[NEW] = [rss(item())] * 5 + [rss(item(number=2) + item())]
    return archive, clock


def test_a_feed_that_moved_is_asked_at_its_new_address_and_stays_the_same_feed(tmp_path):
    archive, clock = moved_archive(tmp_path)
    health = polled(archive, clock, times=6)
    assert (health.feed.url, health.asks_url) == (FEED, NEW)
    before = len(archive.fetch.asked)
    health = polled(archive, clock, times=2)
    assert {ask.url for ask in archive.fetch.asked[before:]} == {NEW}
    assert health.feed.title == "Talbote"
    assert {state.lead.found_in for state in archive.catalogue.lead_map.values()} == {FEED}
    assert len(archive.catalogue.versions(archive.catalogue.article(PAGE).id)) == 1
    assert checking.status(archive)["moved_feeds"] == [
        {"feed": FEED, "asked_at": NEW, "since": health.moved_since.isoformat()}
    ]


def test_following_the_new_address_finds_the_feed_that_is_followed(tmp_path):
    archive, clock = moved_archive(tmp_path)
    polled(archive, clock, times=6)
    followed = follow(archive, NEW, by="eva")
    assert (followed.feed.url, followed.new) == (FEED, False)
    assert len(archive.catalogue.feeds()) == 1


def test_a_moved_feed_goes_when_its_new_address_is_followed_by_itself(tmp_path):
    archive, clock = moved_archive(tmp_path)
    polled(archive, clock, times=6)
    archive.catalogue.add_feed(Feed(url=NEW), due_at=clock.now)
    health = polled(archive, clock, times=1)
    assert health.stopped
    assert NEW in health.failure

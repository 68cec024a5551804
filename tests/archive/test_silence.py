"""A source that falls silent is noticed by its own rhythm, and only then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.archive.test_sources import archive
from tests.fakes.catalogue import MemoryCatalogue

from chronik.archive import alarming, silences
from chronik.archive.alarming import AlarmKind
from chronik.archive.silence import Silence, silence
from chronik.model import Article, Feed, Source

__all__ = ["archive"]
MONDAY = date(2026, 1, 5)
WEEKDAYS = range(5)
EVERY_DAY = range(7)


def reports(weeks, *, weekdays=EVERY_DAY, number=2, without=()):
    days = [MONDAY + timedelta(days=day) for day in range(weeks * 7)]
    return {day: number for day in days if day.weekday() in weekdays and day not in without}


def end_of(found):
    return max(found)


@pytest.mark.parametrize(("days", "is_told"), [(1, False), (2, False), (3, True), (9, True)])
def test_a_daily_paper_is_missed_after_days(days, is_told):
    found = reports(12)
    told = silence(found, today=end_of(found) + timedelta(days=days + 1))
    assert bool(told) is is_told
    if told:
        assert told.days == days
        assert told.words == f"nothing for {days} days; usually 14 a week"


def test_a_weekend_is_no_silence_for_who_never_speaks_then():
    found = reports(12, weekdays=WEEKDAYS)
    friday = end_of(found)
    assert silence(found, today=friday + timedelta(days=3)) is None
    assert silence(found, today=friday + timedelta(days=5)) is None
    assert "never silent for more than 2 before" in silence(found, today=friday + timedelta(days=7)).words


def test_a_weekly_is_missed_after_weeks():
    found = reports(20, weekdays=[3])
    thursday = end_of(found)
    assert silence(found, today=thursday + timedelta(days=13)) is None
    told = silence(found, today=thursday + timedelta(days=29))
    assert (told.days, round(told.a_week, 1)) == (28, 2.1)


def test_who_was_silent_over_a_holiday_before_may_be_so_again():
    holiday = {MONDAY + timedelta(days=70 + day) for day in range(11)}
    found = reports(20, without=holiday)
    assert silence(found, today=end_of(found) + timedelta(days=12)) is None
    told = silence(found, today=end_of(found) + timedelta(days=13))
    assert told.longest_days == 11


def test_of_a_new_source_nobody_knows_its_rhythm():
    found = reports(3)
    assert silence(found, today=end_of(found) + timedelta(days=60)) is None
    assert silence({}, today=MONDAY) is None
    few = reports(7, weekdays=[0])
    assert silence(few, today=end_of(few) + timedelta(days=60)) is None


def test_bursts_make_no_rhythm():
    found = {MONDAY + timedelta(days=30 * month): 40 for month in range(6)}
    found |= {MONDAY + timedelta(days=30 * month + 1): 40 for month in range(6)}
    assert silence(found, today=end_of(found) + timedelta(days=20)) is None


def test_a_rare_voice_has_all_the_time_it_takes():
    found = {MONDAY + timedelta(days=day): 1 for day in range(0, 170, 17)}
    assert silence(found, today=end_of(found) + timedelta(days=17)) is None


def test_who_speaks_less_than_weekly_is_told_by_the_month():
    assert Silence(days=70, a_week=0.5, longest_days=0, chance=0.0).words == "nothing for 70 days; usually 2 a month"


@pytest.mark.parametrize("today", [date.min + timedelta(days=200), date(2026, 2, 1), date.max])
def test_any_day_and_any_numbers_give_an_answer(today):
    for found in ({today: 1}, {date(2026, 1, 1): 0}, reports(30, number=10**9)):
        silence(found, today=today)


def followed(archive, *, days=70):
    bote = Source(id="bote", names={"de": "Bote"}, hosts=("bote.example",))
    archive.catalogue.add_sources([bote])
    archive.catalogue.add_feed(Feed(url="https://www.bote.example/feed"), due_at=archive.clock())
    now = archive.clock()
    for number in range(days):
        day = (now - timedelta(days=9 + number)).date().isoformat()
        archive.catalogue.add_article(
            Article(
                id=f"{number:064}",
                url=f"https://bote.example/{number}",
                title="T",
                text="T",
                source_id="bote",
                published=day,
                read_at=now,
            )
        )


def test_an_alarm_names_the_source_and_its_rhythm(archive):
    followed(archive)
    told = [one for one in alarming.alarms(archive) if one.kind is AlarmKind.SILENT]
    assert [(one.subject, one.reason) for one in told] == [
        ("Bote", "nothing for 8 days; usually 7 a week; look at its feeds")
    ]
    assert silences.by_feed(archive).keys() == {"https://www.bote.example/feed"}


def test_nobody_is_missed_whose_feed_is_not_asked(archive):
    followed(archive)
    (health,) = archive.catalogue.feeds()
    from chronik.desk import feeds

    feeds.unfollow(archive.catalogue, health.feed.url, by="eva", now=archive.clock())
    assert silences.silent(archive) == []


def test_it_is_looked_up_once_an_hour(archive, monkeypatch):
    followed(archive)
    assert silences.silent(archive)
    monkeypatch.setattr(type(archive.catalogue), "report_days", lambda *_, **__: pytest.fail("asked again"))
    assert silences.silent(archive)
    assert isinstance(archive.catalogue, MemoryCatalogue) or archive.kept[silences.KEPT][0] <= datetime.now(UTC)

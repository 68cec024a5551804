"""Dates in the dialects that feeds are written in."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.collect.feed_dates import DATE_CHARACTERS_MAX, moment


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sun, 27 Sep 2020 09:30:00 +0200", "2020-09-27T09:30:00+02:00"),
        ("Sun, 27 Sep 20 03:30:00 EDT", "2020-09-27T03:30:00-04:00"),
        ("Mon, 27 Sep 2020 03:30 PDT", "2020-09-27T03:30:00-07:00"),
        ("27 Sep 98 07:30 UT", "1998-09-27T07:30:00+00:00"),
        ("Sat,29 Jul 2006 00:03:02 +0000", "2006-07-29T00:03:02+00:00"),
        ("Mon, 21 Oct 2002 14:04:23 -05:00", "2002-10-21T14:04:23-05:00"),
        ("Thu, 5 Apr 2012 23:47:45 BST", "2012-04-05T23:47:45+01:00"),
        ("Thu, 5 Apr 2012 23:47:45 IST", "2012-04-05T23:47:45+05:30"),
        ("Thu, 09 Feb 2006 16:59:45 G", "2006-02-09T16:59:45-07:00"),
        ("Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00+00:00"),
        ("Thu, 01 Jan 2004 19:48:21 GMT+0200", "2004-01-01T19:48:21+02:00"),
        ("Sun Sep 27 2020 09:30:00 GMT+0200 (CEST)", "2020-09-27T09:30:00+02:00"),
        ("Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00"),
        ("Sun Jan  4 16:29:06 2004", "2004-01-04"),
        ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T08:19:53-04:00"),
        ("2003", "2003"),
        ("2003-12", "2003-12"),
        ("2003-12-31", "2003-12-31"),
        ("20031231", "2003-12-31"),
        ("2003-335", "2003-12-01"),
        ("2003335", "2003-12-01"),
        ("2020-W39-7", "2020-09-27"),
        ("03-12-31", "2003-12-31"),
        ("2003-12-31T10:14:55Z", "2003-12-31T10:14:55+00:00"),
        ("2003-12-31t10:14:55.25z", "2003-12-31T10:14:55+00:00"),
        ("2003-12-31T10:14+03:00", "2003-12-31T10:14:00+03:00"),
        ("20031231T101455+0300", "2003-12-31T10:14:55+03:00"),
        ("2003-12-31T24:00:00Z", "2004-01-01T00:00:00+00:00"),
        ("2003-12-31T10:14:55", "2003-12-31"),
        ("2004-07-08 23:56:58.0", "2004-07-08"),
        ("2004-07-08 23:56:58 +02:00", "2004-07-08T23:56:58+02:00"),
        ("2006-07-19 10:00 PM EST", "2006-07-19T22:00:00-05:00"),
        ("January 5, 2004 12:10 AM GMT", "2004-01-05T00:10:00+00:00"),
        ("Sep 27, 2020 at 9:05pm EDT", "2020-09-27T21:05:00-04:00"),
        ("5th January 2004", "2004-01-05"),
        ("1601191800", "2020-09-27T07:30:00+00:00"),
        ("2004년 05월 28일  01:31:15", "2004-05-28T01:31:15+09:00"),
        ("2004-05-25 오후 11:23:17", "2004-05-25T23:23:17+09:00"),
        ("2020年9月27日 10時30分", "2020-09-27"),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00"),
        ("2004-július-13T9:15-05:00", "2004-07-13T09:15:00-05:00"),
        ("mar., 29 sept. 2020 10:00:00 +0200", "2020-09-29T10:00:00+02:00"),
        ("So, 27 Sep 2020 10:00:00 MESZ", "2020-09-27T10:00:00+02:00"),
        ("воскресенье, 27 сентября 2020 г. 10:00 MSK", "2020-09-27T10:00:00+03:00"),
        ("Paz, 27 Eyl 2020 10:00:00 +0300", "2020-09-27T10:00:00+03:00"),
        ("27 septembre 2020 à 10h30", "2020-09-27"),
        ("27.09.2020, 10:00 Uhr", "2020-09-27"),
        ("27/09/2020 10:00:00", "2020-09-27"),
        ("09/27/2020", "2020-09-27"),
        ("Thu(oh how), 9(th) Feb(ruary) 2006 23:59:45 +0000(GMT (really))", "2006-02-09T23:59:45+00:00"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_told(text, told):
    assert moment(text).told == told


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "05/06/2020", "Sat, 31 Jun 2006 23:08:26 +1000", "2003-13-01", "2003-02-30T10:00:00Z"),
        *("2003-07-32T15:51:30-05:00", "2003-07-01T25:51:30Z", "2003-07-01T10:71:30Z", "1989-12-31", "27 Foo 2020"),
        *("1" * 400, "0000-00-00", "99 Sep 2020", "Thu, 01 Jan 1970 00:00:00 GMT", "१२३", "+" * 100),
    ],
)
def test_what_is_no_date_of_the_webs_time_is_none(text):
    assert moment(text) is None


@given(
    st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2090, 1, 1)),
    st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
    st.sampled_from(
        ["%a, %d %b %Y %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%d %B %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %z %Y"]
    ),
)
def test_every_instant_comes_back_with_its_offset(at, zone, form):
    at = at.replace(microsecond=0, tzinfo=zone)
    read = moment(at.strftime(form))
    assert read.instant == at
    assert datetime.fromisoformat(read.told).utcoffset() == at.utcoffset()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mardi 13/02/2024", "2024-02-13"),
        ("Lun, 13/05/2024", "2024-05-13"),
        ("Lun, 13 May 2024", "2024-05-13"),
        ("Mar, 13 Ene 2024", "2024-01-13"),
        ("12 Şub 2024", "2024-02-12"),
        ("١٥ تشرين الثاني ٢٠٢٤", "2024-11-15"),
        ("१५ जून २०२४", "2024-06-15"),
        ("15 хоёрдугаар сар 2024", "2024-02-15"),
    ],
)
def test_a_day_of_the_week_is_no_month_and_a_month_may_be_two_words(text, told):
    assert moment(text).told == told


@given(st.text(max_size=DATE_CHARACTERS_MAX + 20))
def test_any_text_is_a_date_or_none(text):
    for begin in ("", "2020-09-", "27 Sep 2020 ", "10:00 "):
        read = moment(begin + text)
        assert read is None or read.instant.tzinfo is UTC


@pytest.mark.parametrize("piece", ["(", "1 ", "1:1", "a", "sep ", "- ", "2020-", "오후 ", "+00"])
def test_a_date_made_to_be_slow_is_not(piece):
    started = time.process_time()
    for _ in range(100):
        moment((piece * DATE_CHARACTERS_MAX)[:DATE_CHARACTERS_MAX])
    assert time.process_time() - started < 2

"""Dates as pages write them: as precise as known, never guessed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.candidates import Candidate
from chronik.extract.dates import first_moment, moment


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-03T15:47:42.389000Z", "2024-05-03T15:47:42+00:00"),
        ("2024-05-03T15:47:42.3891234567+02:00", "2024-05-03T15:47:42+02:00"),
        ("2024-05-03 14:24:00 +0200", "2024-05-03T14:24:00+02:00"),
        ("2024-05-03T14:24+02", "2024-05-03T14:24:00+02:00"),
        ("2024-05-03T14:24:00+02:00[Europe/Berlin]", "2024-05-03T14:24:00+02:00"),
        ("2024-05-03 14:24:00 UTC", "2024-05-03T14:24:00+00:00"),
        ("20240503T142400Z", "2024-05-03T14:24:00+00:00"),
        ("Fri, 03 May 2024 14:24:00 +0200", "2024-05-03T14:24:00+02:00"),
        ("1714746262", "2024-05-03T14:24:22+00:00"),
        ("1714746262000", "2024-05-03T14:24:22+00:00"),
        ("2024-05-03T14:24:00", "2024-05-03"),
        ("2024-05-03", "2024-05-03"),
        ("20240503", "2024-05-03"),
        ("03.05.2024 14:24", "2024-05-03"),
        ("2024-13-45", ""),
        ("2024", ""),
        ("gestern", ""),
        ("²²²²²²²²²²", ""),
        ("", ""),
    ],
)
def test_a_date_is_kept_as_precise_as_it_is_written(written, expected):
    assert moment(written) == expected


def test_a_page_cannot_be_published_after_it_was_captured():
    candidates = (Candidate(value="2031-01-01", origin="a"), Candidate(value="2024-05-03", origin="b"))
    assert first_moment(candidates, captured_at=datetime(2024, 5, 4, tzinfo=UTC)) == ("2024-05-03", "b")
    assert first_moment(candidates) == ("2031-01-01", "a")


def told(*written):
    return first_moment(tuple(Candidate(value=value, origin=str(number)) for number, value in enumerate(written)))[0]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (("2024-05-02T22:35:29-08:00",), "2024-05-02T22:35:29-08:00"),
        (("2024-05-02 22:35:29",), "2024-05-02T22:35:29-08:00"),
        (("2024-05-02 22:35",), "2024-05-02T22:35:29-08:00"),
        (("Fri, 03 May 2024 12:05:29 +0530",), "2024-05-03T12:05:29+05:30"),
        ((), "2024-05-03T06:35:29+00:00"),
        (("2024-05-02",), "2024-05-03T06:35:29+00:00"),
        (("2024-05-03T00:00:00",), "2024-05-03T06:35:29+00:00"),
        (("2024-05-02 22:36:29",), "2024-05-03T06:35:29+00:00"),
        (("2024-04-01 22:35:29",), "2024-05-03T06:35:29+00:00"),
        (("2024-05-03T09:00:00+02:00",), "2024-05-03T06:35:29+00:00"),
    ],
)
def test_the_day_is_that_of_the_publishers_clock_where_the_page_shows_it(others, expected):
    assert told("2024-05-03T06:35:29Z", *others) == expected


def test_an_offset_that_is_stated_is_kept():
    assert told("2024-05-03T06:35:29+02:00", "2024-05-03 04:35:29") == "2024-05-03T06:35:29+02:00"


def test_a_day_is_told_to_the_second_where_another_declaration_does():
    assert told("2024-05-03", "2024-05-04T01:00:00Z", "2024-05-03T06:35:29+02:00") == "2024-05-03T06:35:29+02:00"


def test_years_that_no_press_knew_are_passed_over():
    assert first_moment((Candidate(value="0001-01-01T00:00:00Z", origin="a"),)) == ("", "")


@given(st.text(max_size=100))
def test_any_text_gives_a_date_or_nothing(text):
    found = moment(text)
    assert found == "" or datetime.fromisoformat(found)

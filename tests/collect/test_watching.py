"""Clipped pages are looked at again ever more seldom."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chronik.collect.watching import CONFIRMED_AFTER, LOOKS_AFTER, THEN_EVERY, next_look

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def looks(count):
    at, found = NOON, []
    for _ in range(count):
        at = next_look(NOON, after=at)
        found.append(at - NOON)
    return found


def test_the_looks_thin_out_from_an_hour_to_a_quarter():
    month = LOOKS_AFTER[-1]
    assert looks(6) == [*LOOKS_AFTER, month + THEN_EVERY, month + 2 * THEN_EVERY]


def test_looks_that_were_missed_are_not_made_up_for():
    late = NOON + timedelta(days=400)
    assert late < next_look(NOON, after=late) <= late + THEN_EVERY


def test_what_was_seen_otherwise_than_before_is_looked_at_once_more_soon():
    late = NOON + timedelta(days=40)
    assert next_look(NOON, after=late, is_new=True) == late + CONFIRMED_AFTER
    assert next_look(NOON, after=NOON, is_new=True) == NOON + LOOKS_AFTER[0]


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=36_500)))
def test_the_next_look_is_always_later(passed):
    after = NOON + passed
    assert after < next_look(NOON, after=after) <= after + THEN_EVERY

"""A clock that is wrong changes no order, is told, and stops nothing for longer than it is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.archive.test_recording import act
from tests.preserve.ledgers import is_sound
from tests.preserve.material import NOW, numbered

from chronik.archive import checking, recording
from chronik.archive.clocks import ClockWatch
from chronik.model import Feed, Lead, Opening
from chronik.preserve.ledger.payload import CLOCK_SUSPECT

LATER = datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)
JUMPS = {
    "a year back": timedelta(days=-365),
    "an hour back": timedelta(hours=-1),
    "a day ahead": timedelta(days=1),
    "to 2038": LATER - NOW,
}


class Machine:
    """Its clock can be set; what runs on cannot."""

    def __init__(self):
        self.offset, self.ran_s = timedelta(0), 0.0

    def now(self):
        return NOW + self.offset + timedelta(seconds=self.ran_s)

    def wait(self, seconds):
        self.ran_s += seconds


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def archive(tmp_path, machine):
    watch = ClockWatch(running_s=lambda: machine.ran_s)
    with archive_in(tmp_path) as made:
        yield replace(made, clock=machine.now, clock_watch=watch)


def keep(archive, number):
    """A page captured by the clock of the machine, and recorded."""
    shown = numbered(number)
    hop = replace(shown.hops[0], started_at=archive.clock())
    capture = archive.vault.keep(replace(shown, hops=(hop,)))
    archive.catalogue.record_capture(capture)
    recording.record_due(archive)
    return capture


def payloads(archive):
    book = recording.ledger(archive)
    return [one.payload for one in book.openings.between(0, book.size) if isinstance(one, Opening)]


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_a_clock_that_is_set_keeps_the_order_and_marks_what_it_touched(archive, machine, jump):
    keep(archive, 1)
    machine.wait(60)
    machine.offset = jump
    capture = keep(archive, 2)
    machine.wait(60)
    machine.offset = timedelta(0)
    keep(archive, 3)
    found = payloads(archive)
    assert [one["capture"]["url"][-1] for one in found] == ["1", "2", "3"]
    moments = [datetime.fromisoformat(one["recorded_at"]) for one in found]
    assert moments == sorted(moments)
    assert CLOCK_SUSPECT not in found[0]
    assert f"the clock was set {'back' if jump < timedelta(0) else 'forward'}" in found[1][CLOCK_SUSPECT]
    assert found[1]["capture"]["captured_at"] == capture.captured_at.isoformat()
    assert (CLOCK_SUSPECT in found[2]) == (jump > timedelta(0))
    assert is_sound(recording.ledger(archive))
    assert checking.verify(archive)[1] == ()


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_a_clock_that_was_set_while_nothing_ran_is_told_where_the_ledger_knows_better(archive, machine, jump):
    keep(archive, 1)
    machine.offset = jump
    restarted = replace(archive, clock_watch=ClockWatch(running_s=lambda: machine.ran_s))
    keep(restarted, 2)
    told = recording.clock_suspicion(restarted)
    assert ("before the" in told) == (jump < timedelta(0))
    problems = checking.status(restarted)["problems"]
    assert any(problem["kind"] == "clock" for problem in problems) == (jump < timedelta(0))


def test_a_clock_that_is_put_right_by_seconds_is_no_news(archive, machine):
    keep(archive, 1)
    machine.wait(3_600)
    machine.offset = timedelta(seconds=-90)
    keep(archive, 2)
    assert recording.clock_suspicion(archive) == ""


def test_a_capture_that_does_not_fit_to_its_recording_is_marked(archive, machine):
    capture = archive.vault.keep(numbered(1))
    archive.catalogue.record_capture(capture)
    machine.offset = timedelta(days=9)
    recording.record_due(archive)
    assert recording.clock_suspicion(archive) == "it was recorded 9 days after the time that it says"
    shown = numbered(2)
    hop = replace(shown.hops[0], started_at=machine.now() + timedelta(days=1))
    archive.catalogue.record_capture(archive.vault.keep(replace(shown, hops=(hop,))))
    recording.record_due(archive)
    assert recording.clock_suspicion(archive) == "it says that it was captured after it was recorded"


def test_acts_are_marked_too(archive, machine):
    archive.catalogue.record_act(act(1))
    recording.record_due(archive)
    machine.offset = timedelta(days=-30)
    archive.catalogue.record_act(act(2))
    recording.record_due(archive)
    assert "set back by 30 days" in recording.clock_suspicion(archive)


def test_what_was_put_off_by_a_wrong_clock_is_due_once_it_is_right(archive):
    archive.catalogue.add_feed(Feed(url="https://a.example/feed"), due_at=LATER)
    archive.catalogue.add_leads([Lead(url="https://a.example/1")], not_before=LATER)
    archive.catalogue.add_feed(Feed(url="https://b.example/feed"), due_at=NOW + timedelta(days=7))
    assert [found.feed.url for found in archive.catalogue.due_feeds(NOW, limit=9)] == ["https://a.example/feed"]
    assert [found.lead.url for found in archive.catalogue.due_leads(NOW, limit=9)] == ["https://a.example/1"]

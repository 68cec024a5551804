"""Long work shows how far it is, stops between two items when asked, and shows when it was killed."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from chronik.archive import Step, jobs
from chronik.archive.jobs import JobState
from chronik.errors import ChronikError, JobStoppedError, NotFoundError

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


class Ticking:
    """A second passes at each look."""

    def __init__(self):
        self.moment = 0.0

    def __call__(self):
        self.moment += 1
        return self.moment


def working(folder, **others):
    given = {"kind": "import", "who": "eva", "clock": lambda: NOW, "tick": Ticking()}
    return jobs.working(folder, **(given | others))


def step(done, total=10, stage="pages"):
    return Step(stage=stage, done=done, total=total)


def test_work_is_shown_with_its_progress_while_it_runs_and_after(tmp_path):
    with working(tmp_path) as report:
        report(step(3))
        (job,) = jobs.jobs(tmp_path)
        assert (job.kind, job.who, job.state, job.percent) == ("import", "eva", JobState.RUNNING, 30)
    (job,) = jobs.jobs(tmp_path)
    assert (job.state, job.done) == (JobState.DONE, 3)
    assert [path.suffix for path in (tmp_path / "jobs").iterdir()] == [".json"]


def test_short_work_leaves_nothing(tmp_path):
    with working(tmp_path, tick=lambda: 0.0) as report:
        report(step(1))
    assert not (tmp_path / "jobs").exists()


def test_work_stops_between_two_items_when_somebody_asks(tmp_path):
    done = []

    def work():
        with working(tmp_path) as report:
            for number in range(10):
                done.append(number)
                report(step(number))
                if number == 2:
                    asked = jobs.ask_to_stop(tmp_path, jobs.jobs(tmp_path)[0].id, by="rita")
                    assert asked.stop_asked_by == jobs.jobs(tmp_path)[0].stop_asked_by == "rita"

    with pytest.raises(JobStoppedError, match="rita"):
        work()
    assert done == [0, 1, 2, 3]
    (job,) = jobs.jobs(tmp_path)
    assert (job.state, job.words) == (JobState.STOPPED, "rita")


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (ChronikError("The disk is full.\nFree some."), JobState.FAILED, "The disk is full. Free some."),
        (ValueError("secret"), JobState.FAILED, "ValueError"),
        (KeyboardInterrupt(), JobState.STOPPED, ""),
    ],
)
def test_work_that_fails_says_so(tmp_path, error, state, words):
    def work():
        with working(tmp_path) as report:
            report(step(1))
            raise error

    with pytest.raises(type(error)):
        work()
    (job,) = jobs.jobs(tmp_path)
    assert (job.state, job.words) == (state, words)


def test_no_handler_of_ordinary_failures_catches_a_stop():
    assert not issubclass(JobStoppedError, Exception)


PROGRAM = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from chronik.archive import Step, jobs
jobs.SHOWN_AFTER_S = 0
with jobs.working(Path(sys.argv[1]), kind="import", who="eva", clock=lambda: datetime.now(UTC)) as report:
    report(Step(stage="pages", done=1, total=2))
    print("running", flush=True)
    time.sleep(60)
"""


def test_killed_work_shows_as_ended(tmp_path):
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path)], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        (job,) = jobs.jobs(tmp_path)
        assert job.state is JobState.RUNNING
        os.kill(process.pid, signal.SIGKILL)
    assert jobs.jobs(tmp_path)[0].state is JobState.KILLED
    with pytest.raises(NotFoundError):
        jobs.ask_to_stop(tmp_path, job.id, by="eva")


def test_only_what_runs_can_be_stopped(tmp_path):
    for name in ("", "../../x", "20260501T120000-abcdef", "\0", "x" * 9_000):
        with pytest.raises(NotFoundError):
            jobs.ask_to_stop(tmp_path, name, by="eva")


def test_old_records_go_and_running_ones_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "KEPT_MAX", 3)
    with working(tmp_path, kind="first") as first:
        first(step(1))
        for _ in range(6):
            with working(tmp_path, clock=lambda: datetime(2026, 6, 1, tzinfo=UTC)) as report:
                report(step(1))
        assert len(list((tmp_path / "jobs").glob("*.json"))) == 4
        first(step(2))


def test_records_of_others_and_broken_ones_are_passed_over(tmp_path):
    (tmp_path / "jobs").mkdir()
    for number, text in enumerate(("", "{", "[]", "[" * 90_000, '{"state": "running"}', '{"started": 3}', "\0")):
        (tmp_path / "jobs" / f"20260501T12000{number}-abcdef.json").write_text(text)
    (tmp_path / "jobs" / "other.json").write_text("{}")
    assert jobs.jobs(tmp_path) == []


def test_work_goes_on_where_nothing_can_be_written(tmp_path):
    (tmp_path / "jobs").write_text("a file in the way")
    with working(tmp_path) as report:
        for number in range(3):
            report(step(number))
    assert jobs.jobs(tmp_path) == []


def test_a_thousand_steps_cost_little(tmp_path):
    with jobs.working(tmp_path, kind="x", who="y", clock=lambda: NOW) as report:
        begun = time.process_time()
        for number in range(1_000):
            report(step(number, total=1_000))
        assert time.process_time() - begun < 1

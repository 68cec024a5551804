"""Long commands can be seen and stopped from elsewhere, and by Ctrl+C."""

import signal
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from chronik.archive import Step, jobs
from chronik.cli import output, working
from chronik.cli.app import app
from chronik.errors import JobStoppedError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "SHOWN_AFTER_S", 0)
    monkeypatch.setattr(jobs, "ASKED_EVERY_S", 0)
    monkeypatch.setenv("CHRONIK_ARCHIVE", str(tmp_path))
    (tmp_path / "chronik.toml").write_text("")
    return tmp_path


@contextmanager
def command(folder):
    with working.within(folder), output.progress(hidden=True) as show:
        yield show


def test_a_command_is_listed_and_stopped(folder):
    listed = CliRunner().invoke(app, ["jobs", "--json"])
    assert listed.output.strip() == "[]"

    def work():
        with command(folder) as show:
            show(Step(stage="pages", done=1, total=2))
            (job,) = jobs.jobs(folder)
            assert job.kind == "jobs"
            assert job.id in CliRunner().invoke(app, ["jobs"]).output
            assert "asked to stop" in CliRunner().invoke(app, ["jobs", "stop", job.id]).output
            show(Step(stage="pages", done=2, total=2))

    with pytest.raises(JobStoppedError):
        work()


def test_ctrl_c_ends_the_item_at_hand_and_twice_ends_at_once(folder, capsys):
    def work(*, presses):
        with command(folder) as show:
            show(Step(stage="pages", done=1, total=2))
            for _ in range(presses):
                signal.raise_signal(signal.SIGINT)
            show(Step(stage="pages", done=2, total=2))

    with pytest.raises(JobStoppedError):
        work(presses=1)
    assert "Press Ctrl+C again" in capsys.readouterr().err
    assert jobs.jobs(folder)[0].words == working.OWN_KEY
    with pytest.raises(KeyboardInterrupt):
        work(presses=2)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_command_without_archive_tells_nobody(tmp_path):
    with output.progress(hidden=True) as show:
        show(Step(stage="pages", done=1, total=2))
    assert not (tmp_path / "jobs").exists()

"""Redaction: nothing is left in any file, everything else holds, whenever it is killed and whatever is restored."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PLACES = ("rows redacted", "records overwritten", "index redacted")
"""At which the redaction is killed; `python -m tests.archive.redaction_trial FOLDER PLACE...` tries others."""
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("redaction")
    asked = [sys.executable, "-m", "tests.archive.redaction_trial", str(folder), *PLACES]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_before_it_the_words_stand_everywhere(report):
    assert report["prepared"] == {"done": None}
    told = " ".join(report["before"])
    for where in ("sqlite3", "index/", "openings", "site/", "vault/", "quarantine", "backup/", "elsewhere/", "second/"):
        assert where in told


def test_after_it_no_file_holds_them(report):
    assert report["redacted"] == {"done": None}
    assert report["after"]["done"]["hits"] == []


def test_everything_else_is_there_and_proved(report):
    after = report["after"]["done"]
    assert after["wrong"] == []
    assert after["proved"] == ""
    assert after["captures"] == ["https://talbote.example/other", "https://talbote.example/other?2"]
    assert after["clips"] == ["https://talbote.example/other"]
    assert after["tombstones"] >= 3


@pytest.mark.parametrize("place", PLACES)
def test_killed_it_is_finished_by_who_opens_the_archive_next(report, place):
    told = report["killed"][place]
    assert told["killed"] == {"killed": True}
    assert told["after"]["done"] == report["after"]["done"]


def test_an_old_backup_comes_back_without_it(report):
    restored = report["restored"]["done"]
    assert restored["hits"] == []
    assert restored["found"] == []
    assert "https://talbote.example/other" in restored["captures"]

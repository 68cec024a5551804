"""Runs the program as a user does: a process of its own, in an archive of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

TIMEOUT_S = 120
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def run(*arguments, archive=None, timeout_s=TIMEOUT_S, stdin=None):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CHRONIK_", "DJANGO_"))}
    environment["CHRONIK_ENCODER"] = "none"
    if archive is not None:
        environment["CHRONIK_ARCHIVE"] = str(archive)
    command = [sys.executable, "-m", "chronik", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=timeout_s, input=stdin, check=False)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def chronik(tmp_path):
    """The program in a fresh archive."""
    archive = tmp_path / "archive"
    assert run("init", archive).code == 0

    def call(*arguments, **options):
        return run(*arguments, archive=archive, **options)

    call.archive = archive
    return call


@pytest.fixture
def press_archive():
    """The ancestor's page, where the shared data stands beside the checkout."""
    path = SHARED / "press-archive" / "2020-nagorno-karabakh.txt"
    if not path.is_file():
        pytest.skip("the shared data set with the press page is not beside this checkout")
    return path

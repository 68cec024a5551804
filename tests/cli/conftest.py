"""Runs the program as a user does: a process of its own, in an archive of its own."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
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
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder, name) for name in ("stdin", "stdout", "stderr")}
        files["stdin"].write_bytes(stdin or b"")
        asked = {
            "arguments": [*map(str, arguments)],
            "environment": environment,
            "timeout_s": timeout_s,
            **{name: str(path) for name, path in files.items()},
        }
        code = _answered(asked)
        return Outcome(code, files["stdout"].read_bytes().decode(), files["stderr"].read_bytes().decode())


def _answered(asked):
    warm = _warm()
    warm.stdin.write(json.dumps(asked).encode() + b"\n")
    warm.stdin.flush()
    code = int(warm.stdout.readline())
    assert code != -signal.SIGKILL, f"it took more than {asked['timeout_s']} seconds: {asked['arguments']}"
    return code


@cache
def _warm():
    """One for all tests of this process; it ends with its standard input."""
    program = Path(__file__).with_name("warm.py")
    warm = subprocess.Popen([sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(warm.communicate)
    return warm


@pytest.fixture(scope="session")
def fresh_archive(tmp_path_factory):
    """An archive that nothing has happened in: it has no key and no ledger yet."""
    archive = tmp_path_factory.mktemp("fresh") / "archive"
    assert run("init", archive).code == 0
    return archive


@pytest.fixture
def chronik(tmp_path, fresh_archive):
    """The program in a fresh archive."""
    archive = tmp_path / "archive"
    shutil.copytree(fresh_archive, archive)

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

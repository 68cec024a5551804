"""Packages of the sample newsroom, written by the program itself, and what looks at them."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass

import pytest
from tests.browser.conftest import chromium  # noqa: F401 - a fixture
from tests.replay import needs

from chronik.sample import newsroom

COMMAND_TIMEOUT_S = 120
DOSSIER = "schleuse"
SAMPLE_PORT = 8471
CLIPS = 6
"""Of the sample's dossier: they are in several languages and character sets."""


@dataclass
class Packed:
    """A WACZ, and passages that have to be found in it, by the addresses of their pages."""

    path: object
    passages: dict


def chronik(archive, *arguments):
    """Run the program; what it printed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CHRONIK_", "DJANGO_"))}
    environment["CHRONIK_STATE_DIRECTORY"] = str(archive.parent / "state")
    environment["CHRONIK_ARCHIVE"] = str(archive)
    command = [sys.executable, "-m", "chronik", *map(str, arguments)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=COMMAND_TIMEOUT_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def needed(path):
    if not path.exists():
        pytest.skip(f"{path.name} is not in .replay/ (run: make test-replay)")
    return path


@pytest.fixture(scope="session")
def viewer():
    return needed(needs.VIEWER / "ui.js").parent


@pytest.fixture(scope="session")
def py_wacz():
    return needed(needs.PY_WACZ / "bin" / "python")


@pytest.fixture(scope="session")
def signature_service():
    """The address of a service that checks signatures by Node's WebCrypto."""
    node = shutil.which("node")
    if not node:
        pytest.skip("Node.js is not installed")
    program = os.fspath(needs.LOCK.with_name("verify_signature.mjs"))
    with subprocess.Popen([node, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        yield f"http://127.0.0.1:{running.stdout.readline().strip()}/"
        running.stdin.close()


@pytest.fixture(scope="session")
def packages(tmp_path_factory):
    """What a capture, a clip, a story and a dossier of the sample newsroom rest on, each as a WACZ."""
    folder = tmp_path_factory.mktemp("replay")
    archive = folder / "archive"
    chronik(archive, "init", "--sample", archive)
    chronik(archive, "collect")
    chronik(archive, "dossier", "new", "de=Die Schleuse", "en=The sluice", "--slug", DOSSIER)
    clips = [clipped(archive, choice) for choice in newsroom.choices(SAMPLE_PORT)[:CLIPS]]
    story = json.loads(chronik(archive, "stories", "--json"))[0]["id"]
    wanted = {"clip": clips[0]["id"], "capture": clips[1]["capture_id"], "story": story, "dossier": DOSSIER}
    passages = {"clip": clips[:1], "capture": clips[1:2], "story": [], "dossier": clips}
    return {
        kind: packed(archive, name, folder / f"{kind}.wacz", {one["url"]: one["excerpt"] for one in passages[kind]})
        for kind, name in wanted.items()
    }


def clipped(archive, choice):
    return json.loads(chronik(archive, "clip", choice.url, "--dossier", DOSSIER, "--quote", choice.quote, "--json"))


def packed(archive, name, path, passages):
    """The WACZ of one thing; where no passages are given, the beginning of each page in its own list."""
    chronik(archive, "export", name, "--as", "wacz", "--to", path)
    return Packed(path=path, passages=passages or {one["url"]: one["text"].split("\n")[0] for one in pages(path)})


def pages(path):
    """The pages of a WACZ, as its list has them."""
    with zipfile.ZipFile(path) as held:
        return [json.loads(line) for line in held.read("pages/pages.jsonl").splitlines()[1:]]

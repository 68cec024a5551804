"""Backups of a living archive, and archives out of backups."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.conftest import run

ROOT = Path(__file__).resolve().parents[2]
WRITER = "import sys, pathlib; from tests.torture.house import work; work(pathlib.Path(sys.argv[1]), 1, 1, 0.02)"
MAKER = "import sys, pathlib; from tests.torture.house import prepare; prepare(pathlib.Path(sys.argv[1]))"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("backups")


def environment(archive):
    found = {name: value for name, value in os.environ.items() if not name.startswith(("CHRONIK_", "DJANGO_"))}
    return found | {"CHRONIK_ENCODER": "none", "CHRONIK_ARCHIVE": str(archive)}


def written(archive, seconds):
    """Let a worker write for a while, then kill it; the lines that it promised."""
    command = [sys.executable, "-c", WRITER, str(archive)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(archive), stdout=subprocess.PIPE) as worker:
        first = worker.stdout.readline()
        yield worker
        time.sleep(seconds)
        worker.send_signal(signal.SIGKILL)
        yield (first + worker.stdout.read()).decode().splitlines()


@pytest.fixture(scope="module")
def house(place):
    archive = place / "archive"
    subprocess.run([sys.executable, "-c", MAKER, str(archive)], cwd=ROOT, env=environment(archive), check=True)
    with (archive / "chronik.toml").open("a") as settings:
        settings.write('encoder_key = "very-secret"\n')
    (archive / "my-root.pem").write_text("a certificate")
    return archive


@pytest.fixture(scope="module")
def backups(house, place):
    """Two backups: one taken while a worker writes, and one of what it left."""
    work = written(house, 1.0)
    next(work)
    time.sleep(0.5)
    first = run("backup", place / "backups", "--json", archive=house)
    promised = next(work)
    assert first.code == 0, first.err
    # What the killed worker left is put in order here, else a restored copy goes ahead of it under the same key.
    assert run("status", archive=house).code == 0
    second = run("backup", place / "backups", "--json", archive=house)
    assert second.code == 0, second.err
    return {"first": first.json, "second": second.json, "promised": promised, "folder": place / "backups"}


def test_a_backup_taken_while_others_write_comes_back_whole(backups, place):
    restored = run("restore", backups["folder"], "--to", place / "one", "--backup", backups["first"]["name"], "--json")
    # What was signed after this backup is known outside of it: the archive says that it is an old one.
    assert {finding["subject"] for finding in restored.json["findings"]} <= {"ledger"}, restored.json
    first = {path.name for path in (place / "one" / "vault").iterdir()}
    assert first


def test_the_last_backup_brings_back_everything_promised(backups, house, place):
    restored = run("restore", backups["folder"], "--to", place / "two", "--json")
    assert (restored.code, restored.json["findings"]) == (0, []), restored.err
    before, after = (run("status", "--json", archive=one).json["counts"] for one in (house, place / "two"))
    assert before == after
    promised = sum(line.startswith("captures ") for line in backups["promised"])
    assert after["captures"] >= promised > 0
    assert (place / "two" / "my-root.pem").read_text() == "a certificate"
    assert (place / "two" / "secret.key").read_text() != (house / "secret.key").read_text()


def test_only_what_changed_is_read_again(backups, house):
    again = run("backup", backups["folder"], "--json", archive=house).json
    assert again["fresh"] <= 4
    assert again["files"] >= backups["second"]["files"] - 2


def test_no_secret_goes_along(backups, house):
    secrets = [b"very-secret", (house / "secret.key").read_bytes()]
    for path in backups["folder"].rglob("*"):
        if path.is_file():
            assert not any(secret in path.read_bytes() for secret in secrets)


def test_a_backup_is_read_again_on_demand(backups, place):
    assert run("backup", backups["folder"], "--check").code == 0
    copy = place / "rotten"
    shutil.copytree(backups["folder"], copy)
    manifest = json.loads((copy / "manifests" / (copy / "latest").read_text().strip()).read_text())
    name = next(name for name in manifest["files"] if name.endswith(".warc.gz"))
    digest = manifest["files"][name]["digest"]
    path = copy / "objects" / digest[:2] / digest
    path.write_bytes(path.read_bytes()[:-1])
    checked = run("backup", copy, "--check", "--json")
    assert (checked.code, [damage["file"] for damage in checked.json["damages"]]) == (1, [name])
    restored = run("restore", copy, "--to", place / "never")
    assert restored.code == 1
    assert name in restored.err
    assert "Traceback" not in restored.err
    assert not (place / "never" / "chronik.toml").exists()


def test_a_restoring_that_was_broken_off_goes_on(backups, place):
    target = place / "broken-off"
    target.mkdir()
    (target / ".restoring").touch()
    (target / "my-root.pem").write_text("half of")
    assert run("restore", backups["folder"], "--to", target).code == 0
    assert (target / "my-root.pem").read_text() == "a certificate"


def test_an_archive_is_never_written_over(backups, house, place):
    before = sorted(path.name for path in house.iterdir())
    for target in (house, place):
        refused = run("restore", backups["folder"], "--to", target)
        assert refused.code == 1
        assert "not an empty folder" in refused.err
    assert sorted(path.name for path in house.iterdir()) == before


def test_a_backup_into_the_archive_itself_is_refused(house):
    for folder in (house / "backups", house, house.parent):
        refused = run("backup", folder, archive=house)
        assert (refused.code, "lie in one another" in refused.err) == (2, True)


def test_where_there_is_no_backup_that_is_said(tmp_path):
    for arguments in (["restore", tmp_path, "--to", tmp_path / "new"], ["backup", tmp_path, "--check"]):
        refused = run(*arguments)
        assert refused.code in {1, 2}
        assert "There is no backup" in refused.err


def test_a_folder_that_cannot_be_written_is_said(house, tmp_path):
    (tmp_path / "file").write_text("in the way")
    refused = run("backup", tmp_path / "file" / "backups", archive=house)
    assert refused.code == 1
    assert "Traceback" not in refused.err

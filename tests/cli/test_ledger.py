"""The ledger on the command line."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import run

PROGRAM = Path(__file__).parents[2] / "tools" / "verify_bundle.py"
PAGE = "<html><head><title>Die Brücke</title></head><body><article><h1>Die Brücke</h1>{}</article></body></html>"


@pytest.fixture
def filled(chronik, tmp_path):
    """An archive with a dossier, a page that was taken in, and a clip of it."""
    page = tmp_path / "bruecke.html"
    text = "".join(
        f"<p>Die Brücke von Mirrenhall wird im Jahr {year} neu gebaut, sagte die Stadt.</p>" for year in range(9)
    )
    page.write_text(PAGE.format(text), encoding="utf-8")
    assert chronik("import", page).code == 0
    assert chronik("dossier", "new", "de=Brücke", "--slug", "bruecke").code == 0
    [found] = chronik("search", "Mirrenhall", "--json").json["hits"]
    done = chronik("clip", found["id"], "--dossier", "bruecke", "--quote", "im Jahr 7 neu gebaut", "--json")
    assert done.code == 0, done.err
    chronik.article, chronik.clip = found["id"], done.json["id"]
    return chronik


def test_an_empty_archive_has_nothing_recorded(chronik):
    done = chronik("ledger", "status")
    assert (done.code, done.out.strip()) == (0, "Nothing is recorded yet.")
    assert chronik("verify").code == 0


def test_every_command_records_what_it_did(filled):
    found = filled("ledger", "status", "--json").json
    assert (found["due"], found["fault"]) == (0, None)
    assert found["leaves"] == 3
    assert found["checkpoint"].startswith(found["origin"] + f"\n{found['leaves']}\n{found['root']}\n\n— ")
    told = filled("ledger", "status").out
    assert found["keys"][0]["key"] in told
    assert filled("verify").code == 0


def test_a_clip_is_proved_by_its_capture_and_its_acts(filled):
    found = filled("ledger", "prove", filled.clip, "--json").json
    assert [one["kind"] for one in found] == ["capture", "act"]
    assert found[1]["payload"]["act"]["verb"] == "clip"
    assert filled("ledger", "prove", filled.clip).out.count("c2sp.org/tlog-proof@v1\n") == 2


def test_a_bundle_is_checked_by_two_programs(filled, tmp_path):
    path = tmp_path / "clip.bundle"
    made = filled("ledger", "bundle", filled.clip, filled.article, "--to", path, "--json").json
    for command in (["-m", "chronik", "ledger", "check"], ["-I", PROGRAM]):
        given = [sys.executable, *map(str, command), str(path), "--key", made["key"], "--json"]
        done = subprocess.run(given, capture_output=True, check=False)
        assert (done.returncode, json.loads(done.stdout)["fault"]) == (0, None)
    assert filled("ledger", "bundle", filled.clip, "--to", path).code == 1
    data = path.read_text().replace("im Jahr 7", "im Jahr 8")
    path.write_text(data)
    done = run("ledger", "check", path)
    assert done.code == 1
    assert "proves nothing: leaf" in done.err


def test_what_is_not_there_is_told(filled, tmp_path):
    for command in (["prove", "0" * 64], ["bundle", "nothing", "--to", tmp_path / "x"]):
        done = filled("ledger", *command)
        assert (done.code, "There is no capture, article, act or clip" in done.err) == (1, True)


def test_the_key_is_rotated_and_everything_stays_provable(filled):
    before = filled("ledger", "status", "--json").json
    changed = filled("ledger", "rotate-key", "--json").json
    after = filled("ledger", "status", "--json").json
    assert changed["leaf"] == before["leaves"]
    assert [one["key"] for one in after["keys"]] == [before["keys"][0]["key"], changed["key"]]
    assert filled("verify").code == 0


def test_after_an_old_backup_nothing_is_signed_and_why_is_said(filled, tmp_path):
    shutil.copytree(filled.archive, tmp_path / "backup")
    assert filled("dossier", "new", "de=Fluss").code == 0
    shutil.rmtree(filled.archive)
    shutil.copytree(tmp_path / "backup", filled.archive)
    done = filled("dossier", "new", "de=Tal")
    assert done.code == 0
    assert "an older backup was restored" in done.err
    status = filled("ledger", "status", "--json")
    assert (status.code, status.json["due"]) == (1, 1)
    assert "Restore the newest backup" in status.json["fault"]
    found = filled("verify", "--json").json["findings"]
    assert any("old state" in one["what"] for one in found)


ROWS = [
    ("UPDATE catalogue_capturerow SET captured_at = '2020-01-01 00:00:00'", "capture ", "captured_at"),
    ("UPDATE catalogue_actrow SET by = 'max' WHERE verb = 'clip'", "act ", "lacks it as it was"),
    ("UPDATE catalogue_cliprow SET excerpt = replace(excerpt, '7', '8')", "clip ", "excerpt"),
    ('UPDATE catalogue_leafrow SET "index" = "index" + 5', "act ", "marked as leaf"),
    ("DELETE FROM catalogue_actrow WHERE verb = 'clip'", "act ", "lacks it as it was"),
]


def test_rows_that_were_changed_are_named(filled, tmp_path):
    shutil.copytree(filled.archive, tmp_path / "sound")
    for statement, subject, what in ROWS:
        shutil.rmtree(filled.archive)
        shutil.copytree(tmp_path / "sound", filled.archive)
        with closing(sqlite3.connect(filled.archive / "chronik.sqlite3")) as database:
            database.execute("DROP TRIGGER act_no_update")
            database.execute("DROP TRIGGER act_no_delete")
            database.execute(statement)
            database.commit()
        done = filled("verify", "--json")
        told = [one for one in done.json["findings"] if one["subject"].startswith(subject) and what in one["what"]]
        assert (done.code, bool(told)) == (1, True), (statement, done.json["findings"])


def test_a_copy_elsewhere_is_verified_with_the_public_key(filled, tmp_path):
    key = filled("ledger", "status", "--json").json["keys"][0]["key"]
    settings = filled.archive / "chronik.toml"
    settings.write_text(settings.read_text() + f'state_directory = "{tmp_path / "elsewhere"}"\n')
    done = filled("verify")
    assert (done.code, "name it with --key" in done.err) == (1, True)
    assert filled("verify", "--key", key).code == 0
    assert filled("verify", "--key", key[:-2]).code == 1


def test_where_the_key_is_lost_a_new_ledger_follows(filled, tmp_path):
    settings = filled.archive / "chronik.toml"
    settings.write_text(settings.read_text() + f'state_directory = "{tmp_path / "elsewhere"}"\n')
    assert filled("dossier", "new", "de=Tal").code == 0
    assert "chronik ledger renew" in filled("ledger", "status", "--json").json["fault"]
    [problem] = filled("status", "--json").json["problems"]
    assert problem["kind"] == "ledger"
    assert filled("ledger", "renew", "--reason", "the disk broke").code == 0
    assert filled("ledger", "status", "--json").json["leaves"] == 5
    assert filled("verify").code == 0

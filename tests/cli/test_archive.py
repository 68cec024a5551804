"""`init`, `status`, `verify`, `doctor`: what a user sees of the archive as a whole."""

import sqlite3

from tests.cli.conftest import run


def test_init_makes_an_archive_and_never_overwrites_one(tmp_path):
    folder = tmp_path / "mine"
    assert run("init", folder).code == 0
    assert {path.name for path in folder.iterdir()} >= {"chronik.toml", "chronik.sqlite3", "vault", "index", "site"}
    before = (folder / "chronik.toml").read_bytes()
    again = run("init", folder)
    assert again.code == 1
    assert "already" in again.err
    assert (folder / "chronik.toml").read_bytes() == before


def test_init_leaves_other_peoples_folders_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    refused = run("init", tmp_path)
    assert refused.code == 1
    assert "not an empty folder" in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_database_writes_ahead_and_syncs(chronik):
    database = sqlite3.connect(chronik.archive / "chronik.sqlite3")
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_status_tells_people_and_programs(chronik):
    assert "Nothing is wrong" in chronik("status").out
    found = chronik("status", "--json").json
    assert found["counts"]["articles"] == 0
    assert found["counts"]["sources"] > 50
    assert found["due"] == {"feeds": 0, "leads": 0, "readings": 0, "indexing": 0, "relating": 0}
    assert found["problems"] == []
    assert found["encoder"]["answers"]


def test_a_missing_archive_is_one_clear_line(tmp_path):
    outcome = run("status", archive=tmp_path / "nowhere")
    assert outcome.code == 2
    assert len(outcome.err.strip().splitlines()) == 1
    assert "chronik init" in outcome.err


def test_the_archive_option_stands_before_or_after_the_command(chronik, tmp_path):
    for arguments in (("--archive", chronik.archive, "status"), ("status", "--archive", chronik.archive)):
        assert run(*arguments).code == 0


def test_a_wrong_setting_is_named(chronik):
    settings = chronik.archive / "chronik.toml"
    settings.write_text(settings.read_text() + 'time_zone2 = "x"\n')
    outcome = chronik("status")
    assert outcome.code == 2
    assert "time_zone2" in outcome.err
    assert "Traceback" not in outcome.err


def test_verify_finds_a_flipped_bit(chronik, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><body><article><h1>T</h1>" + "<p>A sentence of some length stands here.</p>" * 20)
    assert chronik("import", page).code == 0
    assert chronik("verify").code == 0
    warc = next((chronik.archive / "vault").glob("*.warc.gz"))
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 1
    warc.write_bytes(data)
    outcome = chronik("verify", "--json")
    assert outcome.code == 1
    assert outcome.json["findings"]


def test_doctor_looks_at_every_part(chronik):
    parts = chronik("doctor", "--json")
    assert parts.code == 0
    assert {part["part"] for part in parts.json} >= {"disk", "database", "index", "folders", "encoder"}


def test_doctor_names_a_rule_of_a_newspaper_that_cannot_be_used(chronik, tmp_path):
    folder = next(tmp_path.rglob("chronik.toml")).parent / "publishers"
    folder.mkdir()
    (folder / "talbote.example.toml").write_text('newspaper = "Talbote"\n[[version]]\ntitel = 1\n', encoding="utf-8")
    outcome = chronik("doctor", "--json")
    (part,) = [part for part in outcome.json if part["part"] == "newspapers"]
    assert outcome.code == 1
    assert "titel" in part["words"]


def test_wrong_usage_has_its_own_exit_code(chronik):
    assert chronik("collect", "--no-such-option").code == 2
    assert chronik("nonsense").code == 2
    assert chronik("publish").code == 2


def test_every_command_explains_itself_with_an_example(chronik):
    import re

    listing = run("--help").out
    named = "init up status import follow collect add read dossier clip search versions publish export"
    named += " verify reread worker doctor"
    for command in named.split():
        assert re.search(rf"\b{command}\b", listing)
        shown = run(command, "--help")
        assert shown.code == 0
        assert "Example" in shown.out or command == "dossier"


def test_a_lost_database_is_told(chronik, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><body><article><h1>T</h1>" + "<p>A sentence of some length stands here.</p>" * 20)
    assert chronik("import", page).code == 0
    for part in chronik.archive.glob("chronik.sqlite3*"):
        part.unlink()
    problems = chronik("status", "--json").json["problems"]
    assert [problem["kind"] for problem in problems] == ["database"]

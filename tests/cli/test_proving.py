"""`stamp` and `fixity` as a person calls them, and an archive whose disk failed."""

import pytest
from tests.cli.conftest import run


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proving")
    archive = folder / "archive"
    assert run("init", archive).code == 0
    page = folder / "page.html"
    page.write_text("<html><body><article><h1>Bridge opened</h1><p>" + "The bridge is open. " * 40 + "</p></article>")
    assert run("import", page, archive=archive).code == 0
    return archive


def test_without_authorities_stamp_says_so(house):
    told = run("stamp", archive=house)
    assert told.code == 0
    assert "No time-stamp authority is set" in told.out
    assert run("stamp", "--json", archive=house).json["asked"] == []


def test_an_authority_whose_root_is_missing_is_named(house):
    settings = house / "chronik.toml"
    before = settings.read_text()
    settings.write_text(before + 'timestamp_authorities = ["a https://clock.example/tsr nowhere.pem"]\n')
    try:
        if run("status", "--json", archive=house).json.get("ledger", {}).get("leaves"):
            told = run("stamp", archive=house)
            assert told.code == 2
            assert "nowhere.pem" in told.err
    finally:
        settings.write_text(before)


def test_fixity_reads_everything_and_then_nothing(house):
    first = run("fixity", "--json", archive=house)
    assert (first.code, first.json["hurt"]) == (0, [])
    assert first.json["files"] == first.json["read"] == 1
    assert run("fixity", "--json", archive=house).json["read"] == 0
    assert "1 files read again" in run("fixity", "--all", archive=house).out


def test_fixity_names_what_is_hurt(house):
    (path,) = (house / "vault").glob("*.warc.gz")
    whole = path.read_bytes()
    path.write_bytes(whole[:900] + bytes([whole[900] ^ 1]) + whole[901:])
    try:
        told = run("fixity", "--all", archive=house)
        assert told.code == 1
        assert path.name in told.err
        assert "Traceback" not in told.err
        problems = run("status", "--json", archive=house).json["problems"]
        assert path.name in [problem["subject"] for problem in problems if problem["kind"] == "vault"]
    finally:
        path.write_bytes(whole)
    assert run("fixity", "--all", archive=house).code == 0


def test_an_archive_whose_disk_failed_refuses_until_it_was_verified(house):
    (house / "read-only").write_text("2026-05-01T12:00:00+00:00: vault could not be synced: Input/output error\n")
    page = house.parent / "page.html"
    for arguments in (["import", page], ["fixity"], ["collect"], ["dossier", "new", "en=Bridges"]):
        refused = run(*arguments, archive=house)
        assert refused.code == 1, (arguments, refused)
        assert "chronik verify" in refused.err, (arguments, refused)
        assert "Traceback" not in refused.err
    assert run("search", "bridge", archive=house).code == 0
    assert "its disk failed" in run("status", archive=house).out
    assert run("verify", archive=house).code == 0
    assert not (house / "read-only").exists()
    assert run("fixity", archive=house).code == 0


def test_the_grades_of_an_article_are_told(house):
    found = run("search", "bridge", "--json", archive=house).json
    identity = found["hits"][0]["id"]
    told = run("ledger", "grades", identity, "--json", archive=house).json
    assert [one["grade"] for one in told[0]["proofs"]] == ["unchanged-since", "seen-by-others", "said-by-the-site"]
    assert [one["state"] for one in told[0]["proofs"]] == ["proved", "nothing", "nothing"]

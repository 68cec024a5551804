"""Web archives in one file, on the command line: out, verified, and in again."""

import shutil

import pytest
from tests.cli.conftest import SHARED, run

PAGE = "<html><head><title>Die Brücke</title></head><body><article><h1>Die Brücke</h1>{}</article></body></html>"
FIXTURES = SHARED / "preservation" / "pywacz" / "tests" / "fixtures"


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


def test_a_dossier_a_clip_and_an_article_are_written_and_verified(filled, tmp_path):
    for name in ("bruecke", filled.clip, filled.article):
        path = tmp_path / f"{name[:8]}.wacz"
        done = filled("export", name, "--as", "wacz", "--to", path)
        assert done.code == 0, done.err
        found = run("verify", path, "--json").json
        assert (found["findings"], found["pages"], found["signature"]) == ([], 1, "signed by a key")
        assert found["key"] in done.out
        assert run("verify", path, "--key", found["key"]).code == 0
        assert run("verify", path, "--key", "another").code == 1


def test_a_file_that_is_there_is_not_written_over(filled, tmp_path):
    path = tmp_path / "a.wacz"
    path.write_bytes(b"mine")
    done = filled("export", "bruecke", "--as", "wacz", "--to", path)
    assert (done.code, "--force" in done.err, path.read_bytes()) == (1, True, b"mine")
    assert filled("export", "bruecke", "--as", "wacz", "--to", path, "--force").code == 0
    assert sorted(tmp_path.glob(".a.wacz*")) == []


def test_what_cannot_be_exported_is_told(filled, tmp_path):
    for arguments in (["nothing", "--to", tmp_path / "a.wacz"], ["bruecke"], ["bruecke", "--to", tmp_path / "x" / "a"]):
        done = filled("export", *arguments, "--as", "wacz")
        assert (done.code in {1, 2}, "Traceback" in done.err) == (True, False)


def test_another_archive_takes_it_in_with_its_signature(filled, tmp_path):
    path = tmp_path / "a.wacz"
    assert filled("export", "bruecke", "--as", "wacz", "--to", path).code == 0
    other = tmp_path / "other"
    assert run("init", other).code == 0
    [done] = run("import", path, "--json", archive=other).json
    assert (done["kind"], done["added"], done["refused"]) == ("wacz", {"captures": 1}, [])
    assert done["notes"][0]["note"].startswith("signed by the key ")
    [again] = run("import", path, "--json", archive=other).json
    assert (again["added"], again["known"]) == ({"captures": 0}, 1)
    assert run("search", "Mirrenhall", "--json", archive=other).json["hits"] != []
    assert run("verify", archive=other).code == 0
    opening = b"".join(path.read_bytes() for path in sorted((other / "ledger" / "openings").iterdir()))
    assert b'"signature":"signed by a key"' in opening


def test_a_damaged_wacz_is_quarantined_and_nothing_of_it_taken_in(filled, tmp_path):
    path = tmp_path / "a.wacz"
    assert filled("export", "bruecke", "--as", "wacz", "--to", path).code == 0
    data = bytearray(path.read_bytes())
    data[300] ^= 1
    path.write_bytes(data)
    assert run("verify", path).code == 1
    other = tmp_path / "other"
    assert run("init", other).code == 0
    done = run("import", path, archive=other)
    assert (done.code, "archive/data-0001.warc.gz" in done.err, "Nothing was taken in" in done.err) == (1, True, True)
    assert len(list((other / "vault" / "quarantine").glob("refused-*.wacz"))) == 1
    assert run("status", "--json", archive=other).json["counts"]["captures"] == 0


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("valid_example_1.wacz", "not signed"),
        ("valid_example_2.wacz", "not signed"),
        ("valid_signed_example_1.wacz", "signed for the domain btrix-sign-test.webrecorder.net with authsigner"),
        ("invalid_signed_example_1.wacz", "wrongly signed: its certificates lead to no known authority"),
        ("invalid_example_1.wacz", ""),
    ],
)
def test_samples_of_others_come_in_with_what_is_to_be_known_or_not_at_all(chronik, tmp_path, name, note):
    if not FIXTURES.is_dir():
        pytest.skip("the shared data set on preservation is not beside this checkout")
    shutil.copy(FIXTURES / name, tmp_path / name)
    done = chronik("import", tmp_path / name, "--json")
    [result] = done.json
    if note:
        assert result["notes"][0]["note"].startswith(note)
        assert result["added"]["captures"] > 0
    else:
        assert "Nothing was taken in" in result["failure"]

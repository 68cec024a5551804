"""`init` that was interrupted at any point is finished by the next `init`, and never in other people's folders."""

import stat

import pytest
from tests.cli.conftest import run

SETTINGS = "chronik.toml"
KEY = "secret.key"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mine"


def test_init_goes_on_where_it_was_interrupted(folder):
    assert run("init", folder).code == 0
    key = (folder / KEY).read_bytes()
    (folder / SETTINGS).unlink()
    (folder / f"{SETTINGS}.new").write_text("na")
    assert run("init", folder, "--sample").code == 0
    assert (folder / KEY).read_bytes() == key
    assert not (folder / f"{SETTINGS}.new").exists()
    found = run("status", "--json", archive=folder).json
    assert found["sample"]
    assert found["counts"]["feeds"] > 0


def test_init_goes_on_after_the_key_alone(folder):
    folder.mkdir()
    (folder / "vault").mkdir()
    (folder / f"{KEY}.new").write_text("half a k")
    assert run("init", folder).code == 0
    assert len((folder / KEY).read_text()) > 40
    assert {path.name for path in folder.iterdir()} >= {SETTINGS, "chronik.sqlite3", "vault", "index", "site"}
    assert not list(folder.glob("*.new"))


@pytest.mark.parametrize("name", ["vault/a.warc.gz", "site/index.html", "index/a.txt", "vault", "letter.txt"])
def test_init_leaves_folders_alone_that_hold_something(folder, name):
    theirs = folder / name
    theirs.parent.mkdir(parents=True)
    theirs.write_text("mine")
    refused = run("init", folder)
    assert refused.code == 1
    assert "not an empty folder" in refused.err
    assert [path for path in folder.rglob("*") if path.is_file()] == [theirs]


def test_an_empty_folder_open_to_others_is_closed_to_them(folder):
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert run("init", folder).code == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in (KEY, SETTINGS):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600

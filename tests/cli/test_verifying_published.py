"""`verify FOLDER`: what a stranger is told of a published folder, and what its own archive says of it."""

import json
import shutil

from tests.cli.conftest import run


def test_a_stranger_verifies_a_copy_and_the_archive_says_whether_it_is_the_latest(chronik, tmp_path):
    chronik("dossier", "new", "en=The mill stream", "--slug", "mill-stream")
    assert chronik("publish", "mill-stream", "--json").json[0]["unsealed"] == ""
    copy = tmp_path / "copy"
    shutil.copytree(chronik.archive / "site", copy)

    told = run("verify", copy)  # no archive is at hand
    assert told.code == 0
    for words in (
        "mill-stream: as sealed",
        "7 files of one dossier checked, 0 wrong",
        "No --key was given",
        "No time stamp",
    ):
        assert words in told.out
    key = run("verify", copy, "--json").json["dossiers"][0]["key"]
    held = run("verify", copy, "--key", key)
    assert (held.code, "No --key" in held.out) == (0, False)

    assert run("verify", copy, "--archive", chronik.archive).code == 0
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "a1", "title": "Sluice", "text": "It was closed.", "source": "Valley Post"}))
    chronik("import", rows)
    article = chronik("search", "sluice", "--json").json["hits"][0]["id"]
    assert chronik("clip", article, "--dossier", "mill-stream", "--quote", "It was closed.").code == 0
    assert chronik("publish", "mill-stream").code == 0
    outdated = run("verify", copy, "--archive", chronik.archive)
    assert (outdated.code, "is an older edition" in outdated.err) == (1, True)

    page = copy / "mill-stream/index.html"
    page.write_bytes(page.read_bytes().replace(b"The mill stream", b"The mill strike"))
    wrong = run("verify", copy / "mill-stream", "--json")
    assert wrong.code == 1
    [finding] = wrong.json["findings"]
    assert (finding["dossier"], finding["file"]) == ("mill-stream", "mill-stream/index.html")
    assert "was changed" in finding["what"]


def test_what_cannot_be_verified_is_refused_in_one_line(chronik, tmp_path):
    (tmp_path / "empty").mkdir()
    for what, words in (
        (tmp_path / "empty", "no published dossier"),
        (tmp_path / "nowhere", "cannot be read"),
        ("http://127.0.0.1:9/mill-stream/", "no published dossier"),
        ("http://", "Not an address"),
        ("x" * 5_000, "too long"),
    ):
        told = run("verify", what)
        assert told.code != 0
        assert words in told.err
        assert len(told.err.strip().splitlines()) == 1


def test_an_archive_can_be_named_as_it_is(chronik):
    assert run("verify", chronik.archive).code == 0

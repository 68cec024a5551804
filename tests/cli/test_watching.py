"""Clipped pages on the command line."""

import json

import pytest

PAGE = "https://talbote.invalid/schleuse.html"


@pytest.fixture
def clipped(chronik, tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "a", "url": PAGE, "title": "Sluice", "text": "It was shut.", "language": "en"}))
    assert chronik("import", rows).code == 0
    assert chronik("dossier", "new", "en=The sluice", "--slug", "sluice").code == 0
    chronik.clip = chronik("clip", PAGE, "--dossier", "sluice", "--quote", "It was shut.", "--json").json["id"]
    return chronik


def test_nothing_is_listed_while_nothing_was_seen(clipped):
    assert clipped("watch", "list", "--json").json == []
    assert clipped("watch", "list", "--dossier", "sluice").code == 0


def test_what_was_never_fetched_is_not_looked_at(clipped):
    looked = clipped("watch", "look", clipped.clip)
    assert (looked.code, looked.out.strip()) == (0, "0 pages looked at, 0 passages do not stand any more.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--dossier", "nowhere"], "nowhere"),
        (["look"], "--dossier"),
        (["look", "f" * 64], "There is no clip"),
        (["look", "--dossier", "nowhere"], "nowhere"),
        (["note", "77"], "chronik watch list"),
    ],
)
def test_bad_input_is_told_in_a_line_or_two(clipped, arguments, said):
    refused = clipped("watch", *arguments)
    assert refused.code != 0
    assert said in refused.err
    assert "Traceback" not in refused.err

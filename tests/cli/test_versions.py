"""`versions` on the command line."""

import json

import pytest

PAGE = "https://talbote.example/schleuse.html"
TEXTS = ("Die Schleuse blieb am Montag zu.\n\n3 Kommentare", "Die Schleuse blieb am Dienstag zu.\n\nDer Bach stieg.")


@pytest.fixture
def page(chronik, tmp_path):
    for number, text in enumerate(TEXTS):
        rows = tmp_path / f"{number}.jsonl"
        row = {"id": str(number), "url": PAGE, "title": "Schleuse zu", "text": text, "language": "de"}
        rows.write_text(json.dumps(row), encoding="utf-8")
        assert chronik("import", rows).code == 0
    return PAGE


def test_versions_are_told_oldest_first_with_their_changes(chronik, page):
    told = chronik("versions", page)
    assert told.code == 0
    assert "paragraph 1: Die Schleuse blieb am [-Montag-]{+Dienstag+} zu." in told.out
    assert "new paragraph 2: {+Der Bach stieg.+}" in told.out
    assert "Kommentare" not in told.out


def test_programs_get_every_version_whole(chronik, page):
    first, second = chronik("versions", page, "--json").json
    assert first["changes"] == []
    assert first["compared_with"] is None
    assert second["compared_with"] == first["id"]
    assert len(second["text_digest"]) == 64
    assert second["changes"][0] == {
        "field": "text",
        "paragraph_before": 1,
        "paragraph_after": 1,
        "pieces": [
            {"part": "kept", "text": "Die Schleuse blieb am "},
            {"part": "removed", "text": "Montag"},
            {"part": "added", "text": "Dienstag"},
            {"part": "kept", "text": " zu."},
        ],
    }
    assert chronik("versions", second["id"][:12], "--json").json == [first, second]


def test_an_unknown_page_is_named(chronik):
    refused = chronik("versions", "https://nowhere.example/")
    assert refused.code == 1
    assert "nowhere.example" in refused.err
    assert len(refused.err.strip().splitlines()) <= 2

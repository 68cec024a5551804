"""`dossier`, `clip`, `search`, `publish`, `export` on the command line."""

import json
import re
from datetime import UTC, datetime

import pytest

TEXT = (
    "The water board closed the sluice on Friday. “We had no choice”, said the board’s speaker.\n\n"
    "The owners of the mill disagree and want to go to court next week."
)


@pytest.fixture
def article_id(chronik, tmp_path):
    rows = tmp_path / "rows.jsonl"
    row = {"id": "a1", "title": "Sluice closed", "text": TEXT, "language": "en", "source": "Valley Post"}
    rows.write_text(json.dumps(row))
    assert chronik("import", rows).code == 0
    return chronik("search", "sluice", "--json").json["hits"][0]["id"]


def test_a_quote_is_clipped_as_the_text_has_it(chronik, article_id):
    slug = chronik("dossier", "new", "en=The mill stream", "de=Der Mühlbach").out.strip()
    made = chronik(
        "clip",
        article_id[:10],
        "--dossier",
        slug,
        "--quote",
        '"We had  no choice", said the board\'s speaker',
        "--json",
    )
    assert made.code == 0
    clip = made.json
    assert clip["excerpt"] == "“We had no choice”, said the board’s speaker"
    assert clip["credit"] == "Valley Post"
    assert clip["happened"] is None
    assert {selector["type"] for selector in clip["selectors"]} == {"TextQuoteSelector", "TextPositionSelector"}
    assert [c["id"] for c in chronik("dossier", "show", slug, "--json").json["clips"]] == [clip["id"]]
    listed = chronik("dossier", "list", "--json").json
    assert [(d["slug"], d["names"]) for d in listed] == [(slug, {"en": "The mill stream", "de": "Der Mühlbach"})]


def test_what_does_not_stand_in_the_text_is_refused(chronik, article_id):
    slug = chronik("dossier", "new", "The mill stream").out.strip()
    refused = chronik("clip", article_id, "--dossier", slug, "--quote", "The board was happy to close the sluice")
    assert refused.code == 1
    assert len(refused.err.strip().splitlines()) <= 2
    assert chronik("dossier", "show", slug, "--json").json["clips"] == []


def test_unknown_dossiers_articles_and_days_are_named(chronik, article_id):
    for arguments, code in (
        (("clip", article_id, "--dossier", "none", "--quote", "sluice"), 1),
        (("clip", "0123456789", "--dossier", "none", "--quote", "sluice"), 1),
        (("clip", article_id, "--dossier", "none", "--quote", "sluice", "--happened", "31.2."), 2),
        (("dossier", "show", "none"), 1),
        (("export", "none"), 1),
        (("publish", "none"), 1),
        (("export", "none", "--as", "nonsense"), 2),
    ):
        outcome = chronik(*arguments)
        assert outcome.code == code
        assert "Traceback" not in outcome.err


def test_publishing_writes_files_once_and_takes_them_back(chronik, article_id, tmp_path):
    slug = chronik("dossier", "new", "en=The mill stream").out.strip()
    chronik("clip", article_id, "--dossier", slug, "--quote", "closed the sluice on Friday")
    first = chronik("publish", slug, "--json").json[0]
    assert first["changed"] > 0
    page = (chronik.archive / "site" / slug / "index.html").read_text(encoding="utf-8")
    assert "closed the sluice on Friday" in page
    assert re.findall("<script[^>]*>", page) == ['<script src="../verify.js" defer>']
    chronik("publish", slug, "--to", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / slug / "index.html").is_file()
    chronik("publish", slug, "--remove")
    assert not (chronik.archive / "site" / slug).exists()


def test_export_as_json_holds_the_three_clocks(chronik, article_id):
    slug = chronik("dossier", "new", "en=The mill stream").out.strip()
    chronik("clip", article_id, "--dossier", slug, "--quote", "closed the sluice", "--happened", "2025-05-02")
    clip = chronik("export", slug).json["clips"][0]
    assert clip["happened"] == "2025-05-02"
    assert clip["clipped"]
    assert [one["id"] for one in chronik("export", slug, "--as", "csl").json] == [clip["id"][:12]]
    assert chronik("export", slug, "--as", "bibtex").out.startswith(f"@online{{chronik-{clip['id'][:12]},\n")
    assert chronik("export", slug, "--as", "ris").out.startswith("TY  - ")


def test_any_string_can_be_searched(chronik, article_id):
    for words in ("sluice", '"', "a AND (", "lang:de", "*", "-", "from:nonsense", "]]>" * 50, "ß ı İ 漢字"):
        outcome = chronik("search", "--json", "--", words)
        assert outcome.code == 0, outcome.err


def test_a_dossier_is_shown_as_it_was_known(chronik, tmp_path):
    assert chronik("dossier", "new", "en=The mill stream").code == 0
    shown = chronik("dossier", "show", "the-mill-stream", "--as-of", "1999-01-01")
    assert (shown.code, "1999-01-01 00:00" in shown.err) == (1, True)
    now = datetime.now(UTC).isoformat()
    assert chronik("dossier", "show", "the-mill-stream", "--as-of", now, "--json").json["names"] == {
        "en": "The mill stream"
    }
    assert chronik("export", "the-mill-stream", "--as-of", now).json["kind"] == "chronik-dossier"
    folder = tmp_path / "then"
    assert chronik("publish", "the-mill-stream", "--as-of", now, "--to", folder).code == 0
    assert (folder / "the-mill-stream" / "index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dossier", "show", "x", "--as-of", "yesterday"], "is no moment"),
        (["dossier", "show", "x", "--as-of", "2999-01-01"], "has not come yet"),
        (["publish", "x", "--as-of", "2026-01-01"], "--to DIR"),
        (["export", "x", "--as", "press-page", "--as-of", "2026-01-01"], "JSON only"),
    ],
)
def test_a_moment_that_makes_no_sense_is_refused(chronik, arguments, said):
    refused = chronik(*arguments)
    assert refused.code != 0
    assert said in refused.err

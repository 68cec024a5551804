"""`import` and `export`: files of others come in once, whole, and what cannot be read is named."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from tests.cli.conftest import SHARED
from tests.extract.pdf_files import Line, column, pdf

HEADING = "Archiv: The mill stream / Der Mühlbach 2025"
PAGE = f"""{HEADING}

03.05.2025 - 18:20 [ Talbote ]

Schleuse bleibt geschlossen

Der Wasserverband hat die Schleuse am Samstag geschlossen und will sie vorerst nicht wieder öffnen.

02.05.2025 - 09:05 [ ]

Sluice closed after dispute

The water board closed the sluice on Friday after weeks of dispute with the owners of the mill.
"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_the_ancestors_page_comes_in_whole_and_goes_out_byte_for_byte(chronik, press_archive):
    outcome = chronik("import", press_archive, "--json")
    assert outcome.code == 0
    (result,) = outcome.json
    assert result["added"] == {"clips": 63, "unread_entries": 0}
    shown = chronik("dossier", "show", result["dossier"], "--json").json
    assert set(shown["names"]) == {"en", "de"}
    assert len(shown["clips"]) == 63
    assert {clip["language"] for clip in shown["clips"]} == {"de", "en", "fr"}
    assert shown["clips"][0]["clipped"] == "2023-10-02T12:21:00+02:00"
    by_credit = {clip["credit"]: clip["source_id"] for clip in shown["clips"]}
    assert by_credit[""] is None
    assert by_credit["Auswärtiges Amt / German Foreign Office"] == by_credit["Auswärtiges Amt"]
    out = chronik.archive.parent / "out.txt"
    assert chronik("export", result["dossier"], "--as", "press-page", "--to", out).code == 0
    assert out.read_bytes() == press_archive.read_bytes()


def test_taking_in_twice_adds_nothing(chronik, page):
    first = chronik("import", page, "--json").json[0]
    again = chronik("import", page, "--json").json[0]
    assert first["added"]["clips"] == 2
    assert (again["added"]["clips"], again["known"]) == (0, 2)


def test_a_malformed_entry_is_named_by_its_line_and_kept_and_the_rest_comes_in(chronik, tmp_path):
    path = tmp_path / "broken.txt"
    path.write_text(PAGE.replace("03.05.2025 - 18:20", "31.02.2025 - 18:20"), encoding="utf-8")
    outcome = chronik("import", path, "--json")
    assert outcome.code == 1
    result = outcome.json[0]
    assert result["added"] == {"clips": 1, "unread_entries": 1}
    assert result["refused"][0]["where"] == "line 3"
    exported = chronik("export", result["dossier"], "--as", "press-page")
    assert exported.out == path.read_text(encoding="utf-8")


def test_a_later_page_of_more_years_is_the_same_dossier(chronik, page):
    first = chronik("import", page, "--json").json[0]
    later = PAGE.replace("2025\n", "2025-2026\n", 1).replace(
        "03.05.2025 - 18:20", "01.01.2026 - 08:00 [ ]\n\nFollow-up\n\nA year has passed.\n\n03.05.2025 - 18:20"
    )
    page.write_text(later, encoding="utf-8")
    second = chronik("import", page, "--json").json[0]
    assert second["dossier"] == first["dossier"]
    assert (second["added"]["clips"], second["known"]) == (1, 2)
    assert chronik("export", first["dossier"], "--as", "press-page").out == later


def test_topics_whose_names_make_the_same_slug_stay_apart(chronik, tmp_path):
    for name in ("C++", "C#"):
        (tmp_path / f"{name}.txt").write_text(PAGE.replace("The mill stream / Der Mühlbach", name), encoding="utf-8")
    results = chronik("import", tmp_path / "C++.txt", tmp_path / "C#.txt", "--json").json
    assert len({result["dossier"] for result in results}) == 2
    assert [result["added"]["clips"] for result in results] == [2, 2]


def test_one_file_that_cannot_be_read_does_not_stop_the_others(chronik, page, tmp_path):
    missing = tmp_path / "missing.jsonl"
    for arguments in ((missing, page), ("--as", "jsonl", missing)):
        outcome = chronik("import", *arguments)
        assert outcome.code == 1
        assert "Traceback" not in outcome.err
    assert chronik("import", page, "--json").json[0]["known"] == 2


def test_an_empty_file_of_a_forced_kind_is_refused(chronik, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("\n\n")
    for kind in ("urls", "jsonl", "opml", "html", "warc", "press-page"):
        outcome = chronik("import", "--as", kind, empty)
        assert outcome.code == 1
        assert len(outcome.err.strip().splitlines()) == 1


def test_bad_input_gives_one_clear_line_each(chronik, tmp_path):
    junk, empty, wrong = tmp_path / "junk.bin", tmp_path / "empty.txt", tmp_path / "latin1.txt"
    junk.write_bytes(os.urandom(4096))
    empty.write_bytes(b"")
    wrong.write_bytes(PAGE.encode("latin-1"))
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.write(b"word " * 200)
        file.truncate(200 * 2**20)
    missing = tmp_path / "missing.html"
    files = [junk, empty, wrong, large, missing, tmp_path]
    outcome = chronik("import", *files)
    assert outcome.code == 1
    lines = [line for line in outcome.err.splitlines() if line.strip()]
    assert len(lines) == len(files)
    assert "Traceback" not in outcome.err
    assert chronik("status", "--json").json["counts"]["captures"] == 0


def test_a_page_without_text_says_why(chronik, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<html><head><title>Nothing</title></head><body><img src=a.png></body></html>")
    outcome = chronik("import", path)
    assert outcome.code == 1
    assert [line for line in outcome.err.splitlines() if "page.html" in line and "text" in line]
    found = chronik("status", "--json").json
    assert (found["counts"]["captures"], found["counts"]["articles"]) == (1, 0)
    assert [problem["kind"] for problem in found["problems"]] == ["capture"]


def test_saved_pages_lists_feeds_and_articles_come_in(chronik, tmp_path):
    body = "<p>The water board closed the sluice on Friday after weeks of dispute with the mill.</p>" * 8
    html = f"<html lang=en><head><title>Sluice</title></head><body><article><h1>Sluice closed</h1>{body}</article>"
    saved, opml = tmp_path / "saved.html.gz", tmp_path / "feeds.opml"
    saved.write_bytes(gzip.compress(html.encode()))
    opml.write_text('<opml version="2.0"><body><outline type="rss" xmlUrl="https://a.example/feed"/></body></opml>')
    urls, rows = tmp_path / "urls.txt", tmp_path / "rows.jsonl"
    urls.write_text("# mine\nhttps://a.example/1\nhttps://a.example/2\n")
    rows.write_text(
        json.dumps({"id": 1, "title": "Streik", "text": "Die Arbeiter legten die Arbeit nieder."}) + "\n{bad\n"
    )
    outcome = chronik("import", saved, opml, urls, rows, "--json")
    kinds = {result["kind"]: result["added"] for result in outcome.json}
    assert kinds == {"html": {"captures": 1}, "opml": {"feeds": 1}, "urls": {"leads": 2}, "jsonl": {"articles": 1}}
    assert outcome.code == 1
    assert outcome.json[3]["refused"][0]["where"] == "line 2"
    assert chronik("import", saved, rows, "--json").json[0]["known"] == 1
    assert chronik("status", "--json").json["counts"]["articles"] == 2


@pytest.mark.skipif(not (SHARED / "news").is_dir(), reason="the shared news WARC files are not beside this checkout")
def test_a_killed_import_goes_on_where_it_was(chronik):
    source = SHARED / "news" / "cut-short.warc.gz"
    environment = {**os.environ, "CHRONIK_ARCHIVE": str(chronik.archive)}
    for delay_s in (0.6, 1.2, 2.0):
        process = subprocess.Popen(
            [sys.executable, "-m", "chronik", "import", str(source)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
    whole = chronik("import", source, "--json").json[0]
    assert whole["refused"]
    found = chronik("status", "--json").json
    assert found["counts"]["captures"] == whole["added"]["captures"] + whole["known"]
    assert found["due"]["readings"] == 0
    assert chronik("verify").code == 0
    assert chronik("import", source, "--json").json[0]["added"] == {"captures": 0}


def test_documents_come_in_with_their_article_or_say_why_there_is_none(chronik, tmp_path):
    release, scan, mail = tmp_path / "release.pdf", tmp_path / "scan.pdf", tmp_path / "release.eml"
    release.write_bytes(pdf([Line(60, 760, "Sluice stays shut", 20), *column(["It stays shut, said the ministry."])]))
    scan.write_bytes(pdf([]))
    mail.write_bytes(
        b"From: a@e.example\r\nDate: Sun, 3 May 2026 10:00:00 +0200\r\nSubject: Sluice\r\n\r\nIt stays shut.\r\n"
    )
    outcome = chronik("import", release, scan, mail, "--json")
    assert [result["kind"] for result in outcome.json] == ["document"] * 3
    assert [result["added"] for result in outcome.json] == [{"captures": 1}] * 3
    assert "no text layer" in outcome.json[1]["refused"][0]["reason"]
    assert outcome.code == 1
    assert chronik("import", release, "--json").json[0]["known"] == 1
    assert chronik("status", "--json").json["counts"]["articles"] == 2

"""`read`: files and addresses in, one line each out, whatever they hold."""

import gzip
import json
import os
import subprocess
import sys

import pytest
from tests.cli.conftest import run
from tests.extract.pdf_files import Line, column, pdf
from tests.fakes.server import loopback

KEYS = [
    "file",
    "url",
    "canonical_url",
    "amp_url",
    "alternates",
    "kind",
    "title",
    "authors",
    "published",
    "modified",
    "language",
    "script",
    "direction",
    "source",
    "text",
    "paragraphs",
    "blocks",
    "links",
    "pictures",
    "names",
    "statements",
    "dates",
    "paywalled",
    "truncated",
    "made_by",
]
PARAGRAPH = (
    "Die Schleuse am Mühlbach blieb bis zum Abend geschlossen, sagte die Sprecherin am Donnerstag im Gemeinderat."
)
PAGE = f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Schleuse bleibt zu | Talbote</title>
<meta property="og:site_name" content="Talbote">
<meta property="article:published_time" content="2026-05-01T08:00:00+02:00">
<link rel="canonical" href="https://talbote.example/schleuse.html"></head>
<body><h1>Schleuse bleibt zu</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH} Mehr dazu folgt.</p></body></html>"""


def lines(outcome):
    return [json.loads(line) for line in outcome.out.split("\n") if line]


def test_a_saved_page_is_one_object_with_exactly_these_fields(tmp_path):
    saved = tmp_path / "page.html"
    saved.write_text(PAGE, encoding="utf-8")
    outcome = run("read", "--json", saved)
    assert outcome.code == 0
    assert outcome.err == ""
    (found,) = lines(outcome)
    assert list(found) == KEYS
    assert found["file"] == str(saved)
    assert found["url"] == found["canonical_url"] == "https://talbote.example/schleuse.html"
    assert (found["title"], found["source"], found["language"]) == ("Schleuse bleibt zu", "Talbote", "de")
    assert (found["published"], found["modified"]) == ("2026-05-01T08:00:00+02:00", None)
    assert (found["authors"], found["paywalled"]) == ([], None)
    assert found["paragraphs"] == [PARAGRAPH, f"{PARAGRAPH} Mehr dazu folgt."]
    assert found["text"] == "\n\n".join(found["paragraphs"])
    assert (found["kind"], found["script"], found["direction"]) == ("article", "Latn", "ltr")
    assert len(found["blocks"]) == len(found["paragraphs"])


def test_what_cannot_be_read_is_named_in_its_place_and_the_rest_goes_on(tmp_path):
    (tmp_path / "good.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "packed.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(os.urandom(9_000))[:-2_000])
    (tmp_path / "junk.html").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "latin.html").write_bytes(PAGE.replace("utf-8", "windows-1252").encode("cp1252"))
    (tmp_path / "no words.txt").write_text("123 456\n", encoding="utf-8")
    (tmp_path / "text.txt").write_text(f"{PARAGRAPH}\n\n{PARAGRAPH}\n", encoding="utf-8")
    with (tmp_path / "large.txt").open("wb") as large:
        large.truncate(200 * 2**20)
    with gzip.open(tmp_path / "bomb.html.gz", "wb", compresslevel=9) as bomb:
        for _ in range(64):
            bomb.write(bytes(2**20))
    (tmp_path / "folder").mkdir()
    good = {"good.html", "packed.html.gz", "latin.html", "text.txt"}
    names = [*sorted(path.name for path in tmp_path.iterdir()), "missing.html", "good.html"]
    outcome = run("read", "--json", "--jobs", "2", *(tmp_path / name for name in names), "a\nb.html")
    assert outcome.code == 1
    found = lines(outcome)
    assert [row["file"] for row in found] == [*(str(tmp_path / name) for name in names), "a\nb.html"]
    for name, row in zip([*names, "a\nb.html"], found, strict=True):
        if name in good:
            assert list(row) == KEYS
            assert PARAGRAPH in row["text"]
        else:
            assert list(row) == ["file", "failure"]
            assert row["failure"].strip()
            assert "\n" not in row["failure"]
    assert "64.0 MiB" in next(row["failure"] for row in found if row["file"].endswith("large.txt"))


def test_standard_input_is_a_file_too():
    outcome = run("read", "--json", "-", stdin=PAGE.encode())
    assert outcome.code == 0
    assert lines(outcome)[0]["file"] == "-"


def test_people_see_the_title_where_it_stands_and_how_it_begins(tmp_path):
    saved = tmp_path / "page.html"
    saved.write_text(PAGE, encoding="utf-8")
    outcome = run("read", saved, tmp_path / "missing.html")
    assert outcome.code == 1
    assert outcome.out.startswith("Schleuse bleibt zu\nTalbote · 2026-05-01T08:00:00+02:00 · de")
    assert PARAGRAPH in outcome.out
    assert outcome.err == f"{tmp_path / 'missing.html'}: There is no such file.\n"


def test_what_a_page_says_does_not_steer_the_terminal(tmp_path):
    saved = tmp_path / "page.html"
    saved.write_text(PAGE.replace("Schleuse bleibt zu", "Schleuse &#27;[31m bleibt \x1b]0;x\x07 zu"), encoding="utf-8")
    assert "\x1b" not in run("read", saved).out


def test_the_output_is_utf_8_and_one_line_an_object_whatever_the_locale(tmp_path):
    saved = tmp_path / "page.txt"
    saved.write_text("Erstens\u2028zweitens über drei Wörter und noch einige mehr.", encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "chronik", "read", "--json", str(saved)]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert len(done.stdout.decode().splitlines()) == 1
    assert "über" in json.loads(done.stdout)["text"]


def test_an_address_is_fetched_where_that_is_permitted(monkeypatch):
    body = PAGE.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    with loopback(head.encode() + body) as server:
        refused = run("read", "--json", server.url("/schleuse.html"))
        assert refused.code == 1
        assert "not a public address" in lines(refused)[0]["failure"]
        assert server.requests == []
        monkeypatch.setenv("CHRONIK_PERMITTED_ENDPOINTS", f"127.0.0.1:{server.port}")
        command = [sys.executable, "-m", "chronik", "read", "--json", server.url("/schleuse.html")]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["url"] == server.url("/schleuse.html")
        assert found["canonical_url"] == "https://talbote.example/schleuse.html"


@pytest.mark.parametrize("arguments", [["read"], ["read", "--jobs", "0", "x"], ["read", "--jobs", "x", "x"]])
def test_a_wrong_call_is_exit_code_2(arguments):
    assert run(*arguments).code == 2


def test_reading_needs_no_django(tmp_path):
    saved = tmp_path / "page.html"
    saved.write_text(PAGE, encoding="utf-8")
    program = (
        "import sys\nfrom chronik.cli.app import app\n"
        f"if __name__ == '__main__':\n    app(['read', '--json', {str(saved)!r}], standalone_mode=False)\n"
        "    print([name for name in sys.modules if name.partition('.')[0] in {'django', 'trafilatura'}])\n"
    )
    script = tmp_path / "program.py"
    script.write_text(program, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_files_of_other_forms_are_read_or_refused_by_name(tmp_path):
    files = {
        "release.pdf": pdf(
            [Line(60, 760, "Sluice stays shut", 20), *column(["It stays shut, the ministry said on Monday."])]
        ),
        "scan.pdf": pdf([]),
        "talk.srt": b"1\n00:00:01,000 --> 00:00:02,000\nIt stays shut, the ministry said.\n",
        "release.md": b"# Sluice stays shut\n\nIt stays *shut*, the ministry said.\n",
        "sheet.xlsx": b"PK\x03\x04....xl/workbook.xml",
        "photo.jpg": b"\xff\xd8\xff\xe0",
    }
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    outcome = run("read", "--json", *(tmp_path / name for name in files))
    assert outcome.code == 1
    found = dict(zip(files, lines(outcome), strict=True))
    assert (found["release.pdf"]["title"], found["release.pdf"]["kind"]) == ("Sluice stays shut", "document")
    assert found["talk.srt"]["kind"] == "subtitles"
    assert found["release.md"]["text"] == "It stays shut, the ministry said."
    assert "no text layer" in found["scan.pdf"]["failure"]
    assert "a spreadsheet; save it as PDF" in found["sheet.xlsx"]["failure"]
    assert "a picture (JPEG)" in found["photo.jpg"]["failure"]

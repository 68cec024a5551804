"""The benches have something to measure on also without shared data, and count what they say they count."""

import gzip
import json
import sys
from dataclasses import replace

import pytest
from bench import material
from bench.__main__ import main
from bench.reading import command, figures, floors, ours, sets, tables, worst
from bench.reading.peers import environment, process
from bench.reading.peers.findings import ALL
from bench.reading.peers.readers import READERS
from bench.reading.sets import Gold

from chronik.extract.article import article
from chronik.model import Article, Page
from chronik.sample import newsroom

GOLD = Gold(
    set="english",
    page="pages/a.html.gz",
    file=None,
    url="https://example.org/a",
    text="The sluice was closed on Monday.\n\nNobody knew why it was closed.",
    title="The Sluice",
    authors=("Ada Moll",),
    published="2026-05-01 08:00:30+02:00",
)
PAGE = "<html><title>Sluice</title><article><h1>Sluice</h1>" + "<p>The sluice was closed on Monday, they said.</p>" * 9


@pytest.fixture
def scorer():
    if not (sets.SHARED / "bench" / "score_extraction.py").is_file():
        pytest.skip("the shared scorer is not beside this checkout")


def test_without_shared_data_the_sample_newsroom_is_measured_on(monkeypatch, tmp_path):
    monkeypatch.setattr(material, "SHARED", tmp_path)
    pages, origin = material.pages()
    assert origin == "sample newsroom"
    assert len(pages) == sum(len(outlet.pieces) for outlet in newsroom.outlets())
    page = Page(url="https://example.org/a", body=pages[0], media_type="text/html")
    assert isinstance(article(page), Article)


def test_without_shared_data_the_bench_of_reading_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(sets, "DATA", tmp_path)
    assert "not beside this checkout" in " ".join(command.measure(["--ours"]))


@pytest.mark.parametrize("arguments", [["--peers", "nobody"], ["--only", "nothing"], ["--nothing"]])
def test_the_bench_of_reading_refuses_what_it_does_not_know(arguments):
    with pytest.raises(SystemExit) as refused:
        list(command.measure(arguments))
    assert refused.value.code == 2


def test_an_unknown_measurement_is_refused(capsys):
    assert main(["walking"]) == 2
    assert "walking" in capsys.readouterr().err


def test_a_perfect_reading_has_perfect_figures(scorer):
    found = {
        GOLD.page: {"text": GOLD.text, "title": "the sluice", "authors": ["ada moll"], "published": GOLD.published}
    }
    assert set(figures.figures([GOLD], found).values()) == {1.0, 0}
    assert figures.figures([GOLD], found)["failed"] == 0


def test_a_page_without_a_reading_counts_as_empty(scorer):
    assert set(figures.figures([GOLD], {}).values()) == {0.0}
    assert figures.figures([GOLD], {GOLD.page: {"failure": "too slow"}})["failed"] == 1


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("2026-05-01T06:00:00+00:00", True),
        ("2026-05-01T08:00:59", True),
        ("2026-05-01T08:01:00+02:00", False),
        ("2026-05-01", False),
        ("08:00 or so", False),
        ("", False),
    ],
)
def test_the_minute_is_that_of_the_instant(said, same):
    assert figures.same_minute(GOLD.published, said) is same


def test_the_worst_pages_are_told_with_what_lacks_and_what_is_too_much(scorer):
    lines = "\n".join(worst.report([GOLD], {GOLD.page: {"text": "Read also: the mill is for sale."}}, count=9))
    assert "missing 1/2: The sluice was closed" in lines
    assert "extra 1/1: Read also" in lines


def test_another_corpus_has_another_digest(monkeypatch, tmp_path):
    monkeypatch.setattr(sets, "DATA", tmp_path)
    (tmp_path / "dates").mkdir()
    (tmp_path / "dates" / "gold.jsonl").write_text("{}", encoding="utf-8")
    before = sets.digest("dates")
    (tmp_path / "dates" / "gold.jsonl").write_text("{ }", encoding="utf-8")
    assert sets.digest("dates") != before


def test_floors_only_rise(monkeypatch, tmp_path):
    file = tmp_path / "floors.json"
    file.write_text(json.dumps({"corpora": {}, "reading_english": {"body_f1": 0.9}}), encoding="utf-8")
    monkeypatch.setattr(floors, "FILE", file)
    monkeypatch.setattr(sets, "digest", lambda folder: folder)
    floors.rise({"english": {"body_f1": 0.8, "body_recall": 1.0}})
    assert floors.floors()["reading_english"] == {"body_f1": 0.9}
    floors.rise({"english": {"body_f1": 0.96789}})
    assert floors.floors()["reading_english"] == {"body_f1": 0.967}


def test_every_peer_has_a_reader():
    assert set(ALL) == set(READERS) - {"chronik"}


def test_a_reader_answers_from_a_process_of_its_own(tmp_path):
    file = tmp_path / "a.html.gz"
    file.write_bytes(gzip.compress(PAGE.encode()))
    gold = Gold(set="english", page="a", file=file, url="https://example.org/a")
    with process.Reader(sys.executable, "chronik") as reader:
        found = reader.finding(gold)
        assert "The sluice was closed" in found["text"]
        assert found["cpu_s"] > 0
        assert reader.timed_round([gold, gold])["resident_bytes"] > 0


def test_a_reader_that_is_not_installed_is_told_and_holds_up_nothing(tmp_path):
    gold = Gold(set="english", page="a", file=tmp_path / "a.html.gz", url="https://example.org/a")
    with process.Reader(sys.executable, "goose3") as reader:
        assert not reader.start()
        assert "failure" in reader.finding(gold)


def test_a_reader_that_takes_too_long_is_ended_and_begun_again(tmp_path, monkeypatch):
    program = tmp_path / "program.py"
    program.write_text(
        "import json, sys, time\nprint(json.dumps({'version': '1'}), flush=True)\n"
        "for line in sys.stdin:\n"
        "    time.sleep(60 if 'slow' in line else 0)\n    print(json.dumps({'text': 'x'}), flush=True)\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(process, "PROGRAM", program)
    monkeypatch.setattr(process, "PAGE_TIMEOUT_S", 0.2)
    slow, fast = (Gold(set="english", page=name, file=tmp_path / name, url="") for name in ("slow", "fast"))
    with process.Reader(sys.executable, "any") as reader:
        assert "failure" in reader.finding(slow)
        assert reader.finding(fast) == {"text": "x"}


def test_tables_leave_out_what_a_reader_does_not_give():
    scores = {"english": {"chronik": {"body_f1": 0.98765, "failed": 0}, "other": {"body_f1": 1.0}}}
    assert list(tables.quality(scores))[2:-1] == [
        "| reader | body F1 | failed |",
        "|---|---|---|",
        "| chronik | .9877 | 0 |",
        "| other | 1 | – |",
    ]


def test_published_tables_replace_those_of_the_last_time(monkeypatch, tmp_path):
    document = tmp_path / "BENCHMARKS.md"
    document.write_text(f"Before\n{tables.BEGIN}\nold\n{tables.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(tables, "DOCUMENT", document)
    for _ in range(2):
        tables.publish(["| new \\1 |", ""])
    assert document.read_text(encoding="utf-8") == f"Before\n{tables.BEGIN}\n\n| new \\1 |\n\n{tables.END}\nafter\n"


def test_every_peer_is_in_the_lock_file():
    assert all(environment.version(name) for name in ALL)


def test_the_place_for_the_tables_stands_in_the_document():
    text = tables.DOCUMENT.read_text(encoding="utf-8")
    assert text.index(tables.BEGIN) < text.index(tables.END)


def test_a_short_line_that_both_texts_have_is_not_told(scorer):
    found = {GOLD.page: {"text": f"See also\n\n{GOLD.text}"}}
    gold = replace(GOLD, text=f"{GOLD.text}\n\nSee also")
    assert "See also" not in "\n".join(worst.report([gold], found, count=1))


def test_what_was_learned_says_how_it_reads_sites_that_it_has_not_seen():
    assert 0.9 < ours.unseen(sets.ENGLISH)["body_f1"] < 1
    assert ours.unseen(sets.DATES) == {}

"""`relate` on files: a line out for each line in, without an archive."""

import json
import os
import subprocess
import sys

import pytest
from tests.cli.conftest import run

LONG = (
    "The water board closed the Mirre sluice near Hallwerd in the night to Thursday, and nobody noticed before half "
    "past four, when the pumps of five market gardens ran dry. The Orvenne fell by 42 centimetres within three hours."
)


def rows(*reports):
    return "".join(json.dumps(report) + "\n" for report in reports)


@pytest.fixture
def reports(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text(
        rows(
            {"id": "a", "title": "Sluice closed", "text": LONG, "published": "2026-05-01T08:00:00Z"},
            {"id": 2, "title": "Cup final: Pontavelle wins", "language": "eng", "published": "2026-05-01"},
            {"id": "c", "title": "Sluice closed overnight", "text": LONG, "published": "2026-05-01T09:00:00Z"},
        )
    )
    return path


def told(outcome):
    return [json.loads(line) for line in outcome.out.splitlines()]


def test_a_line_comes_out_for_each_that_goes_in(reports):
    outcome = run("relate", reports, "--json")
    assert outcome.code == 0, outcome.err
    found = told(outcome)
    assert [row["id"] for row in found] == ["a", 2, "c"]
    assert set(found[0]) == {"id", "story", "score", "certain", "copy_of", "reasons"}
    assert found[0]["story"] == found[2]["story"] != found[1]["story"]
    assert found[2]["copy_of"] == "a"
    assert found[2]["certain"]
    assert "Sluice closed" in found[2]["reasons"]


def test_all_together_gives_the_order_of_the_lines_too(reports):
    outcome = run("relate", reports, "--json", "--batch", "--verbose")
    assert [row["id"] for row in told(outcome)] == ["a", 2, "c"]
    assert all("judgements" in row for row in told(outcome))


def test_people_see_stories(reports):
    outcome = run("relate", reports)
    assert "2 reports" in outcome.out
    assert "Stories of several reports: 1. Reports alone: 1." in outcome.out


def test_bad_lines_are_named_and_the_good_ones_done(tmp_path):
    path = tmp_path / "bad.jsonl"
    good = rows({"id": "a", "title": "Sluice closed"}).encode()
    lines = [
        b"nonsense\n",
        good,
        b"\n",
        b'{"id": "b"}\n',
        b'{"title": "x"}\n',
        good,
        b'{"id": "n", "title": 7}\n',
        b"\xff\n",
    ]
    path.write_bytes(b"".join(lines))
    outcome = run("relate", path, "--json")
    assert outcome.code == 1
    assert [row["id"] for row in told(outcome)] == ["a"]
    assert [line.split(":")[0].rsplit(" ", 1)[1] for line in outcome.err.splitlines()] == ["1", "4", "5", "6", "7", "8"]


def test_any_text_gives_a_line(tmp_path):
    path = tmp_path / "hostile.jsonl"
    texts = ["\0", "\ud800", "a" * 1_000_000, "\u2028\x85", "", "🜁" * 1000, "<script>", "«»", "０１２", "漢字" * 5000]
    reports = [{"id": str(number), "title": text, "text": text} for number, text in enumerate(texts)]
    reports += [{"id": "late", "title": "x", "published": value} for value in ("soon",)]
    reports += [
        {"id": f"p{value}", "title": "x", "published": value} for value in (10**30, -1, 1.5, True, [], "0001-01-01")
    ]
    path.write_text(rows(*reports))
    outcome = run("relate", path, "--json")
    assert outcome.code == 0, outcome.err
    assert len(outcome.out.split("\n")) == len(reports) + 1


def test_standard_input_is_answered_while_it_stays_open():
    environment = {**os.environ, "CHRONIK_ENCODER": "none"}
    command = [sys.executable, "-m", "chronik", "relate", "-", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        for key in "ab":
            process.stdin.write(rows({"id": key, "title": "Sluice closed overnight"}).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == key
        process.stdin.close()
        assert process.wait(60) == 0
        process.stdout.close()


def test_what_cannot_be_read_or_used_is_said_in_a_line(tmp_path, reports):
    for arguments in (
        ("relate", tmp_path / "none.jsonl"),
        ("relate", tmp_path),
        ("relate", reports, "--encoder", "nonsense"),
        ("relate", reports, "--again"),
        ("relate", "--batch"),
    ):
        outcome = run(*arguments)
        assert outcome.code == 2
        assert len(outcome.err.strip().splitlines()) <= 2
        assert "Traceback" not in outcome.err


def test_an_empty_file_gives_nothing(tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_text("")
    outcome = run("relate", path, "--json")
    assert (outcome.code, outcome.out) == (0, "")

"""The figures as tables in Markdown, and their place in docs/BENCHMARKS.md."""

import re
from pathlib import Path

from bench.reading import sets

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "BENCHMARKS.md"
BEGIN, END = "<!-- reading: begin -->", "<!-- reading: end -->"
HEADS = {
    "body_f1": "body F1",
    "body_precision": "precision",
    "body_recall": "recall",
    "title": "title",
    "authors_f1": "authors F1",
    "day": "day",
    "minute": "minute",
    "failed": "failed",
    "pages_per_cpu_s": "pages/CPU-s",
}
TITLES = {
    sets.ENGLISH: "181 pages, mostly English",
    sets.PUBLISHERS: "175 pages of 120 publishers, German and English",
    sets.DATES: "800 pages with the day of their publication",
}
PARTS = {
    "speed": "Whole reading (text, metadata, language), median of alternating rounds",
    "parallel": "Several processes, started ones and memory of all together",
    "leak": "MiB held by one process after reading all pages so many times",
}
WORDS = {
    "chronik_pages_per_cpu_s": "chronik, pages a CPU second",
    "peer_pages_per_cpu_s": "peer's bare_extraction with metadata, pages a CPU second",
    "ratio": "ratio",
    "peer": "peer",
    "pages": "pages",
    "one_worker_s": "one process, wall seconds from the first result on",
    "two_workers_s": "two processes",
    "peak_mib": "peak memory with two processes, MiB",
}


def quality(scores):
    """One table a set, a row a reader."""
    for name, rows in scores.items():
        columns = [field for field in HEADS if any(field in one for one in rows.values())]
        yield f"### {TITLES[name]}"
        yield ""
        yield "| reader | " + " | ".join(HEADS[field] for field in columns) + " |"
        yield "|---" * (len(columns) + 1) + "|"
        for reader, one in rows.items():
            yield f"| {reader} | " + " | ".join(shown(one.get(field)) for field in columns) + " |"
        yield ""


def parts(measured):
    """One table for each of the other measurements."""
    for part, found in measured.items():
        yield f"### {PARTS[part]}"
        yield ""
        yield "| what | figure |"
        yield "|---|---|"
        for name, value in found.items():
            yield f"| {WORDS.get(name, name)} | {shown(value)} |"
        yield ""


def shown(value):
    """A share with four digits and without its zero, any other number with one."""
    if value is None:
        return "–"
    if not isinstance(value, float):
        return str(value)
    return f"{value:.1f}" if value > 1 else f"{value:.4f}".lstrip("0") if value < 1 else "1"


def publish(lines):
    """Put the tables where those of the last time stand."""
    text = DOCUMENT.read_text(encoding="utf-8")
    between = "\n".join([BEGIN, "", *lines, END])
    replaced = re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: between, text, flags=re.DOTALL)
    DOCUMENT.write_text(replaced, encoding="utf-8")

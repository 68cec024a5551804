"""What the tests of publishers' rules need: golden pages with what stands on them, real ones, and a figure."""

import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chronik.extract import structured
from chronik.extract.article import article
from chronik.extract.encoding import clean, decoded
from chronik.extract.publishers.reading import reading
from chronik.extract.tree import parsed
from chronik.model import Page

GOLDEN = Path(__file__).parent / "golden"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "extraction"
ELSEWHERE = "https://news.example.org/a/1"
"""An address without rules, at which only the general readers read."""
SHINGLE_WORDS = 4


@dataclass(frozen=True, kw_only=True)
class Golden:
    """A page that we wrote in a newspaper's markup of a month, and what stands on it."""

    rules: str
    url: str
    captured_at: str
    title: str
    authors: list[str]
    published: str
    body: list[str]
    html: str

    @property
    def at(self):
        return datetime.fromisoformat(self.captured_at).replace(hour=12, tzinfo=UTC)


def golden_pages():
    return {
        file.stem: Golden(**json.loads(file.read_text()), html=file.with_suffix(".html").read_text())
        for file in sorted(GOLDEN.glob("*.json"))
    }


def proposal(html, url, captured_at=None, **more):
    tree = parsed(html)
    return reading(tree, url=url, declared=structured.declared(tree, url=url), captured_at=captured_at, **more)


def general(html):
    """What is read of the page where no rules are known."""
    return article(Page(url=ELSEWHERE, body=html.encode(), media_type="text/html", charset="utf-8"))


def shared_pages():
    """The real pages of the open set, with what people say stands on them."""
    if not (SHARED / "gold.jsonl").is_file():
        pytest.skip("The shared data is not beside this checkout.")
    rows = map(json.loads, (SHARED / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["set"] == "fundus"]


def html_of(row):
    return clean(decoded(gzip.decompress((SHARED / row["page"]).read_bytes()), ""))


def same(one, other):
    def plain(text):
        return re.sub(r"\W+", " ", text.lower()).strip()

    return plain(one) == plain(other)


def body_f1(expected, found):
    """F1 of the shingles of four words, as in the article-extraction-benchmark of 2020."""
    wanted, got = _shingles(expected), _shingles(found)
    total = wanted.total() + got.total()
    return 2 * (wanted & got).total() / total if total else 1.0


def _shingles(text):
    words = re.findall(r"\w", text) if _is_unspaced(text) else re.findall(r"\w+", text)
    size = min(SHINGLE_WORDS, len(words)) or 1
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def _is_unspaced(text):
    return bool(re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text))

"""How well pages are read, on a fixed sample of real ones: no figure falls below its floor, and floors only rise."""

import gzip
import importlib.util
import json
from pathlib import Path

import pytest

from chronik.extract.article import article
from chronik.extract.language import language
from chronik.model import Article, Page

SHARED = Path(__file__).resolve().parents[3] / "shared"
EXTRACTION = SHARED / "data" / "extraction"
SENTENCES = SHARED / "data" / "language" / "ntrex"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
EVERY = 3
"""One page in three keeps the test short; the whole sets are for the bench."""
LANGUAGES = {
    "arb": "ar",
    "aze-Latn": "az",
    "deu": "de",
    "eng": "en",
    "fas": "fa",
    "fra": "fr",
    "hye": "hy",
    "ita": "it",
    "kat": "ka",
    "rus": "ru",
    "spa": "es",
    "tur": "tr",
    "ukr": "uk",
}


@pytest.fixture(scope="module")
def scorer():
    path = SHARED / "bench" / "score_extraction.py"
    if not path.is_file() or not EXTRACTION.is_dir():
        pytest.skip("the shared extraction set and its scorer are not beside this checkout")
    spec = importlib.util.spec_from_file_location("score_extraction", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def readings(name):
    """Gold and reading of the sample's pages in one set."""
    with (EXTRACTION / "gold.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["set"] == name]
    for gold in rows[::EVERY]:
        body = gzip.decompress((EXTRACTION / gold["page"]).read_bytes())
        found = article(Page(url=gold["url"], body=body, media_type="text/html"))
        yield gold, found if isinstance(found, Article) else None


def share(values):
    values = list(values)
    return sum(values) / len(values)


def authors_f1(scorer, gold, found):
    wanted, given = scorer.names(gold["authors"]), scorer.names(found.authors if found else ())
    return 2 * len(wanted & given) / (len(wanted) + len(given))


def assert_not_below(name, figures):
    low = {key: (round(value, 4), FLOORS[name][key]) for key, value in figures.items() if value < FLOORS[name][key]}
    assert low == {}, f"{name}: figure, floor"
    assert set(figures) == set(FLOORS[name])


def test_english_pages_are_read_as_well_as_before(scorer):
    pairs = [(gold["text"], found.text if found else "") for gold, found in readings("scrapinghub")]
    assert_not_below("reading_english_pages", {"body_f1": scorer.body(pairs)["f1"]})


def test_publishers_pages_are_read_as_well_as_before(scorer):
    rows = list(readings("fundus"))
    figures = {
        "body_f1": scorer.body([(gold["text"], found.text if found else "") for gold, found in rows])["f1"],
        "title": share(
            scorer.plain(gold["title"]) == scorer.plain(found.title if found else "") for gold, found in rows
        ),
        "day": share(gold["published"][:10] == (found.published if found else "")[:10] for gold, found in rows),
        "authors_f1": share(authors_f1(scorer, gold, found) for gold, found in rows if gold["authors"]),
    }
    assert_not_below("reading_publishers_pages", figures)


def test_headlines_are_told_by_language_as_well_as_before():
    if not SENTENCES.is_dir():
        pytest.skip("the shared sentences are not beside this checkout")
    shares = []
    for name, tag in LANGUAGES.items():
        with gzip.open(SENTENCES / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            first = {}
            for row in map(json.loads, lines):
                first.setdefault(row["document"], row["text"])
        shares.append(share(language(text) == tag for text in first.values()))
    assert_not_below("language_of_headlines", {"macro_accuracy": share(shares)})

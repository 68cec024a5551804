"""How well pages are read, on fixed sets of real ones: no figure falls below its floor, and floors only rise."""

import gzip
import json

import pytest
from bench.reading import figures, floors, ours, sets
from tests.quality.floors import assert_not_below, corpus

from chronik.extract.language import language

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


@pytest.mark.parametrize(
    ("name", "folder"), [(sets.ENGLISH, "extraction"), (sets.PUBLISHERS, "extraction"), (sets.DATES, "dates")]
)
def test_pages_are_read_as_well_as_before(name, folder):
    corpus(folder)
    pages = sets.pages(name)
    found = figures.figures(pages, ours.findings(pages))
    assert_not_below(f"reading_{name}", {key: found[key] for key in floors.PINNED if key in found})


def test_headlines_are_told_by_language_as_well_as_before():
    folder = corpus("language/ntrex")
    shares = []
    for name, tag in LANGUAGES.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            first = {}
            for row in map(json.loads, lines):
                first.setdefault(row["document"], row["text"])
        right = [language(text) == tag for text in first.values()]
        shares.append(sum(right) / len(right))
    assert_not_below("language_of_headlines", {"macro_accuracy": sum(shares) / len(shares)})

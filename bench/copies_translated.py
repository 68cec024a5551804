"""How surely a translation is told by the rule for origins: documents of NTREX among translations of all others."""

import gzip
import json
from itertools import combinations, product

from bench.material import SHARED
from chronik.model import Report
from chronik.relate.bridge import Bridge
from chronik.relate.origins import agreement, names_and_numbers_agree
from chronik.relate.traits import traits_of

LANGUAGES = {
    "deu": "de", "eng": "en", "fra": "fr", "rus": "ru", "spa": "es", "ita": "it", "tur": "tr", "pol": "pl", "ukr": "uk",
    "arb": "ar", "hye": "hy", "zho-CN": "zh",
}  # fmt: skip
DOCUMENTS_EACH = 2
"""One document in so many."""
TWO_ON_ONE_EVENT = frozenset({"euronews-en.153797", "reuters.218865"})
"""Two documents that report the same happening, in other words."""


def rows():
    """A row for each pair of languages, the worst first, and what was wrongly taken for a translation."""
    read = {file: dict(documents(file, language)) for file, language in LANGUAGES.items()}
    yield "names and numbers alone, without vectors, agency and time, by the first 1,200 signs:"
    yield "| languages | translations | told | other pairs | wrongly told |"
    yield "|---|---|---|---|---|"
    counts = [(pair, *counted(read[pair[0]], read[pair[1]])) for pair in combinations(LANGUAGES, 2)]
    for pair, same, told, other, wrong in sorted(counts, key=lambda row: row[2] / row[1]):
        yield f"| {'–'.join(pair)} | {same} | {told / same:.2f} | {other:,} | {wrong} |"
    same, told, other, wrong = (sum(column) for column in list(zip(*counts, strict=True))[1:])
    yield f"| all | {same:,} | {told / same:.3f} | {other:,} | {wrong} |"


def documents(file, language):
    """Names of the documents, and what relating reads in each."""
    bridge, texts = Bridge(), {}
    with gzip.open(SHARED / "language" / "ntrex" / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            texts.setdefault(row["document"], []).append(row["text"])
    for name in sorted(texts)[::DOCUMENTS_EACH]:
        title, *text = texts[name]
        yield name, traits_of(Report(id=name, title=title, text=" ".join(text), language=language), bridge=bridge)


def counted(first, second):
    """Translations and those of them that are told, other pairs and those of them that are wrongly told."""
    said = {
        pair: names_and_numbers_agree(agreement(first[pair[0]], second[pair[1]])) for pair in product(first, second)
    }
    same = [told for (one, other), told in said.items() if one == other]
    apart = [told for pair, told in said.items() if pair[0] != pair[1] and set(pair) != TWO_ON_ONE_EVENT]
    return len(same), sum(same), len(apart), sum(apart)

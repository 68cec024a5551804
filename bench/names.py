"""How well names are found: places in three English sets, and names of all kinds in sentences of fourteen languages.

The sentences are marked by hand in `tests/quality/names.json`, by place and kind alone. Those whose results nobody
looked at while the rules were written are counted apart. A name counts where both ends and the kind are right.
"""

import gzip
import json
import time
from collections import Counter
from pathlib import Path
from statistics import harmonic_mean
from xml.etree import ElementTree as ET

from bench.material import SHARED
from chronik.extract.names import names
from chronik.model.readings import NameKind

GOLD = Path(__file__).resolve().parent.parent / "tests" / "quality" / "names.json"
SENTENCES = SHARED / "language" / "ntrex"
PLACES = SHARED / "places"
LANGUAGES = {
    "arb": "ar",
    "aze-Latn": "az",
    "deu": "de",
    "eng": "en",
    "fas": "fa",
    "fra": "fr",
    "hye": "hy",
    "ita": "it",
    "pol": "pl",
    "rus": "ru",
    "spa": "es",
    "tur": "tr",
    "ukr": "uk",
    "zho-CN": "zh",
}
ARTICLE_WORDS = 600
OFFSETS_OFF = 3
"""GeoVirus counts from one place or another of its indented text."""


def measure():
    """Rows of both tables."""
    rows = []
    if PLACES.is_dir():
        rows += ["| places, English | P | R | F1 | named | ms an article of 600 words |", "|---|---|---|---|---|---|"]
        rows += [row for name in ("lgl", "TR-News", "GeoVirus") for row in places_row(name)]
    if SENTENCES.is_dir():
        gold = json.loads(GOLD.read_text(encoding="utf-8"))
        head = "| language | " + " | ".join(f"{kind} F1 (named)" for kind in NameKind) + " | P | R | F1 |"
        rows += [
            "",
            "Sentences whose results nobody looked at while the rules were written:",
            "",
            head,
            "|---|---|---|---|---|---|---|",
        ]
        rows += [sentences_row(tag, counts(gold, file, held_out=True)) for file, tag in LANGUAGES.items()]
        together = sum((counts(gold, file, held_out=True) for file in LANGUAGES), Counter())
        rows.append(sentences_row("all", together))
    return rows or ["The shared data are not beside this checkout."]


def counts(gold, file, *, held_out):
    """How many names are right, found and there, by kind, in the sentences of one language."""
    with gzip.open(SENTENCES / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    found = Counter()
    for line, marked in gold["names"].items():
        if held_out != (int(line) in gold["looked_at"]):
            there = {tuple(name) for name in marked[file]}
            told = {(m.start, m.end, str(m.kind)) for m in names(texts[int(line)], language=LANGUAGES[file])}
            for what, some in (("there", there), ("found", told), ("right", there & told)):
                found.update((what, kind) for _, _, kind in some)
    return found


def figures(found, kinds):
    """Precision, recall, F1 and how many names there are, of these kinds."""
    there, told, right = (sum(found[what, str(kind)] for kind in kinds) for what in ("there", "found", "right"))
    precision, recall = right / max(1, told), right / max(1, there)
    return precision, recall, harmonic_mean([precision, recall]), there


def sentences_row(tag, found):
    """One language's row."""
    each = [figures(found, [kind]) for kind in NameKind]
    precision, recall, f1, _ = figures(found, NameKind)
    kinds = " | ".join(f"{share:.2f} ({there})" for _, _, share, there in each)
    return f"| {tag} | {kinds} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"


def places_row(name):
    """One set's row."""
    right = told = there = words = 0
    names("So that Berlin is loaded.", language="en")
    start = time.process_time()
    for text, marked in articles(name):
        found = {(m.start, m.end) for m in names(text, language="en") if m.kind is NameKind.PLACE}
        right, told, there = right + len(found & marked), told + len(found), there + len(marked)
        words += len(text.split())
    cost_ms = (time.process_time() - start) / words * ARTICLE_WORDS * 1_000
    precision, recall = right / told, right / there
    f1 = harmonic_mean([precision, recall])
    yield f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {there} | {cost_ms:.1f} |"


def articles(name):
    """Texts of a set, and where their places stand."""
    for article in ET.parse(PLACES / f"{name}.xml").iter("article"):
        text = article.findtext("text") or ""
        marked = {(int(one.findtext("start")), int(one.findtext("end"))) for one in article.iter("toponym")}
        for one in article.iter("location"):
            place = one.findtext("name")
            start = text.find(place, max(0, int(one.findtext("start")) - OFFSETS_OFF))
            if start >= 0:
                marked.add((start, start + len(place)))
        yield text, marked

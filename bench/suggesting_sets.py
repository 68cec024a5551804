"""Topics to measure suggesting with: articles of the shared data, each with the topics that it belongs to.

Five sets lend pseudo-dossiers to tune on; the page of the press archive is for testing only.
"""

import gzip
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

from bench.material import SHARED
from chronik.model import Report

STORIES = SHARED / "stories"
NTREX = SHARED / "language" / "ntrex"
TIMELINES = SHARED / "timelines"
TIME = SHARED / "search" / "time-1963"
PRESS_PAGE = SHARED / "press-archive" / "2020-nagorno-karabakh.txt"
ARTICLE_SENTENCES = 12
SENTENCE_WORDS_MIN = 5
LANGUAGES = {
    "ara": "ar",
    "deu": "de",
    "eng": "en",
    "fra": "fr",
    "por": "pt",
    "rus": "ru",
    "slv": "sl",
    "spa": "es",
    "zho": "zh",
}
NTREX_LANGUAGES = {
    "arb": "ar",
    "aze-Latn": "az",
    "deu": "de",
    "ell": "el",
    "eng": "en",
    "fas": "fa",
    "fra": "fr",
    "heb": "he",
    "hin": "hi",
    "hye": "hy",
    "ita": "it",
    "kat": "ka",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "spa": "es",
    "tur": "tr",
    "ukr": "uk",
    "zho-CN": "zh",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An article and the topics that it belongs to."""

    set: str
    report: Report
    topics: frozenset = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A pseudo-dossier: what it would be called, and introduced with."""

    id: str
    set: str
    texts: tuple
    """Language and text of each name and introduction."""


def rows(path):
    """Lines of JSON."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().split("\n") if line]


def games():
    """Headlines on one event, with stories as topics."""
    return [
        Labelled(
            set="games",
            report=Report(
                id=f"games/{row['id']}",
                title=row["title"],
                language=LANGUAGES[row["language"]],
                published=datetime.fromisoformat(row["published"]).replace(tzinfo=UTC),
            ),
            topics=frozenset([f"games/{row['story']}"]),
        )
        for row in rows(STORIES / "games-2021.jsonl")
    ]


def ecb():
    """English reports, with one event of a pair of look-alikes as topic."""
    return [
        Labelled(
            set="ecb",
            report=Report(id=f"ecb/{row['id']}", title="", text=row["text"], language="en"),
            topics=frozenset([f"ecb/{row['story']}"]),
        )
        for row in rows(STORIES / "ecb-plus.jsonl")
    ]


def pairs():
    """Russian and English articles, without topics."""
    return [
        Labelled(
            set="pairs",
            report=Report(
                id=f"pairs/{number}/{side}",
                title=row[f"{side}_title"] or "",
                text=row[f"{side}_text"] or "",
                language=row.get(f"{side}_language") or "en",
            ),
        )
        for number, row in enumerate(rows(STORIES / "pairs-ru-en.jsonl"))
        for side in ("first", "second")
    ]


def ntrex():
    """News documents in twenty languages, each document a topic."""
    found = []
    for file, language in NTREX_LANGUAGES.items():
        for document, lines in groupby(rows(NTREX / f"{file}.jsonl.gz"), key=lambda row: row["document"]):
            sentences = [line["text"] for line in lines]
            report = Report(
                id=f"ntrex/{file}/{document}",
                title=sentences[0],
                text=" ".join(sentences[1:ARTICLE_SENTENCES]),
                language=language,
            )
            found.append(Labelled(set="ntrex", report=report, topics=frozenset([f"ntrex/{document}"])))
    return found


def timelines():
    """Spanish and French articles on four conflicts."""
    found = []
    for path in sorted(TIMELINES.glob("*/*/*/*.txt")):
        language, topic, day = path.parts[-4:-1]
        lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
        sentences = list(dict.fromkeys(line for line in lines if len(line.split()) >= SENTENCE_WORDS_MIN))
        if sentences:
            report = Report(
                id=f"timelines/{language}/{topic}/{path.stem}",
                title=sentences[0],
                text="\n\n".join(sentences[1:]),
                language=language,
                published=datetime.fromisoformat(day).replace(tzinfo=UTC),
            )
            found.append(Labelled(set="timelines", report=report, topics=frozenset([f"timelines/{topic}"])))
    return found


def time_1963():
    """News articles of 1963, in capitals, with queries as topics."""
    relevant = json.loads((TIME / "relevant.json").read_text(encoding="utf-8"))
    topics = {}
    for query, documents in relevant.items():
        for document in documents:
            topics.setdefault(document, set()).add(f"time/{query}")
    return [
        Labelled(
            set="time",
            report=Report(id=f"time/{row['id']}", title="", text=row["text"].capitalize(), language="en"),
            topics=frozenset(topics.get(row["id"], ())),
        )
        for row in rows(TIME / "documents.jsonl.gz")
    ]


SETS = {"games": games, "ecb": ecb, "pairs": pairs, "ntrex": ntrex, "timelines": timelines, "time": time_1963}


def first_day(topic):
    """The first entry of a human timeline: what an introduction would say."""
    text = (TIMELINES / "en" / "reference" / f"{topic}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n-{5,}\n", text)
    return " ".join(line for line in blocks[0].splitlines()[1:] if line.strip())

"""Topics to measure suggesting with: articles of the shared data, each with the topics that it belongs to.

Five sets lend pseudo-dossiers to tune on; the page of the press archive is for testing only.
"""

import gzip
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from random import Random

from bench.material import GAMES_LANGUAGES, SHARED
from chronik.model import Report

STORIES = SHARED / "stories"
NTREX = SHARED / "language" / "ntrex"
TIMELINES = SHARED / "timelines"
TIME = SHARED / "search" / "time-1963"
PRESS_PAGE = SHARED / "press-archive" / "2020-nagorno-karabakh.txt"
ARTICLE_SENTENCES = 12
SENTENCE_WORDS_MIN = 5
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
    members: frozenset
    """Ids of the articles that belong there."""
    after: str
    """Id of the article that it is named after, which is neither among its members nor ranked."""


def rows(path):
    """Lines of JSON."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().split("\n") if line]


@cache
def games():
    """Headlines on one event, with stories as topics."""
    return [
        Labelled(
            set="games",
            report=Report(
                id=f"games/{row['id']}",
                title=row["title"],
                language=GAMES_LANGUAGES[row["language"]],
                published=datetime.fromisoformat(row["published"]).replace(tzinfo=UTC),
            ),
            topics=frozenset([f"games/{row['story']}"]),
        )
        for row in rows(STORIES / "games-2021.jsonl")
    ]


@cache
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


@cache
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


@cache
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


@cache
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


@cache
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


NAMED_IN = {
    "egypt": (("en", "Egyptian revolution"), ("de", "Revolution in Ägypten"), ("es", "Revolución egipcia")),
    "libya": (("en", "War in Libya"), ("de", "Krieg in Libyen"), ("fr", "Guerre en Libye")),
    "syria": (("en", "Syrian civil war"), ("de", "Bürgerkrieg in Syrien"), ("ru", "Гражданская война в Сирии")),
    "yemen": (("en", "Uprising in Yemen"), ("de", "Aufstand im Jemen"), ("fr", "Révolte au Yémen")),
}
"""What an editor would call the four conflicts."""
MEMBERS_MIN = {"games": 25, "ecb": 10, "ntrex": 2, "timelines": 2, "time": 4}
TOPICS_MAX = 50
LEAD_WORDS = 14
SEED = 7


def topics(articles):
    """Pseudo-dossiers of five sets, each with the ids of its articles; what it is named after is none of them."""
    members = {}
    for one in articles:
        for topic in one.topics:
            members.setdefault(topic, []).append(one.report)
    chance = Random(SEED)
    for name, fewest in MEMBERS_MIN.items():
        large = [topic for topic in members if topic.startswith(f"{name}/") and len(members[topic]) >= fewest]
        for topic in chance.sample(large, min(len(large), TOPICS_MAX)):
            for number, (texts, after) in enumerate(_texts(name, topic, members[topic], chance)):
                ids = frozenset(one.id for one in members[topic]) - {after}
                yield Topic(id=f"{topic}#{number}", set=name, texts=texts, members=ids, after=after)


def _texts(name, topic, members, chance):
    """What a dossier on the topic would be called, in one or several ways, and the id of what it is named after."""
    key = topic.partition("/")[2]
    if name == "timelines":
        return [((named,), "") for named in NAMED_IN[key]] + [((NAMED_IN[key][0], ("en", first_day(key))), "")]
    if name == "time":
        return [((("en", queries()[key].capitalize()),), "")]
    if name == "ntrex":
        first = chance.choice([one for one in members if one.language in {"de", "en", "es", "fr", "ru"}])
        return [(((first.language, first.title), (first.language, first.text[:300])), first.id)]
    if name == "games":
        first = min(members, key=lambda one: one.published)
        return [(((first.language, first.title),), first.id)]
    first = chance.choice(members)
    return [((("en", " ".join(first.text.split()[:LEAD_WORDS])),), first.id)]


@cache
def queries():
    """The queries of the TIME set."""
    return {str(row["id"]): row["text"] for row in rows(TIME / "queries.jsonl")}

"""How well search ranks: the judged questions of TIME 1963, words alone.

423 articles, 83 questions with judgments (see the shared BENCHMARKS). Every figure is a mean over questions.
"""

import gzip
import json
import math
import tempfile
from pathlib import Path

from bench.reading.sets import DATA
from chronik.ports import Document
from chronik.search.index import TantivyIndex

FOLDER = "search/time-1963"
RANKED_MAX = 400
REFERENCE = {"map": 0.668, "ndcg_10": 0.731, "recall_10": 0.819, "mrr": 0.756}
"""BM25 (k1 1.2, b .75, stop list), as measured before there was an index of ours."""
NAMES = {"map": "MAP", "ndcg_10": "nDCG@10", "recall_10": "recall@10", "mrr": "MRR"}


def measure():
    """Rows of the table: ours beside the reference."""
    if not (DATA / FOLDER).is_dir():
        return ["search: the judged questions are not beside this checkout"]
    every, some = figures(rankings(most=False)), figures(rankings(most=True))
    lines = [
        "material: TIME 1963, 423 articles, 83 questions",
        f"| what | {' | '.join(NAMES.values())} |",
        "|---|---|---|---|---|",
    ]
    for what, held in (("BM25, reference", REFERENCE), ("every word must be there", every), ("as people ask", some)):
        lines.append(f"| {what} | {' | '.join(f'{held[name]:.3f}' for name in NAMES)} |")
    return lines


def rankings(*, most):
    """Question → documents, best first."""
    with gzip.open(DATA / FOLDER / "documents.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    lines = (DATA / FOLDER / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        index = TantivyIndex(Path(folder))
        index.add(
            Document(id=str(one["id"]), kind="article", title="", text=one["text"], language="en") for one in texts
        )
        return {
            one["id"]: [
                int(hit.id) for hit in index.search(one["text"], limit=RANKED_MAX, snippets=False, most=most).hits
            ]
            for one in map(json.loads, lines)
        }


def figures(ranked):
    """Mean average precision, nDCG@10, recall@10 and reciprocal rank over all questions that have an answer."""
    judged = json.loads((DATA / FOLDER / "relevant.json").read_text(encoding="utf-8"))
    asked = {int(question): set(good) for question, good in judged.items() if good}
    rows = [_of_one(ranked.get(question, []), good) for question, good in asked.items()]
    return {name: sum(row[name] for row in rows) / len(rows) for name in NAMES}


def _of_one(ranking, good):
    places = [place for place, document in enumerate(ranking, 1) if document in good]
    near = [place for place in places if place <= 10]
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(good)) + 1))
    return {
        "map": sum(count / place for count, place in enumerate(places, 1)) / len(good),
        "ndcg_10": sum(1 / math.log2(place + 1) for place in near) / ideal,
        "recall_10": len(near) / len(good),
        "mrr": 1 / places[0] if places else 0.0,
    }

"""The floors of the quality tests: each belongs to a corpus that is known by its digest, and only rises."""

import json
import math
from pathlib import Path

from bench.reading import sets

FILE = Path(__file__).resolve().parents[2] / "tests" / "quality" / "floors.json"
CORPORA = "corpora"
STEPS = 1_000
"""Floors have three digits."""
PINNED = ("body_f1", "title", "authors_f1", "day", "minute")


def floors():
    """Every floor: measurement → figure → floor, and under `corpora` folder → digest."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def rise(scores):
    """Raise the floors of the sets to their figures where those are better; none is ever lowered here."""
    known = floors()
    for name, found in scores.items():
        pinned = known.setdefault(f"reading_{name}", {})
        for figure in PINNED:
            if figure in found:
                pinned[figure] = max(pinned.get(figure, 0), math.floor(found[figure] * STEPS) / STEPS)
    known[CORPORA] |= {folder: sets.digest(folder) for folder in ("extraction", "dates")}
    FILE.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")

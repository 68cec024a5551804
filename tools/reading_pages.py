"""Pages to learn reading from, with what is told of their leaves (acts: reads the shared data)."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

import numpy as np
from reading_labels import labels, words

from chronik.extract import structured
from chronik.extract.encoding import clean, decoded
from chronik.extract.readers import body as slow_reader
from chronik.extract.readers import marks, own
from chronik.extract.tree import parsed

WEAK_CHARACTERS_MIN = 400
WEAK_AGREEMENT_MIN = 0.7
AGREED, DISPUTED = 0.25, 0.05
"""How far a leaf of a page without gold text is relied on: where both readers say the same of it, and where not."""
LIST_LEFT_OUT = 0.5
"""Half of the gold texts leave out lists that stand within the article."""
BLIND = 0.25
"""How far a page counts a second time, without what its names say: many pages name nothing."""
LINKED_MIN, LINK_WORDS_MAX, LINK_STEP = 0.8, 14, 5
"""Of the many short links only one in so many is looked at, and counts for all."""


@dataclass(slots=True)
class Known:
    """A page with what is to be learned from it."""

    group: str
    page: str
    host: str
    text: str
    look: own.Look
    numbers: np.ndarray
    shares: np.ndarray
    reliance: np.ndarray
    lines: list[str] = field(default_factory=list)
    """What the slower reader takes for its text."""


def read(folder, group):
    """All pages of a set, their leaves numbered."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        html = decoded(gzip.decompress((folder / row["page"]).read_bytes()))
        if isinstance(html, str):
            yield _known(row, clean(html), row.get("set", group))


def digest(folder):
    """What a set is told by: the digest of its list of pages."""
    return sha256((folder / "gold.jsonl").read_bytes()).hexdigest()


def _known(row, html, group):
    tree = parsed(html)
    page, shapes, hints, columns = own.told(tree, declared=structured.declared(tree, url=row["url"]))
    look = own.Look(page=page, shapes=shapes, sums=[0] * len(shapes), unit=1_000, known=hints)
    text = row.get("text", "")
    shares = np.array(labels(page.leaves, text)) if text else np.zeros(len(shapes))
    reliance = np.ones(len(shapes))
    known = Known(
        group=group,
        page=row["page"],
        host=urlsplit(row["url"]).hostname or row["url"],
        text=text,
        look=look,
        numbers=columns.by_column().T,
        shares=shares,
        reliance=reliance,
        lines=list(slow_reader.body(html)),
    )
    if group == "fundus":
        _spare_lists(known)
    return known


def _spare_lists(known):
    elements = known.look.page.elements
    for row, leaf in enumerate(known.look.page.leaves):
        element = elements[leaf.element]
        around = elements[element.above] if element.above >= 0 else element
        if "li" in (element.tag, around.tag) and known.shares[row] < 0.5 and known.look.shapes.linked[row] < 0.5:
            known.reliance[row] = LIST_LEFT_OUT


def weakly(known, scores):
    """A page without gold text, labelled by the slower reader where ours finds nearly the same; else none."""
    text = "\n".join(known.lines)
    if len(text) < WEAK_CHARACTERS_MIN or not len(scores):
        return None
    shares = np.array(labels(known.look.page.leaves, text))
    ours = scores > 0
    weight = np.minimum(300, known.look.shapes.words).astype(float)
    both = (weight * ours * (shares > 0.5)).sum() * 2 / max(1, (weight * (ours.astype(float) + (shares > 0.5))).sum())
    if both < WEAK_AGREEMENT_MIN:
        return None
    known.shares = shares
    known.reliance = np.where(ours == (shares > 0.5), AGREED, DISPUTED)
    return known


def rows(pages, numbers, *, blind=False):
    """What a forest learns from: numbers, shares and weights of all leaves."""
    parts = [_rows(known, own_numbers) for known, own_numbers in zip(pages, numbers, strict=True)]
    if blind:
        named = _named(pages[0])
        parts += [
            (_without(matrix, named), shares, weights * BLIND)
            for known, (matrix, shares, weights) in zip(pages, list(parts), strict=True)
            if known.text
        ]
    return tuple(np.concatenate([part[number] for part in parts]) for number in range(3))


def _rows(known, numbers):
    weights = _weights(known)
    kept = np.ones(len(weights), dtype=bool)
    shapes = known.look.shapes
    for row in np.flatnonzero((shapes.linked > LINKED_MIN) & (shapes.words < LINK_WORDS_MAX)):
        if known.shares[row] == 0:
            kept[row] = row % LINK_STEP == 0
            weights[row] *= LINK_STEP
    return numbers[kept], known.shares[kept], weights[kept]


def _weights(known):
    """Every page counts the same, and longer leaves count more, as in the measure."""
    size = np.minimum(known.look.shapes.words, 300) ** 0.6
    total = max(1.0, float((size * known.shares).sum()))
    return (np.minimum(size / total, 0.5) + 0.003) * known.reliance


def _named(known):
    kinds = {"own", "near", "in"}
    parts = [name.split(" ", 1) for name in own.column_names()[: known.numbers.shape[1]]]
    return [number for number, part in enumerate(parts) if part[0] in kinds and part[-1] in marks.BITS]


def _without(matrix, columns):
    bare = matrix.copy()
    bare[:, columns] = 0
    return bare


def f1(pairs):
    """Shingle F1 of found texts, as `score_extraction.py` counts: the harmonic mean of mean precision and recall."""
    precisions, recalls = [], []
    for gold, found in pairs:
        wanted, got = _shingles(gold), _shingles(found)
        same = sum(min(count, got.get(shingle, 0)) for shingle, count in wanted.items())
        if got:
            precisions.append(same / sum(got.values()))
        if wanted:
            recalls.append(same / sum(wanted.values()))
    precision = sum(precisions) / max(1, len(precisions))
    recall = sum(recalls) / max(1, len(recalls))
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


def _shingles(text):
    tokens = words(text)
    size = min(4, len(tokens)) or 1
    counts = {}
    for start in range(len(tokens) - size + 1):
        shingle = tuple(tokens[start : start + size])
        counts[shingle] = counts.get(shingle, 0) + 1
    return counts

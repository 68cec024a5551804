"""Train trees that ask one question a level, by gradient boosting on the logistic loss (decides; numpy only)."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

BINS_MAX = 48
SEEN_FOR_BINS_MAX = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a forest is grown."""

    trees: int = 240
    levels: int = 6
    rate: float = 0.1
    ridge: float = 8.0
    """Holds back what few rows say."""
    rows_share: float = 0.5
    columns_share: float = 0.3
    seed: int = 20
    unit: int = 1_000


def thresholds(matrix):
    """Up to `BINS_MAX` - 1 thresholds a column, between values that occur."""
    found = []
    step = max(1, len(matrix) // SEEN_FOR_BINS_MAX)
    for column in matrix[::step].T:
        values = np.unique(column)
        if len(values) > BINS_MAX:
            values = np.unique(np.quantile(column, np.linspace(0, 1, BINS_MAX), method="nearest"))
        between = (values[:-1].astype(np.float64) + values[1:]) / 2
        found.append(between.astype(np.float32))
    return found


def binned(matrix, edges):
    """The bin of each value: how many thresholds it exceeds."""
    bins = np.zeros(matrix.shape, dtype=np.uint8, order="F")
    for number, between in enumerate(edges):
        bins[:, number] = np.searchsorted(between, matrix[:, number], side="left")
    return bins


def grown(matrix, labels, weights, plan):
    """A forest in the form in which it is kept; labels lie between 0 and 1."""
    random = np.random.default_rng(plan.seed)
    edges = thresholds(matrix)
    bins = binned(matrix, edges)
    usable = np.array([number for number, between in enumerate(edges) if len(between)])
    weights = weights / weights.mean()
    share = np.average(labels, weights=weights)
    base = float(np.log(share / (1 - share)))
    scores = np.full(len(labels), base)
    kept = {"features": [], "thresholds": [], "values": []}
    for _ in range(plan.trees):
        chance = 1 / (1 + np.exp(-scores))
        slopes, curves = weights * (labels - chance), weights * chance * (1 - chance)
        rows = np.flatnonzero(random.random(len(labels)) < plan.rows_share)
        asked = random.choice(usable, size=max(1, int(len(usable) * plan.columns_share)), replace=False)
        seen = _Seen({int(c): bins[rows, c].astype(np.int64) for c in np.sort(asked)}, slopes[rows], curves[rows])
        questions = _questions(seen, plan)
        leaf = _leaf(bins, questions)
        size = 2**plan.levels
        sums = np.bincount(leaf[rows], weights=slopes[rows], minlength=size)
        bends = np.bincount(leaf[rows], weights=curves[rows], minlength=size)
        values = np.rint(plan.unit * plan.rate * sums / (bends + plan.ridge)).astype(int)
        scores += values[leaf] / plan.unit
        kept["features"].append([int(column) for column, _ in questions])
        kept["thresholds"].append([float(str(edges[column][cut])) for column, cut in questions])
        kept["values"].append(values.tolist())
    return {"unit": plan.unit, "base": round(base * plan.unit), **kept}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one tree is grown from."""

    bins: dict
    """Of the columns that may be asked, by number."""
    slopes: np.ndarray
    curves: np.ndarray


def _questions(seen, plan):
    """The columns and thresholds that part the rows best, level by level."""
    leaf = np.zeros(len(seen.slopes), dtype=np.int64)
    questions = []
    for _ in range(plan.levels):
        best = (-1.0, 0, 0)
        for column in seen.bins:
            gains = _gains(seen, column, leaf, plan.ridge)
            cut = int(gains.argmax())
            if gains[cut] > best[0]:
                best = (float(gains[cut]), column, cut)
        _, column, cut = best
        questions.append((column, cut))
        leaf = leaf * 2 + (seen.bins[column] > cut)
    return questions


def _gains(seen, column, leaf, ridge):
    """What each threshold of a column is worth, over all leaves together."""
    bins = seen.bins[column]
    place = leaf * BINS_MAX + bins
    cuts = int(bins.max())
    if cuts < 1:
        return np.full(1, -1.0)
    leaves = int(leaf.max()) + 1
    shape, size = (leaves, BINS_MAX), leaves * BINS_MAX
    sums = np.bincount(place, weights=seen.slopes, minlength=size).reshape(shape).cumsum(axis=1)
    bends = np.bincount(place, weights=seen.curves, minlength=size).reshape(shape).cumsum(axis=1)
    left, left_bend = sums[:, :cuts], bends[:, :cuts]
    right, right_bend = sums[:, -1:] - left, bends[:, -1:] - left_bend
    return (left**2 / (left_bend + ridge) + right**2 / (right_bend + ridge)).sum(axis=0)


def _leaf(bins, questions):
    leaf = np.zeros(len(bins), dtype=np.int64)
    for column, cut in questions:
        leaf = leaf * 2 + (bins[:, column] > cut)
    return leaf


def summed(forest, matrix):
    """What a forest says of each row, in its unit."""
    if not len(matrix):
        return np.zeros(0)
    leaf = np.zeros((len(matrix), len(forest["features"])), dtype=np.int64)
    features, cuts = np.array(forest["features"]), np.array(forest["thresholds"], dtype=np.float32)
    for level in range(features.shape[1]):
        leaf = leaf * 2 + (matrix[:, features[:, level]] > cuts[:, level])
    values = np.array(forest["values"])[np.arange(len(features)), leaf]
    return (values.sum(axis=1) + forest["base"]) / forest["unit"]


def written(forest):
    """A forest as text, one tree a line."""
    head = json.dumps({"unit": forest["unit"], "base": forest["base"]})[:-1]
    parts = [
        f'"{name}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in forest[name]) + "\n]"
        for name in ("features", "thresholds", "values")
    ]
    return head + ",\n" + ",\n".join(parts) + "}\n"

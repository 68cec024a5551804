"""Fits additive models of broken lines by ridge-penalised logistic regression, in numpy (decides)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

SEGMENTS = 6
STEPS = 12
CLOSE_ENOUGH = 1e-4


def knots_of(column, segments=SEGMENTS):
    """Knots at even shares of the values; one pair at least."""
    knots = np.unique(np.quantile(column.astype(np.float64), np.linspace(0, 1, segments + 1)))
    return knots if len(knots) > 1 else np.array([knots[0], knots[0] + 1.0])


def fitted(features, shares, *, weights, penalty):
    """JSON of a model: log-odds as a sum of one broken line a column. `shares` are targets from 0 to 1."""
    knots = [knots_of(features[:, at]) for at in range(features.shape[1])]
    steps = _steps(features, knots)
    middle, spread = steps.mean(axis=0), steps.std(axis=0) + 1e-6
    heights, bias = _ridge((steps - middle) / spread, shares, weights=weights, penalty=penalty)
    heights = heights / spread
    bias = float(bias - (middle * heights).sum())
    curves, at = [], 0
    for column in knots:
        raised = np.concatenate([[0.0], np.cumsum(heights[at : at + len(column) - 1])])
        at += len(column) - 1
        curves.append({"knots": [round(float(v), 5) for v in column], "heights": [round(float(v), 5) for v in raised]})
    return {"bias": round(bias, 5), "curves": curves}


def _steps(features, knots):
    columns = [
        np.clip((features[:, at] - low) / (high - low), 0, 1)
        for at, column in enumerate(knots)
        for low, high in pairwise(column)
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _ridge(steps, shares, *, weights, penalty):
    """Newton's method (IRLS, McCullagh & Nelder 1989); the bias is not penalised."""
    table = np.hstack([steps, np.ones((len(steps), 1), np.float32)])
    ridge = np.full(table.shape[1], penalty)
    ridge[-1] = 0.0
    found = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        gradient = table.T @ (weights * (shares - chances)) - ridge * found
        curvature = np.maximum(weights * chances * (1 - chances), 1e-6).astype(np.float32)
        change = np.linalg.solve((table * curvature[:, None]).T @ table + np.diag(ridge + 1e-6), gradient)
        found = found + change
        if np.abs(change).max() < CLOSE_ENOUGH:
            break
    return found[:-1], found[-1]

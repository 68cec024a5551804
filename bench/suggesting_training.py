"""Learns the weights of suggesting from pseudo-dossiers of five sets, and says how they do on sets not learned from.

Each pseudo-dossier is tried with no clip and with 1, 3, 10 and 30 clips and some refusals, among all articles. Sets are
left out by turns; the page of the press archive takes no part.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

from bench import suggesting_sets as sets
from bench.suggesting_vectors import pieces
from chronik.model import Report
from chronik.relate.suggest import Background, candidates, profile
from chronik.relate.suggesting.cohesion import of_clips
from chronik.relate.suggesting.evidence import EVIDENCE, evidence
from chronik.relate.suggesting.weights import shipped

FILE = Path(__file__).resolve().parents[1] / "src" / "chronik" / "relate" / "suggesting" / "weights.json"
CLIPS = (0, 1, 3, 10, 30)
HARDEST = 250
OTHERS = 250
ROUNDS = 3
RIDGE = 1.0
BY_HAND = {"in_story": 3.0, "refused_story": -3.0}
"""The sets know no stories: an article of a story that the dossier holds has odds of 20 : 1 in its favour."""
AGAINST = {"refused", "learned"}
"""All other evidence can only speak for an article."""
TYPICAL_HALF = 3
PROPOSED_FROM = 40
"""Refusals are drawn among so many best-ranked articles that do not belong there."""
SEED = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class State:
    """A dossier at one time, and what speaks for each article belonging to it."""

    set: str
    clips: int
    columns: np.ndarray
    right: np.ndarray
    of_clips: np.ndarray


def states():
    """All states of all pseudo-dossiers."""
    articles = [one for load in sets.SETS.values() for one in load()]
    known = pieces([one.report for one in articles])
    background = Background()
    background.learn(known)
    found = candidates(known, background=background)
    chance = Random(SEED)
    topics = list(sets.topics(articles))
    texts = pieces(
        [
            Report(id=f"{topic.id}:{number}", title=text, language=language)
            for topic in topics
            for number, (language, text) in enumerate(topic.texts)
        ]
    )
    for topic in topics:
        own, texts = texts[: len(topic.texts)], texts[len(topic.texts) :]
        for count in CLIPS:
            if count * 2 <= len(topic.members):
                yield _state(topic, own, count, found, chance)


def _state(topic, texts, count, found, chance):
    members = chance.sample([one for one in found.pieces if one.id in topic.members], len(topic.members))
    held = profile(topic.id, texts=texts, clips=members[:count])
    if count and chance.random() < 0.6:
        ranking = np.argsort(-shipped().log_odds(evidence(held, found).columns))[:PROPOSED_FROM]
        wrong = [found.pieces[row] for row in ranking if found.pieces[row].id not in topic.members | {topic.after}]
        refused = chance.sample(wrong, min(len(wrong), chance.choice((1, 3, 5))))
        held = profile(topic.id, texts=texts, clips=members[:count], refused=refused)
    left_out = held.decided | {topic.after}
    kept = np.array([one.id not in left_out for one in found.pieces])
    right = np.array([one.id in topic.members for one in found.pieces])
    return State(
        set=topic.set,
        clips=count,
        columns=evidence(held, found).columns[kept],
        right=right[kept],
        of_clips=of_clips(held, found.background),
    )


def trained(learned_from):
    """Weights learned from states: first those of the evidence, then the shift by what is typical."""
    weights = shipped()
    chance = np.random.default_rng(1)
    for _ in range(ROUNDS):
        learned, bias = _fitted(*_drawn(learned_from, weights, chance))
        weights = replace(weights, weights=learned, bias=bias)
    return _with_shift(weights, learned_from)


def _fitted(rows, right, shares):
    """Weights and bias, none of the wrong sign: what would have one is left out."""
    open_columns = [number for number, name in enumerate(EVIDENCE) if name not in BY_HAND]
    while True:
        fitted = logistic(rows[:, open_columns], right, shares)
        wrong = {
            number
            for number, value in zip(open_columns, fitted[:-1], strict=True)
            if EVIDENCE[number] not in AGAINST and value < 0
        }
        if not wrong:
            break
        open_columns = [number for number in open_columns if number not in wrong]
    learned = np.zeros(len(EVIDENCE), dtype=np.float32)
    learned[open_columns] = fitted[:-1]
    for name, value in BY_HAND.items():
        learned[EVIDENCE.index(name)] = value
    return learned, float(fitted[-1])


def _drawn(learned_from, weights, chance):
    """Rows to learn from: what belongs, what seems to, and some of the rest that stand for all of it."""
    rows, right, shares = [], [], []
    for state in learned_from:
        odds = weights.log_odds(state.columns)
        wrong = np.where(~state.right)[0]
        wrong = wrong[np.argsort(-odds[wrong])]
        some = chance.choice(wrong[HARDEST:], OTHERS, replace=False)
        share = 1 / np.sqrt(max(1, state.right.sum()))
        standing_for = (len(wrong) - HARDEST) / OTHERS
        for chosen, times in ((np.where(state.right)[0], 1), (wrong[:HARDEST], 1), (some, standing_for)):
            rows.append(state.columns[chosen])
            right.append(state.right[chosen])
            shares.append(np.full(len(chosen), share * times))
    return np.concatenate(rows), np.concatenate(right), np.concatenate(shares)


def _with_shift(weights, learned_from):
    rows, right, shares = [], [], []
    for state in learned_from:
        odds = weights.log_odds(state.columns)
        best = np.argsort(-odds)[: HARDEST + OTHERS]
        known = len(state.of_clips) / (len(state.of_clips) + TYPICAL_HALF)
        mean = float(weights.log_odds(state.of_clips).mean()) if len(state.of_clips) else 0.0
        rows.append(np.stack([odds[best], np.full(len(best), known * mean), np.full(len(best), known)], axis=1))
        right.append(state.right[best])
        shares.append(np.full(len(best), 1 / np.sqrt(max(1, state.right.sum()))))
    slope, typical, typical_bias, bias = logistic(np.concatenate(rows), np.concatenate(right), np.concatenate(shares))
    return replace(
        weights,
        weights=weights.weights * np.float32(slope),
        bias=float(weights.bias * slope + bias),
        typical=float(typical / slope),
        typical_bias=float(typical_bias),
        typical_half=TYPICAL_HALF,
    )


def logistic(rows, right, shares):
    """Weights and bias of a logistic regression with a small ridge, by Newton's method."""
    inputs = np.concatenate([rows, np.ones((len(rows), 1))], axis=1).astype(np.float64)
    shares = shares / shares.mean()
    ridge = np.diag([RIDGE] * rows.shape[1] + [1e-6])
    weights = np.zeros(inputs.shape[1])
    for _ in range(50):
        certain = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (shares * (right - certain)) - ridge @ weights
        curve = (inputs * (shares * certain * (1 - certain))[:, None]).T @ inputs + ridge
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-5:
            break
    return weights


def write(weights):
    """Put the weights where the program reads them."""
    shown = {
        "bias": round(weights.bias, 3),
        "made_by": "suggest 1",
        "threshold": weights.threshold,
        "typical": round(weights.typical, 3),
        "typical_bias": round(weights.typical_bias, 3),
        "typical_half": weights.typical_half,
        "weights": {name: round(float(value), 3) for name, value in zip(EVIDENCE, weights.weights, strict=True)},
    }
    FILE.write_text(json.dumps(shown, indent=2, sort_keys=True) + "\n", encoding="utf-8")

"""What refusing five wrong articles does to the ranking and to what is proposed, on pseudo-dossiers."""

from collections import defaultdict
from random import Random

import numpy as np

from bench import suggesting_sets as sets
from bench.suggesting_vectors import pieces
from chronik.model import Report
from chronik.relate.suggest import Background, candidates, profile, scores
from chronik.relate.suggesting.weights import shipped

CLIPS = (0, 3)
REFUSED = 5
LOOKED_AT = 60
MEMBERS_MIN = 6
SHARE = 0.5
"""So many of the pseudo-dossiers are tried."""
SEED = 2


def refusals():
    """Rows: before and after the five best-ranked wrong articles of the first sixty were refused."""
    articles = [one for load in sets.SETS.values() for one in load()]
    known = pieces([one.report for one in articles])
    background = Background()
    background.learn(known)
    found = candidates(known, background=background)
    figures = defaultdict(list)
    chance = Random(SEED)
    for topic in sets.topics(articles):
        if len(topic.members) >= MEMBERS_MIN and chance.random() < SHARE:
            for clips, figure in _of_topic(topic, found, chance):
                figures[topic.set, clips].append(figure)
    yield "| set | clips | dossiers | average precision | of the proposed right | belonging ones proposed |"
    yield "|---|---|---|---|---|---|"
    for (name, clips), listed in sorted(figures.items()):
        before, after = np.array(listed, dtype=float).transpose(1, 2, 0)
        yield (
            f"| {name} | {clips} | {len(listed)} | {before[0].mean():.3f} → {after[0].mean():.3f} "
            f"| {_right(before):.2f} → {_right(after):.2f} | {before[2].sum():.0f} → {after[2].sum():.0f} |"
        )


def _right(figures):
    return figures[2].sum() / max(1, figures[1].sum())


def _of_topic(topic, found, chance):
    texts = pieces(
        [
            Report(id=f"{topic.id}:{number}", title=text, language=language)
            for number, (language, text) in enumerate(topic.texts)
        ]
    )
    members = chance.sample([one for one in found.pieces if one.id in topic.members], len(topic.members))
    for count in CLIPS:
        held = profile(topic.id, texts=texts, clips=members[:count])
        ranking = np.argsort(-scores(held, found), kind="stable")[:LOOKED_AT]
        wrong = [found.pieces[row] for row in ranking if found.pieces[row].id not in topic.members | {topic.after}]
        refused = profile(topic.id, texts=texts, clips=members[:count], refused=wrong[:REFUSED])
        kept = np.array([one.id not in refused.decided | {topic.after} for one in found.pieces])
        right = np.array([one.id in topic.members for one in found.pieces])[kept]
        if len(wrong) >= REFUSED and right.any():
            yield count, [_figures(scores(one, found)[kept], right) for one in (held, refused)]


def _figures(certain, right):
    """Average precision, proposed, right ones among these."""
    ranked = right[np.argsort(-certain, kind="stable")]
    precisions = (np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked]
    proposed = certain >= shipped().threshold
    return precisions.mean(), proposed.sum(), (proposed & right).sum()

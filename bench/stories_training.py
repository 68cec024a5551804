"""Learn what the evidence of relating weighs: `make train-relate` (acts).

Reads `../shared/data`, which the product never holds. First the pairs: each report against its neighbours, with the
stories that people gave. Then the stories: the stream is played again with the model at hand, and the model learns
from the states that its own mistakes lead to (DAgger, Ross et al. 2011). So that small archives and archives without
vectors are placed well, parts of the stream are also played alone, and once without vectors. The figures printed are of
halves that were not learned from; the weights that are shipped are learned from all, and say from what.
"""

from __future__ import annotations

import base64
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

import numpy as np

from bench import stories_sets
from bench.curve_fitting import fitted
from bench.material import SHARED
from chronik.relate.batch import grouped
from chronik.relate.curves import Curves, Pairs, curves_of
from chronik.relate.features import PAIR, UNDATED_HOURS
from chronik.relate.threads import THREAD, Stories, fitting
from chronik.relate.weights import pairs_of, shipped
from chronik.relate.window import Window

FILE = stories_sets.HERE.parent / "src" / "chronik" / "relate" / "weights.json"
VERSION = "1"
ROUNDS = 2
PENALTY = 3.0
HALF_WEIGHT, FEW_WEIGHT = 0.5, 0.3
DAYS_ALL = 36_500
BARS = {
    "same": 0.5,
    "same_text": 0.85,
    "different": 0.08,
    "join": 0.38,
    "join_text": 0.7,
    "pair_text": 0.7,
    "certain": 0.75,
    "linked": 0.3,
    "follow": 0.12,
}
JOINS = (0.36, 0.4, 0.44)


@dataclass(frozen=True)
class Stream:
    """Known reports in the order in which they come."""

    known: list[stories_sets.Known]
    weight: float = 1.0


@dataclass(frozen=True)
class Models:
    """What a stream is played with; without a model of stories, those that people gave are taken."""

    mean: np.ndarray
    pair: Pairs | None = None
    thread: Curves | None = None
    join: float = BARS["join"]


@dataclass
class Seen:
    """Rows of features with what was right for them."""

    features: list = field(default_factory=list)
    shares: list = field(default_factory=list)
    weights: list = field(default_factory=list)

    def add(self, features, shares, weight):
        """Take rows in, all of one weight."""
        if len(features):
            self.features.append(features)
            self.shares.append(np.asarray(shares, float))
            self.weights.append(np.full(len(features), weight))

    def fitted(self, names):
        """The model that fits best, as JSON."""
        rows, shares, weights = map(np.concatenate, (self.features, self.shares, self.weights))
        model = fitted(rows, shares, weights=weights, penalty=PENALTY)
        return {"bias": model["bias"], "curves": dict(zip(names, model["curves"], strict=True))}


def played(stream, models, *, pairs=None, threads=None):
    """Place each report in order; gives back the story of each. `pairs` and `threads` take in what was seen."""
    window, stories = Window(mean=models.mean), Stories()
    held, sizes = defaultdict(Counter), Counter(each.story for each in stream.known)
    for number, each in enumerate(stream.known):
        near = window.near(each.traits)
        if pairs is not None:
            same = [stream.known[place].story == each.story for place in near.places]
            pairs.add(near.features, same, stream.weight * sizes[each.story] ** -0.5)
        story = each.story if models.thread is None else f"new {number}"
        if models.pair is not None and near.places:
            odds = models.pair.odds(near.features, models.pair.added(near.features))
            fits = fitting(near, odds, window=window, stories=stories)
            if threads is not None:
                shares = [held[one][each.story] / held[one].total() for one in fits.stories]
                threads.add(fits.features, shares, stream.weight)
            scores = models.thread.probabilities(fits.features) if models.thread else [0.0]
            best = int(np.argmax(scores))
            story = fits.stories[best] if models.thread and scores[best] >= models.join else story
        stories.put(window.add(near), story, window=window)
        held[story][each.story] += 1
    return stories.of


def learned(streams, texts, mean):
    """Both models, as JSON and to be played with; `texts` are streams that only the model of pairs of texts sees."""
    pairs, of_texts, threads = Seen(), Seen(), Seen()
    for stream in streams:
        played(stream, Models(mean), pairs=pairs)
    for stream in texts:
        played(stream, Models(mean), pairs=of_texts)
    headlines = pairs.fitted(PAIR)
    pair = {"headlines": headlines, "texts": with_time(of_texts.fitted(PAIR), headlines)}
    models = Models(mean, pairs_of(pair))
    for _ in range(1 + ROUNDS):
        for stream in streams:
            played(stream, models, threads=threads)
        thread = threads.fitted(THREAD)
        models = replace(models, thread=curves_of(thread, THREAD))
    return pair, thread, models


def pair_rows(judged, mean):
    """Features of each judged pair, and what people said of it."""
    window = Window(mean=mean, days=DAYS_ALL)
    for first, second, _ in judged:
        for each in (first, second):
            window.add(window.near(each.traits, compared=False))
    for number, (first, _, same) in enumerate(judged):
        yield window.compared(window.near(first.traits, compared=False), 2 * number + 1), same


def with_time(texts, headlines):
    """The model of texts with what time weighs for headlines: the texts learned from have none."""
    heights = np.array(headlines["curves"]["hours"]["heights"])
    neutral = np.interp(np.log1p(UNDATED_HOURS), headlines["curves"]["hours"]["knots"], heights)
    hours = {"knots": headlines["curves"]["hours"]["knots"], "heights": [round(h, 5) for h in heights - neutral]}
    return {"bias": texts["bias"], "curves": texts["curves"] | {"hours": hours}}


def blinded(known):
    """Reports without their vectors."""
    return [replace(each, traits=replace(each.traits, vector=None)) for each in known]


def bcubed(known, found):
    """Precision, recall and F1 (Bagga & Baldwin 1998)."""
    gold = [each.story for each in known]
    both, by_gold, by_found = Counter(zip(found, gold, strict=True)), Counter(gold), Counter(found)
    precision = sum(n * n / by_found[label] for (label, _), n in both.items()) / len(known)
    recall = sum(n * n / by_gold[story] for (_, story), n in both.items()) / len(known)
    return precision, recall, 2 * precision * recall / (precision + recall)


def across(known, found):
    """Precision, recall and F1 of pairs whose two reports differ in language."""

    def pairs(labels):
        groups = defaultdict(Counter)
        for each, label in zip(known, labels, strict=True):
            groups[label][each.traits.language] += 1
        return sum((c.total() ** 2 - sum(n * n for n in c.values())) // 2 for c in groups.values())

    gold = [each.story for each in known]
    right = pairs(list(zip(found, gold, strict=True)))
    precision, recall = right / max(pairs(found), 1), right / max(pairs(gold), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def tried(name, streams, models):
    """Print how well streams that were not learned from are placed, bar by bar."""
    for part, known in streams.items():
        for join in JOINS:
            found = played(Stream(known), replace(models, join=join))
            figures = {"bcubed": bcubed(known, found), "across": across(known, found)}
            line = {key: [round(float(each), 3) for each in value] for key, value in figures.items()}
            print(f"{name}: {part}, join {join}: {line}, {len(set(found))} stories", flush=True)


def looked_at_all(name, known, models):
    """Print how well a set is grouped when all of it is looked at."""
    weights = replace(shipped(), pair=models.pair, mean=models.mean, mean_made_by="")
    for bar in (0.25, 0.3, 0.35, 0.4):
        placements = grouped([each.traits for each in known], weights=weights, joined_from=bar)
        figures = [round(float(each), 3) for each in bcubed(known, [each.story for each in placements])]
        print(f"{name}: all at once, linked from {bar}: {figures}", flush=True)


def topics(known, odd):
    """The reports of every other topic."""
    return [each for each in known if int(each.story.rstrip("abc")) % 2 == odd]


def main():
    """Learn, measure, write."""
    if not SHARED.is_dir():
        sys.exit(f"There is no {SHARED}: the weights are learned from the shared data beside the checkout.")
    games, ecb, judged = stories_sets.games(), stories_sets.ecb(), stories_sets.judged_pairs()
    titles, texts = (
        [stories_sets.ntrex(learned=part, whole=whole) for part in (True, False)] for whole in (False, True)
    )
    mean, mean_made_by = stories_sets.mean()
    prior, half = mean.astype(np.float32), len(games) // 2
    halves = (games[:half], games[half:])

    def learn(news, look_alikes):
        streams = [Stream(news), Stream(look_alikes, HALF_WEIGHT)]
        return learned(streams, [Stream(look_alikes), Stream(texts[0], FEW_WEIGHT)], prior)

    for one, other in ((0, 1), (1, 0)) if "--no-figures" not in sys.argv else ():
        name = f"learned on half {one + 1}"
        _, _, models = learn(halves[one], topics(ecb, one))
        looked_at_all(name, topics(ecb, other), models)
        told_pairs(name, judged, models)
        tests = {"games": halves[other], "blind": blinded(halves[other][:1000]), "titles": titles[1]}
        tried(name, tests | {"look-alikes": topics(ecb, other), "texts": texts[1]}, models)
    if "--figures" in sys.argv:
        return
    pair, thread, _ = learn(games, ecb)
    content = {"version": VERSION, "learned_from": stories_sets.digest(), "bars": BARS, "mean_made_by": mean_made_by}
    content |= {"mean": base64.b64encode(mean.tobytes()).decode(), "pair": pair, "thread": thread}
    FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def told_pairs(name, judged, models):
    """Print the share of judged pairs that are judged as people did."""
    rows = [
        (models.pair.odds(row, models.pair.added(row))[0] >= 0, same) for row, same in pair_rows(judged, models.mean)
    ]
    print(f"{name}: judged pairs: {np.mean([said == same for said, same in rows]):.3f} right", flush=True)


if __name__ == "__main__":
    main()

"""Learns what it costs to hear one sound for another, for `chronik.relate.bridge.alike`.

    python tools/bridge_sounds.py RIGOUR

RIGOUR is the unpacked source of the package rigour, whose names of persons from Wikidata stand side by side in many
scripts. Names that share a skeleton are aligned sound by sound; a cost is the logarithm of how rarely an exchange or a
loss is met. Only these figures go into the package: `relate/bridge/data/costs.json`.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from itertools import product
from pathlib import Path

from chronik.relate.bridge.alike import Costs, distance, family
from chronik.relate.bridge.skeleton import skeletons
from chronik.relate.bridge.sounds import readings, script
from chronik.relate.bridge.unspaced import writes_foreign_names

OUT = Path(__file__).resolve().parent.parent / "src" / "chronik" / "relate" / "bridge" / "data" / "costs.json"
SOUNDS = "abcdefghiklmnoprstuvwxyzSZCJ"
SCRIPTS = ("Latn", "Cyrl", "Grek", "Armn", "Geor", "Arab", "Hebr", "Kana", "Hani", "Hang")
PAIRS_OF_SCRIPT, LETTERS_MIN, ROUNDS = 1_800, 4, 3
EXCHANGE_SCALE, LOSS_SCALE, LEAST = 5.5, 5.0, 0.02
SEEN_BEFORE, SEEN_OF = 0.3, 30
"""What is never met is no less likely than this."""
TELLING = 0.85


def main(rigour):
    """Write the costs."""
    pairs = defaultdict(list)
    for pair in aligned_names(rigour / "rust" / "data" / "names" / "person_names.txt"):
        pairs[family(*pair)].append(pair)
    kept = {}
    for name, some in sorted(pairs.items()):
        costs = first_costs()
        for _ in range(ROUNDS):
            costs = learned(some, costs)
        kept[name] = {"exchange": told(costs.exchange), "lost": told(costs.lost)}
    OUT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def told(costs):
    """The costs that say something, rounded."""
    return {sounds: round(cost, 2) for sounds, cost in sorted(costs.items()) if cost < TELLING}


def aligned_names(path):
    """Pairs of one name in Latin letters and in another spelling."""
    random.seed(5)
    found = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        forms = [form for form in line.rpartition(" => ")[0].split(", ") if usable(form)]
        latin = [form for form in forms if script(form[0]) == "Latn" and len(form) >= LETTERS_MIN]
        if latin:
            for form in forms:
                first = random.choice(latin)  # noqa: S311 - which spelling is met is no secret
                if first != form and not form.startswith(first) and not first.startswith(form):
                    found[script(form[0])].append((first, form))
    pairs = []
    for every in found.values():
        random.shuffle(every)
        sharing = (pair for pair in every if not set(skeletons(pair[0])).isdisjoint(skeletons(pair[1])))
        pairs += [pair for pair, _ in zip(sharing, range(PAIRS_OF_SCRIPT), strict=False)]
    return pairs


def usable(form):
    """Whether a spelling is one word of one script that writes sounds."""
    if not form.isalpha() or len(form) < 2 or script(form[0]) not in SCRIPTS:
        return False
    return script(form[0]) != "Hani" or writes_foreign_names(form)


def first_costs():
    """All consonants alike unless equal, vowels cheap: enough to align most names."""
    lost = {sound: 0.3 if sound in "aeiouhxyw" else 1.0 for sound in SOUNDS}
    soft = frozenset("aeiouyw")
    exchange = {}
    for one, other in product(SOUNDS, SOUNDS):
        both = (one in soft) + (other in soft)
        exchange[one + other] = {2: 0.3, 1: 1.0, 0: 0.8}[both]
    return Costs(exchange=exchange, lost=lost)


def learned(pairs, costs):
    """Costs counted over the cheapest alignments under the costs before."""
    exchanged, gone, met = Counter(), Counter(), Counter()
    for first, second in pairs:
        for one, other in cheapest(first, second, costs):
            met.update(sound for sound in (one, other) if sound)
            if one and other:
                exchanged[frozenset((one, other))] += 1
            else:
                gone[one or other] += 1
    exchange = {}
    for one, other in product(SOUNDS, SOUNDS):
        share = (exchanged[frozenset((one, other))] + SEEN_BEFORE) / (min(met[one], met[other]) + SEEN_OF)
        if one != other:
            exchange[one + other] = cost(share, EXCHANGE_SCALE)
    lost = {sound: cost((gone[sound] + SEEN_BEFORE) / (met[sound] + SEEN_OF), LOSS_SCALE) for sound in SOUNDS}
    return Costs(exchange=exchange, lost=lost)


def cost(share, scale):
    """What is common is cheap."""
    return min(1.0, max(LEAST, -math.log(share) / scale))


def cheapest(first, second, costs):
    """The alignment of the two readings that fit best: pairs of sounds, one empty where it is lost."""
    ways = product(readings(first), readings(second))
    one, other = min(ways, key=lambda way: distance(*way, costs=costs))
    return steps(one, other, costs)


def steps(one, other, costs):
    """The way back through the table of distances."""
    table = [[distance(one[:i], other[:j], costs=costs) for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    i, j, found = len(one), len(other), []
    while i or j:
        both = table[i - 1][j - 1] + costs.of(one[i - 1], other[j - 1]) if i and j else math.inf
        first = table[i - 1][j] + costs.lost.get(one[i - 1], 1.0) if i else math.inf
        second = table[i][j - 1] + costs.lost.get(other[j - 1], 1.0) if j else math.inf
        back_one, back_other = (1, 1) if both <= min(first, second) else (1, 0) if first <= second else (0, 1)
        found.append((one[i - 1] if back_one else "", other[j - 1] if back_other else ""))
        i, j = i - back_one, j - back_other
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))

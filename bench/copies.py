"""How many made copies of real texts are found, in which script, how many look-alikes are taken for one, how fast.

`--tuning` takes the half of the texts that thresholds were looked at with; `--missed` lists copies that were not told
with certainty; `--index N` measures look-ups and memory among N texts; `--translations` says how surely a translation
is told.
"""

import argparse
import random
import resource
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

from bench import copies_material as material
from bench import copies_translated
from bench.material import SHARED
from chronik.extract.script import script
from chronik.relate.copies import Copies, confirmed
from chronik.relate.fingerprint import Sketch, sketch, verified

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)
BEYOND = "cut, edited and framed"
"""Harder than what is asked for; in no total."""
REALLY_SHARED = 0.5
"""Where so many words of one stand in the other, word by word, it is right to call it a copy: the sets hold some."""
HASHES, SHINGLES, ASKED = 88, 350, 300


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A made text, and what was found for it."""

    kind: str
    of: str
    script: str
    found: bool
    certain: bool
    confirmed: bool
    """With the texts at hand."""
    wrong: int
    """Other texts that were taken for the original with certainty, and are none."""


def measure(options=()):
    """Lines of the tables."""
    if not SHARED.is_dir():
        return ["The shared data are not beside this checkout."]
    parser = argparse.ArgumentParser(prog="bench copies")
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--index", type=int, default=0)
    parser.add_argument("--translations", action="store_true")
    wanted = parser.parse_args(options)
    if wanted.translations:
        return copies_translated.rows()
    if wanted.index:
        return index_rows(wanted.index)
    texts, spare = material.texts(material.TUNING if wanted.tuning else material.MEASURING)
    asked = list(answers(texts, spare))
    peer = rensa_recall(texts, spare) if find_spec("rensa") else {}
    rows = [*kind_rows(texts, asked, peer), "", *script_rows(asked), "", *speed_rows(texts)]
    missed = [f"{one.kind}: {one.of}" for one in asked if not one.certain and one.kind in material.EDITS]
    return [*rows, *(missed if wanted.missed else ())]


def answers(texts, spare):
    """What is found for each made text among all real ones."""
    copies = index_of(texts)
    known = {text.id: text.text for text in texts}
    for text in texts:
        written = script(text.text)
        others = spare[text.group]
        for made in (*material.copies(text, others), *material.look_alikes(text, others)):
            found = {copy.of: copy for copy in copies.found(sketch(made.text))}
            best = found.get(text.id)
            others_certain = [copy.of for copy in found.values() if copy.certain and copy.of != text.id]
            yield Asked(
                kind=made.kind,
                of=text.id,
                script=written,
                found=best is not None,
                certain=best is not None and best.certain,
                confirmed=best is not None and confirmed(best, text=made.text, earlier=text.text).certain,
                wrong=sum(verified(made.text, known[of]) < REALLY_SHARED for of in others_certain),
            )


def index_of(texts):
    """An index of all these."""
    copies = Copies()
    for text in texts:
        copies.add(text.id, sketch(text.text), when=NOON)
    return copies


def figures(asked):
    """Recall of each kind of edit, and the precision of all that was called certain, look-alikes included."""
    kinds = by(asked, lambda one: one.kind)
    shown = {kind: share(kinds[kind]) for kind in material.EDITS if kind != BEYOND}
    right = sum(one.certain for one in asked if one.kind in shown)
    wrong = sum(one.certain for one in asked if one.kind not in material.EDITS)
    wrong += sum(one.wrong for one in asked if one.kind != BEYOND)
    return {**shown, "precision": right / (right + wrong)}


def by(asked, key):
    """The same, in groups."""
    groups = defaultdict(list)
    for one in asked:
        groups[key(one)].append(one)
    return groups


def share(asked):
    """Share of them that were called a copy with certainty."""
    return sum(one.certain for one in asked) / len(asked)


def kind_rows(texts, asked, peer):
    """A row for each kind of edit and of look-alike."""
    languages = len({text.group for text in texts})
    precision = figures(asked)["precision"]
    yield f"material: {len(texts)} texts, {languages} languages; precision of what is called certain: {precision:.4f}"
    yield "| copies with | made | certain | confirmed by the texts | found at all | rensa: resemblance of a half |"
    yield "|---|---|---|---|---|---|"
    kinds = by(asked, lambda one: one.kind)
    for kind in sorted(kinds, key=lambda kind: (kind not in material.EDITS, kind)):
        ones = kinds[kind]
        name = kind if kind in material.EDITS else f"no copy: {kind}"
        found = sum(one.found for one in ones) / len(ones)
        by_text = sum(one.confirmed for one in ones) / len(ones)
        theirs = f"{peer[kind]:.4f}" if kind in peer else "–"
        yield f"| {name} | {len(ones)} | {share(ones):.4f} | {by_text:.4f} | {found:.4f} | {theirs} |"


def script_rows(asked):
    """Recall of the six kinds of edit by script, the worst first."""
    yield "| script | made | certain |"
    yield "|---|---|---|"
    copied = [one for one in asked if one.kind in material.EDITS and one.kind != BEYOND]
    groups = by(copied, lambda one: one.script)
    for name in sorted(groups, key=lambda name: share(groups[name])):
        yield f"| {name} | {len(groups[name])} | {share(groups[name]):.4f} |"


def speed_rows(texts):
    """Texts a CPU second, beside the library that makes MinHash of shingles, where it is installed."""
    plain = [text.text for text in texts]
    words = statistics.mean(len(text.split()) for text in plain)
    yield f"| texts a CPU second, mean {words:.0f} words | |"
    yield "|---|---|"
    yield f"| sketch: folding, shingles and hashes | {rate(plain, sketch):,.0f} |"
    copies, sketches = index_of(texts), [sketch(text) for text in plain]
    yield f"| look-up among them | {rate(sketches, copies.found):,.0f} |"
    if find_spec("rensa"):
        yield f"| rensa: 128 permutations, shingles of what stands between blanks | {rate(plain, rensa_hash):,.0f} |"


def rensa_hash(text):
    """MinHash of the shingles of four words of a text."""
    from rensa import RMinHash

    words = text.lower().split()
    one = RMinHash(num_perm=128, seed=42)
    one.update([" ".join(words[at : at + 4]) for at in range(max(1, len(words) - 3))])
    return one


def rensa_recall(texts, spare):
    """Recall of each kind of edit by the peer: a resemblance of a half with the original counts."""
    counts = defaultdict(list)
    for text in texts:
        original = rensa_hash(text.text)
        for made in material.copies(text, spare[text.group]):
            counts[made.kind].append(original.jaccard(rensa_hash(made.text)) >= REALLY_SHARED)
    return {kind: statistics.mean(said) for kind, said in counts.items()}


def rate(items, work):
    """Items a CPU second."""
    start = time.process_time()
    for item in items:
        work(item)
    return len(items) / (time.process_time() - start)


def index_rows(count):
    """How long look-ups take among so many texts, and how much memory the index takes."""
    chance = random.Random(4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    copies, kept, adding = Copies(), [], 0.0
    for number in range(count):
        made = random_sketch(chance)
        start = time.process_time()
        copies.add(f"{number:064x}", made, when=NOON + timedelta(seconds=number), source=f"source {number % 40}")
        adding += time.process_time() - start
        if number % (count // ASKED) == 0:
            kept.append(made)
    taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 2**10
    times = []
    for made in kept:
        start = time.process_time()
        copies.found(made)
        times.append(1_000 * (time.process_time() - start))
    return [
        f"| index of {count:,} texts of {SHINGLES} words | |",
        "|---|---|",
        f"| memory, MiB | {taken:,.0f} |",
        f"| added a CPU second | {count / adding:,.0f} |",
        f"| look-up, median, CPU ms | {statistics.median(times):.1f} |",
        f"| look-up, p95, CPU ms | {statistics.quantiles(times, n=20)[-1]:.1f} |",
    ]


def random_sketch(chance):
    """The sketch of a text that has nothing in common with others."""
    import numpy as np

    lowest = sorted(chance.randrange(2**30) for _ in range(HASHES))
    hashes = np.array(lowest, dtype="<u4").tobytes()
    return Sketch(words=SHINGLES + 3, shingles=SHINGLES, hashes=hashes, number_count=0, numbers=b"")

"""Learn the weights of our own reader from pages whose text is known: `make train-reading` (acts).

Reads `../shared/data`, which the product never holds; writes the forest and, beside it, the record of how it
came about: digests of the data, the plan, and the figures of each set on pages of hosts that were not learned from.
"""

from __future__ import annotations

import json
import pathlib
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from hashlib import sha256

from forests import Plan, grown, summed, written
from reading_pages import digest, f1, read, rows, weakly

from chronik.extract.readers import own

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
WEIGHTS = ROOT / "src" / "chronik" / "extract" / "readers"
FOLDS = 5
WORKERS = 2
PLAN = Plan(trees=360, rate=0.07, columns_share=0.15, ridge=10.0)
TRIAL = Plan(trees=100, rate=0.12, columns_share=0.15, ridge=10.0, seed=22)
"""Only says which pages without gold text are worth learning from."""


def main():
    """Learn, measure, write."""
    if not DATA.is_dir():
        sys.exit(f"There is no {DATA}: the weights are learned from the shared data, which lies beside the checkout.")
    gold = list(read(DATA / "extraction", "gold"))
    trial = grown(*rows(gold, [known.numbers for known in gold]), TRIAL)
    loose = list(read(DATA / "dates", "dates"))
    weak = [known for known in loose if weakly(known, summed(trial, known.numbers)) is not None]
    pages = gold + weak
    print(f"{len(gold)} pages with their text, {len(weak)} without", flush=True)
    scores, forest = _learned(pages)
    record = {
        "data": {name: digest(DATA / name) for name in ("extraction", "dates")},
        "plans": {"forest": asdict(PLAN), "trial": asdict(TRIAL)},
        "columns": sha256("\n".join(own.column_names()).encode()).hexdigest(),
        "pages": {"gold": len(gold), "weak": len(weak)},
        "body_f1_out_of_fold": _figures(gold, scores[: len(gold)]),
    }
    (WEIGHTS / "weights.json").write_text(written(forest), encoding="ascii")
    (WEIGHTS / "training.json").write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="ascii")
    print(json.dumps(record, indent=2, sort_keys=True))


def _fold(host):
    """Pages of one host are never on both sides."""
    parts = host.split(".")
    site = ".".join(parts[-3:] if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else parts[-2:])
    return int(sha256(site.encode()).hexdigest(), 16) % FOLDS


def _learned(pages):
    """The scores of every page by a forest that saw no page of its site, and the forest that saw all."""
    folds = [_fold(known.host) for known in pages]
    jobs = []
    for left_out in (*range(FOLDS), None):
        kept = [known for known, fold in zip(pages, folds, strict=True) if fold != left_out]
        jobs.append((*rows(kept, [known.numbers for known in kept], blind=True), PLAN))
    with ProcessPoolExecutor(WORKERS) as pool:
        forests = list(pool.map(_grown, jobs))
    return [summed(forests[fold], known.numbers) for fold, known in zip(folds, pages, strict=True)], forests[-1]


def _grown(job):
    return grown(*job)


def _figures(pages, scores):
    """Body F1 of our own reader alone, of the slower one, and of both as the product joins them."""
    found = {}
    for group in sorted({known.group for known in pages}):
        own_pairs, slow_pairs, joined_pairs, asked = [], [], [], 0
        for known, sums in zip(pages, scores, strict=True):
            if known.group != group:
                continue
            look = replace(known.look, sums=[round(1_000 * float(one)) for one in sums])
            doubtful = look.doubtful()
            asked += doubtful
            joined = own.heard(look, known.lines) if doubtful and known.lines else look
            own_pairs.append((known.text, _text(look)))
            joined_pairs.append((known.text, _text(joined)))
            slow_pairs.append((known.text, "\n".join(known.lines)))
        found.setdefault("own", {})[group] = f1(own_pairs)
        found.setdefault("cascade", {})[group] = f1(joined_pairs)
        found.setdefault("slow", {})[group] = f1(slow_pairs)
        found.setdefault("asked", {})[group] = round(asked / len(own_pairs), 3)
    return found


def _text(look):
    return "\n".join(look.page.leaves[row].text for row in look.chosen())


if __name__ == "__main__":
    main()

"""`python -m bench reading`: what to measure, and the tables."""

import argparse
import json

from bench.reading import figures, ours, sets, worst

HEADS = {
    "body_f1": "body F1",
    "body_precision": "P",
    "body_recall": "R",
    "title": "title",
    "authors_f1": "authors F1",
    "day": "day",
    "minute": "minute",
}


def measure(arguments=()):
    """Lines of the tables that the arguments ask for."""
    wanted = _options(arguments)
    if not sets.there():
        yield f"The open sets are not beside this checkout ({sets.DATA})."
        return
    names = [name for name in sets.SETS if name in wanted.sets]
    pages = {name: sets.pages(name) for name in names}
    found = {"chronik": {name: ours.findings(pages[name]) for name in names}}
    if wanted.worst:
        everything = {page: one for name in names for page, one in found["chronik"][name].items()}
        yield from worst.report([gold for name in names for gold in pages[name]], everything, count=wanted.worst)
        return
    scores = {name: {who: figures.figures(pages[name], one[name]) for who, one in found.items()} for name in names}
    if wanted.json:
        yield json.dumps(scores)
        return
    for name in names:
        yield from _table(name, scores[name], count=len(pages[name]))


def _options(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench reading")
    parser.add_argument("--ours", action="store_true", help="quality of our own reader only")
    parser.add_argument("--only", dest="sets", default=",".join(sets.SETS), help="sets, with commas between")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N pages that we read worst")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    wanted = parser.parse_args(arguments)
    wanted.sets = wanted.sets.split(",")
    return wanted


def _table(name, scores, *, count):
    """One set, a row a reader."""
    columns = [field for field in figures.FIELDS if any(field in one for one in scores.values())]
    yield f"{name}: {count} pages"
    yield ""
    yield "| reader | " + " | ".join(HEADS[field] for field in columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for reader, one in scores.items():
        yield f"| {reader} | " + " | ".join(_shown(one.get(field)) for field in columns) + " |"
    yield ""


def _shown(value):
    return "–" if value is None else f"{value:.4f}".lstrip("0") if value < 1 else "1"

"""`python -m bench reading`: what to measure, and the tables."""

import argparse
import json
import sys

from bench.reading import figures, floors, ours, parallel, sets, speed, tables, worst
from bench.reading.peers import environment
from bench.reading.peers import findings as peers

PARTS = (*sets.SETS, "speed", "parallel", "leak")


def measure(arguments=()):
    """Lines of the tables that the arguments ask for."""
    wanted = _options(arguments)
    names = [name for name in sets.SETS if name in wanted.only and sets.there()]
    if not sets.there() and not wanted.json:
        yield f"The open sets are not beside this checkout ({sets.DATA}); speed is measured on the sample newsroom."
        yield ""
    pages = {name: sets.pages(name) for name in names}
    if wanted.worst:
        golds = [gold for name in names for gold in pages[name]]
        yield from worst.report(golds, ours.findings(golds), count=wanted.worst)
        return
    python = environment.interpreter() if wanted.peers else None
    scores = {name: dict(_scores(wanted, python, pages=pages[name])) for name in names}
    if wanted.raise_floors:
        floors.rise({name: scores[name][ours.NAME] for name in names})
    parts = dict(_parts(wanted, python))
    if wanted.json:
        yield json.dumps({"sets": scores, **parts})
        return
    lines = [*tables.quality(scores), *tables.parts(parts)]
    if wanted.publish:
        tables.publish(lines)
    yield from lines


def _options(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench reading", description="Measure how well pages are read.")
    parser.add_argument("--ours", action="store_true", help="only our own reader, and only how well it reads")
    parser.add_argument("--only", default="", help=f"of {', '.join(PARTS)}; with commas between")
    parser.add_argument("--peers", default="all", help="all, none, or names with commas between")
    parser.add_argument("--fresh", action="store_true", help="ask the peers anew, whatever is remembered")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N pages that we read worst")
    parser.add_argument("--raise-floors", action="store_true", help="write better figures into the quality tests")
    parser.add_argument("--publish", action="store_true", help="put the tables into docs/BENCHMARKS.md, too")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    wanted = parser.parse_args(arguments)
    wanted.only = wanted.only.split(",") if wanted.only else (sets.SETS if wanted.ours else PARTS)
    if unknown := set(wanted.only) - set(PARTS):
        parser.error(f"there is no part {min(unknown)!r}; known: {', '.join(PARTS)}")
    named = {"all": peers.ALL, "none": ()}.get(wanted.peers, wanted.peers.split(","))
    if unknown := set(named) - set(peers.ALL):
        parser.error(f"there is no peer {min(unknown)!r}; known: {', '.join(peers.ALL)}")
    wanted.peers = () if wanted.ours or wanted.worst else named
    return wanted


def _scores(wanted, python, *, pages):
    """Reader and its figures on one set, ours first."""
    found = ours.findings(pages)
    mine = figures.figures(pages, found)
    if not wanted.ours:
        mine["pages_per_cpu_s"] = speed.pages_a_second(sys.executable, ours.NAME, pages)
    yield ours.NAME, mine
    if unseen := ours.unseen(pages[0].set):
        yield ours.UNSEEN, unseen
    for name in wanted.peers if python else ():
        if not peers.asked(name, pages[0].set):
            continue
        found = peers.findings(python, name, pages=pages, fresh=wanted.fresh)
        if found is not None:
            spent_s = sum(one["cpu_s"] for one in found.values())
            given = peers.given(name, figures.figures(pages, found))
            yield f"{name} {environment.version(name)}", {**given, "pages_per_cpu_s": len(pages) / spent_s}


def _parts(wanted, python):
    """What is measured besides quality."""
    articles = sets.articles(environment.OUT / "sample")
    if "speed" in wanted.only and python:
        yield "speed", speed.speed(python, articles)
    if "parallel" in wanted.only:
        yield "parallel", parallel.parallel()
    if "leak" in wanted.only:
        yield "leak", speed.leak(articles)

"""Reads the sets as the archive does: in processes that can be killed."""

import json
import sys
from importlib.resources import files

from bench.reading import sets
from chronik.extract import workers
from chronik.model import Article, Page

WORKERS = 2
TIMEOUT_S = 60.0
NAME = "chronik"
UNSEEN = "chronik, sites not learned from"


def findings(pages):
    """What our reader gives for each page, by its name; a page that it refuses has the reason as `failure`."""
    items = ((gold.page, page(gold)) for gold in pages)
    found = {}
    for done, (name, outcome) in enumerate(workers.readings(items, workers=WORKERS, timeout_s=TIMEOUT_S), 1):
        found[name] = finding(outcome)
        progress(NAME, done, len(pages))
    return found


def unseen(set_name):
    """Body F1 on sites that the reader did not learn from, as its training measured it; empty where it learned none."""
    record = json.loads(files("chronik.extract.readers").joinpath("training.json").read_text(encoding="utf-8"))
    by_set = record["body_f1_out_of_fold"]["cascade"]
    return {"body_f1": by_set[sets.WITHIN[set_name]]} if sets.WITHIN[set_name] in by_set else {}


def page(gold):
    """A page of a set as the archive hands it to the reader."""
    return Page(url=gold.url, body=gold.body(), media_type="text/html")


def finding(outcome):
    """An article as the figures know it."""
    if not isinstance(outcome, Article):
        return {"failure": str(outcome)}
    return {
        "text": outcome.text,
        "title": outcome.title,
        "authors": list(outcome.authors),
        "published": outcome.published,
        "made_by": outcome.made_by,
    }


def progress(name, done, total):
    """Show how far a reader is: on a terminal all the time, elsewhere when it is through."""
    if sys.stderr.isatty() or done == total:
        start = "\r" if sys.stderr.isatty() else ""
        print(f"{start}{name}: {done}/{total} ", end="\n" if done == total else "", file=sys.stderr, flush=True)

"""What each peer finds on the sets, remembered: the same release reads the same pages the same way."""

import hashlib
import json
from pathlib import Path

from bench.reading import sets
from bench.reading.ours import progress
from bench.reading.peers.environment import LOCK, OUT
from bench.reading.peers.process import Reader

ALL = (
    "trafilatura",
    "trafilatura precise",
    "trafilatura fast",
    "readability-lxml",
    "newspaper4k",
    "resiliparse",
    "goose3",
    "boilerpy3",
    "justext",
    "htmldate",
    "htmldate fast",
)
DATED = {"trafilatura", "newspaper4k", "goose3", "htmldate", "htmldate fast"}
"""Readers that give a date, in the setting of which it depends."""
SETS_OF = {name: sets.SETS if name in DATED else (sets.ENGLISH, sets.PUBLISHERS) for name in ALL} | {
    "htmldate": (sets.PUBLISHERS, sets.DATES),
    "htmldate fast": (sets.PUBLISHERS, sets.DATES),
}
REMEMBERED = OUT / "findings"


def findings(python, name, *, pages, fresh=False):
    """What a peer finds on the pages of one set; None where it cannot start at all."""
    path = REMEMBERED / f"{name.replace(' ', '-')}-{_key(name, pages)}.json"
    if path.is_file() and not fresh:
        return json.loads(path.read_text(encoding="utf-8"))
    with Reader(python, name) as reader:
        if not reader.start():
            return None
        found = {}
        for done, gold in enumerate(pages, 1):
            found[gold.page] = reader.finding(gold)
            progress(name, done, len(pages))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found), encoding="utf-8")
    return found


def _key(name, pages):
    """Another release, setting or set has another key."""
    whole = hashlib.sha256(LOCK.read_bytes() + Path(__file__).with_name("readers.py").read_bytes() + name.encode())
    for gold in pages:
        whole.update(f"{gold.page}\0{gold.url}\0".encode())
        whole.update(hashlib.sha256(gold.file.read_bytes()).digest())
    return whole.hexdigest()[:16]

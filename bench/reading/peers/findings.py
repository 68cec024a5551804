"""What each peer finds on the sets, remembered: the same release reads the same pages the same way."""

import hashlib
import json
from pathlib import Path

from bench.reading import sets
from bench.reading.ours import progress
from bench.reading.peers.environment import LOCK, OUT
from bench.reading.peers.process import Reader

_BODY = {"body_f1", "body_precision", "body_recall"}
_ALL_BUT_MINUTE = _BODY | {"title", "authors_f1", "day"}
GIVES = {
    "trafilatura": _ALL_BUT_MINUTE,
    "trafilatura precise": _ALL_BUT_MINUTE,
    "trafilatura fast": _ALL_BUT_MINUTE,
    "readability-lxml": _BODY | {"title"},
    "newspaper4k": _ALL_BUT_MINUTE | {"minute"},
    "resiliparse": _BODY | {"title"},
    "goose3": _ALL_BUT_MINUTE | {"minute"},
    "boilerpy3": _BODY | {"title"},
    "justext": _BODY,
    "htmldate": {"day"},
    "htmldate fast": {"day"},
}
"""What each reader gives at all; of the rest nothing is said."""
ALL = tuple(GIVES)
_SETTINGS = {"trafilatura precise", "trafilatura fast"}
"""The date does not depend on them: they are left out where only the date is asked for."""
REMEMBERED = OUT / "findings"


def asked(name, set_name):
    """Whether a reader has anything to say on a set."""
    if set_name == sets.DATES:
        return "day" in GIVES[name] and name not in _SETTINGS
    return "body_f1" in GIVES[name] or (set_name == sets.PUBLISHERS and "day" in GIVES[name])


def given(name, found):
    """The figures of what a reader gives."""
    return {figure: value for figure, value in found.items() if figure in GIVES[name] or figure == "failed"}


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

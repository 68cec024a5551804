"""What the torture does to an archive: a worker that is promised things until it dies, and a look at what is left."""

import json
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from chronik import wiring
from chronik.archive import checking, collecting, recording
from chronik.errors import BusyError
from chronik.model import Act, Clip, Opening, Verb, content_id
from chronik.model.records import clip_record
from chronik.preserve import stopping
from chronik.preserve.backups import BackupFolder
from tests.preserve.ledgers import is_sound
from tests.preserve.material import exchange

DOSSIER = "torture"
BODY_BYTES_MAX = 30_000
RECORD_EVERY = 3
SEAL_EVERY = 7
KEPT = 2
"""Backups that are looked for: those before are pruned."""


@dataclass
class Promises:
    """What the archive acknowledged, over all its lives."""

    captures: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    clips: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    """Digests of editions."""
    backups: list[str] = field(default_factory=list)
    """Names."""
    withdrawable: int = 0
    """So many of them, the first, were made before something was redacted: the next backup takes them away."""
    redacted: list[str] = field(default_factory=list)
    """Words that are nowhere any more."""
    leaves: int = 0

    def add(self, line: str) -> None:
        kind, _, value = line.partition(" ")
        if kind == "leaves":
            self.leaves = max(self.leaves, int(value))
        elif kind in {"captures", "acts", "clips", "published", "backups", "redacted"}:
            getattr(self, kind).append(value)
        elif kind == "redacting":
            self.published.clear()  # what was published of the dossier goes first, until somebody publishes it again
            self.withdrawable = len(self.backups)

    @property
    def total(self) -> int:
        lists = (self.captures, self.acts, self.clips, self.published, self.backups, self.redacted)
        return sum(map(len, lists)) + self.leaves


def prepare(folder: Path) -> None:
    """Make an archive with the dossier that clips go to."""
    from chronik.desk import actions

    wiring.init(folder)
    with wiring.opened(folder) as house:
        now = house.clock()
        actions.new_dossier(house.catalogue, slug=DOSSIER, names={"en": "Torture"}, by="torture", now=now)
        recording.record_due(house)


Promise = Callable[[str, object], None]


def promising(pipe: int) -> Promise:
    """What says a promise into the pipe, once it is made."""

    def promise(kind: str, value: object) -> None:
        os.write(pipe, f"{kind} {value}\n".encode())

    return promise


def canary(turn: int, number: int) -> str:
    """Words that nobody may find any more once they were redacted."""
    return f"Kanarienvogel-{turn}-{number}-singt"


def one_page(house, name: str, promise: Promise, *, words: str = ""):
    """A page kept, recorded and clipped; its clip."""
    url = f"https://talbote.example/{name}"
    chance = random.Random(name)
    body = chance.randbytes(chance.randrange(BODY_BYTES_MAX))
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + words.encode() + body
    capture = house.vault.keep(exchange(answer, url=url, started_at=house.clock()))
    stopping.passing("kept")
    house.catalogue.record_capture(capture)
    promise("captures", capture.id)
    clip = a_clip(capture, url, words)
    detail = {"dossier": DOSSIER, "new": clip_record(clip)}
    act = Act(at=house.clock(), by="torture", verb=Verb.CLIP, subject=clip.id, detail=detail)
    house.catalogue.add_clip(clip, act)
    promise("acts", act.id)
    promise("clips", clip.id)
    stopping.passing("clipped")
    return clip


def work(folder: Path, turn: int, pipe: int, pause_s: float = 0) -> None:
    """Keep, record, clip, enter leaves, seal; say each promise into the pipe once it is made."""
    promise = promising(pipe)
    house = wiring.opened(folder)
    collecting.recover(house)
    promise("ready", turn)
    recording.record_due(house)
    for number in count():
        one_page(house, f"{turn}/{number}", promise)
        if number % RECORD_EVERY == RECORD_EVERY - 1:
            with suppress(BusyError):  # a backup is being taken
                promise("leaves", recording.record_due(house).size)
        time.sleep(pause_s)
        if number % SEAL_EVERY == SEAL_EVERY - 1:
            house.vault.close()


def a_clip(capture, url: str, words: str = "") -> Clip:
    return Clip(
        id=content_id({"clip": url}),
        dossier=DOSSIER,
        title=url,
        excerpt=words,
        url=url,
        capture_id=capture.id,
        clipped_at=datetime.now(UTC),
    )


def examine(folder: Path, promises: Promises) -> dict:
    """Open the archive as after any crash, and say what is wrong with it: lost, twice, damaged, slow."""
    begun = time.monotonic()
    with wiring.opened(folder) as house:
        collecting.recover(house)
        recording.record_due(house)
        _, findings = checking.verify(house)
        elapsed_s = time.monotonic() - begun
        wrong = [f"{finding.subject}: {finding.what}" for finding in findings]
        wrong += _site_faults(house, promises) + _backup_faults(folder, promises) + residues(house, promises.redacted)
        wrong += _lost(house, promises) + _twice(house)
        ledger = recording.ledger(house)
        if ledger.size and not is_sound(ledger):
            wrong.append("the ledger is not sound")
        if house.catalogue.leaves_due():
            wrong.append("leaves are due although everything was recorded")
        if ledger.size < promises.leaves:
            wrong.append(f"the ledger has {ledger.size} leaves; {promises.leaves} were promised")
        captures = sum(1 for _ in house.catalogue.captures())
    return {"wrong": wrong, "elapsed_s": elapsed_s, "captures": captures}


def _lost(house, promises: Promises) -> list[str]:
    known = house.catalogue.known_captures(promises.captures)
    lost = [f"capture {one} was lost" for one in promises.captures if one not in known]
    acts = {act.id for act in house.catalogue.acts(limit=10**6)}
    lost += [f"act {one} was lost" for one in promises.acts if one not in acts]
    clips = {clip.id for clip in house.catalogue.clips(DOSSIER)}
    return lost + [f"clip {one} was lost" for one in promises.clips if one not in clips]


def residues(house, redacted: list[str] | list[bytes]) -> list[str]:
    """Where words still stand that were redacted: in any file as it is, or in what the vault's records hold."""
    wanted = [words.encode() if isinstance(words, str) else words for words in redacted]
    if not wanted:
        return []
    files = [path for path in house.config.archive.rglob("*") if path.is_file()]
    held = [(path.name, path.read_bytes()) for path in files]
    held += [(one.url, house.vault.page(one).body) for one in house.vault.captures()]
    return [f"{words!r} still stands in {name}" for name, data in held for words in wanted if words in data]


def _site_faults(house, promises: Promises) -> list[str]:
    """Pages that cannot be read, or show what is not there, or are missing although they were promised."""
    path = house.config.site / DOSSIER / "dossier.json"
    if not path.exists():
        return ["what was published is not there"] if promises.published else []
    try:
        shown = json.loads(path.read_bytes())
    except ValueError:
        return ["what was published cannot be read"]
    known = {clip.id for clip in house.catalogue.clips(DOSSIER)}
    return [f"clip {clip['id']} is published and not there" for clip in shown["clips"] if clip["id"] not in known]


def _backup_faults(folder: Path, promises: Promises) -> list[str]:
    store = BackupFolder(folder.with_name(f"{folder.name}-backup"))
    name = store.latest()
    if name is None:
        return ["a backup was lost"] if promises.backups else []
    standing = promises.backups[promises.withdrawable :][-KEPT:]
    lost = [f"backup {one} was lost" for one in standing if one not in store.names()]
    return lost + [f"backup {name}: {file}: {what}" for file, what in store.damages(store.manifest(name))]


def _twice(house) -> list[str]:
    """One address was fetched once, one thing clipped once, and each has one leaf."""
    kept = Counter(capture.url for capture in house.vault.captures())
    recorded = Counter(capture.url for capture in house.catalogue.captures())
    clipped = Counter(act.subject for act in house.catalogue.acts(limit=10**6) if act.verb == Verb.CLIP)
    ledger = recording.ledger(house)
    openings = ledger.openings.between(0, ledger.size) if ledger.size else ()
    leaves = Counter(one.subject for one in openings if isinstance(one, Opening))
    counts = {"kept": kept, "recorded": recorded, "clipped": clipped, "in the ledger": leaves}
    return [f"{name} {where} {n} times" for where, found in counts.items() for name, n in found.items() if n > 1]


def quiet_database(folder: Path) -> str:
    """SQLite's own opinion of the database."""
    with sqlite3.connect(folder / "chronik.sqlite3") as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]


def said(result: dict, pipe: int) -> None:
    os.write(pipe, json.dumps(result).encode()[: 64 * 1024])


def die(*_arguments) -> None:
    os.kill(os.getpid(), signal.SIGKILL)

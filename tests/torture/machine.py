"""`python -m tests.torture.machine [RUNS] [STEPS]`: whatever is done to an archive, its promises hold.

Hypothesis draws the steps: pages are kept, kept again, clipped, edited, published, redacted; workers are killed, disks
fill up, clocks jump, backups are taken and old ones put back. After each step the archive is held against a model of
what it acknowledged.
"""

import argparse
import errno
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chronik import wiring
from chronik.archive import backing_up, checking, collecting, recording
from chronik.errors import ChronikError, RefusesToSignError
from chronik.model import Article, TakedownReason, article_id, sha256_hex
from chronik.model.redaction import redaction_of
from chronik.preserve.ledger import note
from tests.preserve.material import exchange
from tests.torture.dying import OF_LEDGER, OF_OFFICE, OF_WRITING, Death
from tests.torture.house import DOSSIER, prepare, promising, residues, said
from tests.torture.killing import _child, _in_child

RUNS, STEPS = 50, 50
ADDRESSES = 4
READER = "torture 1"
TELLING_BYTES = 24
"""So much of a page tells it from all others."""
PRIVATE = "nobody-else-may-read-this"
JUMPS = (timedelta(0), timedelta(days=-365), timedelta(days=1), timedelta(hours=-1), "2038")
OLD = "an old state was put in its place"
LATER = "its opening was destroyed, and no act asked for that"
"""What was redacted after the backup was redacted in it again; the leaf of the act that asked is later than it."""
SURE = 10**6
DEADLY = (*OF_WRITING, *OF_LEDGER, *OF_OFFICE)


@dataclass
class Model:
    """What the archive acknowledged."""

    captures: dict = field(default_factory=dict)
    """Id → digest of its records."""
    clips: dict = field(default_factory=dict)
    """Id → whether it stands."""
    acts: set = field(default_factory=set)
    leaves: int = 0

    def copy(self) -> "Model":
        return Model(dict(self.captures), dict(self.clips), set(self.acts), self.leaves)


class ArchiveMachine(RuleBasedStateMachine):
    """One archive in one folder; every run begins with a fresh copy of the same empty one."""

    folder: Path
    counts: ClassVar = Counter()

    @initialize()
    def begin(self) -> None:
        for name in ("archive", "state", "archive-backup", "newest", "newest-state"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for name in ("archive", "state"):
            shutil.copytree(self.folder / "empty" / name, self.folder / name)
        self.model, self.saved, self.signed = Model(), None, {}
        self.redacted, self.undone = {}, []
        self.offset: timedelta = timedelta(0)
        self.number, self.behind = 0, False
        wiring.now = self.now
        self.house = wiring.opened(self.folder / "archive")
        self.model.leaves = recording.ledger(self.house).size

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def teardown(self) -> None:
        if hasattr(self, "house"):
            try:
                self.reopen()
                self.look_closely()
            finally:
                self.shut(well=False)

    def shut(self, *, well: bool = True) -> None:
        from django.db import connections

        with suppress(ChronikError):
            self.house.close() if well else self.house.release()
        connections.close_all()

    def reopen(self, *, well: bool = True) -> None:
        self.shut(well=well)
        self.house = wiring.opened(self.folder / "archive")
        collecting.recover(self.house)

    # What is done

    @precondition(lambda self: not self.behind)
    @rule(address=st.integers(1, ADDRESSES), size=st.integers(0, 20_000))
    def keep(self, address: int, size: int) -> None:
        """A page is kept, or kept again."""
        self.done("keep")
        capture = self._kept(address, size)
        self.model.captures[capture.id] = sha256_hex(self.house.vault.records(capture))

    def _kept(self, address: int, size: int):
        self.number += 1
        body = f"<p>Die Brücke {self.number} bleibt gesperrt.</p>".encode() + bytes(size)
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        url = f"https://talbote.example/{address}"
        capture = self.house.vault.keep(exchange(answer, url=url, started_at=self.now()))
        self.house.catalogue.record_capture(capture)
        return capture

    @precondition(lambda self: not self.behind and self.model.captures)
    @rule(data=st.data())
    def clip(self, data) -> None:
        from chronik.desk import actions

        self.done("clip")
        identity = data.draw(st.sampled_from(list(self.model.captures)))
        self.number += 1
        text = f"Satz {self.number} über die Brücke."
        name = article_id(capture_id=identity, made_by=f"{READER} {self.number}")
        read = Article(id=name, capture_id=identity, url=f"https://a.example/{self.number}", text=text, language="de")
        self.house.catalogue.add_article(read)
        told = {"by": "lena", "now": self.now(), "note": PRIVATE}
        made = actions.clip(self.house.catalogue, article_id=name, dossier=DOSSIER, quote=text, **told)
        self.model.clips[made.id] = True

    @precondition(lambda self: not self.behind and self.model.clips)
    @rule(data=st.data(), how=st.sampled_from(["note", "title", "move", "remove", "restore", "dossier"]))
    def edit(self, data, how: str) -> None:
        from chronik.desk import actions

        self.done("edit")
        catalogue, told = self.house.catalogue, {"by": "max", "now": self.now()}
        identity = data.draw(st.sampled_from(list(self.model.clips)))
        self.number += 1
        if how == "dossier":
            actions.edit_dossier(catalogue, DOSSIER, years=str(2000 + self.number), **told)
        elif how == "restore":
            actions.restore_clip(catalogue, identity, **told)
            self.model.clips[identity] = True
        elif not self.model.clips[identity]:
            return
        elif how == "remove":
            actions.remove_clip(catalogue, identity, **told)
            self.model.clips[identity] = False
        elif how == "move":
            actions.move_clip(catalogue, identity, places=data.draw(st.integers(-2, 2)), **told)
        else:
            actions.edit_clip(
                catalogue, identity, **{how: f"{PRIVATE} {self.number}" if how == "note" else "Titel"}, **told
            )

    @precondition(lambda self: not self.behind and self.model.captures)
    @rule(data=st.data())
    def redact(self, data) -> None:
        """One person asks that a page vanish, and another confirms; what was clipped of it goes, too."""
        from chronik.archive import redacting

        self.done("redact")
        identity = data.draw(st.sampled_from(list(self.model.captures)))
        body = self.house.vault.page(self.house.catalogue.capture(identity)).body
        request = redacting.ask(self.house, identity, reason=TakedownReason.PRIVACY, by="lena")
        act = redacting.confirm(self.house, request.id, by="max")
        if len(body) >= TELLING_BYTES:
            self.redacted[identity] = body[:TELLING_BYTES]
        self._forget(redaction_of(act))
        self.look_closely()

    def _forget(self, redaction) -> None:
        for identity in redaction.captures:
            self.model.captures.pop(identity, None)
        for clip in redaction.clips:
            self.model.clips.pop(clip.id, None)
        self.model.acts -= {one.was for one in redaction.acts}
        self.undone.append(redaction)

    @precondition(lambda self: not self.behind)
    @rule(withdrawing=st.booleans())
    def publish(self, withdrawing: bool) -> None:
        from chronik.web import publishing

        self.done("publish")
        doing = publishing.unpublish if withdrawing else publishing.publish
        doing(self.house, DOSSIER, by="lena", now=self.now())

    @rule()
    def checkpoint(self) -> None:
        self.done("checkpoint")
        self._recorded()

    def _recorded(self) -> None:
        try:
            size = recording.record_due(self.house).size
        except RefusesToSignError:
            assert self.behind, "it refuses to sign although nothing older was put back"
            return
        self.model.leaves = max(self.model.leaves, size)

    # What happens to it

    @precondition(lambda self: not self.behind)
    @rule(kind=st.sampled_from([*DEADLY, "sync", "commit", "renaming"]), number=st.integers(1, 12), after=st.booleans())
    def kill(self, kind: str, number: int, after: bool) -> None:
        """Another process works beside this one and dies."""
        from django.db import connections

        self.done("kill")
        connections.close_all()
        self.number += 1
        death = Death(kind, number if kind not in DEADLY else 1 + number % 3, after)
        promised = _until_death(death, self.folder / "archive", self.number)
        collecting.recover(self.house)
        for line in promised:
            name, _, value = line.partition(" ")
            if name == "captures":
                capture = self.house.catalogue.capture(value)
                assert capture is not None, f"capture {value} was lost by {death}"
                self.model.captures[value] = sha256_hex(self.house.vault.records(capture))
            elif name == "acts":
                self.model.acts.add(value)
            elif name == "clips":
                self.model.clips[value] = True
            elif name == "leaves":
                self.model.leaves = max(self.model.leaves, int(value))
        self.look_closely()

    @rule(well=st.booleans())
    def restart(self, well: bool) -> None:
        self.done("restart")
        self.reopen(well=well)

    @rule(jump=st.sampled_from(JUMPS))
    def jump(self, jump) -> None:
        """The clock of the machine is set."""
        self.done("jump")
        there = datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)
        self.offset = there - datetime.now(UTC) if jump == "2038" else jump

    @precondition(lambda self: not self.behind)
    @rule(write=st.integers(1, 12), of_database=st.booleans())
    def fill_disk(self, write: int, of_database: bool) -> None:
        """The disk is full from some write on, then there is room again."""
        from django.db import DatabaseError, connection

        self.done("fill disk")
        capture = None
        with _full(connection) if of_database else _full_files(write), suppress(ChronikError, DatabaseError, OSError):
            capture = self._kept(1, 5_000)
            self._recorded()
        if capture is not None:
            self.model.captures[capture.id] = sha256_hex(self.house.vault.records(capture))
        self.reopen(well=False)
        self.look_closely()

    @precondition(lambda self: not self.behind)
    @rule()
    def back_up(self) -> None:
        self.done("back up")
        backing_up.back_up(self.house, self.folder / "archive-backup", keep=3)
        self._noted_acts()
        self.saved = self.model.copy()

    @precondition(lambda self: self.saved is not None and not self.behind)
    @rule()
    def put_an_old_one_back(self) -> None:
        """Somebody restores the backup over the archive; what came later is put aside."""
        self.done("restore old")
        self._recorded()
        before = recording.ledger(self.house).size
        self.look()
        self.shut()
        (self.folder / "archive").rename(self.folder / "newest")
        self.newest = self.model.copy()
        backing_up.restore(self.folder / "archive-backup", self.folder / "archive")
        self.house = wiring.opened(self.folder / "archive")
        backing_up.complete(self.house)
        self.model = self.saved.copy()
        for redaction in list(self.undone):
            self._forget(redaction)
        held = recording.ledger(self.house).size
        self.behind = held < before
        self.model.leaves = held
        self.look_closely()
        if not self.behind:
            shutil.rmtree(self.folder / "newest")

    @precondition(lambda self: self.behind)
    @rule()
    def put_the_newest_back(self) -> None:
        self.done("restore newest")
        self.shut()
        shutil.rmtree(self.folder / "archive")
        (self.folder / "newest").rename(self.folder / "archive")
        self.model, self.behind = self.newest, False
        self.house = wiring.opened(self.folder / "archive")
        self.look_closely()

    # What must hold

    @invariant()
    def look(self) -> None:
        """Cheap: nothing acknowledged is lost, the log only grows, no checkpoint contradicts another."""
        if not hasattr(self, "house"):
            return
        catalogue, ledger = self.house.catalogue, recording.ledger(self.house)
        known = catalogue.known_captures(self.model.captures)
        assert known == set(self.model.captures), "captures were lost"
        standing = {clip.id for clip in catalogue.clips(DOSSIER)}
        assert standing == {identity for identity, stands in self.model.clips.items() if stands}, "clips differ"
        assert ledger.size >= self.model.leaves, "leaves were lost"
        for size in ledger.checkpoint_sizes():
            found = ledger.checkpoint_at(size)
            assert self.signed.setdefault(size, found.root) == found.root, f"two checkpoints over {size} leaves"
            assert note.fault(found, ledger.key_at(size)) == ""
        self.model.leaves = ledger.size

    def look_closely(self) -> None:
        """Everything: every byte, every row, every leaf, what is published."""
        self._recorded()
        found = checking.examine(self.house)[1]
        told = [f"{one.subject}: {one.what}" for one in found if not (self.behind and _is_of_an_old_state(one))]
        assert told == [], told
        assert not self.behind or any(OLD in one.what for one in found), "an old state was not told"
        for identity, digest in self.model.captures.items():
            capture = self.house.catalogue.capture(identity)
            assert sha256_hex(self.house.vault.records(capture)) == digest, f"capture {identity} is not what it was"
        acts = {act.id for act in self.house.catalogue.acts(limit=SURE)}
        assert self.model.acts <= acts, "acts were lost"
        self._noted_acts()
        self._published()
        wrong = residues(self.house, list(self.redacted.values()))
        assert wrong == [], wrong
        self.look()

    def _noted_acts(self) -> None:
        self.model.acts |= {act.id for act in self.house.catalogue.acts(limit=SURE)}

    def _published(self) -> None:
        """Whatever readers see is a clip that was made, and nothing private."""
        for path in self.house.config.site.rglob("*"):
            assert not path.is_file() or PRIVATE not in path.read_text("utf-8", "replace"), f"{path} tells a note"
        path = self.house.config.site / DOSSIER / "dossier.json"
        if path.exists() and not self.behind:
            shown = {clip["id"] for clip in json.loads(path.read_bytes())["clips"]}
            assert shown <= set(self.model.clips), "something is published that no act clipped"

    def done(self, what: str) -> None:
        type(self).counts[what] += 1


def _is_of_an_old_state(finding) -> bool:
    """What is told of an old backup: that it is one, and what it holds without a leaf in it."""
    return OLD in finding.what or LATER in finding.what or finding.subject.startswith("ledger")


def _until_death(death: Death, folder: Path, number: int) -> list[str]:
    """What another process promises until it dies."""
    from tests.torture.house import one_page

    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)

        def life() -> None:
            from chronik.web import publishing

            promise = promising(writing)
            house = wiring.opened(folder)
            collecting.recover(house)
            death.arm()
            one_page(house, f"{number}/1", promise)
            promise("leaves", recording.record_due(house).size)
            if death.kind in OF_OFFICE or death.kind in {"commit", "renaming"}:
                publishing.publish(house, DOSSIER, by="torture", now=house.clock())
                backing_up.back_up(house, folder.with_name(f"{folder.name}-other-backup"))
            one_page(house, f"{number}/2", promise)
            promise("leaves", recording.record_due(house).size)
            house.close()

        _child(life)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(child, 0)
    shutil.rmtree(folder.with_name(f"{folder.name}-other-backup"), ignore_errors=True)
    return text.split("\n")[:-1]


@contextmanager
def _full_files(write: int):
    """Files: no write succeeds from the n-th on."""
    honest, made = (os.pwrite, os.write), 0

    def full(own):
        def call(descriptor, *arguments):
            nonlocal made
            made += 1
            if made >= write:
                raise OSError(errno.ENOSPC, "No space left on device")
            return own(descriptor, *arguments)

        return call

    os.pwrite, os.write = full(honest[0]), full(honest[1])
    try:
        yield
    finally:
        os.pwrite, os.write = honest


@contextmanager
def _full(connection):
    """The database may not grow."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        yield
    finally:
        with suppress(Exception), connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def run(folder: Path, runs: int, steps: int, number: int) -> dict:
    """So many runs of so many steps; what went wrong, and how often each step was taken."""
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["CHRONIK_ENCODER"] = "none"
    prepare(folder / "archive")
    from django.db import connections

    connections.close_all()
    for name in ("archive", "state"):
        shutil.copytree(folder / name, folder / "empty" / name)
    machine = type("Machine", (ArchiveMachine,), {"folder": folder, "counts": Counter()})
    wanted = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        report_multiple_bugs=False,
        print_blob=False,
    )
    wrong = []
    try:
        run_state_machine_as_test(seed(number)(machine), settings=wanted)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        notes = "\n".join(getattr(error, "__notes__", ()))
        own = [line for line in traceback.format_exception(error) if "site-packages" not in line]
        wrong.append(f"{''.join(own)}\n{notes}")
    times = os.times()
    cpu_s = times.user + times.system + times.children_user + times.children_system
    return {"wrong": wrong, "counts": machine.counts, "cpu_s": cpu_s}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.machine")
    parser.add_argument("runs", nargs="?", type=int, default=RUNS)
    parser.add_argument("steps", nargs="?", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chronik-machine-") as folder:
        found = _in_child(lambda pipe: said(run(Path(folder), asked.runs, asked.steps, asked.seed), pipe))
    counts = found.get("counts", {})
    sys.stdout.write("".join(f"{words}\n" for words in found["wrong"]))
    sys.stdout.write(
        f"{asked.runs} runs of up to {asked.steps} steps: {sum(counts.values())} steps "
        f"({', '.join(f'{count} {name}' for name, count in sorted(counts.items()))}), {len(found['wrong'])} faults; "
        f"{found.get('cpu_s', 0):.0f} s of processor, {time.monotonic() - begun:.0f} s in all.\n"
    )
    return 1 if found["wrong"] or not counts else 0


if __name__ == "__main__":
    sys.exit(main())

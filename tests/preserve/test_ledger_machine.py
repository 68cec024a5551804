"""Whatever is done to a ledger, in whatever order: no two of its checkpoints ever contradict each other."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.preserve.ledgers import KilledError, append, disk_that_stops, is_sound, ledger_in

from chronik.errors import RefusesToSignError
from chronik.preserve.ledger import note, tree


class LedgerMachine(RuleBasedStateMachine):
    """Appends, changes of keys, kills, backups, old backups put back."""

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.ledger = ledger_in(self.folder)
        self.signed = {}
        self.saved = 0
        self.is_behind = False

    def teardown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def tried(self, work):
        """Behind what was signed nothing is signed; else it is done."""
        if self.is_behind:
            with pytest.raises(RefusesToSignError):
                work()
        else:
            work()

    @rule(count=st.integers(1, 300))
    def append(self, count):
        self.tried(lambda: append(self.ledger, count))

    @rule()
    def rotate(self):
        self.tried(self._rotate)

    def _rotate(self):
        with self.ledger.writing() as writer:
            writer.rotate_key(salt=bytes(32), at="2026-05-01T00:00:00+00:00")

    @rule(step=st.integers(1, 40), count=st.integers(1, 5), rotating=st.booleans())
    def killed(self, step, count, rotating):
        work = self._rotate if rotating else lambda: append(self.ledger, count)
        with (
            pytest.MonkeyPatch.context() as patch,
            disk_that_stops(patch, step, KilledError),
            suppress(KilledError, RefusesToSignError),
        ):
            work()

    @precondition(lambda self: self.ledger.folder.exists() and not self.is_behind)
    @rule()
    def back_up(self):
        with self.ledger.writing():
            self.look()
            shutil.rmtree(self.folder / "backup", ignore_errors=True)
            shutil.copytree(self.ledger.folder, self.folder / "backup")
        self.saved = self.ledger.size

    @precondition(lambda self: (self.folder / "backup").exists())
    @rule()
    def put_an_old_one_back(self):
        self.keep_the_newest()
        shutil.rmtree(self.ledger.folder)
        shutil.copytree(self.folder / "backup", self.ledger.folder)
        self.is_behind = self.saved < max(self.signed)

    @precondition(lambda self: self.is_behind and (self.folder / "newest").exists())
    @rule()
    def put_the_newest_back(self):
        shutil.rmtree(self.ledger.folder)
        shutil.copytree(self.folder / "newest", self.ledger.folder)
        self.is_behind = False

    def keep_the_newest(self):
        if not self.is_behind:
            with self.ledger.writing():
                self.look()
            shutil.rmtree(self.folder / "newest", ignore_errors=True)
            shutil.copytree(self.ledger.folder, self.folder / "newest")

    @invariant()
    def look(self):
        if not hasattr(self, "ledger"):
            return
        sizes = self.ledger.checkpoint_sizes()
        head = self.ledger.checkpoint()
        for found in [*(self.ledger.checkpoint_at(size) for size in sizes), *([head] if head else [])]:
            assert self.signed.setdefault(found.size, found.root) == found.root
            assert note.fault(found, self.ledger.key_at(found.size)) == ""
        if head and not self.is_behind:
            read = self.ledger.read(head.size)
            assert all(tree.root(read, size) == root for size, root in self.signed.items() if size <= head.size)
            assert head.size < sizes[-1] or is_sound(self.ledger)


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)

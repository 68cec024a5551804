"""Power cuts: after a kill, everything that was not synced is taken away from the folders, as a disk would forget it.

Files lose what was appended after their last sync, and folders lose entries that were made after theirs. That is less
than POSIX promises to keep on no file system, and more than a pulled plug mostly takes.
"""

import ctypes
import os
import random
import shutil
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.dying import Death
from tests.torture.house import Promises, examine, prepare, said, work
from tests.torture.killing import _child, _in_child, _listened

CUTS = 50
LIFE_MS_MAX = 400
FORGOTTEN_ANYWAY = "-shm"
"""SQLite's shared memory is made anew by whoever opens the database first."""


@dataclass
class Disk:
    """What would still be there after a power cut."""

    files: dict = field(default_factory=dict)
    """Inode → size at the last sync."""
    entries: set = field(default_factory=set)
    """(Inode of the folder, name). A renaming over what was there is done or not, and either is allowed."""

    @classmethod
    def of(cls, *roots: Path) -> "Disk":
        """Everything that is there now: earlier lives ended long ago."""
        found = cls()
        for root in roots:
            for path in [root, *root.rglob("*")]:
                with suppress(FileNotFoundError):
                    stat = path.stat()
                    found.entries.add((path.parent.stat().st_ino, path.name))
                    found.files[stat.st_ino] = stat.st_size
        return found

    def add(self, text: str) -> None:
        """What was synced in one life."""
        for line in text.splitlines():
            kind, first, second, name = line.split(" ", 3)
            if kind == "file":
                self.files[int(first)] = int(second)
            else:
                self.entries.add((int(first), name))

    def forget_the_rest(self, *roots: Path) -> int:
        """Take away what was not synced; files and folders that lost something, counted."""
        lost = 0
        for root in roots:
            for path in sorted(root.rglob("*")):
                if path.exists():
                    lost += self._forgotten(path)
        return lost

    def _forgotten(self, path: Path) -> bool:
        stat = path.stat()
        is_known = (path.parent.stat().st_ino, path.name) in self.entries
        if not is_known or path.name.endswith(FORGOTTEN_ANYWAY):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            return True
        size = self.files.get(stat.st_ino, 0)
        if path.is_file() and stat.st_size > size:
            os.truncate(path, size)
            return True
        return False


def cut_power(folder: Path, *, cuts: int, seed: int = 3) -> int:
    """Cut so often, under the shim; prints what came of it, and returns the exit code."""
    from django.db import connections

    shim, chance = ctypes.CDLL(os.environ["LD_PRELOAD"]), random.Random(seed)
    state, house = folder / "power-state", folder / "power"
    os.environ["XDG_STATE_HOME"] = str(state)
    prepare(house)
    connections.close_all()
    promises, wrong, lost = Promises(), [], 0
    for number in range(cuts):
        disk = Disk.of(house, state)
        disk.add(_life(shim, folder, house, number, chance.randrange(1, LIFE_MS_MAX), promises))
        lost += disk.forget_the_rest(house, state)
        found = _in_child(lambda pipe: said(examine(house, promises), pipe))
        wrong += [f"cut {number}: {words}" for words in found["wrong"]]
        if wrong:
            break
    sys.stdout.write("".join(f"{words}\n" for words in wrong))
    tried = f"{number + 1} power cuts that took {lost} unsynced files or ends of files"
    sys.stdout.write(f"{tried}, {promises.total} things acknowledged, {len(wrong)} faults\n")
    return 1 if wrong else 0


def _life(shim, folder: Path, house: Path, number: int, life_ms: int, promises: Promises) -> str:
    """One worker until it is killed; what it synced."""
    log = folder / "synced"
    reading, writing = os.pipe()
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    child = os.fork()
    if child == 0:
        os.close(reading)
        shim.torture_log(descriptor)
        _child(lambda: work(house, 10_000 + number, writing))
    os.close(writing)
    os.close(descriptor)
    text, _ = _listened(reading, child, Death("time", life_ms))
    _, status = os.waitpid(child, 0)
    for line in text.decode().split("\n")[:-1]:
        promises.add(line)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, text[-500:]
    return log.read_text()

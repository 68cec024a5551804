"""The ways in which a worker dies: after a while, at a named place, around a sync or a commit, in mid-write."""

import os
import random
from dataclasses import dataclass
from pathlib import Path

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chronik.catalogue.sqlite.base import DatabaseWrapper
from chronik.preserve import stopping
from tests.torture.house import die

OF_WRITING = ("before writing", "written", "synced", "listed", "kept", "clipped", "index synced", "sealed")
OF_LEDGER = ("openings kept", "tile kept", "mark raised", "checkpoint kept", "checkpoint signed")
OF_OFFICE = ("page written", "page put", "frozen", "published", "copy written", "manifest written", "backup made")
"""Places that are passed where somebody publishes or backs up."""
OF_REDACTION = (
    *("redaction decided", "redaction begun", "pages redacted", "rows redacted", "openings redacted"),
    *("opening redacted", "records redacted", "records overwritten", "overwriting synced", "vault redacted"),
    *("index redacted", "database scrubbed"),
)
"""Places that are passed where somebody redacts."""
MIGRATING = "statement of a migration"
PLACES = (*OF_WRITING, *OF_LEDGER, *OF_OFFICE, *OF_REDACTION, "tail moved", "tail cut")
OF_RECOVERY = frozenset({"tail moved", "tail cut"})
"""Places that are passed only where the life before ended in the middle of a write."""


TIMES_MAX, COPIES_A_BACKUP = 5, 40


@dataclass(frozen=True)
class Death:
    """How one life ends: what kills, at the how many-th time, and whether before it happens or after."""

    kind: str
    number: int = 1
    after: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.number}{' after' if self.after else ''}"

    def arm(self) -> None:
        """In the process that is to die."""
        if self.kind in PLACES:
            os.environ[stopping.VARIABLE] = f"{self.kind}:{self.number}"
        elif self.kind == "sync":
            _arm(os, "fsync", self)
        elif self.kind == "renaming":
            _arm(Path, "replace", self)
        elif self.kind == "commit":
            _arm(DatabaseWrapper, "_commit", self)
        elif self.kind == MIGRATING:
            _arm(BaseDatabaseSchemaEditor, "execute", self)
        elif self.kind == "torn write":
            _tear(self.number)


def _arm(place, name: str, death: Death) -> None:
    honest, done = getattr(place, name), 0

    def deadly(*arguments, **options):
        nonlocal done
        done += 1
        if done == death.number and not death.after:
            die()
        result = honest(*arguments, **options)
        if done == death.number:
            die()
        return result

    setattr(place, name, deadly)


def _tear(number: int) -> None:
    honest, done = os.pwrite, 0

    def torn(descriptor, data, offset):
        nonlocal done
        done += 1
        if done == number:
            honest(descriptor, data[: max(1, len(data) // 2)], offset)
            die()
        return honest(descriptor, data, offset)

    os.pwrite = torn


def deaths(number: int, seed: int) -> list[Death]:
    """So many ways to die in mixed order, every named place once in each round."""
    chance = random.Random(seed)
    found: list[Death] = []
    while len(found) < number:
        round_: list[list[Death]] = [[Death("time", chance.randrange(1, 120))] for _ in range(6)]
        for place in PLACES:
            before = [Death("torn write", 2 * chance.randrange(1, 6) + 1)] if place in OF_RECOVERY else []
            times = COPIES_A_BACKUP if place == "copy written" else 3 if place in OF_REDACTION else TIMES_MAX
            round_.append([*before, Death(place, 1 if place in OF_RECOVERY else chance.randrange(1, times))])
        round_ += [[Death(MIGRATING, chance.randrange(1, 30), chance.random() < 0.5)] for _ in range(3)]
        round_ += [[Death("sync", chance.randrange(1, 60), chance.random() < 0.5)] for _ in range(6)]
        round_ += [[Death("commit", chance.randrange(1, 12), chance.random() < 0.5)] for _ in range(3)]
        round_ += [[Death("renaming", chance.randrange(1, 12), chance.random() < 0.5)] for _ in range(2)]
        round_ += [[Death("torn write", chance.randrange(1, 20))]]
        chance.shuffle(round_)
        found += [death for group in round_ for death in group]
    return found[:number]

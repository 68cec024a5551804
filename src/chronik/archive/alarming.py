"""What somebody has to look at now, told at the desk and by `chronik status`. Acts: reads what is remembered of it.

Nothing is asked of anybody and nothing is written: a page of the desk may ask every minute.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.archive import cosigning, fixing, recording, silences, stamping
from chronik.errors import ChronikError
from chronik.preserve import recovery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chronik.archive.archive import Archive

UNSEALED_AFTER = timedelta(hours=1)
"""Since a file that nobody holds was last written to. The next command seals it, so this means that none can."""
DUE_FOR = timedelta(minutes=10)
"""How long leaves may wait; they are recorded within a minute while anything of Chronik runs."""
KEPT = "leaves due"
SILENT_TOLD_MAX = 5
"""Where more are silent, it is rather the net than they; the page of feeds shows all."""


class AlarmKind(StrEnum):
    """What is the matter."""

    DISK = "disk"
    LEDGER = "ledger"
    FIXITY = "fixity"
    VAULT = "vault"
    UNSEALED = "unsealed"
    TIME_STAMP = "time stamp"
    CLOCK = "clock"
    WITNESS = "witness"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing that somebody has to look at."""

    kind: AlarmKind
    subject: str
    reason: str
    """What is wrong, and what to do."""


def alarms(archive: Archive) -> tuple[Alarm, ...]:
    """Everything that somebody has to look at, the gravest first."""
    return (
        *_of_disk_and_vault(archive),
        *unsealed(archive),
        *_of_ledger(archive),
        *_of_witnesses(archive),
        *silent(archive),
    )


def _of_disk_and_vault(archive: Archive) -> Iterator[Alarm]:
    for kind, subject, reason in fixing.alarms(archive):
        yield Alarm(kind=AlarmKind(kind), subject=subject, reason=reason)


def unsealed(archive: Archive) -> Iterator[Alarm]:
    """Files of the vault that lie unsealed although nobody writes to them any more."""
    before = (archive.clock() - UNSEALED_AFTER).timestamp()
    for folder in (archive.config.vault, archive.config.vault / fixing.SAMPLE):
        for path in recovery.left_unsealed(folder, before=before):
            reason = "was left unsealed by a writer that ended; run: chronik status, which seals it or says why not"
            yield Alarm(kind=AlarmKind.UNSEALED, subject=path.name, reason=reason)


def _of_ledger(archive: Archive) -> Iterator[Alarm]:
    folder = str(archive.config.ledger)
    try:
        if told := stamping.alarm(archive):
            yield Alarm(kind=AlarmKind.TIME_STAMP, subject="ledger", reason=told)
        if doubt := recording.clock_suspicion(archive):
            reason = f"{doubt}; set the machine's clock, restart Chronik"
            yield Alarm(kind=AlarmKind.CLOCK, subject="the last leaf", reason=reason)
    except ChronikError as error:
        yield Alarm(kind=AlarmKind.LEDGER, subject=folder, reason=str(error))
    if told := _not_recorded(archive):
        yield Alarm(kind=AlarmKind.LEDGER, subject=folder, reason=told)


def _of_witnesses(archive: Archive) -> Iterator[Alarm]:
    if not archive.config.witnesses:
        return
    with suppress(ChronikError):  # of the ledger, which is told of already
        if told := cosigning.standing(archive).alarm:
            yield Alarm(kind=AlarmKind.WITNESS, subject="ledger", reason=told)


def silent(archive: Archive) -> Iterator[Alarm]:
    """Sources of which nothing comes any more, the longest first."""
    for one in silences.silent(archive)[:SILENT_TOLD_MAX]:
        name = next(iter(one.source.names.values()), one.source.id)
        yield Alarm(kind=AlarmKind.SILENT, subject=name, reason=f"{one.silence.words}; look at its feeds")


def _not_recorded(archive: Archive) -> str:
    """Told when leaves wait and none was recorded for a while: the ledger is read-only, or nothing records."""
    due = archive.catalogue.due_leaves(after=0, limit=1)
    if not due:
        archive.kept.pop(KEPT, None)
        return ""
    now = archive.clock()
    first: tuple[int, datetime] = archive.kept.setdefault(KEPT, (due[0].number, now))
    if first[0] != due[0].number:
        archive.kept[KEPT] = (due[0].number, now)
        return ""
    minutes = int((now - first[1]).total_seconds() // 60)
    if now - first[1] < DUE_FOR:
        return ""
    return f"nothing was recorded for {minutes} min although captures or acts wait; run: chronik ledger status"

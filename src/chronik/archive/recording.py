"""Acts: records captures and acts that are due in the ledger, and signs a checkpoint over them.

Work is a query: the file comes first and is synced, then the mark in the catalogue. Killed in between, the next writer
finds the leaf by its opening and marks it.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chronik.archive.clocks import Doubts
from chronik.errors import BusyError, ChronikError, LedgerError, RefusesToSignError, VaultError
from chronik.model import SALT_BYTES, Act, LeafKind, Opening
from chronik.ports.ledger import LeafMark
from chronik.preserve import syncing
from chronik.preserve.ledger import Ledger, former, payload

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence

    from chronik.archive.archive import Archive
    from chronik.model import Capture
    from chronik.preserve.ledger.writing import Writer

LEAVES_A_BATCH_MAX = 2_048
RECORD_EVERY_S = 5.0
"""How often what is due is looked for: far below the minute that is promised."""
LOOK_BACK_MAX = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What one turn of recording did."""

    leaves: int = 0
    """New ones, and those that a killed process had written and not marked."""
    size: int = 0
    waiting: tuple[tuple[str, str], ...] = ()
    """Captures that cannot be recorded now, with the reason."""


def ledger(archive: Archive) -> Ledger:
    """The archive's ledger."""
    config = archive.config
    name = config.public_url.partition("://")[2].strip("/")
    key = Path(config.ledger_key) if config.ledger_key else None
    return Ledger(folder=config.ledger, state_base=config.state, key_path=key, name=name)


def record_due(archive: Archive) -> Recorded:
    """Record whatever is due. Cheap where nothing is.

    Raises BusyError, LedgerError, ReadOnlyError, RefusesToSignError.
    """
    syncing.check(archive.config.archive)
    archive.clock_watch.shift(archive.clock())
    if not archive.catalogue.due_leaves(after=0, limit=1):
        return Recorded()
    _refuse_to_begin_again(archive)
    with syncing.serving(archive.config.archive), ledger(archive).writing() as writer:
        _succeed(archive, writer)
        healed = _heal(archive, writer)
        done, after, waiting = healed, 0, list[tuple[str, str]]()
        while due := archive.catalogue.due_leaves(after=after, limit=LEAVES_A_BATCH_MAX):
            done += _record(archive, writer, due, waiting)
            after = due[-1].number
        return Recorded(leaves=done, size=writer.size, waiting=tuple(waiting))


def finish(archive: Archive) -> None:
    """Finish what a killed writer left, and record what is due, so far as that can be done."""
    with suppress(ChronikError):
        if ledger(archive).terms():
            with syncing.serving(archive.config.archive), ledger(archive).writing():
                pass
    attempt(archive)


def _refuse_to_begin_again(archive: Archive) -> None:
    """A ledger that is gone is not begun anew unasked: that is what somebody wants who took it away."""
    marked = archive.catalogue.leaves_marked()
    if marked and not ledger(archive).terms():
        raise RefusesToSignError(
            f"The ledger in {archive.config.ledger} is missing although {marked} leaves were recorded. Restore the "
            "folder from the newest backup; if it is lost for good: chronik ledger renew --reason TEXT"
        )


def _heal(archive: Archive, writer: Writer) -> int:
    """Mark leaves that the ledger holds and the catalogue does not know, as after a kill or a restored database."""
    start = archive.catalogue.leaves_marked()
    found = ledger(archive).openings.between(start, writer.size)
    marks = [mark for opening in found if isinstance(opening, Opening) for mark in _marks(opening)]
    archive.catalogue.mark_leaves(marks)
    return len(marks)


def _marks(opening: Opening) -> Iterator[LeafMark]:
    if opening.kind in {LeafKind.CAPTURE, LeafKind.ACT}:
        kind = LeafKind(opening.kind)
        yield LeafMark(kind=kind, subject=opening.subject, salt=opening.salt, index=opening.index)


def _record(archive: Archive, writer: Writer, due: Sequence[LeafMark], waiting: list[tuple[str, str]]) -> int:
    now, before = archive.clock(), _recorded_last(archive, writer)
    doubts = Doubts(now=now, before=before, shift=archive.clock_watch.shift(now))
    drafts: list[tuple[bytes, dict[str, Any]]] = []
    marks: list[LeafMark] = []
    subjects = archive.catalogue.captures_and_acts(due)
    for mark in due:
        try:
            content = _payload(archive, subjects.get(mark.subject), doubts)
        except VaultError as error:
            waiting.append((f"{mark.kind} {mark.subject}", str(error)))
            continue
        if content is None:
            archive.catalogue.forget_leaves([mark])
            continue
        drafts.append((mark.salt, content))
        marks.append(replace(mark, index=writer.size + len(marks)))
    if drafts:
        writer.append(drafts)
        archive.catalogue.mark_leaves(marks)
    return len(drafts)


def _recorded_last(archive: Archive, writer: Writer) -> datetime | None:
    """When the leaf before says that it was recorded."""
    openings = ledger(archive).openings
    for index in range(writer.size - 1, max(writer.size - LOOK_BACK_MAX, 0) - 1, -1):
        before = openings.at(index)
        if isinstance(before, Opening) and isinstance(moment := before.payload.get("recorded_at"), str):
            return datetime.fromisoformat(moment)
    return None


def _payload(archive: Archive, subject: Capture | Act | None, doubts: Doubts) -> dict[str, Any] | None:
    """What the leaf commits to; it says what speaks against the clock."""
    if subject is None:
        return None
    if isinstance(subject, Act):
        content = payload.of_act(subject, recorded_at=doubts.recorded_at)
    else:
        records = archive.vault_of(subject.url).records(subject)
        content = payload.of_capture(subject, records=records, recorded_at=doubts.recorded_at)
    suspicion = doubts.suspicion(subject)
    return {**content, payload.CLOCK_SUSPECT: suspicion} if suspicion else content


def clock_suspicion(archive: Archive) -> str:
    """What speaks against the clock, as the last leaf says; empty where nothing does."""
    book = ledger(archive)
    last = book.openings.at(book.size - 1) if book.size else None
    return str(last.payload.get(payload.CLOCK_SUSPECT, "")) if isinstance(last, Opening) else ""


def renew(archive: Archive, *, reason: str) -> Recorded:
    """Begin a new ledger under a new key where the old one cannot go on; what is kept of that stays beside it.

    Its first leaf says of which ledger it is the successor, and why. Every capture and act is recorded again.
    """
    config = archive.config
    former.leave(config.ledger, reason=reason, at=archive.clock())
    if config.ledger_key:
        former.put_aside(Path(config.ledger_key))
    archive.catalogue.forget_leaf_indices()
    former.put_away(config.ledger)
    return record_due(archive)


def _succeed(archive: Archive, writer: Writer) -> None:
    """The first leaf of a ledger that follows another says so."""
    told = former.last(archive.config.ledger) if writer.size == 0 else None
    if told is not None:
        origin = ledger(archive).key_at(0).name
        fields = {"kind": str(LeafKind.SUCCESSION), "id": origin, "recorded_at": archive.clock().isoformat()}
        writer.append([(secrets.token_bytes(SALT_BYTES), {**fields, "former": told})])


def rotate_key(archive: Archive, *, salt: bytes) -> int:
    """Hand over to a new key; the index of the leaf that both signed. Raises as `record_due`."""
    with syncing.serving(archive.config.archive), ledger(archive).writing() as writer:
        doubts = Doubts(now=archive.clock(), before=_recorded_last(archive, writer))
        return writer.rotate_key(salt=salt, at=doubts.recorded_at.isoformat()).size - 1


def keep_recording(archive: Archive, *, until: threading.Event, tell: Callable[[str], None]) -> None:
    """Record what is due again and again, until the event is set. A fault is told once, and tried again."""
    told = ""
    while not until.wait(RECORD_EVERY_S):
        fault = attempt(archive)
        if fault and fault != told:
            tell(fault)
        told = fault


def attempt(archive: Archive) -> str:
    """Record what is due; what stands in the way, or an empty text. Where another process records, all is well."""
    try:
        waiting = record_due(archive).waiting
    except BusyError:
        return ""
    except LedgerError as error:
        return f"The ledger: {error}"
    except ChronikError as error:
        return str(error)
    return f"The ledger: {len(waiting)} captures cannot be recorded. {waiting[0][1]}" if waiting else ""

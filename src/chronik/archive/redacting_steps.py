"""Acts: carries out a redaction, step by step. Killed anywhere, all steps are done again; each may be repeated.

Published files go first, for readers; then rows, leaves, records, what was derived; the note that it is done is last.
"""

from __future__ import annotations

import fcntl
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.archive import recording
from chronik.archive.collecting import recover, turn
from chronik.archive.fixing import SAMPLE
from chronik.archive.reading import index_due
from chronik.errors import BusyError, LedgerError, RefusesToSignError, VaultError
from chronik.model import LeafKind, Opening
from chronik.model.redaction import redaction_of
from chronik.preserve import redaction, redaction_list, syncing
from chronik.preserve.ledger import former
from chronik.preserve.ledger.state import State
from chronik.preserve.recovery import QUARANTINE
from chronik.preserve.stopping import passing
from chronik.preserve.writer import advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from chronik.archive.archive import Archive
    from chronik.model import Act
    from chronik.model.redaction import Redaction
    from chronik.preserve.ledger import Ledger

LOCK_NAME = "redacting.lock"
TURN_WAIT_S = 120.0
"""So long the end of a round of collecting is waited for."""
LEDGER_WAIT_S = 30.0
LEDGER_TRIES_MAX, LEDGER_PAUSE_S = 40, 0.25
UNSIGNED = -1
"""In the place of an opening whose redaction cannot be recorded, because an old ledger was restored."""
PAGES_SUFFIXES = frozenset({".html", ".atom", ".json", ".jsonl", ".wacz", ".bundle"})


@contextmanager
def alone(archive: Archive) -> Iterator[None]:
    """One process redacts at a time, while nobody collects. Raises BusyError."""
    with (archive.config.archive / LOCK_NAME).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError("Another process is redacting. Wait until it is done.") from error
        with turn(archive, wait_s=TURN_WAIT_S):
            yield


def catch_up(archive: Archive, acts: Iterable[Act]) -> int:
    """Carry out those of these redactions that the archive has not noted as done; how many those were."""
    noted = redaction_list.done(archive.config.archive)
    due = [act for act in acts if act.id not in noted]
    if due:
        with alone(archive):
            for act in due:
                carry_out(archive, act)
    return len(due)


def carry_out(archive: Archive, act: Act) -> None:
    """Do everything that an act of redacting asks for. Raises ChronikError; then it stays due."""
    told = redaction_of(act)
    with syncing.serving(archive.config.archive):
        recover(archive)
        _unpublish(archive, told)
        passing("pages redacted")
        archive.catalogue.redact(act)
        passing("rows redacted")
        _close_openings(archive, act, told)
        passing("openings redacted")
        _destroy_records(archive, act, told)
        passing("records redacted")
        _empty_index(archive)
        passing("index redacted")
        archive.catalogue.scrub()
        passing("database scrubbed")
        redaction_list.note_done(archive.config.archive, [act.id])
    archive.kept.clear()
    index_due(archive)


def _unpublish(archive: Archive, told: Redaction) -> None:
    """Take away what was published of the dossiers concerned; it is published anew without what is gone."""
    places = [(clip.dossier, archive.config.site) for clip in told.clips]
    places += [(slug, archive.config.archive / folder) for slug, folder in told.folders]
    for slug, folder in dict.fromkeys(places):
        if slug and (folder / slug).is_dir():
            _remove_pages(folder / slug)


def _remove_pages(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and (path.suffix in PAGES_SUFFIXES or path.name.startswith(".chronik-")):
            path.unlink(missing_ok=True)


def _close_openings(archive: Archive, act: Act, told: Redaction) -> None:
    """Destroy salt and payload of the leaves, in this ledger and in those that it follows.

    Found by what they are of, not by their numbers: another ledger has other leaves there.
    """
    book = recording.ledger(archive)
    gone = {*told.captures, *told.carriers, *(one.was for one in told.acts)}
    by = _leaf_of(archive, act)
    for one in (book, *(replace(book, folder=folder) for folder in former.folders(book.folder))):
        terms = one.terms()
        if not terms:
            continue
        with State(book.state_base, terms[0].key.name).turn(wait_s=LEDGER_WAIT_S):
            found = one.openings.between(0, one.size)
            leaves = [leaf.index for leaf in found if isinstance(leaf, Opening) and leaf.subject in gone]
            _close(one, leaves, by=by if one is book else UNSIGNED)


def _close(ledger: Ledger, leaves: Iterable[int], *, by: int) -> None:
    for leaf in leaves:
        ledger.openings.redact(leaf, by=by)
        passing("opening redacted")
    ledger.openings.sweep()


def _leaf_of(archive: Archive, act: Act) -> int:
    """The leaf of the act of redacting. Raises LedgerError where it has none yet, though it could have."""
    for _ in range(LEDGER_TRIES_MAX):
        with suppress(RefusesToSignError, BusyError):
            recording.record_due(archive)
        mark = archive.catalogue.leaf_mark(LeafKind.ACT, act.id)
        if mark is not None and mark.index is not None:
            return mark.index
        if _refuses(archive):
            return UNSIGNED
        time.sleep(LEDGER_PAUSE_S)
    raise LedgerError("The act of redacting has no leaf yet: another process writes the ledger. Call this again.")


def _refuses(archive: Archive) -> bool:
    """Whether the ledger signs nothing, as after an old backup was restored: what is redacted must go all the same."""
    try:
        recording.record_due(archive)
    except RefusesToSignError:
        return True
    except BusyError:
        pass
    return False


def _destroy_records(archive: Archive, act: Act, told: Redaction) -> None:
    """Overwrite the captures in every vault, and take away torn and hurt files that hold them."""
    config = archive.config
    said = {"reason": str(told.reason), "redaction": act.id}
    captures = {*told.captures, *told.carriers}
    for folder in _vaults(archive):
        for name in redaction.destroy(folder, captures, at=act.at, said=said):
            mark = f"{SAMPLE}/{name}" if folder == config.vault / SAMPLE else name
            archive.catalogue.forget_fixity_marks([mark])
    for name in told.files:
        path = config.vault / name
        if path.parent.name == QUARANTINE and path.parent.resolve().is_relative_to(config.vault.resolve()):
            path.unlink(missing_ok=True)


def _vaults(archive: Archive) -> list[Path]:
    """Every folder that holds captures. Raises VaultError where the second vault is not there: its disk may be away."""
    config = archive.config
    found = [config.vault, config.vault / SAMPLE]
    if config.second_vault:
        second = config.archive / config.second_vault
        if not second.is_dir():
            raise VaultError(f"{second} is not there: mount its disk; the redaction is finished then.")
        found.append(second)
    return [folder for folder in found if folder.is_dir()]


def _empty_index(archive: Archive) -> None:
    """Make the index anew: a document that is deleted stays in its files until they happen to be merged."""
    try:
        archive.index.clear()
    except OSError as error:
        raise VaultError(f"{advice(error, archive.config.index)} The redaction is not finished.") from error
    archive.catalogue.forget_indexed()

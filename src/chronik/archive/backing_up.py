"""Acts: copies a living archive into a folder of backups, and one of them back into an empty folder.

Database and ledger are taken while nobody may append a leaf, the vault after them: so the copy holds every capture that
its database knows, and every leaf that its rows are marked with.
"""

from __future__ import annotations

import sqlite3
import time
import tomllib
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from chronik import __version__
from chronik import config as configuration
from chronik.archive import recording
from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.kept_whole import is_to_be_read
from chronik.config import Config
from chronik.errors import (
    BusyError,
    ChronikError,
    ConflictError,
    LedgerError,
    RefusedInputError,
    UsageError,
    VaultError,
)
from chronik.preserve import redaction_list, syncing
from chronik.preserve.backup_manifests import Manifest
from chronik.preserve.backups import BackupFolder
from chronik.preserve.bucket import BUCKET_SCHEME, BackupBucket
from chronik.preserve.copying import make_folder
from chronik.preserve.writer import advice, index_path, open_index_path, warc_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.preserve.backup_manifests import Backups, Item
    from chronik.preserve.ledger import Ledger
    from chronik.preserve.ledger.writing import Writer

KEEP_DEFAULT = 7
LEDGER_TURNS_MAX = 240
LEDGER_PAUSE_S = 0.25
"""For a minute it is tried again and again to become the ledger's writer."""
RESTORING_NAME = ".restoring"
"""Lies in a folder that is being restored to; without it only an empty folder is taken."""
LEFT_OUT_FOLDERS = frozenset({"index", "vault", "ledger", "rebuilding"})
"""The index is made anew; the others are taken in an order of their own."""
LEFT_OUT_FILES = frozenset(
    {
        configuration.KEY_FILE_NAME,
        configuration.FILE_NAME,
        "collect.lock",
        "redacting.lock",
        syncing.MARK_NAME,
        RESTORING_NAME,
    }
)
SECRET_TABLES = ("django_session", "catalogue_signinlinkrow")
"""Who is signed in is nobody's business later."""
OMITTED = ("index: it is made anew", "secret.key: a new one is made", "the ledger's private key and high-water mark")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What one backup did."""

    name: str
    files: int
    size_bytes: int
    fresh: int
    """Files that had to be read, because they were new or changed."""
    removed: int
    """Files of old backups that nothing needs any more."""
    withdrawn: int = 0
    """Older backups that were removed because they held what was redacted since."""


def backups_at(place: str | Path) -> Backups:
    """The backups in a folder, or under `s3://bucket/prefix`. Raises UsageError."""
    if isinstance(place, str) and BUCKET_SCHEME.match(place):
        return BackupBucket(place)
    if isinstance(place, str) and "://" in place:
        raise UsageError(f"{place}: backups go into a folder, or to s3://bucket/prefix.")
    return BackupFolder(Path(place))


def back_up(archive: Archive, place: str | Path, *, keep: int = KEEP_DEFAULT, progress: Progress = unseen) -> BackedUp:
    """Copy what is new or changed, and make that the latest backup. Raises VaultError, BusyError or UsageError."""
    store = backups_at(place)
    if isinstance(store, BackupFolder):
        _check_apart(archive.config.archive, store.folder)
    try:
        with store.turn():
            noted = _noted(archive)
            before = _before(store)
            taking = _Taking(archive, store, before, progress)
            taking.database_and_ledger()
            taking.vault()
            taking.others()
            if _noted(archive) != noted:
                raise BusyError("Something was redacted meanwhile. Call the command again; the former backup stands.")
            manifest = Manifest(
                made_at=archive.clock().isoformat(),
                software=f"Chronik {__version__}",
                leaves=taking.leaves,
                files=taking.files,
                omitted=(*OMITTED, *taking.omitted),
            )
            name = store.add(manifest)
            older = _before_redactions(store, name, manifest)
            removed = store.prune(0 if older else keep)
    except (OSError, sqlite3.Error) as error:
        reason = (
            advice(error, Path(store.place))
            if isinstance(error, OSError)
            else f"The database cannot be copied: {error}."
        )
        raise VaultError(f"{reason} The former backup stands as it was.") from error
    size = manifest.size_bytes
    return BackedUp(
        name=name,
        files=len(manifest.files),
        size_bytes=size,
        fresh=taking.fresh,
        removed=removed,
        withdrawn=older,
    )


def _noted(archive: Archive) -> set[str]:
    """The redactions that were carried out. Raises BusyError where one is not finished: it would be taken half-way."""
    kept = {act.id for act in redaction_list.kept(recording.ledger(archive))}
    done = redaction_list.done(archive.config.archive)
    if kept - done:
        raise BusyError("A redaction is not finished. Run: chronik redact resume")
    return done


def _before_redactions(store: Backups, latest: str, manifest: Manifest) -> int:
    """How many older backups hold what was redacted since: they have another list of redactions, or none."""
    now = manifest.files.get(redaction_list.DONE_NAME)
    older = 0
    for name in store.names():
        if now is None or name == latest:
            continue
        with suppress(RefusedInputError):
            then = store.manifest(name).files.get(redaction_list.DONE_NAME)
            older += then is None or then.digest != now.digest
    return older


def _check_apart(house: Path, folder: Path) -> None:
    here, there = house.resolve(), folder.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise UsageError(f"{folder} and the archive lie in one another; name a folder elsewhere, best on another disk.")


def _before(store: Backups) -> Manifest:
    """The latest backup; where it cannot be read everything is copied anew."""
    name = store.latest()
    with suppress(RefusedInputError):
        if name:
            return store.manifest(name)
    return Manifest(made_at="", software="", leaves=0)


class _Taking:
    """One backup while it is being made."""

    def __init__(self, archive: Archive, store: Backups, before: Manifest, progress: Progress) -> None:
        self._archive = archive
        self._house = archive.config.archive
        self._store = store
        self._before = before
        self._progress = progress
        self.files: dict[str, Item] = {}
        self.omitted: list[str] = []
        self.fresh = 0
        self.leaves = 0

    def database_and_ledger(self) -> None:
        with ExitStack() as stack:
            self.leaves = stack.enter_context(_quiet_ledger(self._archive, self.omitted))
            scratch = Path(stack.enter_context(self._store.scratch()))
            copy = scratch / self._archive.config.database.name
            copy_database(self._archive.config.database, copy)
            self._keep(copy, copy.name)
            for path in sorted(self._archive.config.ledger.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    self._take(path)

    def vault(self) -> None:
        for folder in (self._archive.config.vault, self._archive.config.vault / "sample"):
            for path in warc_files(folder):
                self._take_warc(path)
        for path in sorted((self._archive.config.vault / "quarantine").glob("*")):
            self._take(path)

    def _take_warc(self, path: Path) -> None:
        """A file and its index, also while it is being written: then as far as it is there."""
        if not index_path(path).exists():
            with suppress(FileNotFoundError):
                self._take(open_index_path(path))
            self._take(path)
        if index_path(path).exists():
            self.files.pop(self._name(open_index_path(path)), None)
            self._take(path)
            self._take(index_path(path))

    def others(self) -> None:
        """Published pages, rules, root certificates, whatever else lies there; settings without secrets."""
        database = self._archive.config.database.name
        for path in sorted(self._house.rglob("*")):
            inside = path.relative_to(self._house)
            is_ours = inside.parts[0] in LEFT_OUT_FOLDERS or path.name in LEFT_OUT_FILES
            if path.is_file() and not path.is_symlink() and not is_ours and not path.name.startswith(database):
                self._take(path)
        with self._store.scratch() as scratch:
            copy = Path(scratch) / configuration.FILE_NAME
            copy.write_text(without_secrets(self._archive.config.file.read_text("utf-8-sig")), encoding="utf-8")
            self._keep(copy, configuration.FILE_NAME)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._house).as_posix()

    def _take(self, path: Path) -> None:
        """Copy a file unless it is as it was the last time; what is taken away meanwhile is not in the backup."""
        name = self._name(path)
        known = self._before.files.get(name)
        try:
            found = path.stat()
            same = known and (known.size_bytes, known.changed_ns) == (found.st_size, found.st_mtime_ns)
            if known and same and self._store.has(known.digest):
                self.files[name] = known
                self._tell()
            else:
                self._keep(path, name)
        except FileNotFoundError:
            if path.exists():
                raise

    def _keep(self, path: Path, name: str) -> None:
        if not name.isprintable():
            self.omitted.append(f"{name!r}: a name that cannot be written down")
            return
        self.files[name] = self._store.keep(path)
        self.fresh += 1
        self._tell()

    def _tell(self) -> None:
        self._progress(Step(stage="backup", done=len(self.files), total=len(self._before.files)))


@contextmanager
def _quiet_ledger(archive: Archive, omitted: list[str]) -> Iterator[int]:
    """Leaves in the ledger, to which nobody appends while the block runs. One that refuses is taken as it stands."""
    with ExitStack() as stack:
        size = 0
        try:
            size = _leaves(archive, stack)
        except LedgerError as error:
            omitted.append(f"a sound ledger: {error}")
        yield size


def _leaves(archive: Archive, stack: ExitStack) -> int:
    ledger = recording.ledger(archive)
    if not ledger.terms():
        return 0
    with suppress(ChronikError):
        recording.record_due(archive)
    return _writer(stack, ledger).size


def _writer(stack: ExitStack, ledger: Ledger) -> Writer:
    """The ledger's writer, waited for: one that records without a pause must not keep a backup from being made."""
    for _ in range(LEDGER_TURNS_MAX):
        with suppress(BusyError):
            return stack.enter_context(ledger.writing())
        time.sleep(LEDGER_PAUSE_S)
    return stack.enter_context(ledger.writing())


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that others write to, as it stands at one moment, and check the copy. Raises sqlite3.Error."""
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
        there.execute("PRAGMA secure_delete = ON")
        held = {str(row[0]) for row in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in held & {*SECRET_TABLES}:
            there.execute(f"DELETE FROM {table}")  # noqa: S608 - one of the names above
        there.commit()
        answer = there.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            raise sqlite3.DatabaseError(f"it is damaged ({answer}); restore an earlier backup")


def without_secrets(text: str) -> str:
    """Settings without those that nobody else may see. What cannot be told apart is left out altogether."""
    secret = {one.name for one in fields(Config) if not one.repr}
    lines = [line for line in text.splitlines() if line.split("=")[0].strip(" \t\"'") not in secret]
    kept = "\n".join(lines) + "\n"
    with suppress(ValueError, RecursionError):
        if not secret & tomllib.loads(kept).keys():
            return kept
    return configuration.TEMPLATE


def restore(place: str | Path, target: Path, *, name: str = "", progress: Progress = unseen) -> Manifest:
    """Write a backup's files into an empty folder, each one checked; the settings last, which make it an archive.

    Raises ConflictError where something lies there, RefusedInputError for what is no backup or is damaged, VaultError.
    """
    store = backups_at(place)
    wanted = name or store.latest()
    if not wanted:
        raise RefusedInputError(f"There is no backup in {store.place}. Make one with: chronik backup {store.place}")
    manifest = store.manifest(wanted)
    if configuration.FILE_NAME not in manifest.files:
        raise RefusedInputError(f"The backup {wanted} holds no settings; it is no backup of an archive.")
    _begin(target)
    names = sorted(set(manifest.files) - {configuration.FILE_NAME})
    for number, one in enumerate([*names, configuration.FILE_NAME]):
        item = manifest.files[one]
        try:
            store.fetch(item.digest, target / one)
        except OSError as error:
            raise VaultError(f"{advice(error, target / one)} {target} is not an archive yet.") from error
        except VaultError as error:
            others = ", ".join(other for other in store.names() if other != wanted) or "none"
            raise RefusedInputError(f"{one} is damaged in the backup {wanted}. Other backups: {others}.") from error
        progress(Step(stage="restore", done=number + 1, total=len(manifest.files)))
    (target / RESTORING_NAME).unlink()
    return manifest


def _begin(target: Path) -> None:
    try:
        if target.exists() and not _is_free(target):
            raise ConflictError(f"{target} is not an empty folder; an archive is never written over.")
        make_folder(target)
        target.chmod(0o700)
        (target / RESTORING_NAME).touch()
    except OSError as error:
        raise VaultError(advice(error, target)) from error


def _is_free(target: Path) -> bool:
    """Whether a folder is empty, or holds what an interrupted restoring left."""
    if not target.is_dir():
        return False
    is_begun = (target / RESTORING_NAME).is_file() and not (target / configuration.FILE_NAME).exists()
    return is_begun or not any(target.iterdir())


def complete(archive: Archive) -> int:
    """Take into the catalogue what the vault holds and the database did not know yet when it was copied; counted."""
    found = 0
    for vault in (archive.vault, archive.sample_vault):
        captures = {capture.id: capture for capture in vault.captures()}
        for identity in sorted(captures.keys() - archive.catalogue.known_captures(captures)):
            capture = captures[identity]
            found += archive.catalogue.record_capture(capture, to_read=is_to_be_read(capture, archive.config))
    return found

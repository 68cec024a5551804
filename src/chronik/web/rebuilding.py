"""Makes an archive anew beside the one that is there, and puts it in its place. Acts.

Until the last step the former archive stands as it was; that step is one rename. Killed before, nothing has happened.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from chronik import wiring
from chronik.archive import collecting, rebuilding, recording
from chronik.archive.archive import Progress, Step, unseen
from chronik.archive.dump_differences import Difference, differences
from chronik.catalogue import elsewhere
from chronik.catalogue.dumping import dump
from chronik.catalogue.rebuilding import RebuildingTables
from chronik.errors import BusyError, ChronikError, ConflictError, LedgerError
from chronik.preserve import syncing
from chronik.public import files, freeze, listing, proofs
from chronik.public.rendering import Site
from chronik.publish.manifest import PROOF
from chronik.web import publishing, sampling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chronik.archive import Archive
    from chronik.archive.rebuilding import Rebuilt
    from chronik.config import Config

SCRATCH_NAME = "rebuilding"
LOCK_NAMES = ("rebuild.lock", collecting.LOCK_NAME)
DIFFERENCES_TOLD_MAX = 1_000
BUSY = "Another process works in this archive. Stop `chronik up` and `chronik worker`, then call this again."


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of rebuilding."""

    rebuilt: Rebuilt
    former_fault: str = ""
    """Why nothing could be held against the former database; empty where it could."""
    kept: str = ""
    """Where the former database lies now."""
    compared: bool = False
    differences: list[Difference] = field(default_factory=list)
    """Between the former archive and the new one."""
    not_carried: list[str] = field(default_factory=list)
    """What is no evidence, and could not be taken over."""
    dossiers: list[str] = field(default_factory=list)
    """Those that readers see."""


def rebuild(  # noqa: PLR0913 - each said by name on the command line
    config: Config,
    *,
    to: Path | None = None,
    check: bool = False,
    derived: bool = False,
    despite_damage: bool = False,
    progress: Progress = unseen,
) -> Outcome:
    """Make database, index and site anew; with `check` only compare, with `to` put them into another folder.

    Raises BusyError, LedgerError, ReadOnlyError, ConflictError where `to` is taken.
    """
    syncing.check(config.archive)
    if to is not None and to.exists() and any(to.iterdir()):
        raise ConflictError(f"{to} is not an empty folder; name a new one.")
    with _alone(config), _scratch(config) as scratch:
        former = _Former(config, scratch, derived=derived)
        former.look(progress)
        made = _made(config, scratch, despite_damage=despite_damage, progress=progress)
        outcome = Outcome(rebuilt=made, former_fault=former.fault, compared=not former.fault)
        _write(scratch / "after.jsonl", derived=derived)
        _compare(outcome, config, scratch)
        outcome.dossiers = sorted(made.published)
        if not check:
            outcome.not_carried = former.carried()
        elsewhere.settle(scratch / config.database.name)
        if to is not None:
            _put_into(config, scratch, to)
        elif not check:
            outcome.kept = _swap(config, scratch, former)
    return outcome


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    """Nobody collects or rebuilds meanwhile, and nobody has the database open."""
    with ExitStack() as stack:
        for name in LOCK_NAMES:
            lock = stack.enter_context((config.archive / name).open("ab"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BusyError(BUSY) from error
        _refuse_if_open(config)
        yield


def _refuse_if_open(config: Config) -> None:
    if not elsewhere.fault(config.database) and not elsewhere.is_free(config.database):
        raise BusyError(BUSY)


@contextmanager
def _scratch(config: Config) -> Iterator[Path]:
    """An empty folder in the archive's, on the same disk; what a killed process left in it goes."""
    folder = config.archive / SCRATCH_NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=wiring.PRIVATE_FOLDER_MODE)
    try:
        yield folder
    finally:
        elsewhere.point_to(config.database)
        shutil.rmtree(folder, ignore_errors=True)


class _Former:
    """The database that is there, if it can be read."""

    def __init__(self, config: Config, scratch: Path, *, derived: bool) -> None:
        self._config = config
        self._scratch = scratch
        self._derived = derived
        self.fault = elsewhere.fault(config.database)
        self.opens = not self.fault

    def look(self, progress: Progress) -> None:
        """Record what is due, so that the ledger has everything; then dump what is known."""
        if self.fault:
            return
        try:
            with wiring.opened(self._config.archive) as archive:
                collecting.recover(archive)
                recording.record_due(archive)
                _write(self._scratch / "before.jsonl", derived=self._derived)
        except (LedgerError, BusyError):
            raise
        except (ChronikError, ValueError, TypeError, KeyError) as error:
            self.fault = f"holds rows that cannot be read ({error})"
        progress(Step(stage="dump", done=1, total=1))

    def carried(self) -> list[str]:
        """Take over what is no evidence; what could not be."""
        if not self.opens:
            return [f"accounts, sessions, marks and schedules: the former database {self.fault}"]
        elsewhere.is_free(self._config.database)
        return elsewhere.carry_over(self._config.database, into=self._scratch / self._config.database.name)


def _made(config: Config, scratch: Path, *, despite_damage: bool, progress: Progress) -> Rebuilt:
    """Everything anew in the scratch folder."""
    with wiring.opened_aside(config, database=scratch / config.database.name, index=scratch / "index") as archive:
        fault = rebuilding.ledger_fault(archive)
        if fault and not despite_damage:
            raise LedgerError(
                f"The ledger does not verify: {fault}. Restore it from a backup, or build what holds: "
                "chronik rebuild --despite-damage"
            )
        if config.sample:
            sampling.begin(archive)
        made = rebuilding.fill(archive, RebuildingTables(), scratch=scratch, progress=progress)
        if fault:
            made.lost.insert(0, ("ledger", fault))
        _freeze(archive, made, scratch / "site")
    return made


def _freeze(archive: Archive, made: Rebuilt, folder: Path) -> None:
    """The edition of each dossier that readers see, as it was published."""
    folder.mkdir()
    for slug, act in sorted(made.published.items()):
        try:
            frozen = publishing.publish_as_known(archive, slug, at=act.at, to=folder)
        except ChronikError as error:
            made.lost.append((f"edition of {slug}", str(error)))
        else:
            if frozen.digest != act.detail.get("edition"):
                made.notes.append((f"edition of {slug}", "is not the one that was published: see what was lost"))


def _write(path: Path, *, derived: bool) -> None:
    with path.open("wb") as file:
        for line in dump(derived=derived):
            file.write(line)


def _compare(outcome: Outcome, config: Config, scratch: Path) -> None:
    if outcome.compared:
        with (scratch / "before.jsonl").open("rb") as before, (scratch / "after.jsonl").open("rb") as after:
            outcome.differences += islice(differences(before, after), DIFFERENCES_TOLD_MAX)
    site = scratch / "site"
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site)
        if proofs.FOLDER in name.parts or name.name == PROOF:
            continue  # what is proved grows, while what was published stays
        standing = config.site / name
        if not standing.is_file() or standing.read_bytes() != path.read_bytes():
            what = "is another" if standing.is_file() else "only after"
            outcome.differences.append(Difference(subject=f"published file {name.as_posix()}", what=what))


def _put_into(config: Config, scratch: Path, to: Path) -> None:
    """Leave what was made in a folder of its own."""
    to.mkdir(mode=wiring.PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    for name in (config.database.name, "index", "site"):
        shutil.move(scratch / name, to / name)


def _swap(config: Config, scratch: Path, former: _Former) -> str:
    """Put the new database in the place of the old one, which keeps lying beside it; then index and site."""
    _refuse_if_open(config)
    kept = _set_aside(config, former)
    with suppress(FileNotFoundError):
        config.index.rename(scratch / "former-index")
    (scratch / config.database.name).replace(config.database)
    (scratch / "index").rename(config.index)
    syncing.sync_folder(config.archive)
    _install_site(config, scratch / "site")
    return kept


def _set_aside(config: Config, former: _Former) -> str:
    """A second name for the former database; the log of one that cannot be opened goes with it."""
    database = config.database
    if not database.exists():
        return ""
    kept = database.with_name(f"{database.name}.before-{wiring.now():%Y%m%dT%H%M%S}")
    os.link(database, kept)
    if not former.opens:
        for ending in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                database.with_name(database.name + ending).rename(kept.with_name(kept.name + ending))
    return kept.name


def _install_site(config: Config, made: Path) -> None:
    """Replace what differs, each file as a whole; take out dossiers of which no act says that readers see them."""
    site = Site(name=config.name, public_url=config.public_url, zone=config.zone, language=config.language)
    wanted = {path.name for path in made.iterdir()}
    if config.site.is_dir():
        for one in listing.listed(config.site, site):
            if one.slug not in wanted:
                freeze.unfreeze(
                    one.slug, config.site, public_url=config.public_url, zone=config.zone, site_name=config.name
                )
    for path in sorted(path for path in made.rglob("*") if path.is_file()):
        files.put(config.site / path.relative_to(made), path.read_bytes())

"""Acts: reads every byte of the vault again, a little at a time, repairs from the second vault, and remembers when.

A finished file that was once found well is known by its digest; only where that differs is it taken apart, to say which
captures are hurt. What cannot be repaired is told until it is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.errors import VaultError
from chronik.model import Act, Verb
from chronik.ports.fixity import FixityMark
from chronik.preserve import syncing
from chronik.preserve.copying import copy_whole, file_digest, make_folder
from chronik.preserve.fixity import file_damages
from chronik.preserve.recovery import QUARANTINE
from chronik.preserve.writer import index_path, warc_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from chronik.config import Config
    from chronik.model import Capture

SAMPLE = "sample"
SECOND_VAULT = "the second vault"
"""Stands in the place of a file's name where the folder itself cannot be used."""
SLICE_BYTES_MIN = 64 * 2**20
LOOK_AGAIN_AFTER = timedelta(days=1)
"""When a file that was hurt and could not be repaired is looked at again."""
DAMAGES_TOLD_MAX = 20
MORE = " more"
CAPTURE_TOLD = ", capture "
"""Stands in a damage that is told of a single capture."""
BY = "chronik"


@dataclass(slots=True, kw_only=True)
class Looked:
    """What one slice found."""

    files: int = 0
    size_bytes: int = 0
    copied: int = 0
    """Files that the second vault had not, or not whole."""
    repaired: list[str] = field(default_factory=list)
    hurt: list[tuple[str, str]] = field(default_factory=list)
    """(File, what is wrong with it and which captures that concerns), not repaired."""


def look_again(archive: Archive, *, everything: bool = False, progress: Progress = unseen) -> Looked:
    """Read again the files whose turn it is, or all. Raises ReadOnlyError where the disk failed."""
    config, now = archive.config, archive.clock()
    syncing.check(config.archive)
    marks = {mark.file: mark for mark in archive.catalogue.fixity_marks()}
    paths = vault_files(config)
    due = [*_gone(marks, paths), *_due(marks, paths, now, days=config.fixity_days, everything=everything)]
    slice_bytes = _slice_bytes(paths.values(), config)
    looked = Looked()
    second = _second_vault(archive, looked, now)
    for number, name in enumerate(due):
        path = config.vault / name
        mark = marks.get(name, FixityMark(file=name, read_at=now))
        found = _look(path, replace(mark, read_at=now), looked, second)
        archive.catalogue.keep_fixity_marks([found])
        if name in looked.repaired:
            detail = {"damage": mark.damage or "hurt", "digest": found.digest}
            archive.catalogue.record_act(Act(at=now, by=BY, verb=Verb.REPAIR, subject=name, detail=detail))
        progress(Step(stage="fixity", done=number + 1, total=len(due), failed=len(looked.hurt)))
        if not everything and looked.size_bytes >= slice_bytes:
            break
    return looked


def vault_files(config: Config) -> dict[str, Path]:
    """Every WARC file of the vault and of the sample's, by its name seen from the vault's folder."""
    found = {path.name: path for path in warc_files(config.vault)}
    return found | {f"{SAMPLE}/{path.name}": path for path in warc_files(config.vault / SAMPLE)}


def _gone(marks: dict[str, FixityMark], paths: dict[str, Path]) -> list[str]:
    """Files that were there once; the sample's may be removed."""
    return [name for name in marks if name not in paths and name != SECOND_VAULT and not name.startswith(SAMPLE)]


def _due(
    marks: dict[str, FixityMark], paths: dict[str, Path], now: datetime, *, days: int, everything: bool
) -> list[str]:
    """Names of files to read, those first that were never read, then those read longest ago.

    Half of the time allowed is kept in hand for days on which nothing runs.
    """
    rest = timedelta(days=days) / 2

    def is_due(name: str) -> bool:
        mark = marks.get(name)
        if mark is None or everything or mark.read_at > now:
            return True
        return now - mark.read_at >= (min(rest, LOOK_AGAIN_AFTER) if mark.damage else rest)

    return sorted(
        filter(is_due, paths), key=lambda name: (name in marks, marks[name].read_at if name in marks else now)
    )


def _slice_bytes(paths: Iterable[Path], config: Config) -> int:
    """So much in each round that everything is read in half of the time allowed."""
    total = sum(path.stat().st_size for path in paths if path.exists())
    rounds = config.fixity_days * 86_400 / 2 / config.collect_every_s
    return max(SLICE_BYTES_MIN, int(total / max(rounds, 1)))


def _second_vault(archive: Archive, looked: Looked, now: datetime) -> Path | None:
    """The second vault's folder. One that is not there is not made: its disk may not be mounted."""
    named = archive.config.second_vault
    folder = archive.config.archive / named
    fault = "" if not named or folder.is_dir() else f"{folder} is not there; mount its disk, or make the folder"
    if fault:
        looked.hurt.append((SECOND_VAULT, fault))
        archive.catalogue.keep_fixity_marks([FixityMark(file=SECOND_VAULT, read_at=now, damage=fault)])
    else:
        archive.catalogue.forget_fixity_marks([SECOND_VAULT])
    return folder if named and not fault else None


def _look(path: Path, mark: FixityMark, looked: Looked, second: Path | None) -> FixityMark:
    """The new mark of one file, after repair where that was needed and could be done."""
    looked.files += 1
    looked.size_bytes += path.stat().st_size if path.exists() else 0
    copy = second / mark.file if second and not mark.file.startswith(SAMPLE) else None
    found = _read(path, mark)
    if found.damage and copy and _is_whole(copy, mark.digest):
        found = _repaired(path, copy, mark, looked)
    elif not found.damage and found.digest and copy:
        found = _mirrored(path, copy, found, looked)
    if found.damage:
        looked.hurt.append((mark.file, found.damage))
    return found


def _read(path: Path, mark: FixityMark) -> FixityMark:
    if not path.exists():
        return replace(mark, damage="the file is missing")
    try:
        if not index_path(path).exists() and not mark.digest:
            return replace(mark, damage=_told(path))
        digest, index_digest = file_digest(path), file_digest(index_path(path))
    except OSError as error:
        return replace(mark, damage=f"cannot be read: {error.strerror or error}")
    if (digest, index_digest) == (mark.digest, mark.index_digest):
        return replace(mark, damage="")
    if damage := _told(path):
        return replace(mark, damage=damage)
    if mark.digest:
        return replace(mark, damage="file and index were exchanged for others since they were last read")
    return replace(mark, digest=digest, index_digest=index_digest, damage="")


def _told(path: Path) -> str:
    damages = file_damages(path)
    words = [f"{subject}: {what}" for subject, what in damages[:DAMAGES_TOLD_MAX]]
    more = len(damages) - len(words)
    return "; ".join([*words, f"and {more}{MORE}"] if more else words)


def _is_whole(copy: Path, digest: str) -> bool:
    """Whether the second vault holds this file as it was."""
    try:
        is_there = copy.exists() and index_path(copy).exists()
        return is_there and (not digest or file_digest(copy) == digest) and not file_damages(copy)
    except OSError:
        return False


def _repaired(path: Path, copy: Path, mark: FixityMark, looked: Looked) -> FixityMark:
    """Put the second vault's file in the place of the hurt one, which goes to quarantine."""
    try:
        for there, here in ((copy, path), (index_path(copy), index_path(path))):
            _set_aside(here, mark.read_at)
            copy_whole(there, here)
        damage = _told(path)
        digest, index_digest = file_digest(path), file_digest(index_path(path))
    except (OSError, VaultError) as error:
        return replace(mark, damage=f"hurt, and could not be repaired from {copy}: {error}")
    if not damage:
        looked.repaired.append(mark.file)
    return replace(mark, digest=digest, index_digest=index_digest, damage=damage)


def _set_aside(path: Path, now: datetime) -> None:
    """Keep what is hurt: whoever looks into it later wants to see it. The file itself stays until it is replaced."""
    if path.exists():
        aside = path.parent / QUARANTINE / f"{path.name}.hurt-{now:%Y%m%dT%H%M%S}"
        make_folder(aside.parent)
        aside.unlink(missing_ok=True)
        os.link(path, aside)


def _mirrored(path: Path, copy: Path, found: FixityMark, looked: Looked) -> FixityMark:
    """Write to the second vault what it has not, or has not whole."""
    try:
        pairs = ((path, copy, found.digest), (index_path(path), index_path(copy), found.index_digest))
        lacking = [pair for pair in pairs if not pair[1].exists() or file_digest(pair[1]) != pair[2]]
        for source, target, digest in lacking:
            copy_whole(source, target, digest=digest)
    except (OSError, VaultError) as error:
        return replace(found, damage=f"well, but could not be copied to {copy.parent}: {error}")
    looked.copied += bool(lacking)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with fixity."""

    files: int
    read: int
    """Files read again, all of them within the time allowed unless `alarm` says otherwise."""
    oldest: datetime | None
    """When the file that was read longest ago was read."""
    hurt: tuple[tuple[str, str], ...]
    alarm: str
    """What somebody has to do something about, apart from what is hurt."""


def standing(archive: Archive) -> Standing:
    """How much was read again since when, and what is hurt."""
    config = archive.config
    paths = vault_files(config)
    marks = archive.catalogue.fixity_marks()
    read = [mark for mark in marks if mark.file in paths]
    oldest = read[0].read_at if read else None
    late = oldest is not None and archive.clock() - oldest > timedelta(days=config.fixity_days)
    return Standing(
        files=len(paths),
        read=len(read),
        oldest=oldest,
        hurt=tuple((mark.file, mark.damage) for mark in marks if mark.damage),
        alarm=f"a file was not read again for more than {config.fixity_days} days; run: chronik fixity" if late else "",
    )


def last_read(archive: Archive, capture: Capture) -> datetime | None:
    """When the bytes of a capture were last read again and found well; None where they were not yet."""
    names = (capture.location.file, f"{SAMPLE}/{capture.location.file}")
    marks = (mark for mark in archive.catalogue.fixity_marks() if mark.file in names and not mark.damage)
    return max((mark.read_at for mark in marks), default=None)


def damage_of(capture: Capture, damages: Mapping[str, str], *, sample: bool) -> str:
    """What is wrong with a capture, out of what is wrong with files of the vault; empty where its own bytes are well.

    Damages are told of single captures where they can be, and those of others leave this one well.
    """
    file = capture.location.file
    told = damages.get(f"{SAMPLE}/{file}" if sample else file, "")
    of_others_alone = CAPTURE_TOLD in told and capture.id not in told and not told.endswith(MORE)
    return "" if of_others_alone else told


def alarms(archive: Archive) -> list[tuple[str, str, str]]:
    """(Kind, subject, reason) of whatever is wrong with the disk and the vault; for `chronik status`."""
    config, found = archive.config, standing(archive)
    rows = [("disk", str(config.archive), syncing.fault(config.archive)), ("fixity", "the vault", found.alarm)]
    rows += [("vault", name, damage) for name, damage in found.hurt]
    return [row for row in rows if row[2]]

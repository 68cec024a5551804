"""`verify FOLDER` and `verify URL`: published dossiers, held against their seals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from chronik.cli import output
from chronik.cli.opening import opened
from chronik.config import FILE_NAME
from chronik.errors import ArchiveMissingError, RefusedInputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.archive.checking_published import Checked, CheckedDossier
    from chronik.archive.published_files import PublishedFiles
    from chronik.config import Config
    from chronik.preserve.stamps import Authority

NAMES_TOLD_MAX = 5


def verify(what: str, *, key: str, roots: Sequence[Path], as_json: bool, archive: Path | None) -> None:
    """Say whether a published folder, one dossier of it, or one on a web server is what was sealed; else exit code 1.

    With an archive, also whether that is its latest word. Where none is at hand, its defaults serve.
    """
    from chronik import wiring
    from chronik.archive import checking_published
    from chronik.preserve.ledger import note

    trusted = note.verifier_key(key) if key else None
    authorities = list(_authorities(roots, archive))
    published = _published(what, archive)
    with output.progress(hidden=as_json) as show:
        found = checking_published.checked(published, key=trusted, progress=show)
    if authorities:
        checking_published.check_stamps(found, trusted=authorities, now=wiring.now())
    if archive is not None:
        _compare(archive, found)
    known = Known(
        key=trusted is not None,
        archive=archive is not None,
        everything=not is_address(what),
        roots=bool(authorities),
    )
    unproved = list(_unproved(found, known))
    if as_json:
        output.emit(_shape(published.where, found, unproved))
    else:
        _tell(published.where, found, unproved)
    if found.faults:
        raise typer.Exit(1)


def is_published(what: str) -> bool:
    """Whether this is an address, or a folder that is no archive."""
    return is_address(what) or (Path(what).is_dir() and not (Path(what) / FILE_NAME).is_file())


def is_address(what: str) -> bool:
    """Whether this is meant to be asked for on the web."""
    return what.lower().startswith(("http://", "https://"))


def _published(what: str, archive: Path | None) -> PublishedFiles:
    from chronik import wiring
    from chronik.archive.published_files import AddressFiles, FolderFiles

    if is_address(what):
        return AddressFiles(what, fetch=wiring.fetcher(_config(archive), asked=what))
    return FolderFiles(Path(what))


def _config(archive: Path | None) -> Config:
    from chronik import config as configuration

    folder = configuration.archive_folder(archive)
    try:
        return configuration.load(folder)
    except ArchiveMissingError:
        if archive is not None:
            raise
        return configuration.from_table(folder, {})


def _authorities(roots: Sequence[Path], archive: Path | None) -> Iterator[Authority]:
    """Those whose stamps are believed: the archive's, and those with these root certificates."""
    from chronik import config as configuration
    from chronik.archive import stamping
    from chronik.preserve import stamps

    if archive is not None:
        yield from stamping.authorities(configuration.load(configuration.archive_folder(archive)))
    for path in roots:
        try:
            pem = path.read_bytes()[: stamps.ROOT_FILE_BYTES_MAX]
            yield stamps.Authority(name=path.name, url="", certificates=stamps.certificates(pem))
        except (OSError, RefusedInputError) as error:
            raise UsageError(f"--stamp-root: {path}: {error}") from error


def _compare(archive: Path, found: Checked) -> None:
    from chronik.archive import latest_word

    with opened(archive) as house:
        latest_word.compare(house, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there was to compare with."""

    key: bool
    archive: bool
    everything: bool
    """Every file could be looked at, not only those that are listed."""
    roots: bool
    """Root certificates of those who stamp."""


def _unproved(found: Checked, known: Known) -> Iterator[str]:
    """What nothing of this proves, in sentences."""
    sealed = [one for one in found.dossiers if one.seal]
    if sealed and not known.key and not known.archive:
        yield (
            "No --key was given: the files fit the key that they bring themselves. Whose that is, they cannot prove; "
            "ask the archive for its key on another way."
        )
    unstamped = [one.slug for one in sealed if one.seal and not one.seal.stamped]
    if unstamped:
        yield f"No time stamp yet: when this was sealed is the archive's own word. ({_some(unstamped)})"
    if len(unstamped) < len(sealed) and not known.roots:
        yield (
            "The stamps name the sealed state. Whether they and their times are genuine is not checked without their "
            "authority's root certificate. See: --stamp-root"
        )
    if sealed and not known.archive:
        yield "An older edition is as genuine as a newer one: whether one was published since is not to be seen here."
    beside = [path for one in found.dossiers for path in one.beside]
    if beside:
        yield f"Pages of proofs and of redactions change with time and are not sealed. ({_some(beside)})"
    if not known.everything:
        yield "The server was asked for what the manifest names. What else it holds, or gives others, was not seen."
    if found.others:
        yield f"What lies beside the dossiers is of none of them, and not sealed. ({_some(found.others)})"


def _some(names: Any) -> str:
    shown = [output.one_line(name) for name in names[:NAMES_TOLD_MAX]]
    more = [f"and {len(names) - len(shown)} more"] if len(names) > len(shown) else []
    return ", ".join([*shown, *more])


def _shape(where: str, found: Checked, unproved: list[str]) -> dict[str, Any]:
    return {
        "where": where,
        "files": found.files,
        "findings": [
            {
                "subject": fault.subject,
                "what": fault.what,
                "dossier": fault.dossier,
                "file": fault.file or None,
                "clip": fault.clip or None,
                "leaf": fault.leaf,
            }
            for fault in found.faults
        ],
        "dossiers": [_dossier_shape(one) for one in found.dossiers],
        "not_proved": unproved,
    }


def _dossier_shape(one: CheckedDossier) -> dict[str, Any]:
    return {
        "dossier": one.slug,
        "wrong": len(one.faults),
        "edition": one.manifest.edition if one.manifest else None,
        "published_at": one.data.published_at if one.data else None,
        "clips": len(one.data.clips) if one.data else None,
        "files": len(one.manifest.files) if one.manifest else 0,
        "leaf": one.seal.leaf if one.seal else None,
        "recorded_at": one.seal.recorded_at if one.seal else None,
        "key": one.seal.key if one.seal else None,
        "stamped": list(one.seal.stamped) if one.seal else [],
        "stamps_checked": [f"{stamp.authority} {stamp.at.isoformat()}" for stamp in one.stamps],
    }


def _tell(where: str, found: Checked, unproved: list[str]) -> None:
    for fault in found.faults:
        output.complain(f"{output.one_line(fault.subject)}: {output.one_line(fault.what)}")
    for one in found.dossiers:
        output.say(_line(one))
    count = len(found.dossiers)
    of = "one dossier" if count == 1 else f"{count} dossiers"
    output.say(f"{where}: {found.files} files of {of} checked, {len(found.faults)} wrong.")
    if unproved:
        output.say("Not proved:")
        for words in unproved:
            output.say(f"- {words}")


def _line(one: CheckedDossier) -> str:
    if one.faults:
        return f"{one.slug}: {len(one.faults)} wrong"
    assert one.seal is not None, "what lacks a seal has a fault"
    assert one.data is not None, "what lacks its data has a fault"
    times = f"stamps not checked: {', '.join(one.seal.stamped)}" if one.seal.stamped else "not stamped yet"
    if one.stamps:
        times = f"stamped by {', '.join(f'{stamp.authority} {stamp.at.isoformat()}' for stamp in one.stamps)}"
    return (
        f"{one.slug}: as sealed. Edition of {output.one_line(one.data.published_at)}, {len(one.data.clips)} clips; "
        f"leaf {one.seal.leaf} of {one.seal.key}, {output.one_line(times)}"
    )

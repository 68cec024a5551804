"""`backup`, `restore`: an archive copied while it lives, and brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.errors import UsageError


def backup(
    place: Annotated[str, typer.Argument(metavar="DIR|s3://…", help="Where backups lie, best on another disk.")],
    keep: Annotated[int, typer.Option(min=1, help="How many backups stay; what only older ones need goes.")] = 7,
    check: Annotated[bool, typer.Option("--check", help="Write nothing: read the latest backup again.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Copy the archive while it works: what is new or changed since the last backup, each file read back.

    Killed at any moment it leaves the former backup whole. Without the index, which is made anew, and without secrets.

    Example: `chronik backup /mnt/backup/press`
    """
    from chronik.archive import backing_up

    if check:
        _check(place, as_json=as_json)
        return
    with opened(archive) as house, output.progress(hidden=as_json) as show:
        done = backing_up.back_up(house, place, keep=keep, progress=show)
    if as_json:
        output.emit(
            {
                "name": done.name,
                "files": done.files,
                "size_bytes": done.size_bytes,
                "fresh": done.fresh,
                "removed": done.removed,
                "withdrawn": done.withdrawn,
            }
        )
    else:
        output.say(
            f"Backup {done.name}: {done.files} files, {output.size(done.size_bytes)}; {done.fresh} of them new or "
            f"changed, {done.removed} of older backups removed. "
            f"{_withdrawn(done.withdrawn)}Try it with: chronik restore {place} --to NEW"
        )


def _withdrawn(count: int) -> str:
    return f"{count} older backups held what was redacted since and are gone. " if count else ""


def _check(place: str, *, as_json: bool) -> None:
    from chronik.archive import backing_up

    store = backing_up.backups_at(place)
    name = store.latest()
    if name is None:
        raise UsageError(f"There is no backup in {place}.")
    manifest = store.manifest(name)
    damages = [{"file": file, "what": what} for file, what in store.damages(manifest)]
    if as_json:
        output.emit({"name": name, "files": len(manifest.files), "damages": damages})
    else:
        for damage in damages:
            output.complain(f"{damage['file']}: {damage['what']}")
        output.say(f"Backup {name}: {len(manifest.files)} files read again, {len(damages)} damaged.")
    if damages:
        raise typer.Exit(1)


def restore(
    place: Annotated[str, typer.Argument(metavar="DIR|s3://…", help="Where the backups lie.")],
    to: Annotated[Path, typer.Option("--to", metavar="NEW", help="A new or empty folder.")],
    backup_name: Annotated[
        str, typer.Option("--backup", metavar="NAME", help="Which backup; default: the latest.", show_default=False)
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Bring a backup back into an empty folder, make its index anew and verify everything.

    Exit code 1 when something is wrong with what came back. Example: `chronik restore /mnt/backup/press --to press-2`
    """
    from chronik import wiring
    from chronik.archive import backing_up, checking, collecting, reading

    target = to.absolute()
    with output.progress(hidden=as_json) as show:
        manifest = backing_up.restore(place, target, name=backup_name, progress=show)
        wiring.make_key(target)
        with opened(target) as house:
            collecting.recover(house)
            backing_up.complete(house)
            house.catalogue.forget_indexed()
            reading.index_due(house, progress=show)
            checked, findings = checking.verify(house, progress=show)
    rows = [{"subject": finding.subject, "what": finding.what} for finding in findings]
    if as_json:
        output.emit({"archive": str(target), "made_at": manifest.made_at, "checked": checked, "findings": rows})
    else:
        for row in rows:
            output.complain(f"{row['subject']}: {row['what']}")
        output.say(
            f"The backup of {manifest.made_at} stands in {target}: {len(manifest.files)} files, {checked} objects "
            f"checked, {len(rows)} wrong. Passwords are as they were; secrets of chronik.toml must be set again."
        )
    if rows:
        raise typer.Exit(1)

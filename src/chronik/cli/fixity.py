"""`fixity`: reads the vault again, a part or all of it."""

from __future__ import annotations

from typing import Annotated

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson


def fixity(
    everything: Annotated[bool, typer.Option("--all", help="All files, also those read a short while ago.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Read again the files of the vault whose turn it is, and repair them from the second vault.

    The worker does it by itself, a little in each round. Exit code 1 when something is hurt and was not repaired.

    Example: `chronik fixity --all`
    """
    from chronik.archive import collecting, fixing

    with opened(archive) as house, output.progress(hidden=as_json) as show:
        collecting.recover(house)
        looked = fixing.look_again(house, everything=everything, progress=show)
        standing = fixing.standing(house)
    if as_json:
        output.emit(
            {
                "read": looked.files,
                "size_bytes": looked.size_bytes,
                "copied": looked.copied,
                "repaired": looked.repaired,
                "hurt": [{"file": file, "what": what} for file, what in standing.hurt],
                "files": standing.files,
                "oldest": standing.oldest,
            }
        )
    else:
        for name in looked.repaired:
            output.say(f"{name} was hurt and is repaired; what was hurt lies in vault/quarantine.")
        for name, what in standing.hurt:
            output.complain(f"{name}: {what}")
        output.say(
            f"{looked.files} files read again ({output.size(looked.size_bytes)}), {looked.copied} copied to the "
            f"second vault, {len(looked.repaired)} repaired, {len(standing.hurt)} hurt. "
            f"Of {standing.files} files the one read longest ago was read at {standing.oldest or '-'}."
        )
    if standing.hurt:
        raise typer.Exit(1)

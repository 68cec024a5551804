"""Opens the archive that a command means, and says who is at the keyboard."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chronik import config

if TYPE_CHECKING:
    from chronik.archive import Archive

ArchiveFolder = Annotated[
    Path | None,
    typer.Option("--archive", help="The archive folder. Also: CHRONIK_ARCHIVE. Default: ./archive", show_default=False),
]


def opened(folder: Path | None) -> Archive:
    """The archive; close it, or use it in a `with` statement."""
    from chronik import wiring

    return wiring.opened(config.archive_folder(folder))


def person() -> str:
    """The operator's login name, for acts."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"

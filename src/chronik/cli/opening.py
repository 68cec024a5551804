"""Opens the archive that a command means, and says who is at the keyboard."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chronik import config
from chronik.cli import output, working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.archive import Archive

ArchiveFolder = Annotated[
    Path | None,
    typer.Option("--archive", help="The archive folder. Also: CHRONIK_ARCHIVE. Default: ./archive", show_default=False),
]


@contextmanager
def opened(folder: Path | None) -> Iterator[Archive]:
    """The archive, closed at the end; what the command did is recorded in the ledger."""
    from chronik import wiring
    from chronik.archive import recording

    with wiring.opened(config.archive_folder(folder)) as archive, working.within(archive.config.archive):
        yield archive
        if fault := recording.attempt(archive):
            output.complain(fault)


def person() -> str:
    """The operator's login name, for acts."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"

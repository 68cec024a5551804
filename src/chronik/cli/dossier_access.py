"""`dossier access`: who may read, edit and publish a dossier at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import UsageError

if TYPE_CHECKING:
    from chronik.archive import Archive
    from chronik.model import Access

EVERYBODY = "everybody"
_NAMES = "User names, with commas between them"


def access(
    dossier: Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier's slug.")],
    readers: Annotated[str | None, typer.Option(help=f"{_NAMES}, or `everybody`.")] = None,
    editors: Annotated[str | None, typer.Option(help=f"{_NAMES}, or `everybody`: every editor who may read.")] = None,
    publishers: Annotated[str | None, typer.Option(help=f"{_NAMES}: editors who may publish it; empty: none.")] = None,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Show who may read, edit and publish a dossier at the desk, or change it; what is not named stays.

    Chief editors and operators may do everything.

    Example: `chronik dossier access mill-stream --readers eva,ben --editors eva`
    """
    from chronik.desk import access_acts

    with opened(archive) as house:
        held = house.catalogue.access(dossier)
        wanted = _changed(held, readers=readers, editors=editors, publishers=publishers)
        if wanted != held:
            _must_be_known(house, wanted)
            access_acts.set_access(house.catalogue, dossier, access=wanted, by=person(), now=house.clock())
    if as_json:
        output.emit({"readers": wanted.readers, "editors": wanted.editors, "publishers": wanted.publishers})
        return
    output.table(
        ("May", "Who"),
        [
            ("read", _told(wanted.readers, otherwise="everybody at the desk")),
            ("edit", _told(wanted.editors, otherwise="every editor who may read it")),
            ("publish", _told(wanted.publishers or None, otherwise="chief editors")),
        ],
    )


def _changed(held: Access, *, readers: str | None, editors: str | None, publishers: str | None) -> Access:
    from chronik.model import Access

    return Access(
        readers=held.readers if readers is None else _names(readers),
        editors=held.editors if editors is None else _names(editors),
        publishers=held.publishers if publishers is None else _names(publishers) or (),
    )


def _names(given: str) -> tuple[str, ...] | None:
    if given.strip() == EVERYBODY:
        return None
    return tuple(sorted({name.strip() for name in given.split(",")} - {""}))


def _must_be_known(house: Archive, access: Access) -> None:
    """Raises UsageError for a name that nobody has: it would be a slip of the hand."""
    from django.contrib.auth.models import User

    held = house.config.archive
    named = {*(access.readers or ()), *(access.editors or ()), *access.publishers}
    unknown = sorted(named - set(User.objects.filter(username__in=named).values_list("username", flat=True)))
    if unknown:
        raise UsageError(f"{held}: nobody is called {unknown[0]!r}. See: chronik account list")


def _told(names: tuple[str, ...] | None, *, otherwise: str) -> str:
    if names is None:
        return otherwise
    return ", ".join(names) or "nobody but chief editors"

"""`token`: what lets browsers send pages in somebody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson

if TYPE_CHECKING:
    from chronik.catalogue.models import TokenRow

group = typer.Typer(help="Tokens with which the clipper sends pages.", no_args_is_help=True)
Somebody = Annotated[str, typer.Option("--for", metavar="USER", help="User name at the desk.")]


@group.command(name="list")
def list_(user: Somebody = "", as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List the tokens that were not revoked, with their last use.

    Example: `chronik token list --for eva`
    """
    with opened(archive):
        from chronik.desk import clipper

        rows = clipper.tokens(user)
    if as_json:
        output.emit([_shape(row) for row in rows])
        return
    shown = [
        (
            row.pk,
            output.one_line(row.user_name),
            output.one_line(row.name),
            row.made_at.date(),
            row.used_at.date() if row.used_at else "never",
            row.expires_at.date(),
        )
        for row in rows
    ]
    output.table(("Number", "For", "Name", "Made", "Last used", "Good until"), shown)


@group.command(name="make")
def make(
    name: Annotated[str, typer.Argument(help="What to call it, such as the browser that will have it.")],
    user: Somebody = "editor",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Make a token for somebody who may sign in. It is shown this once; only its digest is kept.

    Example: `chronik token make "Firefox at home" --for eva`
    """
    with opened(archive) as house:
        from chronik.desk import clipper

        row, secret = clipper.make_token(house.catalogue, user_name=user, name=name, by=person(), now=house.clock())
    if as_json:
        output.emit(_shape(row) | {"token": secret})
        return
    output.say(f"{secret}\nGood until {row.expires_at:%Y-%m-%d}, for sending pages. It is not shown again.")


@group.command(name="revoke")
def revoke(
    number: Annotated[int, typer.Argument(help="As `chronik token list` gives it.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Let a token be good no more.

    Example: `chronik token revoke 3`
    """
    with opened(archive) as house:
        from chronik.desk import clipper

        row = clipper.revoke_token(house.catalogue, number, by=person(), now=house.clock())
    if as_json:
        output.emit(_shape(row))
    else:
        output.say(f"{number}: revoked")


def _shape(row: TokenRow) -> dict[str, Any]:
    return {
        "number": row.pk,
        "for": row.user_name,
        "name": row.name,
        "scope": str(row.scope),
        "made": row.made_at.isoformat(),
        "used": row.used_at.isoformat() if row.used_at else None,
        "expires": row.expires_at.isoformat(),
    }

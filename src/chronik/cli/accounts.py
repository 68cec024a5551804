"""`account`: who may sign in, and as what. Whoever may use the command line of an archive is its operator."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson

if TYPE_CHECKING:
    from django.contrib.auth.models import User

group = typer.Typer(help="Who may sign in at the desk, and as what.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="User name at the desk.")]
PASSWORD_CHARACTERS_MAX = 4_096


@group.command(name="list")
def list_(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List every account with its role.

    Example: `chronik account list`
    """
    with opened(archive):
        from django.contrib.auth.models import User

        found = [_shape(user) for user in User.objects.order_by("username")]
    if as_json:
        output.emit(found)
        return
    rows = [
        (
            output.one_line(one["name"]),
            one["role"],
            "open" if one["open"] else "closed",
            (one["last_sign_in"] or "never")[:10],
            one["sessions"],
        )
        for one in found
    ]
    output.table(("Name", "Role", "State", "Last sign-in", "Sessions"), rows)


@group.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="reader, editor, chief-editor or operator.")] = "editor",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Make an account. It has no password yet: let the person in with a link, or set one.

    Example: `chronik account add eva --role chief-editor`
    """
    with opened(archive) as house:
        from chronik.desk import people_acts, rights

        made = people_acts.add(house.catalogue, name, role=rights.role(role), by=person(), now=house.clock())
        told = _shape(made)
    _tell(told, f"{name}: {role}. Let them in: chronik up --sign-in --for {name}", as_json=as_json)


@group.command()
def role(
    name: Name,
    to: Annotated[str, typer.Argument(help="reader, editor, chief-editor or operator.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Give somebody another role.

    Example: `chronik account role eva operator`
    """
    with opened(archive) as house:
        from chronik.desk import people_acts, rights

        found = people_acts.the_person(name)
        people_acts.change_role(house.catalogue, found, role=rights.role(to), by=person(), now=house.clock())
        told = _shape(found)
    _tell(told, f"{name}: {to}", as_json=as_json)


@group.command()
def close(name: Name, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Let somebody in no more: sessions end, and the name stays with what was done.

    Example: `chronik account close eva`
    """
    with opened(archive) as house:
        from chronik.desk import people_acts

        people_acts.close(house.catalogue, people_acts.the_person(name), by=person(), now=house.clock())
        told = _shape(people_acts.the_person(name))
    _tell(told, f"{name}: closed", as_json=as_json)


@group.command()
def reopen(name: Name, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Let somebody in again, with the role and the password that they had.

    Example: `chronik account reopen eva`
    """
    with opened(archive) as house:
        from chronik.desk import people_acts

        people_acts.reopen(house.catalogue, people_acts.the_person(name), by=person(), now=house.clock())
        told = _shape(people_acts.the_person(name))
    _tell(told, f"{name}: open", as_json=as_json)


@group.command()
def password(name: Name, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Set a new password, which is asked for, or read from standard input; every session of the person ends.

    Example: `chronik account password eva`
    """
    with opened(archive) as house:
        from chronik.desk import people_acts

        found = people_acts.the_person(name)
        chosen = _new_password()
        people_acts.reset_password(house.catalogue, found, password=chosen, by=person(), now=house.clock())
        told = _shape(found)
    _tell(told, f"{name}: the password is set, and every session ended", as_json=as_json)


@group.command(name="forget-factor")
def forget_factor(name: Name, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Ask somebody for no second factor any more, who lost it.

    Example: `chronik account forget-factor eva`
    """
    with opened(archive) as house:
        from chronik.desk import people_acts, second_factor

        found = people_acts.the_person(name)
        second_factor.remove(house.catalogue, found, by=person(), now=house.clock())
        told = _shape(found)
    _tell(told, f"{name}: no second factor is asked for any more", as_json=as_json)


@group.command()
def unlink(name: Name, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Take away whatever account at a provider of identities lets somebody in; password and links still work.

    Example: `chronik account unlink eva`
    """
    with opened(archive) as house:
        from chronik.desk import people_acts, provider_accounts

        found = people_acts.the_person(name)
        provider_accounts.unlink(house.catalogue, found, by=person(), now=house.clock())
        told = _shape(found)
    _tell(told, f"{name}: no provider lets them in any more", as_json=as_json)


def _new_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("New password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline(PASSWORD_CHARACTERS_MAX).rstrip("\r\n")


def _tell(shape: dict[str, Any], words: str, *, as_json: bool) -> None:
    if as_json:
        output.emit(shape)
    else:
        output.say(words)


def _shape(user: User) -> dict[str, Any]:
    from chronik.desk import people, second_factor, sessions

    return {
        "name": user.get_username(),
        "role": str(people.role_of(user)),
        "open": user.is_active,
        "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        "second_factor": second_factor.factor(user) is not None,
        "sessions": len(sessions.sessions(user)),
    }

"""`names`: what editors say of spellings."""

from __future__ import annotations

from typing import Annotated

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson

group = typer.Typer(help="Spellings: which of them name one person, place or body.", no_args_is_help=True)


@group.command(name="add")
def add(
    spellings: Annotated[list[str], typer.Argument(metavar="SPELLING...", help="Two or more, in any script.")],
    apart: Annotated[bool, typer.Option("--apart", help="Say that these two name different things.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say that spellings name one person, place or body; relating, suggesting and search go by it from then on.

    Articles that were placed before go by it after `chronik relate --again`.

    Example: `chronik names add Orvenne Orwe Орвен`
    """
    with opened(archive) as house:
        from chronik.archive import judging

        kept = judging.add_spellings(house, spellings, same=not apart, by=person())
    if as_json:
        output.emit({"number": kept.number, "spellings": list(kept.spellings), "same": kept.same})
    else:
        output.say(f"{kept.number}: {_line(kept.spellings, same=kept.same)}")


@group.command(name="list")
def list_(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List what was said of spellings.

    Example: `chronik names list --json`
    """
    with opened(archive) as house:
        kept = house.catalogue.spellings()
    if as_json:
        shapes = [
            {"number": one.number, "spellings": list(one.spellings), "same": one.same, "by": one.by} for one in kept
        ]
        output.emit(shapes)
    else:
        output.table(
            ("Number", "Spellings", "By"), [(one.number, _line(one.spellings, same=one.same), one.by) for one in kept]
        )


@group.command(name="remove")
def remove(
    number: Annotated[int, typer.Argument(help="As `chronik names list` gives it.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Take back what was said of spellings.

    Example: `chronik names remove 3`
    """
    with opened(archive) as house:
        from chronik.archive import judging

        act = judging.remove_spellings(house, number, by=person())
    if as_json:
        output.emit({"act": act.id, "number": number})
    else:
        output.say(f"{number}: taken back")


def _line(spellings: tuple[str, ...], *, same: bool) -> str:
    return (" = " if same else " ≠ ").join(spellings)

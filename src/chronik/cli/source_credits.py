"""`source credits`, `source name`, `source aside`: credits that name nobody known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.cli.source_shapes import act_shape

if TYPE_CHECKING:
    from chronik.archive.credits_listing import Unknown

CREDITS_MAX = 1_000


def credits_(
    aside: Annotated[bool, typer.Option("--aside", help="Those that somebody said are no source.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=CREDITS_MAX, help="At most so many.")] = 50,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """List credits that name nobody known, the most frequent first, with those whom they may name and why.

    Example: `chronik source credits --json`
    """
    with opened(archive) as house:
        from chronik.archive import credits_listing, credits_unknown

        if aside:
            told = credits_unknown.aside(house)
            output.emit(told) if as_json else output.table(("Credit",), [(one,) for one in told])
            return
        found = credits_listing.listing(house, limit=limit)
    if as_json:
        output.emit({"total": found.total, "credits": [_shape(one) for one in found.unknown]})
    else:
        output.table(("Credit", "Reports", "Clips", "May be"), [_row(one) for one in found.unknown])


def name(
    credit: Annotated[str, typer.Argument(help="As it stands.")],
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Whom it names.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say that a credit names a source: it becomes one of its aliases, and what is credited so is its.

    Example: `chronik source name Kreml kremlin`
    """
    with opened(archive) as house:
        from chronik.archive import credits_unknown

        act = credits_unknown.name_credit(house, credit, source=source, by=person())
    output.emit(act_shape(act)) if as_json else output.say(
        f"{credit}: {act.subject} (to take it back: chronik source undo {act.id[:12]})"
    )


def aside(
    credit: Annotated[str, typer.Argument(help="As it stands.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say that a credit is no source; it is not listed any more.

    Example: `chronik source aside "Facebook"`
    """
    with opened(archive) as house:
        from chronik.archive import credits_unknown

        act = credits_unknown.put_aside(house, credit, by=person())
    output.emit(act_shape(act)) if as_json else output.say(
        f"{credit}: put aside (to take it back: chronik source undo {act.id[:12]})"
    )


def _shape(one: Unknown) -> dict[str, Any]:
    return {
        "credit": one.credited.credit,
        "source": one.credited.source_id or None,
        "articles": one.credited.articles,
        "clips": one.credited.clips,
        "proposals": [
            {"source": found.source.id, "name": found.name, "ground": str(found.ground), "score": round(found.score, 2)}
            for found in one.proposals
        ],
    }


def _row(one: Unknown) -> tuple[Any, ...]:
    may_be = ", ".join(f"{found.source.id} ({found.ground}: {found.name})" for found in one.proposals)
    return one.credited.credit, one.credited.articles, one.credited.clips, may_be or "–"

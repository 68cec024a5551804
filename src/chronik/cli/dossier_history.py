"""`dossier history`, `dossier revert`: who did what to a dossier, and how single changes are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.dossier_arranging import Slug, told
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson

if TYPE_CHECKING:
    from chronik.desk.told_changes import FieldChange, Told

SHORT_ID_LENGTH = 12
VALUE_SHOWN_MAX = 80


def history(
    dossier: Slug,
    who: Annotated[str, typer.Option(help="Only what this person did.")] = "",
    kind: Annotated[str, typer.Option(help="Only acts of this kind, such as edit-clip.")] = "",
    page: Annotated[int, typer.Option(min=1, help="Older acts stand on further pages.")] = 1,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Show who did what to a dossier and its clips, newest first, with what was before and after.

    Example: `chronik dossier history mill-stream --kind edit-clip --json`
    """
    with opened(archive) as house:
        from chronik.desk import dossier_history

        wanted = dossier_history.Asked(person=who, kind=kind, page=page)
        found = dossier_history.page(house, dossier, wanted=wanted)
        rows = [_shape(one) for one in found.told]
    if as_json:
        output.emit({"acts": rows, "has_older": found.has_older})
        return
    for row in rows:
        marks = " (taken back)" if row["taken_back_by"] else ""
        output.say(f"{row['at'][:16].replace('T', ' ')} {row['id'][:SHORT_ID_LENGTH]} {row['by']} {row['verb']}{marks}")
        if row["title"]:
            output.say(f"    {output.one_line(row['title'])}")
        for change in row["changes"]:
            language = f".{change['language']}" if change["language"] else ""
            output.say(f"    {change['field']}{language}: {_short(change['old'])} -> {_short(change['new'])}")
    if found.has_older:
        output.say(f"Older acts: --page {page + 1}")


def revert(
    act: Annotated[str, typer.Argument(metavar="ACT", help="The act's id; its beginning is enough.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Take one act on a dossier back by another, unless the same was changed again since. Nothing is deleted.

    Example: `chronik dossier revert 1a2b3c4d5e6f`
    """
    with opened(archive) as house:
        from chronik.desk import reverting

        back = reverting.revert(house, act, by=person())
    told(back, as_json=as_json)


def _shape(one: Told) -> dict[str, Any]:
    return {
        "id": one.act.id,
        "at": one.act.at.isoformat(),
        "by": one.act.by,
        "verb": str(one.act.verb),
        "subject": one.act.subject,
        "title": one.title,
        "changes": [_change(change) for change in one.changes],
        "takes_back": one.takes_back or None,
        "taken_back_by": one.taken_back.id if one.taken_back else None,
        "may_be_reverted": one.may_revert and one.taken_back is None,
        "conflicts": [
            {
                "field": against.name or "being",
                "language": against.language or None,
                "now": against.now,
                "acts": [act.id for act in against.later],
            }
            for against in one.against
        ],
    }


def _change(change: FieldChange) -> dict[str, Any]:
    return {"field": change.name, "language": change.language or None, "old": change.old, "new": change.new}


def _short(text: str) -> str:
    line = output.one_line(text)
    return repr(line if len(line) <= VALUE_SHOWN_MAX else f"{line[:VALUE_SHOWN_MAX]} …")

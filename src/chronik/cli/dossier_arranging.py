"""`dossier section`, `dossier file`, `dossier pin`: what stands where in a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output, shapes
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import NotFoundError

if TYPE_CHECKING:
    from chronik.archive import Archive
    from chronik.model import Act

group = typer.Typer(help="Sections: the parts of a dossier, under headings of their own.", no_args_is_help=True)
Slug = Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier's slug.")]
SectionId = Annotated[
    str, typer.Argument(metavar="SECTION", help="The section's id. See: chronik dossier section list")
]
Names = Annotated[
    list[str], typer.Argument(metavar="NAME...", help="Headings; each may begin with its language: de=Ursachen")
]
ClipId = Annotated[str, typer.Argument(metavar="CLIP", help="The clip's id; its beginning is enough.")]
Place = Annotated[int, typer.Option("--to", min=1, help="The place that it shall have, from 1.")]
ID_BEGINNING_LENGTH_MIN = 8


@group.command(name="list")
def list_(dossier: Slug, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List a dossier's sections in their order, with how many clips stand in each.

    Example: `chronik dossier section list mill-stream`
    """
    with opened(archive) as house:
        found = house.the_dossier(dossier)
        clips = house.catalogue.clips(dossier)
    rows: list[dict[str, Any]] = [
        {"id": one.id, "names": dict(one.names), "clips": sum(clip.section == one.id for clip in clips)}
        for one in found.sections
    ]
    if as_json:
        output.emit(rows)
        return
    output.table(
        ("Section", "Clips", "Names"), [(row["id"], row["clips"], " / ".join(row["names"].values())) for row in rows]
    )


@group.command(name="add")
def add(dossier: Slug, names: Names, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Add a section, the last one.

    Example: `chronik dossier section add mill-stream en=Causes de=Ursachen`
    """
    with opened(archive) as house:
        from chronik.desk import arrangement

        given = shapes.named_languages(names)
        act = arrangement.add_section(house.catalogue, dossier, names=given, by=person(), now=house.clock())
    told(act, as_json=as_json, words=act.detail["item"])


@group.command(name="rename")
def rename(
    dossier: Slug, section: SectionId, names: Names, as_json: AsJson = False, archive: ArchiveFolder = None
) -> None:
    """Give a section other names, which replace all that it has.

    Example: `chronik dossier section rename mill-stream 1a2b3c4d en=Causes`
    """
    with opened(archive) as house:
        from chronik.desk import arrangement

        given = shapes.named_languages(names)
        act = arrangement.edit_section(
            house.catalogue, dossier, section=section, names=given, by=person(), now=house.clock()
        )
    told(act, as_json=as_json)


@group.command(name="move")
def move(dossier: Slug, section: SectionId, to: Place, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Move a section to another place.

    Example: `chronik dossier section move mill-stream 1a2b3c4d --to 1`
    """
    with opened(archive) as house:
        from chronik.desk import arrangement

        found = house.the_dossier(dossier)
        arrangement.the_section(found, section)
        at = [one.id for one in found.sections].index(section)
        act = arrangement.move_section(
            house.catalogue, dossier, section=section, places=to - 1 - at, by=person(), now=house.clock()
        )
    told(act, as_json=as_json)


@group.command(name="remove")
def remove(dossier: Slug, section: SectionId, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Remove a section; its clips stand in none then.

    Example: `chronik dossier section remove mill-stream 1a2b3c4d`
    """
    with opened(archive) as house:
        from chronik.desk import arrangement

        act = arrangement.remove_section(house.catalogue, dossier, section=section, by=person(), now=house.clock())
    told(act, as_json=as_json)


def file(
    clip: ClipId,
    section: Annotated[str, typer.Option(help="The section's id; empty: none.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Put a clip into a section of its dossier, or into none.

    Example: `chronik dossier file 9f8e7d6c --section 1a2b3c4d`
    """
    with opened(archive) as house:
        from chronik.desk import arrangement

        act = arrangement.file_clip(
            house.catalogue, clip_of(house, clip), section=section, by=person(), now=house.clock()
        )
    told(act, as_json=as_json)


def pin(
    clip: ClipId,
    to: Annotated[int, typer.Option(min=0, help="Its place among the key documents, from 1. Default: the last.")] = 0,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Make a clip a key document, shown on top; or move one that is.

    Example: `chronik dossier pin 9f8e7d6c --to 1`
    """
    with opened(archive) as house:
        from chronik.desk import arrangement

        identity = clip_of(house, clip)
        slug = arrangement.the_clip(house.catalogue, identity).dossier
        act = arrangement.pin_clip(house.catalogue, identity, by=person(), now=house.clock())
        if to:
            standing = {one.id for one in house.catalogue.clips(slug)}
            at = [one for one in house.the_dossier(slug).pinned if one in standing].index(identity)
            moved = arrangement.move_pin(house.catalogue, identity, places=to - 1 - at, by=person(), now=house.clock())
            act = moved or act
    told(act, as_json=as_json)


def unpin(clip: ClipId, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Make a clip a key document no more; it stays where it stands.

    Example: `chronik dossier unpin 9f8e7d6c`
    """
    with opened(archive) as house:
        from chronik.desk import arrangement

        act = arrangement.unpin_clip(house.catalogue, clip_of(house, clip), by=person(), now=house.clock())
    told(act, as_json=as_json)


def told(act: Act | None, *, as_json: bool, words: str = "") -> None:
    """Say what was done: its act, or that nothing changed."""
    if as_json:
        output.emit(
            {"act": act.id, "verb": str(act.verb), "subject": act.subject, "detail": dict(act.detail)} if act else None
        )
    else:
        output.say(words or (f"Done (act {act.id[:12]})." if act else "Nothing changed."))


def clip_of(house: Archive, beginning: str) -> str:
    """The id of a clip that stands, of which a beginning will do. Raises NotFoundError."""
    from chronik.catalogue.beginnings import begins
    from chronik.catalogue.models import ClipRow

    if house.catalogue.clip(beginning) is None and len(beginning) >= ID_BEGINNING_LENGTH_MIN:
        found = ClipRow.objects.standing().filter(begins(beginning)).values_list("id", flat=True)[:2]
        if len(found) == 1:
            return str(found[0])
        raise NotFoundError(f"There is no clip {beginning[:12]!r}, or more than one. See: chronik dossier show --json")
    return beginning

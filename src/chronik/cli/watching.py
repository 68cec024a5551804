"""`watch`: whether clipped passages still stand on their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.archive import Archive
    from chronik.model import Clip, Sighting

ID_SHOWN_LENGTH = 12
LISTED_MAX = 10_000
group = typer.Typer(help="Clipped pages: whether their passages still stand.", no_args_is_help=True)


@group.command(name="list")
def list_(
    dossier: Annotated[str, typer.Option(metavar="SLUG", help="Of this dossier only.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Also what an editor has noted.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """List the clips whose passage does not stand on its page any more: altered, removed, gone, walled or silent.

    Example: `chronik watch list --dossier nagorno-karabakh`
    """
    with opened(archive) as house:
        if dossier:
            house.the_dossier(dossier)
        found = house.catalogue.altered(dossier=dossier, noted=every, limit=LISTED_MAX)
        noted = house.catalogue.noted(found)
        pairs = list(_with_clips(house, found))
        shapes = [
            _shape(one, clip, noted_by=noted.get(one.number, ""), passages=_each(house, one, clip))
            for one, clip in pairs
        ]
    if as_json:
        output.emit(shapes)
        return
    rows = [
        (
            sighting.number,
            clip.id[:ID_SHOWN_LENGTH],
            clip.dossier,
            sighting.first_at.date(),
            str(sighting.state),
            output.one_line(sighting.wording or sighting.detail),
            output.one_line(clip.title),
        )
        for sighting, clip in pairs
    ]
    output.table(("Number", "Clip", "Dossier", "Since", "State", "Now", "Title"), rows)


@group.command(name="look")
def look(
    clips: Annotated[list[str] | None, typer.Argument(metavar="[CLIP...]", help="Ids of clips.")] = None,
    dossier: Annotated[str, typer.Option(metavar="SLUG", help="Every clip of this dossier.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Look at the pages of clips now, due or not. The exit code is 1 when a passage does not stand any more.

    Example: `chronik watch look --dossier nagorno-karabakh`
    """
    from chronik.archive import watching
    from chronik.cli.serving import sample_played

    if not clips and not dossier:
        raise UsageError("Name clips, or a dossier: chronik watch look --dossier SLUG")
    with opened(archive) as house, sample_played(house.config), output.progress(hidden=as_json) as show:
        wanted = [_the_clip(house, identity) for identity in clips or ()]
        if dossier:
            house.the_dossier(dossier)
            wanted += house.catalogue.clips(dossier)
        looked = watching.look(house, [clip.url for clip in wanted], progress=show)
        latest = [(house.catalogue.sightings(clip.id), clip) for clip in wanted]
        shapes = [
            _shape(sightings[0], clip, passages=_each(house, sightings[0], clip))
            for sightings, clip in latest
            if sightings
        ]
    if as_json:
        output.emit(shapes)
    else:
        output.say(f"{looked.pages} pages looked at, {looked.altered} passages do not stand any more.")
        if looked.failed:
            output.say(f"{looked.failed} pages did not answer; they are tried again.")
    if looked.altered or looked.failed:
        raise typer.Exit(1)


@group.command(name="note")
def note(
    number: Annotated[int, typer.Argument(help="As `chronik watch list` gives it.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say that you have seen what became of a passage; it is listed again when that changes.

    Example: `chronik watch note 3`
    """
    with opened(archive) as house:
        from chronik.archive import watching

        found = house.catalogue.altered(noted=True, limit=LISTED_MAX)
        sighting = next((one for one in found if one.number == number), None)
        if sighting is None:
            raise NotFoundError(f"No passage that was seen altered has the number {number}. See: chronik watch list")
        act = watching.note(house, sighting, by=person())
    if as_json:
        output.emit({"act": act.id, "number": number})
    else:
        output.say(f"{number}: noted")


def _the_clip(house: Archive, identity: str) -> Clip:
    clip = house.catalogue.clip(identity)
    if clip is None:
        raise NotFoundError(f"There is no clip {identity[:64]!r}. See: chronik dossier show DOSSIER --json")
    return clip


def _with_clips(house: Archive, found: Iterable[Sighting]) -> Iterable[tuple[Sighting, Clip]]:
    for sighting in found:
        clip = house.catalogue.clip(sighting.clip)
        if clip is not None:
            yield sighting, clip


def _each(house: Archive, sighting: Sighting, clip: Clip) -> list[dict[str, Any]]:
    """What became of each passage of a clip that has several."""
    from chronik.extract.standing import each_standing

    reading = house.catalogue.article(sighting.article) if clip.further and sighting.article else None
    found = each_standing(clip, reading) if reading else ()
    return [
        {"exact": passage.exact, "state": str(one.state), "moved": one.moved, "wording": one.wording or None}
        for passage, one in zip(clip.passages, found, strict=False)
    ]


def _shape(
    sighting: Sighting, clip: Clip, *, noted_by: str = "", passages: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    return {
        "number": sighting.number,
        "clip": clip.id,
        "dossier": clip.dossier,
        "title": clip.title,
        "url": clip.url,
        "state": str(sighting.state),
        "excerpt": clip.excerpt,
        **({"passages": passages} if passages else {}),
        "wording": sighting.wording or None,
        "status": sighting.status,
        "detail": sighting.detail or None,
        "first_seen": sighting.first_at.isoformat(),
        "last_seen": sighting.last_at.isoformat(),
        "times": sighting.times,
        "capture": sighting.capture or None,
        "article": sighting.article or None,
        "noted_by": noted_by or None,
    }

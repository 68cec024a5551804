"""`dossier event`: the timeline of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from chronik.cli import output, shapes
from chronik.cli.dossier_arranging import Slug, clip_of, told
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import UsageError

if TYPE_CHECKING:
    from chronik.archive import Archive
    from chronik.desk.timeline import EventWords
    from chronik.model.arrangement import TimelineEvent

group = typer.Typer(help="The timeline: what happened when, and which clips document it.", no_args_is_help=True)
EventId = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id. See: chronik dossier event list")]
_DATE = "2020-09-27, 2020-09 or 2020"
Labels = Annotated[
    list[str] | None, typer.Option("--label", help="What happened; begin each with its language: de=Der Bach steht")
]
Clips = Annotated[list[str] | None, typer.Option("--clip", help="Id of a clip that documents it; may be repeated.")]


@group.command(name="list")
def list_(dossier: Slug, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List a dossier's timeline, oldest first.

    Example: `chronik dossier event list mill-stream --json`
    """
    with opened(archive) as house:
        events = house.the_dossier(dossier).timeline
    if as_json:
        output.emit([shapes.event(one) for one in events])
        return
    rows = [
        (
            one.id,
            " – ".join(part for part in (one.begins, one.ends) if part),
            len(one.clips),
            " / ".join(one.labels.values()),
        )
        for one in events
    ]
    output.table(("Event", "When", "Clips", "What happened"), rows)


@group.command(name="add")
def add(
    dossier: Slug,
    begins: Annotated[str, typer.Option(metavar="DATE", help=f"When it happened or began: {_DATE}.")],
    label: Labels = None,
    ends: Annotated[str, typer.Option(metavar="DATE", help="When the period ended.")] = "",
    clip: Clips = None,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Add an event to a dossier's timeline. Readers see it once a clip documents it.

    Example: `chronik dossier event add mill-stream --begins 2025-04 --label "en=The sluice is closed" --clip 9f8e7d6c`
    """
    with opened(archive) as house:
        from chronik.desk import timeline

        words = timeline.EventWords(
            begins=begins,
            ends=ends,
            labels=shapes.named_languages(label or []),
            clips=[clip_of(house, one) for one in clip or []],
        )
        act = timeline.add_event(house.catalogue, dossier, words=words, by=person(), now=house.clock())
    told(act, as_json=as_json, words=act.detail["item"])


@group.command(name="edit")
def edit(
    dossier: Slug,
    event: EventId,
    begins: Annotated[str | None, typer.Option(metavar="DATE", help=f"When it happened or began: {_DATE}.")] = None,
    ends: Annotated[str | None, typer.Option(metavar="DATE", help="When the period ended; empty: no period.")] = None,
    label: Labels = None,
    clip: Clips = None,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say something else of an event; what is not named stays. Labels and clips replace all that it has.

    Example: `chronik dossier event edit mill-stream 1a2b3c4d --begins 2025-04-03`
    """
    with opened(archive) as house:
        from chronik.desk import timeline

        held = timeline.the_event(house.the_dossier(dossier), event)
        words = _changed(house, held, begins=begins, ends=ends, label=label, clip=clip)
        act = timeline.edit_event(house.catalogue, dossier, event=event, words=words, by=person(), now=house.clock())
    told(act, as_json=as_json)


def _changed(
    house: Archive,
    held: TimelineEvent,
    *,
    begins: str | None,
    ends: str | None,
    label: list[str] | None,
    clip: list[str] | None,
) -> EventWords:
    from chronik.desk.timeline import EventWords

    return EventWords(
        begins=held.begins if begins is None else begins,
        ends=held.ends if ends is None else ends,
        labels=held.labels if label is None else shapes.named_languages(label),
        clips=held.clips if clip is None else [clip_of(house, one) for one in clip if one],
    )


@group.command(name="move")
def move(
    dossier: Slug,
    event: EventId,
    by: Annotated[int, typer.Option(help="Places: below zero up, above zero down.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Move an event among those that begin on the same date.

    Example: `chronik dossier event move mill-stream 1a2b3c4d --by -1`
    """
    if not by:
        raise UsageError("--by: say how many places, such as -1 or 1.")
    with opened(archive) as house:
        from chronik.desk import timeline

        act = timeline.move_event(house.catalogue, dossier, event=event, places=by, by=person(), now=house.clock())
    told(act, as_json=as_json)


@group.command(name="remove")
def remove(dossier: Slug, event: EventId, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Take an event out of the timeline; its clips stay.

    Example: `chronik dossier event remove mill-stream 1a2b3c4d`
    """
    with opened(archive) as house:
        from chronik.desk import timeline

        act = timeline.remove_event(house.catalogue, dossier, event=event, by=person(), now=house.clock())
    told(act, as_json=as_json)

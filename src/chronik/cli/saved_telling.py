"""`saved alert`, `saved feed`, `saved address`, `saved tell`: how people are told of what fits their views."""

from __future__ import annotations

from typing import Annotated

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.cli.saved import Somebody, ViewId
from chronik.errors import UsageError
from chronik.model.saved import Pace, Way


def alert(
    view: ViewId,
    way: Annotated[Way, typer.Option(help="desk, mail or webhook.")] = Way.DESK,
    pace: Annotated[Pace, typer.Option(help="at-once, hourly or daily.")] = Pace.AT_ONCE,
    off: Annotated[bool, typer.Option("--off", help="Tell no more.")] = False,
    user: Somebody = "editor",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Tell somebody of new reports that fit a view, or no more.

    Example: `chronik saved alert 3f2a9c0d11e47b58 --way mail --pace daily --for eva`
    """
    with opened(archive) as house:
        from chronik.desk import notices, saved

        saved.somebody(user)
        notices.tell(view, user, way=None if off else way, pace=pace, now=house.clock())
    if as_json:
        output.emit({"view": view, "for": user, "way": None if off else str(way), "pace": str(pace)})
    else:
        output.say(f"{view}: off" if off else f"{view}: {way}, {pace}")


def feed(
    view: ViewId,
    revoke: Annotated[bool, typer.Option("--revoke", help="Let every address of this view lead nowhere.")] = False,
    user: Somebody = "editor",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Make a secret address at which a feed reader follows a view. It is shown this once.

    Example: `chronik saved feed 3f2a9c0d11e47b58 --for eva`
    """
    with opened(archive) as house:
        from chronik import wiring
        from chronik.desk import saved, saved_feeds

        saved.somebody(user)
        found = saved.view(view, user)
        if revoke:
            gone = saved_feeds.addresses(found.id, user)
            for row in gone:
                saved_feeds.revoke(row.pk, user, now=house.clock())
            told: dict[str, object] = {"revoked": len(gone)}
        else:
            secret = saved_feeds.make(found.id, user, now=house.clock())
            told = {**dict(saved_feeds.urls(secret, desk_url=wiring.desk_url(house.config)))}
    if as_json:
        output.emit(told)
    else:
        output.say("\n".join(f"{name}: {value}" for name, value in told.items()))


def address(
    mail: Annotated[str | None, typer.Option(help="Where mails go; empty ends them.")] = None,
    webhook: Annotated[str | None, typer.Option(help="What is called; empty ends it.")] = None,
    user: Somebody = "editor",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say where mails or calls of a webhook go. A webhook's secret is shown this once.

    Example: `chronik saved address --mail eva@example.org --for eva`
    """
    if mail is None and webhook is None:
        raise UsageError("Say which address: --mail ADDRESS or --webhook ADDRESS.")
    with opened(archive) as house:
        from chronik.desk import notices, saved

        saved.somebody(user)
        given = {Way.MAIL: mail, Way.WEBHOOK: webhook}
        secrets = {
            way: notices.set_channel(user, way, address=text, now=house.clock())
            for way, text in given.items()
            if text is not None
        }
    secret = secrets.get(Way.WEBHOOK, "")
    if as_json:
        output.emit({"for": user, "set": [str(way) for way in secrets], "secret": secret or None})
    else:
        output.say(f"{user}: set" + (f"\nThe webhook's secret, not shown again: {secret}" if secret else ""))


def tell(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Match what is new and send what is due, as the worker does each minute.

    Example: `chronik saved tell`
    """
    with opened(archive) as house:
        from chronik.desk import notices_round

        told = notices_round.tell(house)
    if as_json:
        output.emit({"matches": told.matches, "alarms": told.alarms, "sent": told.sent})
    else:
        output.say(f"{told.matches} matches, {told.alarms} alarms, {told.sent} messages sent")

"""`stamp`: trusted time for the ledger, now."""

from __future__ import annotations

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson


def stamp(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Have the ledger's latest checkpoint stamped by time-stamp authorities; the worker does it by itself.

    Exit code 1 when an authority failed. Example: `chronik stamp`
    """
    from chronik import wiring
    from chronik.archive import stamping

    with opened(archive) as house:
        replies = stamping.stamp_due(house, post=wiring.stamp_post(house.config), at_once=True)
        standing = stamping.standing(house)
    rows = [
        {
            "authority": reply.authority,
            "leaves": reply.size,
            "at": reply.stamp.at if reply.stamp else None,
            "failure": reply.reason or None,
        }
        for reply in replies
    ]
    if as_json:
        output.emit({"asked": rows, "leaves": standing.leaves, "stamped_leaves": standing.stamped_leaves})
    else:
        for reply in replies:
            said = f"stamped {reply.size} leaves at {reply.stamp.at.isoformat()}" if reply.stamp else "failed"
            output.say(f"{reply.authority}: {said}{': ' if reply.reason else ''}{reply.reason}")
        output.say(standing.words)
    if any(reply.reason for reply in replies):
        raise typer.Exit(1)

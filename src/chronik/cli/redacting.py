"""`hide`, `unhide`, `redact`: takedown in two steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from chronik.archive import Archive
    from chronik.archive.redacting import Request
    from chronik.archive.redacting_scope import Scope
    from chronik.model import Reach, TakedownReason, Tombstone

Named = Annotated[str, typer.Argument(metavar="NAME", help="Id of a capture, article or clip, or an address.")]
Reason = Annotated[
    str,
    typer.Option(metavar="CLASS", help="court-order, privacy, copyright, safety or error: all that readers are told."),
]
RequestId = Annotated[str, typer.Argument(metavar="ID", help="Of the request; its beginning is enough.")]
SHOWN_LENGTH = 12

group = typer.Typer(
    help="Redaction: asked for by one person, confirmed by another, and then destroyed.", no_args_is_help=True
)


def hide(named: Named, reason: Reason, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Keep something from readers at once: pages, feeds, search, exports. `unhide` brings it back.

    Example: `chronik hide https://example.org/page --reason privacy`
    """
    wanted = _reason(reason)
    with opened(archive) as house:
        from chronik.web import takedown

        found = takedown.hide(house, named, reason=wanted, by=person())
    _tell_reach(found, "Hidden", as_json=as_json)


def unhide(named: Named, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Show something again that was hidden.

    Example: `chronik unhide https://example.org/page`
    """
    with opened(archive) as house:
        from chronik.web import takedown

        found = takedown.unhide(house, named, by=person())
    _tell_reach(found, "Shown again", as_json=as_json)


@group.command(name="ask")
def ask(
    named: Named,
    reason: Reason,
    note: Annotated[str, typer.Option(help="Private: who asked for it, and why. It goes with the redaction.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Ask for a redaction, and hide what it is about; another person has to confirm it.

    Example: `chronik redact ask https://example.org/page --reason court-order --note "324 O 1/26"`
    """
    wanted = _reason(reason)
    with opened(archive) as house:
        from chronik.archive import redacting
        from chronik.web import takedown

        request = takedown.ask(house, named, reason=wanted, by=person(), note=note)
        told = _whole(request, redacting.scope(house, request))
    _tell(told, as_json=as_json)
    if not as_json:
        output.say(f"Another person confirms it with: chronik redact confirm {request.id[:SHOWN_LENGTH]}")


@group.command(name="list")
def list_(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List what is hidden, and the redactions that wait for a second person.

    Example: `chronik redact list`
    """
    with opened(archive) as house:
        from chronik.archive import redacting

        requests = [_request(one) for one in redacting.waiting(house)]
        hidden: list[dict[str, Any]] = [
            {"kind": str(one.kind), "id": one.id, "reason": str(one.reason), "since": one.since}
            for one in house.catalogue.hidden()
        ]
    if as_json:
        output.emit({"waiting": requests, "hidden": hidden})
        return
    rows = [(one["id"][:SHOWN_LENGTH], one["asked_at"][:16], one["asked_by"], one["reason"]) for one in requests]
    output.table(("Request", "Asked", "By", "Reason"), rows)
    shown = [(one["kind"], one["id"][:SHOWN_LENGTH], one["reason"]) for one in hidden]
    output.table(("Hidden", "Id", "Reason"), shown)


@group.command(name="show")
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Of a request, or of what was redacted.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say what a redaction that waits would destroy, or what is said in the place of what was redacted.

    Example: `chronik redact show 1f3a9c2e`
    """
    with opened(archive) as house:
        stone = _tombstone(house, name)
        told = stone or _scope_of(house, name)
    if stone is not None and not as_json:
        who = "" if stone["second_person"] else " One person decided."
        output.say(f"{stone['id']} was redacted on {stone['date']}. Reason: {stone['reason']}.{who}")
    else:
        _tell(told, as_json=as_json)


@group.command(name="confirm")
def confirm(
    request: RequestId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Destroy what another person asked to be destroyed. This cannot be undone.

    Example: `chronik redact confirm 1f3a9c2e`
    """
    with opened(archive) as house:
        from chronik.archive import redacting
        from chronik.web import takedown

        wanted = redacting.the_request(house, request)
        if not yes:
            _tell(_whole(wanted, redacting.scope(house, wanted)), as_json=False)
            typer.confirm("Destroy all of this?", abort=True)
        act = takedown.confirm(house, wanted.id, by=person())
    if as_json:
        output.emit({"redaction": act.id, "leaves": len(act.detail["leaves"])})
    else:
        output.say(
            f"Redacted: {len(act.detail['captures'])} captures, {len(act.detail['articles'])} readings, "
            f"{len(act.detail['clips'])} clips; {len(act.detail['leaves'])} leaves stay as they are, without what they "
            "were about. Run chronik backup for every folder that you back up to."
        )


@group.command(name="refuse")
def refuse(request: RequestId, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Say that a redaction shall not be. What was hidden stays hidden until `unhide`.

    Example: `chronik redact refuse 1f3a9c2e`
    """
    with opened(archive) as house:
        from chronik.archive import redacting

        found = redacting.refuse(house, request, by=person())
    if as_json:
        output.emit(_request(found))
    else:
        output.say("Refused. What was hidden stays hidden; to show it again: chronik unhide")


@group.command(name="resume")
def resume(
    again: Annotated[
        bool, typer.Option("--again", help="Every redaction once more, also those that are done.")
    ] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Finish redactions that were killed or could not be finished, and publish again what is left.

    Example: `chronik redact resume`
    """
    with opened(archive) as house:
        from chronik.archive import redacting
        from chronik.web import takedown

        done = redacting.do_again(house) if again else redacting.catch_up_with_acts(house)
        published = takedown.publish_again(house, by=person())
    if as_json:
        output.emit({"redactions": done, "published": published})
    else:
        output.say(f"{done} redactions carried out, {published} dossiers published again.")


def _reason(text: str) -> TakedownReason:
    from chronik.model import TakedownReason

    try:
        return TakedownReason(text)
    except ValueError as error:
        raise UsageError(f"--reason: {text!r} is none of {', '.join(TakedownReason)}") from error


def _tell_reach(found: Reach, word: str, *, as_json: bool) -> None:
    if as_json:
        output.emit({"captures": found.captures, "articles": found.articles, "clips": found.clips})
    else:
        output.say(f"{word}: {len(found.captures)} captures, {len(found.articles)} readings, {len(found.clips)} clips.")


def _request(request: Request) -> dict[str, Any]:
    return {
        "id": request.id,
        "asked_by": request.asked_by,
        "asked_at": request.asked_at.isoformat(),
        "reason": str(request.reason),
        "note": request.note,
    }


def _scope_of(house: Archive, name: str) -> dict[str, Any]:
    from chronik.archive import redacting

    request = redacting.the_request(house, name)
    return _whole(request, redacting.scope(house, request))


def _whole(request: Request, scope: Scope) -> dict[str, Any]:
    """A request with everything that would vanish."""
    return {
        **_request(request),
        "captures": [{"id": one.id, "url": one.url, "captured_at": one.captured_at} for one in scope.captures],
        "carriers": [{"id": one.id, "url": one.url, "media_type": one.media_type} for one in scope.carriers],
        "articles": [{"id": one.id, "title": one.title} for one in scope.articles],
        "clips": [{"id": one.id, "dossier": one.dossier, "title": one.title} for one in scope.clips],
        "unread_entries": list(scope.entries),
        "files": list(scope.files),
    }


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        output.emit(told)
        return
    output.say(f"Request {told['id'][:SHOWN_LENGTH]} of {told['asked_by']}, {told['asked_at'][:16]}: {told['reason']}")
    for kind, words in (("captures", "capture"), ("carriers", "copy in"), ("articles", "reading"), ("clips", "clip")):
        for one in told[kind]:
            output.say(f"  {words} {one['id'][:SHOWN_LENGTH]}  {one.get('url') or one.get('title')}")
    for name in (*told["unread_entries"], *told["files"]):
        output.say(f"  kept apart: {name}")


def _tombstone(house: Archive, name: str) -> dict[str, Any] | None:
    from chronik.archive import redacting

    found = redacting.tombstones(house)
    matching = [stone for identity, stone in found.items() if identity.startswith(name.strip().lower())]
    if len(matching) > 1 and len(name.strip()) < SHOWN_LENGTH:
        raise NotFoundError(f"{name!r} is the beginning of several ids; give more of it.")
    return _stone(matching[0]) if matching else None


def _stone(stone: Tombstone) -> dict[str, Any]:
    return {
        "id": stone.id,
        "date": stone.at.date().isoformat(),
        "reason": str(stone.reason),
        "second_person": stone.second_person,
    }

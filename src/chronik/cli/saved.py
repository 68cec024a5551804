"""`saved`: views of the inbox and of the search that people keep under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.errors import UsageError
from chronik.model.saved import ViewKind

if TYPE_CHECKING:
    from chronik.model.saved import SavedView

group = typer.Typer(help="Saved views of the inbox and of the search.", no_args_is_help=True)
Somebody = Annotated[str, typer.Option("--for", metavar="USER", help="User name at the desk.")]
ViewId = Annotated[str, typer.Argument(metavar="VIEW", help="Id, as `chronik saved list` gives it.")]


@group.command(name="list")
def list_(user: Somebody = "editor", as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List the views that somebody sees, with the reports in each that nobody has put aside.

    Example: `chronik saved list --for eva`
    """
    with opened(archive) as house:
        from chronik.desk import saved, saved_counts

        views = saved.views(user)
        counts = {
            identity: number
            for start in range(0, len(views), saved_counts.COUNTED_AT_ONCE_MAX)
            for identity, number in saved_counts.unread(
                views[start : start + saved_counts.COUNTED_AT_ONCE_MAX], house.index
            ).items()
        }
    if as_json:
        output.emit([_shape(view) | {"not_put_aside": counts[view.id]} for view in views])
        return
    shown = [
        (view.id, output.one_line(view.name), view.kind, output.one_line(view.owner), _seen_by(view), counts[view.id])
        for view in views
    ]
    output.table(("View", "Name", "Of", "Owner", "Seen by", "Not put aside"), shown)


@group.command(name="add")
def add(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    inbox: Annotated[
        str | None, typer.Option(help="Filters of the inbox, as its address has them: language=de&day=2026-05-01")
    ] = None,
    search: Annotated[str | None, typer.Option(help="Words to search for.")] = None,
    shared: Annotated[bool, typer.Option("--shared", help="Let everybody at the desk see it.")] = False,
    user: Somebody = "editor",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Save filters of the inbox, or a search, under a name.

    Example: `chronik saved add Karabakh --search "karab* lang:de" --for eva`
    """
    if (inbox is None) is (search is None):
        raise UsageError("Say what is saved: --inbox FILTERS or --search WORDS.")
    with opened(archive) as house:
        from chronik.desk import saved, saved_terms

        saved.somebody(user)
        kind = ViewKind.SEARCH if search is not None else ViewKind.INBOX
        terms = {"q": search} if search is not None else saved_terms.told(inbox or "")
        view = saved.save(user, name=name, kind=kind, terms=terms, shared=shared, now=house.clock())
    _tell(view, as_json=as_json, done="saved")


@group.command(name="change")
def change(
    view: ViewId,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    shared: Annotated[bool | None, typer.Option("--shared/--private", help="Who sees it.")] = None,
    user: Somebody = "editor",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Rename a view, share it, or keep it private again; only its owner's.

    Example: `chronik saved change 3f2a9c0d11e47b58 --name "Karabakh, German" --shared --for eva`
    """
    with opened(archive) as house:
        from chronik.desk import saved

        found = saved.view(view, user)
        fresh = saved.change(found.id, user, revision=found.revision, now=house.clock(), name=name, shared=shared)
    _tell(fresh, as_json=as_json, done="changed")


@group.command(name="copy")
def copy(view: ViewId, user: Somebody = "editor", as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Make a view of one's own out of one that is shared.

    Example: `chronik saved copy 3f2a9c0d11e47b58 --for otto`
    """
    with opened(archive) as house:
        from chronik.desk import saved

        made = saved.copy(view, user, now=house.clock())
    _tell(made, as_json=as_json, done="copied")


@group.command(name="remove")
def remove(view: ViewId, user: Somebody = "editor", as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Take a view out of sight; within thirty days it can be restored.

    Example: `chronik saved remove 3f2a9c0d11e47b58 --for eva`
    """
    with opened(archive) as house:
        from chronik.desk import saved

        gone = saved.remove(view, user, now=house.clock())
    _tell(gone, as_json=as_json, done="removed")


@group.command(name="restore")
def restore(view: ViewId, user: Somebody = "editor", as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Bring back a view that was removed.

    Example: `chronik saved restore 3f2a9c0d11e47b58 --for eva`
    """
    with opened(archive):
        from chronik.desk import saved

        back = saved.restore(view, user)
    _tell(back, as_json=as_json, done="restored")


def _tell(view: SavedView, *, as_json: bool, done: str) -> None:
    if as_json:
        output.emit(_shape(view))
    else:
        output.say(f"{view.id}: {done} ({output.one_line(view.name)})")


def _seen_by(view: SavedView) -> str:
    return "everybody" if view.shared else "owner"


def _shape(view: SavedView) -> dict[str, Any]:
    return {
        "id": view.id,
        "owner": view.owner,
        "name": view.name,
        "shared": view.shared,
        "kind": str(view.kind),
        "terms": dict(view.terms),
        "created": view.created.isoformat(),
        "changed": view.changed.isoformat(),
    }

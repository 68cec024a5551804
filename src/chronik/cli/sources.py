"""`source`: who speaks, what is known of each, and what people say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.cli.source_shapes import act_shape, changes_of, profile_shape, source_shape
from chronik.errors import UsageError

if TYPE_CHECKING:
    from chronik.model import Act

group = typer.Typer(help="Sources: who speaks, and what is known of each.", no_args_is_help=True)

SourceId = Annotated[str, typer.Argument(metavar="SOURCE", help="As `chronik source list` gives it.")]
Names = Annotated[list[str] | None, typer.Option("--name", metavar="LANGUAGE=NAME", help="Replaces all names.")]
Aliases = Annotated[list[str] | None, typer.Option("--alias", metavar="NAME", help="Replaces all aliases.")]
Hosts = Annotated[list[str] | None, typer.Option("--host", metavar="HOST", help="Replaces all hosts.")]
Kind = Annotated[str | None, typer.Option(help="Such as newspaper, agency or government.")]
Country = Annotated[str | None, typer.Option(help="Two letters, such as FR; empty for none.")]
Owner = Annotated[str | None, typer.Option(help="Whose it is.")]
HomePage = Annotated[str | None, typer.Option(help="Its address.")]
CreditStyle = Annotated[str | None, typer.Option(help="How clips credit it.")]
Characters = Annotated[int | None, typer.Option("--quote-characters", help="May be quoted of one report; 0: usual.")]
Percent = Annotated[int | None, typer.Option("--quote-percent", help="May be quoted of one report; 0: usual.")]
Reason = Annotated[str | None, typer.Option("--quote-reason", help="Why more than usual may be quoted.")]


@group.command(name="list")
def list_(
    words: Annotated[str, typer.Argument(help="Part of a name.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """List sources, all or those called so.

    Example: `chronik source list times`
    """
    from chronik.archive.sources import names_of
    from chronik.takein.spelling import key

    with opened(archive) as house:
        wanted = key(words)
        known = house.catalogue.sources()
    found = [one for one in known if not words or any(wanted and wanted in key(name) for name in names_of(one))]
    if as_json:
        output.emit([source_shape(one) for one in found])
    else:
        rows = [(one.id, next(iter(one.names.values()), ""), one.kind, one.country, one.made_by) for one in found]
        output.table(("Source", "Name", "Kind", "Country", "Made by"), rows)


@group.command()
def show(source: SourceId, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Show all that is known of a source: reports per month, feeds, dossiers, sides, copies, what was done to it.

    Example: `chronik source show tass`
    """
    from chronik.archive import sources

    with opened(archive) as house:
        noun = sources.the_source(house, source)
        shape = profile_shape(house, noun)
        shape["acts"] = [act_shape(act) for act in sources.history(house, noun.id)]
    if as_json:
        output.emit(shape)
        return
    for field, value in shape.items():
        if value and field not in {"acts", "months"}:
            output.say(f"{field}: {_plain(value)}")
    for act in shape["acts"]:
        output.say(f"{act['at']} {act['by']} {act['verb']} {act['act'][:12]}")


@group.command()
def edit(
    source: SourceId,
    name: Names = None,
    alias: Aliases = None,
    host: Hosts = None,
    kind: Kind = None,
    country: Country = None,
    owner: Owner = None,
    home_page: HomePage = None,
    credit_style: CreditStyle = None,
    quotation_characters: Characters = None,
    quotation_percent: Percent = None,
    quotation_reason: Reason = None,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Change what is known of a source; what is not named stays.

    Example: `chronik source edit tass --owner "Russian state" --name und=TASS --name ru=ТАСС`
    """
    given = {
        "kind": kind,
        "country": country,
        "owner": owner,
        "home_page": home_page,
        "credit_style": credit_style,
        "quotation_characters": quotation_characters,
        "quotation_percent": quotation_percent,
        "quotation_reason": quotation_reason,
    }
    changes = changes_of(given, names=name, aliases=alias, hosts=host)
    if not changes:
        raise UsageError("Nothing is to be changed: name a field, such as --owner.")
    with opened(archive) as house:
        from chronik.archive import sources

        act = sources.edit(house, source, by=person(), **changes)
    _told(act, as_json=as_json, otherwise=f"{source}: nothing changed")


@group.command()
def add(
    name: Annotated[list[str], typer.Option("--name", metavar="LANGUAGE=NAME", help="One a language.")],
    alias: Aliases = None,
    host: Hosts = None,
    kind: Kind = None,
    country: Country = None,
    owner: Owner = None,
    identity: Annotated[str, typer.Option("--id", help="Its id; made of its name where none is given.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Add a source; what is credited so becomes its.

    Example: `chronik source add --name de="Der Bote" --kind newspaper --host bote.example`
    """
    given = {"kind": kind, "country": country, "owner": owner}
    changes = changes_of(given, names=name, aliases=alias, hosts=host)
    with opened(archive) as house:
        from chronik.archive import sources

        act = sources.add(house, by=person(), identity=identity, **changes)
    _told(act, as_json=as_json)


@group.command()
def merge(
    survivor: Annotated[str, typer.Argument(metavar="SOURCE", help="The source that stands.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The one that becomes part of it.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Make one source of two: reports, clips, feeds and sides of the other become those of the first.

    Example: `chronik source merge ria-novosti ria-nowosti-de`
    """
    with opened(archive) as house:
        from chronik.archive import merging

        act = merging.merge(house, survivor, other=other, by=person())
    _told(act, as_json=as_json)


@group.command()
def duplicates(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List sources that look like one, the surest first, with the reason.

    Example: `chronik source duplicates --json`
    """
    with opened(archive) as house:
        from chronik.archive import merging

        found = merging.proposals(house)
    if as_json:
        shapes = [
            {"source": one.survivor.id, "other": one.other.id, "ground": str(one.ground), "shared": one.shared}
            for one in found
        ]
        output.emit(shapes)
    else:
        rows = [(one.survivor.id, one.other.id, f"both have {one.ground} {one.shared!r}") for one in found]
        output.table(("Source", "Other", "Why"), rows)


@group.command()
def undo(
    act: Annotated[str, typer.Argument(metavar="ACT", help="As `chronik source show` gives it.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Take back what was done to a source.

    Example: `chronik source undo 3f9a1c0b77de`
    """
    with opened(archive) as house:
        from chronik.archive import judging, merging
        from chronik.model import Verb

        done = house.catalogue.act(act)
        take_back = merging.undo if done and done.verb is Verb.MERGE_SOURCES else judging.undo
        undone = take_back(house, done.id if done else act, by=person())
    _told(undone, as_json=as_json)


def _told(act: Act | None, *, as_json: bool, otherwise: str = "") -> None:
    if as_json:
        output.emit(act_shape(act) if act else None)
    elif act is None:
        output.say(otherwise)
    elif "undoes" in act.detail:
        output.say(f"{act.subject}: taken back")
    else:
        output.say(f"{act.subject}: {act.verb} (to take it back: chronik source undo {act.id[:12]})")


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return ", ".join(map(_plain, value)) if isinstance(value, list) else str(value)

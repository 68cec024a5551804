"""`rebuild`, `dump`: an archive made anew out of vault and ledger, and what it knows as lines that can be compared."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output, working
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson

if TYPE_CHECKING:
    from chronik.web.rebuilding import Outcome

ROWS_SHOWN_MAX = 20
Derived = Annotated[
    bool, typer.Option("--derived", help="With what machines conclude: stories, links, suggestions, sightings.")
]


def dump(
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write into this file.", show_default=False)
    ] = None,
    derived: Derived = False,
    archive: ArchiveFolder = None,
) -> None:
    """Print all that the archive knows by evidence: sorted lines of JSON, the same for the same evidence.

    Times of computing, schedules, accounts and marks of reading are left out.

    Example: `chronik dump --to before.jsonl`
    """
    with opened(archive):
        pass  # what is due is recorded, so that nothing is lacking
    with opened(archive):
        from chronik.catalogue.dumping import dump as lines

        if to is None:
            for line in lines(derived=derived):
                sys.stdout.buffer.write(line)
            return
        with to.open("wb") as file:
            for line in lines(derived=derived):
                file.write(line)
    output.say(f"Written: {to}")


def rebuild(
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Into this new folder; the archive stays as it is.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Build aside and compare; nothing is replaced.")] = False,
    derived: Derived = False,
    despite_damage: Annotated[
        bool, typer.Option("--despite-damage", help="Build what holds, also where the ledger does not verify.")
    ] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Make database, index and published site anew out of the vault and the ledger alone.

    The database that is there, if any, keeps lying beside the new one; killed at any moment it stands as it was.
    Accounts, marks of reading and schedules are no evidence: they are taken over from it where it can be read.

    Exit code 1 when something of the evidence is lost, or with --check when anything differs.

    Example: `chronik rebuild --check`
    """
    from chronik import config, wiring

    settings = config.load(config.archive_folder(archive))
    wiring.load_tables(settings)
    from chronik.web import rebuilding

    with working.within(settings.archive), output.progress(hidden=as_json) as show:
        done = rebuilding.rebuild(
            settings, to=to, check=check, derived=derived, despite_damage=despite_damage, progress=show
        )
    if as_json:
        output.emit(_shape(done))
    else:
        _tell(done, check=check)
    if done.rebuilt.lost or done.rebuilt.waiting or (check and done.differences):
        raise typer.Exit(1)


def _shape(done: Outcome) -> dict[str, Any]:
    made = done.rebuilt
    return {
        "leaves": made.leaves,
        "captures": made.captures,
        "acts": made.acts,
        "articles": made.articles,
        "redacted": made.redacted,
        "without_leaf": made.without_leaf,
        "published": done.dossiers,
        "former_database": done.kept or None,
        "former_fault": done.former_fault or None,
        "compared": done.compared,
        "differences": [{"subject": one.subject, "what": one.what} for one in done.differences],
        "lost": [{"subject": subject, "what": what} for subject, what in made.lost],
        "notes": [{"subject": subject, "what": what} for subject, what in made.notes],
        "not_carried": done.not_carried,
        "waiting": made.waiting or None,
    }


def _tell(done: Outcome, *, check: bool) -> None:
    made = done.rebuilt
    _complain("Lost", made.lost)
    _complain("Note", made.notes)
    _complain("Differs", [(one.subject, one.what) for one in done.differences])
    for what in done.not_carried:
        output.complain(f"Not taken over: {what}")
    if made.waiting:
        output.complain(f"Stories wait: {made.waiting}")
    output.say(
        f"{made.leaves} leaves: {made.captures} captures, {made.acts} acts; {made.articles} articles read, "
        f"{len(done.dossiers)} dossiers published, {made.redacted} leaves redacted."
    )
    if done.former_fault:
        output.say(f"Nothing was compared: the former database {done.former_fault}.")
    elif not done.differences:
        output.say("The new archive is what the former one was.")
    if done.kept:
        output.say(f"The former database is kept as {done.kept}; delete it when you no longer need it.")
    elif check:
        output.say("Nothing was replaced.")


def _complain(word: str, rows: list[tuple[str, str]]) -> None:
    for subject, what in rows[:ROWS_SHOWN_MAX]:
        output.complain(f"{word}: {subject}: {what}")
    if len(rows) > ROWS_SHOWN_MAX:
        output.complain(f"{word}: {len(rows) - ROWS_SHOWN_MAX} more; --json tells all.")

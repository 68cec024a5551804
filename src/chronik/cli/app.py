"""The program `chronik`: its commands, and how a failure is told."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from chronik import __version__
from chronik import config as configuration
from chronik.cli import (
    accounts,
    archives,
    collecting,
    dossier_access,
    dossier_arranging,
    dossier_checking,
    dossier_history,
    dossier_suggesting,
    dossier_timeline,
    dossiers,
    feeds,
    importing,
    jobs,
    ledger,
    naming,
    output,
    redacting,
    saved,
    saved_telling,
    searching,
    source_credits,
    sources,
    stories,
    tokens,
    watching,
    witnessing,
    working,
)
from chronik.cli.backup import backup, restore
from chronik.cli.fixity import fixity
from chronik.cli.read import read
from chronik.cli.rebuilding import dump, rebuild
from chronik.cli.relating import relate
from chronik.cli.rereading import reread
from chronik.cli.stamping import stamp
from chronik.cli.versions import versions
from chronik.errors import ChronikError

INTERRUPTED_EXIT_CODE = 130
BROKEN_PIPE_EXIT_CODE = 141

app = typer.Typer(
    name="chronik",
    help="A press archive that people run themselves: collect, keep as evidence, read, clip, publish.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

START, TAKE_IN, STORIES, DOSSIERS, CARE = "Start", "Take in", "Stories", "Dossiers", "Care"
app.command(rich_help_panel=START)(archives.init)
app.command(rich_help_panel=START)(archives.up)
app.command(rich_help_panel=START)(archives.status)
app.command(name="import", rich_help_panel=TAKE_IN)(importing.import_)
app.command(rich_help_panel=TAKE_IN)(collecting.follow)
app.command(rich_help_panel=TAKE_IN)(collecting.collect)
app.command(rich_help_panel=TAKE_IN)(collecting.add)
app.command(rich_help_panel=TAKE_IN)(read)
app.command(rich_help_panel=STORIES)(relate)
app.command(rich_help_panel=STORIES)(stories.stories)
app.command(rich_help_panel=STORIES)(stories.story)
app.command(rich_help_panel=STORIES)(stories.judge)
app.command(rich_help_panel=STORIES)(stories.accounts)
app.add_typer(naming.group, name="names", rich_help_panel=STORIES)
for _addition in ("suggest", "backtest", "gaps", "side"):
    dossiers.group.command(name=_addition)(getattr(dossier_suggesting, _addition))
dossiers.group.command(name="access")(dossier_access.access)
dossiers.group.command(name="check")(dossier_checking.check)
dossiers.group.add_typer(dossier_arranging.group, name="section")
for _arranging in ("file", "pin", "unpin"):
    dossiers.group.command(name=_arranging)(getattr(dossier_arranging, _arranging))
dossiers.group.add_typer(dossier_timeline.group, name="event")
dossiers.group.command(name="history")(dossier_history.history)
dossiers.group.command(name="revert")(dossier_history.revert)
app.add_typer(dossiers.group, name="dossier", rich_help_panel=DOSSIERS)
app.command(rich_help_panel=DOSSIERS)(dossiers.clip)
app.command(rich_help_panel=DOSSIERS)(searching.search)
for _telling in ("alert", "feed", "address", "tell"):
    saved.group.command(name=_telling)(getattr(saved_telling, _telling))
app.add_typer(saved.group, name="saved", rich_help_panel=DOSSIERS)
app.command(rich_help_panel=DOSSIERS)(versions)
app.add_typer(watching.group, name="watch", rich_help_panel=DOSSIERS)
for _name, _command in (
    ("credits", source_credits.credits_),
    ("name", source_credits.name),
    ("aside", source_credits.aside),
):
    sources.group.command(name=_name)(_command)
app.add_typer(sources.group, name="source", rich_help_panel=TAKE_IN)
app.add_typer(feeds.group, name="feed", rich_help_panel=TAKE_IN)
app.command(rich_help_panel=DOSSIERS)(dossiers.publish)
app.command(rich_help_panel=DOSSIERS)(dossiers.export)
app.add_typer(tokens.group, name="token", rich_help_panel=TAKE_IN)
app.command(rich_help_panel=DOSSIERS)(redacting.hide)
app.command(rich_help_panel=DOSSIERS)(redacting.unhide)
app.add_typer(redacting.group, name="redact", rich_help_panel=CARE)
app.add_typer(accounts.group, name="account", rich_help_panel=CARE)
app.command(rich_help_panel=CARE)(archives.verify)
app.command(rich_help_panel=CARE)(backup)
app.command(rich_help_panel=CARE)(restore)
app.command(rich_help_panel=CARE)(fixity)
app.command(rich_help_panel=CARE)(stamp)
app.add_typer(ledger.group, name="ledger", rich_help_panel=CARE)
app.add_typer(witnessing.group, name="witness", rich_help_panel=CARE)
app.add_typer(jobs.group, name="jobs", rich_help_panel=CARE)
app.command(rich_help_panel=CARE)(reread)
app.command(rich_help_panel=CARE)(rebuild)
app.command(rich_help_panel=CARE)(dump)
app.command(rich_help_panel=CARE)(archives.worker)
app.command(rich_help_panel=CARE)(archives.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"chronik {__version__}")
        raise typer.Exit


@app.callback()
def program(
    context: typer.Context,
    archive: Annotated[
        Path | None,
        typer.Option(help="The archive folder. Also: CHRONIK_ARCHIVE. Default: ./archive", show_default=False),
    ] = None,
    version: Annotated[  # noqa: ARG001 - the callback acts on it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """A press archive that people run themselves: collect, keep as evidence, read, clip, publish."""
    working.call(context.invoked_subcommand or "")
    if archive is not None:
        os.environ["CHRONIK_ARCHIVE"] = str(archive.absolute())


def database_fault(error: Exception) -> str | None:
    """What a failure of the database means for the operator; None for any other failure."""
    from django.db import DatabaseError, OperationalError

    from chronik.preserve import syncing

    if isinstance(error, OperationalError) and "locked" in str(error):
        return "Another process keeps the database busy. Nothing was lost; call the command again."
    if isinstance(error, OperationalError) and (why := syncing.fault(configuration.archive_folder())):
        return why
    if isinstance(error, DatabaseError):
        return f"The database cannot be used ({error}). Restore a backup of it if it is damaged."
    return None


def main() -> None:
    """Run a command; say what went wrong in one or two lines, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except ChronikError as error:
        output.complain(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        output.complain("Stopped. What was done is kept; call the command again to go on.")
        sys.exit(INTERRUPTED_EXIT_CODE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(BROKEN_PIPE_EXIT_CODE)
    except OSError as error:
        output.complain(f"{error.filename or 'The system'}: {error.strerror or error}. Nothing acknowledged was lost.")
        sys.exit(1)
    except Exception as error:
        if (words := database_fault(error)) is None:
            raise
        output.complain(words)
        sys.exit(1)

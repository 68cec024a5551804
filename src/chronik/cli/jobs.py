"""`jobs`: long work that runs in an archive, and how to stop it. Nothing is opened, so that it works at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik import config
from chronik.cli import output, working
from chronik.cli.opening import ArchiveFolder
from chronik.cli.output import AsJson

if TYPE_CHECKING:
    from pathlib import Path

    from chronik.archive.jobs import Job

group = typer.Typer(
    help="List long work that runs, or ran lately: `chronik jobs`.", invoke_without_command=True, no_args_is_help=False
)


@group.callback()
def jobs(context: typer.Context, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List long work that runs, or ran lately; what was killed is told as such.

    Example: `chronik jobs`
    """
    if context.invoked_subcommand:
        return
    from chronik.archive import jobs as known

    found = known.jobs(_folder(archive))
    if as_json:
        output.emit([_shape(job) for job in found])
        return
    rows = [
        (job.id, output.one_line(job.kind), output.one_line(job.who), _state(job), _progress(job), _since(job))
        for job in found
    ]
    output.table(("Job", "What", "Who", "State", "Progress", "Began"), rows)


@group.command(name="stop")
def stop(
    job: Annotated[str, typer.Argument(help="As `chronik jobs` gives it.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Ask a job to stop: it ends the item at hand, what was done is kept, and calling it again goes on.

    Example: `chronik jobs stop 20261123T101500-4f1c9a`
    """
    from chronik.archive import jobs as known

    asked = known.ask_to_stop(_folder(archive), job, by=working.person())
    if as_json:
        output.emit(_shape(asked))
    else:
        output.say(f"{asked.id}: asked to stop")


def _folder(named: Path | None) -> Path:
    return config.load(config.archive_folder(named)).archive


def _state(job: Job) -> str:
    if job.stop_asked_by:
        return f"stopping ({output.one_line(job.stop_asked_by)})"
    return f"{job.state} ({output.one_line(job.words)})" if job.words else str(job.state)


def _progress(job: Job) -> str:
    stage = output.STAGE_NAMES.get(job.stage, output.one_line(job.stage))
    return f"{stage} {job.done}/{job.total}" if job.total else f"{stage} {job.done or ''}".rstrip()


def _since(job: Job) -> str:
    return f"{job.started:%Y-%m-%d %H:%M:%S} UTC"


def _shape(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "who": job.who,
        "state": str(job.state),
        "started": job.started.isoformat(),
        "changed": job.changed.isoformat(),
        "stage": job.stage,
        "done": job.done,
        "total": job.total or None,
        "failed": job.failed,
        "words": job.words,
        "stop_asked_by": job.stop_asked_by or None,
    }

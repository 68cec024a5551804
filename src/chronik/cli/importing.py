"""`import`: take in what others kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import RefusedInputError
from chronik.takein.recognise import InputKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from chronik.archive import Archive, Step
    from chronik.archive.importing import Imported

REFUSALS_SHOWN_MAX = 20


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files to take in.", readable=False)],
    kind: Annotated[InputKind | None, typer.Option("--as", help="The kind, where the content does not tell.")] = None,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Take in files: old archive pages, WARC, WACZ, saved pages, PDF and other documents, addresses, OPML, JSONL.

    The kind is recognised by the content. Taking in a file twice adds nothing; a killed import goes on where it was.

    Example: `chronik import 2020-topic.txt crawl.warc.gz`
    """
    with opened(archive) as house, output.progress(hidden=as_json) as show:
        results = [_outcome(house, file, kind, show) for file in files]
    if as_json:
        output.emit(results)
    else:
        for result in results:
            _tell(result)
    if any(result["failure"] or result["refused"] for result in results):
        raise typer.Exit(1)


def _outcome(house: Archive, file: Path, kind: InputKind | None, show: Callable[[Step], None]) -> dict[str, Any]:
    from chronik.archive.importing import import_file

    try:
        return _as_json(import_file(house, file, by=person(), kind=kind, progress=show))
    except RefusedInputError as error:
        return _nothing(file, str(error))


def _nothing(file: Path, failure: str) -> dict[str, Any]:
    return {
        "file": str(file),
        "kind": None,
        "added": {},
        "known": 0,
        "refused": [],
        "notes": [],
        "dossier": None,
        "failure": failure,
    }


def _as_json(imported: Imported) -> dict[str, Any]:
    return {
        "file": imported.file,
        "kind": str(imported.kind),
        "added": dict(imported.added),
        "known": imported.known,
        "refused": [{"where": item.where, "reason": item.reason} for item in imported.refused],
        "notes": [{"where": item.where, "note": item.reason} for item in imported.notes],
        "dossier": imported.dossier or None,
        "failure": None,
    }


def _tell(result: dict[str, Any]) -> None:
    name = output.one_line(result["file"])
    if result["failure"]:
        output.complain(f"{name}: {result['failure'].removeprefix(name + ': ').removeprefix(Path(name).name + ': ')}")
        return
    added = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in result["added"].items())
    dossier = f" in dossier {result['dossier']}" if result["dossier"] else ""
    output.say(f"{name} ({result['kind']}): new: {added}{dossier}; known already: {result['known']}")
    for item in result["notes"][:REFUSALS_SHOWN_MAX]:
        output.say(f"{name}, {output.one_line(item['where'])}: {output.one_line(item['note'])}")
    for item in result["refused"][:REFUSALS_SHOWN_MAX]:
        where = f"{name}, {output.one_line(item['where'])}" if item["where"] else name
        output.complain(f"{where}: {output.one_line(item['reason'])}")
    more = len(result["refused"]) - REFUSALS_SHOWN_MAX
    if more > 0:
        output.complain(f"{name}: and {more} more; --json lists all")

"""`export --as wacz` and `verify FILE.wacz`: web archives in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from chronik.cli import output
from chronik.errors import RefusedInputError, UsageError

if TYPE_CHECKING:
    from chronik.archive import Archive

SUFFIX = ".wacz"


def export(house: Archive, identity: str, *, to: Path | None, replacing: bool) -> None:
    """Write a WACZ of what a dossier, story, clip, article or capture rests on."""
    from chronik.archive import packing

    if to is None:
        raise UsageError("--as wacz: name the file to write with --to FILE.wacz")
    if not to.parent.is_dir():
        raise UsageError(f"--to: there is no folder {to.parent}")
    with output.progress() as show:
        made = packing.pack(house, identity, to=to, replacing=replacing, progress=show)
    output.say(f"{to}: {made.captures} captures, {output.size(made.size_bytes)}")
    output.say(f"Signed by the key {made.key}; publish it, so that others can compare.")
    if made.private:
        output.complain(
            f"{len(made.private)} of these captures are private: a person's browser or a file gave them, whole pages "
            "as that person saw them. Do not publish the file; what it holds of them proves nothing about their sites."
        )
    if made.without_capture:
        output.complain(
            f"Nothing of these is in it, because they rest on no capture: {', '.join(made.without_capture)}"
        )


def verify(file: Path, *, key: str, as_json: bool) -> None:
    """Say whether a WACZ is what it claims to be; exit code 1 when it is not."""
    from chronik.preserve.wacz import verifying

    try:
        with file.open("rb") as stream:
            found = verifying.verified(stream, key=key)
    except RefusedInputError as error:
        _tell(file, {"refused": str(error), "findings": []}, as_json=as_json)
        raise typer.Exit(1) from error
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}.") from error
    signature = found.signature
    result = {
        "refused": None,
        "findings": [{"subject": fault.where, "what": fault.what} for fault in found.faults],
        "signature": str(signature.state),
        "key": signature.key or None,
        "domain": signature.domain or None,
        "signing_software": signature.software or None,
        "created": found.created or None,
        "software": found.software or None,
        "version": found.version or None,
        "title": found.title or None,
        "records": found.records,
        "pages": found.pages,
        "datapackage": found.digest,
    }
    _tell(file, result, as_json=as_json)
    if found.faults:
        raise typer.Exit(1)


def _tell(file: Path, result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        output.emit({"file": str(file), **result})
        return
    if result["refused"]:
        output.complain(f"{file}: {result['refused']}")
        return
    for row in result["findings"]:
        output.complain(f"{output.one_line(row['subject'])}: {output.one_line(row['what'])}")
    by = output.one_line(result["domain"] or result["key"] or "nobody")
    output.say(f"{file}: {result['records']} records, {result['pages']} pages, {len(result['findings'])} wrong.")
    output.say(f"{result['signature'].capitalize()}: {by}")

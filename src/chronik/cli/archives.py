"""`init`, `up`, `status`, `verify`, `worker`, `doctor`: the archive as a whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from chronik import config as configuration
from chronik.cli import output, verifying_published, wacz
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson

PROBLEMS_SHOWN_MAX = 20


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="A new folder. Default: the one that --archive names.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="With the sample newsroom to try things on.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Make a new archive.

    Example: `chronik init my-archive`
    """
    from chronik import wiring

    made = wiring.init(configuration.archive_folder(folder or archive), sample=sample)
    if sample:
        from chronik.web import sampling

        with opened(made.archive) as house:
            sampling.begin(house)
    if as_json:
        output.emit({"archive": str(made.archive), "sample": made.sample})
    else:
        output.say(f"There is an archive in {made.archive} now. Serve it with: chronik --archive {made.archive} up")


def up(
    host: Annotated[str, typer.Option(help="Interface to serve on. Default: as set.", show_default=False)] = "",
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port; 0 takes a free one. Default: as set.", show_default=False),
    ] = None,
    worker: Annotated[bool, typer.Option(help="Also collect in the background.")] = True,
    sign_in: Annotated[bool, typer.Option("--sign-in", help="Print a new sign-in link.")] = False,
    person: Annotated[
        str, typer.Option("--for", metavar="NAME", help="Whom the link is for; an account is made if new.")
    ] = "",
    archive: ArchiveFolder = None,
) -> None:
    """Serve desk and public pages, and collect in the background, until stopped.

    Example: `chronik up --port 8000`
    """
    from chronik.cli import serving

    if host:
        os.environ["CHRONIK_HOST"] = host
    with opened(archive) as house:
        serving.serve(
            house,
            host=house.config.host,
            port=house.config.port if port is None else port,
            worker=worker,
            sign_in=sign_in or bool(person),
            person=person,
        )


def worker(
    once: Annotated[bool, typer.Option("--once", help="One round, then end.")] = False,
    attached: Annotated[bool, typer.Option("--attached", hidden=True, help="End when standard input ends.")] = False,
    archive: ArchiveFolder = None,
) -> None:
    """Collect what is due, again and again, until stopped.

    Example: `chronik worker`
    """
    from chronik.cli import serving

    with opened(archive) as house:
        serving.work(house, once=once, attached=attached)


def status(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Say what is in the archive, how big, how old, what is due, what is wrong.

    Example: `chronik status --json`
    """
    from chronik.archive import checking, collecting
    from chronik.cli import examining

    with opened(archive) as house:
        collecting.recover(house)
        encoder = examining.encoder(house)
        found = {**checking.status(house), "encoder": {"answers": encoder.well, "words": encoder.words}}
    if not encoder.well:
        wrong = {"kind": "encoder", "subject": house.config.encoder, "reason": encoder.words, "next_try": None}
        found["problems"] = [wrong, *found["problems"]]
    if as_json:
        output.emit(found)
    else:
        _tell_status(found)


def _tell_status(found: dict[str, Any]) -> None:
    output.say(f"{found['name']} in {found['archive']}" + (" (with the sample newsroom)" if found["sample"] else ""))
    counts = [(name.replace("_", " "), count) for name, count in found["counts"].items()]
    output.table(("Holds", ""), counts)
    output.table(("Size", ""), [(name, output.size(amount)) for name, amount in found["size_bytes"].items()])
    output.table(("Due", ""), list(found["due"].items()))
    output.say(f"{found['ledger']['leaves']} leaves in the ledger, {found['ledger']['due']} due.")
    if words := found["ledger"].get("words"):
        output.say(words)
    fixity = found["fixity"]
    output.say(
        f"{fixity['read_again']} of {fixity['files']} files of the vault were read again, the one longest ago at "
        f"{fixity['oldest_reading_at'] or '-'}."
    )
    output.say(f"Encoder: {found['encoder']['words']}")
    output.say(f"first capture {found['first_capture_at'] or '-'}, last {found['last_capture_at'] or '-'}")
    for feed in found["moved_feeds"]:
        output.say(f"{feed['feed']} moved for good; it is asked at {feed['asked_at']} since {feed['since'] or '-'}")
    problems = found["problems"]
    if not problems:
        output.say("Nothing is wrong.")
        return
    rows = [(p["kind"], p["subject"], p["reason"], p["next_try"] or "-") for p in problems[:PROBLEMS_SHOWN_MAX]]
    output.table(("Wrong", "What", "Why", "Next try"), rows)
    if len(problems) > PROBLEMS_SHOWN_MAX:
        output.say(f"and {len(problems) - PROBLEMS_SHOWN_MAX} more; --json lists all")


def verify(
    what: Annotated[
        str,
        typer.Argument(
            metavar="[ARCHIVE | FILE.wacz | FOLDER | URL]",
            help="An archive; or a WACZ, a published folder, or the address of a published dossier: no archive needed.",
            show_default=False,
        ),
    ] = "",
    key: Annotated[
        str,
        typer.Option(
            metavar="KEY",
            help="The ledger's public key as you know it from elsewhere; of a WACZ, its signer's.",
        ),
    ] = "",
    stamp_root: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Root certificate (PEM) of an authority whose stamps on published dossiers are to be believed.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Re-read every byte, follow every reference, re-derive the ledger; exit code 1 when something is wrong.

    An archive that turned read-only because its disk failed is written to again once nothing wrong is found.

    Example: `chronik verify`
    """
    if what and verifying_published.is_published(what):
        roots = stamp_root or []
        verifying_published.verify(what, key=key, roots=roots, as_json=as_json, archive=archive)
    elif what and not Path(what).is_dir():
        wacz.verify(Path(what), key=key, as_json=as_json)
    else:
        _verify_archive(Path(what) if what else archive, key=key, as_json=as_json)


def _verify_archive(archive: Path | None, *, key: str, as_json: bool) -> None:
    from chronik.preserve import syncing

    with syncing.examined(configuration.archive_folder(archive)):
        checked, redacted, rows = _verified(archive, key=key, as_json=as_json)
        if as_json:
            output.emit({"checked": checked, "redacted_leaves": redacted, "findings": rows})
        else:
            for row in rows:
                output.complain(f"{row['subject']}: {row['what']}")
            gone = f" {redacted} leaves redacted." if redacted else ""
            output.say(f"{checked} objects checked, {len(rows)} wrong.{gone}")
        if rows:
            raise typer.Exit(1)


def _verified(archive: Path | None, *, key: str, as_json: bool) -> tuple[int, int, list[dict[str, str]]]:
    from chronik.archive import checking, leaves
    from chronik.preserve.ledger import note

    trusted = note.verifier_key(key) if key else None
    with opened(archive) as house, output.progress(hidden=as_json) as show:
        checked, findings = checking.examine(house, progress=show, key=trusted)
        redacted = leaves.redacted_leaves(house)
    return checked, redacted, [{"subject": finding.subject, "what": finding.what} for finding in findings]


def doctor(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Check each part that the archive stands on, and say what to do about what is wrong.

    Example: `chronik doctor`
    """
    from chronik.cli import examining

    with opened(archive) as house:
        results = examining.examined(house)
    if as_json:
        output.emit([{"part": part.part, "well": part.well, "words": part.words} for part in results])
    else:
        output.table(("Part", "", ""), [(part.part, "well" if part.well else "WRONG", part.words) for part in results])
    if not all(part.well for part in results):
        raise typer.Exit(1)

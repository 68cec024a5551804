"""`ledger`: what is proved of captures and acts, and the key that signs it."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.grading import grades
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.errors import ConflictError, UsageError

if TYPE_CHECKING:
    from chronik.archive.proving import Proved

group = typer.Typer(
    name="ledger",
    help="What is proved of captures and acts: status, proofs, bundles, the key.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

group.command()(grades)

Identity = Annotated[str, typer.Argument(metavar="ID", help="A capture, an article, an act or a clip.")]
PublicKey = Annotated[
    str, typer.Option("--key", metavar="KEY", help="The ledger's public key, as the archive's operator gave it to you.")
]


@group.command()
def status(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Say how far the ledger goes: its name, size, root, public key, and how much is due.

    Example: `chronik ledger status --json`
    """
    from chronik.archive import cosigning, recording

    with opened(archive) as house:
        fault = recording.attempt(house)
        standing = cosigning.standing(house)
        book = recording.ledger(house)
        head, terms = book.checkpoint(), book.terms()
        found: dict[str, Any] = {
            "origin": head.origin if head else None,
            "leaves": head.size if head else 0,
            "root": base64.b64encode(head.root).decode() if head else None,
            "keys": [{"from_size": term.size, "key": str(term.key)} for term in terms],
            "checkpoint": head.note.decode() if head else None,
            "checkpoints": len(book.checkpoint_sizes()),
            "due": house.catalogue.leaves_due(),
            "cosignatures": [
                {"leaves": size, "witness": one.by.name, "at": one.at.isoformat(), "line": one.line}
                for size, one in cosigning.cosignatures(house)
            ],
            "state_directory": str(house.config.state),
            "fault": fault or None,
        }
    if as_json:
        output.emit(found)
    elif head is None:
        output.say(fault or "Nothing is recorded yet.")
    else:
        output.say(head.note.decode().rstrip())
        output.say(f"\n{found['leaves']} leaves, {found['checkpoints']} checkpoints, {found['due']} due.")
        output.say(f"Public key: {terms[-1].key}")
        output.say(standing.words)
        output.say(f"Private key and high-water mark: in {found['state_directory']}")
        for trouble in (fault, standing.alarm):
            if trouble:
                output.complain(trouble)
    if fault:
        raise typer.Exit(1)


@group.command()
def prove(identity: Identity, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Print the proofs that a capture, an article's capture, an act or all acts of a clip stand in the ledger.

    Each is a text of C2SP's tlog-proof; its extra line opens the leaf.

    Example: `chronik ledger prove 4f1c8a… > clip.tlog-proof`
    """
    from chronik.archive import proving
    from chronik.preserve.ledger import proof

    with opened(archive) as house:
        found = proving.prove(house, identity)
    if as_json:
        output.emit([_proved(one) for one in found])
    else:
        output.say("\n".join(proof.written(one.proof) for one in found).rstrip())


def _proved(one: Proved) -> dict[str, Any]:
    from chronik.preserve.ledger import proof

    head = one.proof.checkpoint
    return {
        "leaf": one.opening.index,
        "kind": one.opening.kind,
        "id": one.opening.subject,
        "payload": dict(one.opening.payload),
        "salt": one.opening.salt.hex(),
        "path": [base64.b64encode(step).decode() for step in one.proof.path],
        "leaves": head.size,
        "root": base64.b64encode(head.root).decode(),
        "checkpoint": head.note.decode(),
        "proof": proof.written(one.proof),
    }


@group.command()
def bundle(
    identities: Annotated[list[str], typer.Argument(metavar="ID...", help="Captures, articles, acts or clips.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The file to write.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Write one file by which anybody can check captures, acts and clips without this archive.

    It holds their WARC records and acts in full: notes and names of editors too.

    Example: `chronik ledger bundle 4f1c8a… --to clip.bundle`
    """
    from chronik.archive import proving
    from chronik.preserve.ledger import bundle as bundles

    if to.exists():
        raise ConflictError(f"{to} is there already; name another file.")
    with opened(archive) as house:
        made = proving.bundle(house, identities)
    data = bundles.written(made)
    with open(to, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(data)
    key = str(made.terms[-1].key)
    if as_json:
        output.emit({"file": str(to), "leaves": [leaf.opening.index for leaf in made.leaves], "key": key})
    else:
        output.say(f"{len(made.leaves)} leaves in {to}. Check it with: chronik ledger check {to} --key '{key}'")


@group.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle.")],
    key: PublicKey = "",
    witness: Annotated[
        list[str] | None, typer.Option("--witness", metavar="KEY", help="The key of a witness whom you trust.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a bundle that somebody gave you; needs no archive and no network. Exit code 1 when it proves nothing.

    Example: `chronik ledger check clip.bundle --key 'press.example.org/4f1c+8ce40688+AdEs…'`
    """
    from chronik.preserve.ledger import bundle as bundles
    from chronik.preserve.ledger import note

    trusted = note.verifier_key(key) if key else None
    witnesses = [note.verifier_key(one, algorithm=note.COSIGNATURE) for one in witness or ()]
    if file.is_file() and file.stat().st_size > bundles.BUNDLE_BYTES_MAX:
        raise UsageError(f"{file} is too large to be a bundle.")
    found = bundles.checked(file.read_bytes(), key=trusted, witnesses=witnesses)
    if as_json:
        told = {name: list(getattr(found, name)) for name in ("proved", "stamped", "cosigned")}
        output.emit({"fault": found.fault or None, "key": found.key, **told})
    elif found.fault:
        output.complain(f"{file} proves nothing: {found.fault}.")
    else:
        for subject in found.proved:
            output.say(f"{subject}: holds")
        for stamp in found.stamped:
            output.say(f"stamp of {stamp} names this checkpoint; its own signature is not checked here")
        for one in found.cosigned:
            output.say(f"co-signed by {one}: it saw this ledger so, and no other of this name")
        compared = "which you trust" if trusted else "which you did not name: compare it with what the archive says"
        output.say(f"Signed by {found.key}, {compared}.")
    if found.fault:
        raise typer.Exit(1)


@group.command()
def rotate_key(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Have a new key sign from now on; the old one signs that it hands over. Checkpoints of before stay valid.

    Example: `chronik ledger rotate-key`
    """
    from chronik.archive import recording

    with opened(archive) as house:
        recording.record_due(house)
        leaf = recording.rotate_key(house, salt=secrets.token_bytes(32))
        term = recording.ledger(house).terms()[-1]
    if as_json:
        output.emit({"leaf": leaf, "from_size": term.size, "key": str(term.key)})
    else:
        output.say(f"Leaf {leaf} hands over to {term.key}. Publish this key; keep a copy of the private one.")


@group.command()
def renew(
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the old one cannot go on. Recorded.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Begin a new ledger where the old one cannot go on: its key, its mark or its newest leaves are lost for good.

    The old one stays beside it, and what it proved stays proved. Its key signs nothing any more.

    Example: `chronik ledger renew --reason "The disk with the key is broken"`
    """
    from chronik.archive import recording

    if not reason.strip():
        raise UsageError("--reason: say why; the reason is recorded.")
    with opened(archive) as house:
        done = recording.renew(house, reason=reason)
        key = next((str(term.key) for term in recording.ledger(house).terms()), None)
    if as_json:
        output.emit({"leaves": done.size, "key": key})
    elif key is None:
        output.say("Nothing is there to be recorded.")
    else:
        output.say(f"{done.size} leaves in a new ledger. Publish its key: {key}")

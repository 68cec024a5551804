"""`witness`: others who co-sign this ledger, whose ledgers are co-signed here, and what they saw of clipped pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import LedgerError, NotFoundError, UsageError

if TYPE_CHECKING:
    from chronik.archive import Archive
    from chronik.archive.cosigning import Reply
    from chronik.archive.disagreeing import Disagreement
    from chronik.archive.hearing import Asked
    from chronik.archive.known_witnesses import TrustedKey
    from chronik.model import Clip
    from chronik.preserve.witness.cosigner import Cosigner

ID_SHOWN_LENGTH = 12
group = typer.Typer(
    help="Witnesses: who co-signs this ledger, and who else saw what was clipped.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="As the other side gave it to you, over a way that you trust.")]


@group.command()
def key(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Print the key by which this archive co-signs for others; it is made when it is first asked for.

    Example: `chronik witness key`
    """
    from chronik.archive import trusting

    with opened(archive) as house:
        found = str(trusting.cosigning_key(house))
        address = house.config.public_url
    place = f"{address.rstrip('/')}/witness" if address else None
    if as_json:
        output.emit({"key": found, "address": place})
    else:
        line = f'witnesses = ["{found} {place or "ADDRESS/witness"}"]'
        output.say(f"{found}\nThe other archive's chronik.toml: {line}")


@group.command()
def add(
    key: Key,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Whose key it is.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Trust a key: a ledger's, whose checkpoints are co-signed from now on, or one that signs WACZ files.

    Example: `chronik witness add 'press.example.org/4f1c+8ce40688+AdEs…' --name "Talbote"`
    """
    from chronik.archive import trusting

    with opened(archive) as house:
        found = trusting.trust(house, key, name=name, by=person())
    if as_json:
        output.emit({"key": found.key, "kind": str(found.kind), "name": found.name})
    else:
        does = {"ledger": "its checkpoints are co-signed here", "packages": "WACZ files by it count as a witness"}
        output.say(f"{found.name}: trusted; {does[found.kind]}.")


@group.command()
def remove(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key, or the name that it goes by.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Trust a key no more. What was co-signed stays co-signed.

    Example: `chronik witness remove Talbote`
    """
    from chronik.archive import trusting

    with opened(archive) as house:
        found = trusting.distrust(house, key, by=person())
    if as_json:
        output.emit({"key": found.key, "name": found.name})
    else:
        output.say(f"{found.name}: trusted no more.")


@group.command(name="list")
def list_(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List trusted keys, the witnesses of this archive and how they answered, and the web archives that are asked.

    Example: `chronik witness list --json`
    """
    with opened(archive) as house:
        found = _listed(house)
    if as_json:
        output.emit(found)
        return
    rows = [(one["name"], one["kind"], one["leaves"], one["key"]) for one in found["trusted"]]
    rows += [
        (one["name"], "witness", one["cosigned_leaves"], one["reason"] or one["address"]) for one in found["asked"]
    ]
    rows += [(one["name"], "web archive", None, one["address"]) for one in found["memento_archives"]]
    output.table(("Name", "What", "Leaves", "Key, address or why it did not answer"), rows)
    output.say(found["words"])
    if found["fault"]:
        output.complain(found["fault"])
    for fork in found["forks"]:
        output.complain(f"A ledger contradicted itself; both heads lie in {fork}")


def _listed(house: Archive) -> dict[str, Any]:
    from chronik.archive import cosigning, known_witnesses, trusting

    signer = trusting.cosigner(house)
    known = {one: _seen(signer, one) for one in known_witnesses.trusted(house).values()}
    standing = cosigning.standing(house)
    waiting = {name: reason for name, reason, _ in standing.waiting}
    held = cosigning.cosignatures(house)
    return {
        "trusted": [
            {
                "name": one.name,
                "kind": str(one.kind),
                "key": one.key,
                "leaves": leaves,
            }
            for one, (leaves, _) in known.items()
        ],
        "asked": [
            {
                "name": one.key.name,
                "key": str(one.key),
                "address": one.address,
                "cosigned_leaves": max((size for size, made in held if made.by == one.key), default=0),
                "reason": waiting.get(f"{one.key.name}+{one.key.id.hex()}"),
            }
            for one in known_witnesses.asked(house.config)
        ],
        "memento_archives": [
            dict(zip(("name", "address"), text.split(), strict=True)) for text in house.config.memento_archives
        ],
        "forks": [str(path) for path in signer.forks()],
        "fault": next((fault for _, fault in known.values() if fault), None),
        "words": standing.words,
        "alarm": standing.alarm or None,
    }


def _seen(signer: Cosigner, one: TrustedKey) -> tuple[int | None, str]:
    """How far a trusted ledger was co-signed, or why nobody can know."""
    if one.kind != "ledger":
        return None, ""
    try:
        return signer.head(one.key.partition("+")[0]).mark.size, ""
    except LedgerError as error:
        return None, str(error)


@group.command()
def ask(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Have the latest checkpoint co-signed now by every witness of the settings. Exit code 1 when one did not.

    Example: `chronik witness ask`
    """
    from chronik import wiring
    from chronik.archive import cosigning, recording

    with opened(archive) as house:
        if not house.config.witnesses:
            raise UsageError("No witness is set. See: docs/how-to/witnesses.md")
        fault = recording.attempt(house)
        if fault:
            output.complain(fault)
        replies = cosigning.ask_due(house, post=wiring.witness_post(house.config).answer, at_once=True)
        words = cosigning.standing(house).words
    if as_json:
        output.emit([_reply(one) for one in replies])
    else:
        for one in replies:
            output.say(f"{one.witness}: {'co-signed ' + str(one.size) + ' leaves' if one.made else one.reason}")
        output.say(words)
    if any(one.made is None for one in replies):
        raise typer.Exit(1)


def _reply(one: Reply) -> dict[str, Any]:
    at = one.made.at.isoformat() if one.made else None
    return {"witness": one.witness, "leaves": one.size, "cosigned_at": at, "reason": one.reason or None}


@group.command()
def look(
    clips: Annotated[list[str] | None, typer.Argument(metavar="[CLIP...]", help="Ids of clips.")] = None,
    dossier: Annotated[str, typer.Option(metavar="SLUG", help="Every clip of this dossier.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Ask web archives and other Chroniks what they hold of the pages of clips, and compare the passages word for word.

    They learn by it which pages you ask for. Exit code 1 when one of them says otherwise.

    Example: `chronik witness look --dossier nagorno-karabakh`
    """
    from chronik.archive import hearing

    if not clips and not dossier:
        raise UsageError("Name clips, or a dossier: chronik witness look --dossier SLUG")
    with opened(archive) as house, output.progress(hidden=as_json) as show:
        wanted = [_the_clip(house, identity) for identity in clips or ()]
        if dossier:
            house.the_dossier(dossier)
            wanted += house.catalogue.clips(dossier)
        found = list(hearing.look(house, wanted, by=person(), progress=show))
    if as_json:
        output.emit([_asked(one) for one in found])
    else:
        rows = [
            (one.clip[:ID_SHOWN_LENGTH], one.name, _said(one), output.one_line(one.heard.detail if one.heard else ""))
            for one in found
        ]
        output.table(("Clip", "Witness", "Says", "Why"), rows)
    if any(one.heard and one.heard.agrees is False for one in found):
        raise typer.Exit(1)


def _said(one: Asked) -> str:
    if one.heard is None:
        return output.one_line(one.reason)
    return {True: "the same", False: "otherwise", None: "not compared"}[one.heard.agrees]


def _asked(one: Asked) -> dict[str, Any]:
    heard = one.heard
    return {
        "clip": one.clip,
        "witness": one.name or None,
        "kind": str(heard.witness) if heard else None,
        "agrees": heard.agrees if heard else None,
        "seen_at": heard.seen_at.isoformat() if heard else None,
        "address": (heard.address or None) if heard else None,
        "wording": (heard.wording or None) if heard else None,
        "evidence": heard.evidence if heard else None,
        "detail": (heard.detail if heard else one.reason) or None,
    }


@group.command()
def leads(
    every: Annotated[bool, typer.Option("--all", help="Also what was settled.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """List what witnesses say otherwise than this archive: leads for the editors.

    Example: `chronik witness leads`
    """
    from chronik.archive import disagreeing

    with opened(archive) as house:
        found = disagreeing.disagreements(house, settled=every)
        shapes = [_lead(one, house.catalogue.clip(one.heard.clip)) for one in found]
    if as_json:
        output.emit(shapes)
        return
    rows = [
        (
            one["lead"][:ID_SHOWN_LENGTH],
            one["witness"],
            one["seen_at"][:10],
            one["dossier"] or "",
            output.one_line(one["wording"] or one["detail"] or ""),
            one["verdict"] or "",
        )
        for one in shapes
    ]
    output.table(("Lead", "Witness", "Saw it", "Dossier", "What it says", "Settled"), rows)


def _lead(one: Disagreement, clip: Clip | None) -> dict[str, Any]:
    heard = one.heard
    return {
        "lead": one.act.id,
        "capture": heard.capture,
        "clip": heard.clip or None,
        "dossier": clip.dossier if clip else None,
        "title": clip.title if clip else None,
        "excerpt": clip.excerpt if clip else None,
        "witness": heard.name,
        "kind": str(heard.witness),
        "seen_at": heard.seen_at.isoformat(),
        "address": heard.address or None,
        "evidence": heard.evidence,
        "wording": heard.wording or None,
        "detail": heard.detail or None,
        "verdict": str(one.verdict) if one.verdict else None,
        "settled_by": one.by or None,
        "note": one.note or None,
    }


@group.command()
def settle(
    lead: Annotated[str, typer.Argument(metavar="LEAD", help="As `chronik witness leads` gives it.")],
    dismiss: Annotated[bool, typer.Option("--dismiss", help="It does not speak against our capture.")] = False,
    uphold: Annotated[bool, typer.Option("--uphold", help="The capture stays in doubt.")] = False,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why. Recorded.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say what a disagreement means.

    Example: `chronik witness settle 4f1c8a2b --dismiss --note "The regional edition"`
    """
    from chronik.archive import disagreeing
    from chronik.archive.disagreeing import Verdict

    if dismiss == uphold:
        raise UsageError("Say what it means: --dismiss or --uphold.")
    verdict = Verdict.DISMISSED if dismiss else Verdict.UPHELD
    with opened(archive) as house:
        found = disagreeing.settle(house, lead, verdict=verdict, by=person(), note=note)
    if as_json:
        output.emit({"lead": found.act.id, "verdict": str(verdict)})
    else:
        output.say(f"{found.act.id[:ID_SHOWN_LENGTH]}: {verdict}")


def _the_clip(house: Archive, identity: str) -> Clip:
    clip = house.catalogue.clip(identity)
    if clip is None:
        raise NotFoundError(f"There is no clip {identity[:64]!r}. See: chronik dossier show DOSSIER --json")
    return clip

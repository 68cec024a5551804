"""Acts: says what an archive holds, and whether it is what it claims to be."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chronik.archive import alarming, collecting, cosigning, fixing, recording, redacting, stamping, trusting
from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.leaves import leaf_faults, ledger_faults
from chronik.archive.replaying import dossier_faults
from chronik.errors import LedgerError
from chronik.extract.passages import excerpt
from chronik.preserve.vault import stored_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from chronik.model import Capture, Clip, FeedHealth, Location
    from chronik.ports.fixity import RowFault
    from chronik.preserve.ledger.note import VerifierKey

SILENT_AFTER = timedelta(days=14)
FORKED = "a ledger that is co-signed here showed two heads of one size; the file holds both, and proves it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be."""

    subject: str
    """Which file, capture, article or clip."""
    what: str


def examine(
    archive: Archive, *, progress: Progress = unseen, key: VerifierKey | None = None
) -> tuple[int, tuple[Finding, ...]]:
    """Finish what a killed writer left, then verify. Where rows cannot be read, nothing is finished."""
    rows = archive.catalogue.row_faults()
    if all(row.readable for row in rows):
        collecting.recover(archive)
        recording.finish(archive)
    return _verified(archive, rows, progress=progress, key=key)


def verify(
    archive: Archive, *, progress: Progress = unseen, key: VerifierKey | None = None
) -> tuple[int, tuple[Finding, ...]]:
    """Re-read every byte, follow every reference, re-derive the ledger; objects checked, and what is wrong.

    `key` is the ledger's public key as it is known from elsewhere; else that of the state directory is trusted.
    What another process keeps, records or clips meanwhile is left to the next time.
    """
    return _verified(archive, archive.catalogue.row_faults(), progress=progress, key=key)


def _verified(
    archive: Archive, rows: Sequence[RowFault], *, progress: Progress, key: VerifierKey | None
) -> tuple[int, tuple[Finding, ...]]:
    findings = [Finding(subject=row.subject, what=row.what) for row in rows]
    if not all(row.readable for row in rows):
        return len(rows), (*findings, *_without_catalogue(archive, key))
    known = {capture.id for capture in archive.catalogue.captures()}
    held: dict[str, set[Location]] = {}
    digests: dict[str, set[str]] = {}
    for vault in (archive.vault, archive.sample_vault):
        findings += [Finding(subject=subject, what=what) for subject, what in vault.damages()]
        for capture, digest in vault.digests():
            held.setdefault(capture.id, set()).add(capture.location)
            if digest in digests.setdefault(capture.id, set()):
                what = f"{capture.url}: its records stand in the vault twice, byte for byte: somebody copied them"
                findings.append(Finding(subject=f"capture {capture.id}", what=what))
            digests[capture.id].add(digest)
    faults = [*leaf_faults(archive, digests=digests, key=key), *_beside(archive)]
    findings += [Finding(subject=subject, what=what) for subject, what in (*faults, *dossier_faults(archive))]
    checked = 0
    for subject, what in _references(archive, known=known, held=held):
        checked += 1
        if what:
            findings.append(Finding(subject=subject, what=what))
        progress(Step(stage="verify", done=checked, total=0, failed=len(findings)))
    return len(held) + checked, tuple(findings)


def _without_catalogue(archive: Archive, key: VerifierKey | None) -> Iterator[Finding]:
    """What can be said where rows of the catalogue cannot be read: nothing is held against them."""
    vaults = (archive.vault, archive.sample_vault)
    faults = [fault for vault in vaults for fault in vault.damages()]
    faults += [*ledger_faults(archive, key=key), *_beside(archive)]
    yield from (Finding(subject=subject, what=what) for subject, what in faults)


def _beside(archive: Archive) -> Iterator[tuple[str, str]]:
    """What others gave on the ledger's checkpoints and does not hold."""
    yield from stamping.stamp_faults(archive)
    yield from cosigning.cosignature_faults(archive)


def _references(
    archive: Archive, *, known: Collection[str], held: Mapping[str, Collection[Location]]
) -> Iterator[tuple[str, str]]:
    """Every capture and clip that was known before the vault was read, with what is wrong about it or an empty text."""
    for capture in archive.catalogue.captures():
        if capture.id in known:
            yield f"capture {capture.id}", _capture_fault(capture, held.get(capture.id, ()))
    for dossier in archive.catalogue.dossiers():
        for clip in archive.catalogue.clips(dossier.slug):
            yield f"clip {clip.id}", _clip_fault(archive, clip, known=known, held=held)
    unknown = held.keys() - known
    for identity in sorted(unknown - archive.catalogue.known_captures(unknown)):
        yield f"capture {identity}", "is in the vault and not in the catalogue"


def _capture_fault(capture: Capture, places: Collection[Location]) -> str:
    if not places:
        return f"{capture.url} is in the catalogue and not in the vault"
    if capture.location not in places:
        where = capture.location
        return f"{capture.url} does not stand where the catalogue says: {where.file} at byte {where.offset}"
    return ""


def _clip_fault(archive: Archive, clip: Clip, *, known: Collection[str], held: Collection[str]) -> str:
    if clip.capture_id and clip.capture_id not in held and _is_missing(archive, clip.capture_id, known):
        return f"its capture {clip.capture_id} is not in the vault"
    if not clip.article_id:
        return ""
    article = archive.catalogue.article(clip.article_id)
    if article is None:
        return f"its article {clip.article_id} is not in the catalogue"
    if clip.text_digest != article.text_digest:
        return "the text it was clipped from is not the text that is there now"
    if any(article.text[one.start : one.end] != one.exact for one in clip.passages):
        return "its passage does not stand where it should"
    if any(before.end >= after.start for before, after in pairwise(clip.passages)):
        return "its passages are not in the order of the text"
    if clip.passages and clip.excerpt != excerpt(article.text, clip.passages):
        return "its excerpt is not what its passages say"
    return ""


def _is_missing(archive: Archive, capture_id: str, known: Collection[str]) -> bool:
    """Whether a capture that the vault lacked was there to be found: one recorded since is not missing."""
    if capture_id in redacting.tombstones(archive):
        return False
    return capture_id in known or archive.catalogue.capture(capture_id) is None


def _lost_database(archive: Archive, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """A problem where the vault is full and the catalogue is empty: somebody lost `chronik.sqlite3`."""
    if counts["captures"] or next(archive.vault.captures(), None) is None:
        return []
    reason = "knows no capture although the vault holds some; restore chronik.sqlite3 from a backup"
    return [_problem("database", str(archive.config.database), reason)]


def status(archive: Archive) -> dict[str, Any]:
    """What is in the archive, how big, how old, what is due, what is wrong: a JSON object."""
    now = archive.clock()
    standing = archive.catalogue.standing(now, silent_after=SILENT_AFTER)
    config = archive.config
    proof, unproved = _proof(archive)
    return {
        "archive": str(config.archive),
        "name": config.name,
        "counts": dict(standing.counts),
        "size_bytes": {
            "database": _file_size_bytes(config.database),
            "vault": archive.vault.size_bytes() + archive.sample_vault.size_bytes(),
            "index": _folder_size_bytes(config.index),
            "site": _folder_size_bytes(config.site),
        },
        "first_capture_at": standing.first_capture_at.isoformat() if standing.first_capture_at else None,
        "last_capture_at": standing.last_capture_at.isoformat() if standing.last_capture_at else None,
        "indexed": archive.index.count(),
        "due": dict(standing.due),
        "ledger": proof,
        "fixity": _fixity(archive),
        "problems": [
            *_lost_database(archive, standing.counts),
            *(_problem(kind, subject, reason) for kind, subject, reason in fixing.alarms(archive)),
            *(_problem(one.kind, one.subject, one.reason) for one in alarming.unsealed(archive)),
            *(_problem(one.kind, one.subject, one.reason) for one in alarming.silent(archive)),
            *unproved,
            *(dict(problem) for problem in standing.problems),
        ],
        "moved_feeds": [_moved(health) for health in archive.catalogue.feeds() if health.asks_url],
        "sample": config.sample,
    }


def _proof(archive: Archive) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """How far ledger and stamps go, and what is wrong with them."""
    fault = recording.attempt(archive)
    try:
        stamps, witnesses = stamping.standing(archive), cosigning.standing(archive)
    except LedgerError as error:
        stamps, witnesses, fault = None, None, fault or str(error)
    problems = [_problem("ledger", str(archive.config.ledger), fault)] if fault else []
    if stamps and (doubt := recording.clock_suspicion(archive)):
        problems.append(_problem("clock", "the last leaf", f"{doubt}; set the machine's clock, restart Chronik"))
    if stamps is None or witnesses is None:
        return {"leaves": None, "due": archive.catalogue.leaves_due(), "fault": fault}, problems
    problems += [_problem("time stamp", "ledger", stamps.alarm)] if stamps.alarm else []
    problems += [_problem("time stamp", name, reason, next_try) for name, reason, next_try in stamps.waiting]
    problems += [_problem("witness", "ledger", witnesses.alarm)] if witnesses.alarm else []
    problems += [_problem("witness", name, reason, next_try) for name, reason, next_try in witnesses.waiting]
    problems += [_problem("witness", str(path), FORKED) for path in trusting.cosigner(archive).forks()]
    found = {
        "leaves": stamps.leaves,
        "due": archive.catalogue.leaves_due(),
        "stamped_leaves": stamps.stamped_leaves,
        "stamped_at": stamps.stamped_at.isoformat() if stamps.stamped_at else None,
        "cosigned_leaves": witnesses.cosigned_leaves,
        "cosigned_at": witnesses.cosigned_at.isoformat() if witnesses.cosigned_at else None,
        "words": f"{stamps.words} {witnesses.words}" if archive.config.witnesses else stamps.words,
        "fault": fault or None,
    }
    return found, problems


def _fixity(archive: Archive) -> dict[str, Any]:
    """How much of the vault was read again, and since when all of it was."""
    found = fixing.standing(archive)
    oldest = found.oldest.isoformat() if found.oldest else None
    return {"files": found.files, "read_again": found.read, "oldest_reading_at": oldest, "hurt": len(found.hurt)}


def _problem(kind: str, subject: str, reason: str, next_try: datetime | None = None) -> dict[str, Any]:
    return {
        "kind": kind,
        "subject": subject,
        "reason": reason,
        "next_try": next_try.isoformat() if next_try else None,
    }


def _moved(health: FeedHealth) -> dict[str, str | None]:
    since = health.moved_since.isoformat() if health.moved_since else None
    return {"feed": health.feed.url, "asked_at": health.asks_url, "since": since}


def _file_size_bytes(path: Path) -> int:
    return stored_bytes(path.parent.glob(f"{path.name}*"))


def _folder_size_bytes(folder: Path) -> int:
    return stored_bytes(Path(where) / name for where, _, names in os.walk(folder) for name in names)

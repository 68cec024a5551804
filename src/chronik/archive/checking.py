"""Acts: says what an archive holds, and whether it is what it claims to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chronik.archive.archive import Archive, Progress, Step, unseen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chronik.model import Clip

SILENT_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be."""

    subject: str
    """Which file, capture, article or clip."""
    what: str


def verify(archive: Archive, *, progress: Progress = unseen) -> tuple[int, tuple[Finding, ...]]:
    """Re-read every byte and follow every reference; how many objects were checked, and what is wrong."""
    findings: list[Finding] = []
    checked = 0
    for vault in (archive.vault, archive.sample_vault):
        findings += [Finding(subject=subject, what=what) for subject, what in vault.damages()]
    held = {capture.id for vault in (archive.vault, archive.sample_vault) for capture in vault.captures()}
    for subject, what in _references(archive, held):
        checked += 1
        if what:
            findings.append(Finding(subject=subject, what=what))
        progress(Step(stage="verify", done=checked, total=0, failed=len(findings)))
    return len(held) + checked, tuple(findings)


def _references(archive: Archive, held: set[str]) -> Iterator[tuple[str, str]]:
    """Every capture, clip and act, with what is wrong about it or an empty text."""
    for capture in archive.catalogue.captures():
        missing = f"{capture.url} is in the catalogue and not in the vault" if capture.id not in held else ""
        yield f"capture {capture.id}", missing
    for identity in sorted(held - archive.catalogue.known_captures(held)):
        yield f"capture {identity}", "is in the vault and not in the catalogue"
    for dossier in archive.catalogue.dossiers():
        for clip in archive.catalogue.clips(dossier.slug):
            yield f"clip {clip.id}", _clip_fault(archive, clip, held)


def _clip_fault(archive: Archive, clip: Clip, held: set[str]) -> str:
    if clip.capture_id and clip.capture_id not in held:
        return f"its capture {clip.capture_id} is not in the vault"
    if not clip.article_id:
        return ""
    article = archive.catalogue.article(clip.article_id)
    if article is None:
        return f"its article {clip.article_id} is not in the catalogue"
    if clip.text_digest != article.text_digest:
        return "the text it was clipped from is not the text that is there now"
    passage = clip.passage
    if passage is not None and article.text[passage.start : passage.end] != passage.exact:
        return "its passage does not stand where it should"
    return ""


def status(archive: Archive) -> dict[str, Any]:
    """What is in the archive, how big, how old, what is due, what is wrong: a JSON object."""
    now = archive.clock()
    standing = archive.catalogue.standing(now, silent_after=SILENT_AFTER)
    config = archive.config
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
        "problems": [dict(problem) for problem in standing.problems],
        "sample": config.sample,
    }


def _file_size_bytes(path: Path) -> int:
    return sum(part.stat().st_size for part in path.parent.glob(f"{path.name}*") if part.is_file())


def _folder_size_bytes(folder: Path) -> int:
    return sum(part.stat().st_size for part in folder.rglob("*") if part.is_file())

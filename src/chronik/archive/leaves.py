"""Acts: holds the ledger against the catalogue and the vault, both ways.

Every capture and every act must be what exactly one leaf says, and every leaf must be of a capture or act that is
there, or be due. Clips must be what the acts upon them say.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from chronik.archive.collecting import PRESS_PAGE_MEDIA_TYPE
from chronik.archive.recording import ledger
from chronik.errors import RefusedInputError, VaultError
from chronik.model import LeafKind, Opening, Verb, content_id
from chronik.preserve.ledger import audit, payload
from chronik.sample import newsroom
from chronik.takein import press_page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from chronik.archive.archive import Archive
    from chronik.model import Clip
    from chronik.preserve.ledger.note import VerifierKey

Fault = tuple[str, str]
_UNTOLD = frozenset({"position"})
"""What moves without an act of the clip's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a leaf says of its subject."""

    index: int
    row: str
    """Digest of what must follow from the catalogue's row."""
    fields: Mapping[str, Any]
    records: str


@dataclass(slots=True, kw_only=True)
class _Rows:
    """What was told of each capture and act, and which of them is there."""

    told: dict[tuple[str, str], list[_Told]] = field(default_factory=dict)
    marks: dict[tuple[str, str], int | None] = field(default_factory=dict)


def leaf_faults(
    archive: Archive, *, digests: Mapping[str, Collection[str]], key: VerifierKey | None = None
) -> Iterator[Fault]:
    """What is wrong with the ledger, or with what it is about. `digests` are those of each capture's records."""
    book = ledger(archive)
    trusted, mark = audit.trusted(book)
    rows = _Rows(marks={(str(one.kind), one.subject): one.index for one in archive.catalogue.leaf_marks()})
    if not book.folder.exists() and not any(index is not None for index in rows.marks.values()):
        return
    with audit.undisturbed(book):
        audited = audit.audited(book, key=key or trusted, mark=mark)
    yield from audited.faults
    for index, opening in audited.openings.items():
        if isinstance(opening, Opening):
            rows.told.setdefault((opening.kind, opening.subject), []).append(_told(index, opening))
    yield from _twice(rows)
    yield from _captures(archive, rows, digests)
    yield from _acts(archive, rows)
    yield from _marks(archive, rows, audited.size)
    yield from clip_faults(archive)


def _told(index: int, opening: Opening) -> _Told:
    row = payload.row_part(opening.payload)
    records = opening.payload.get("records")
    return _Told(
        index=index,
        row=content_id(row),
        fields=row if isinstance(row, dict) else {},
        records=str(records.get("sha256", "")) if isinstance(records, dict) else "",
    )


def _twice(rows: _Rows) -> Iterator[Fault]:
    for (kind, subject), told in rows.told.items():
        if len(told) > 1:
            yield f"{kind} {subject}", f"has more than one leaf: {', '.join(str(one.index) for one in told)}"


def _captures(archive: Archive, rows: _Rows, digests: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    missing = {subject: told for (kind, subject), told in rows.told.items() if kind == LeafKind.CAPTURE}
    for capture in archive.catalogue.captures():
        for told in missing.pop(capture.id, ()):
            subject = f"capture {capture.id}"
            yield from _row_faults(subject, told, payload.capture_fields(capture))
            if capture.id in digests and told.records not in digests[capture.id]:
                yield (
                    subject,
                    f"{capture.url}: the vault does not hold the records that leaf {told.index} says",
                )
    removed = _sample_was_removed(archive)
    for subject, found in missing.items():
        url = str(found[0].fields.get("url", ""))
        if not (removed and newsroom.is_sample(url)):
            yield f"capture {subject}", f"{url} is in the ledger (leaf {found[0].index}) and not in the catalogue"


def _acts(archive: Archive, rows: _Rows) -> Iterator[Fault]:
    missing = {subject: told for (kind, subject), told in rows.told.items() if kind == LeafKind.ACT}
    for act in archive.catalogue.acts_in_order():
        for told in missing.pop(act.id, ()):
            yield from _row_faults(f"act {act.id}", told, payload.act_fields(act))
    for subject, found in missing.items():
        verb = found[0].fields.get("verb", "")
        yield f"act {subject}", f"{verb} is in the ledger (leaf {found[0].index}), and the catalogue lacks it as it was"


def _row_faults(subject: str, told: _Told, fields: Mapping[str, Any]) -> Iterator[Fault]:
    if content_id(fields) != told.row:
        other = ", ".join(name for name in fields if fields[name] != told.fields.get(name))
        yield subject, f"the catalogue is not what leaf {told.index} commits to: {other}"


def _sample_was_removed(archive: Archive) -> bool:
    return any(act.verb is Verb.REMOVE_SAMPLE for act in archive.catalogue.acts_in_order())


def _marks(archive: Archive, rows: _Rows, size: int) -> Iterator[Fault]:
    """Marks that name another leaf, and rows that no mark and so no leaf knows."""
    for kind, subject in archive.catalogue.without_mark():
        told = rows.told.get((str(kind), subject))
        if not told:
            yield f"{kind} {subject}", "is in the catalogue and in no leaf: something else than Chronik put it there"
    for key, index in rows.marks.items():
        leaves = {one.index for one in rows.told.get(key, ())}
        if index is not None and index not in leaves:
            why = "which is of something else" if index < size else f"and the ledger ends at {size}"
            yield " ".join(key), f"is marked as leaf {index}, {why}"


def clip_faults(archive: Archive) -> Iterator[Fault]:
    """Clips that are not what the press page they were taken in from, and the acts upon them, say."""
    told = dict(_clips_of_pages(archive))
    for act in archive.catalogue.acts_in_order():
        new = act.detail.get("new")
        if act.verb in {Verb.CLIP, Verb.MEND_ENTRY, Verb.EDIT_CLIP, Verb.RESTORE_CLIP} and isinstance(new, dict):
            told.setdefault(act.subject, {}).update(new)
    for dossier in archive.catalogue.dossiers():
        for clip in archive.catalogue.clips(dossier.slug):
            fields, known = _clip_fields(clip), told.get(clip.id, {})
            other = [name for name in known if name in fields and name not in _UNTOLD and known[name] != fields[name]]
            if other:
                yield f"clip {clip.id}", f"the catalogue is not what its press page or its acts say: {', '.join(other)}"


def _clips_of_pages(archive: Archive) -> Iterator[tuple[str, dict[str, Any]]]:
    """Clips that were taken in with a press page, as the bytes of the page say: the act names it by its digest."""
    pages = {one.url: one for one in archive.catalogue.captures() if one.media_type == PRESS_PAGE_MEDIA_TYPE}
    for act in archive.catalogue.acts_in_order():
        capture = pages.get(f"urn:sha256:{act.detail.get('digest')}") if act.verb is Verb.IMPORT else None
        if capture is None:
            continue
        with suppress(VaultError, RefusedInputError):  # what cannot be read is told where the vault is read
            page = press_page.parsed(archive.vault_of(capture.url).page(capture).body, name=capture.origin)
            clips, _ = press_page.clips(
                page, dossier=act.subject, zone=archive.config.zone, language_of=_unsaid, source_id_of=_unsaid
            )
            for clip in clips:
                fields = _clip_fields(clip)
                yield clip.id, {name: fields[name] for name in ("title", "credit", "excerpt", "clipped_at")}


def _unsaid(_: str) -> str:
    return ""


def _clip_fields(clip: Clip) -> dict[str, Any]:
    fields = asdict(clip)
    fields["happened"] = clip.happened.isoformat() if clip.happened else None
    fields["clipped_at"] = clip.clipped_at.isoformat()
    return fields

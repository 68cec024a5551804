"""Acts: holds the ledger against the catalogue and the vault, both ways.

Every capture and every act must be what exactly one leaf says, and every leaf must be of a capture or act that is
there, or be due.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chronik.archive.recording import ledger
from chronik.model import LeafKind, Opening, Verb, content_id
from chronik.model.redaction import redaction_of
from chronik.preserve.ledger import audit, payload
from chronik.preserve.ledger.openings import Redacted
from chronik.sample import newsroom

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from chronik.archive.archive import Archive
    from chronik.ports.ledger import LeafMark
    from chronik.preserve.ledger.note import VerifierKey

Fault = tuple[str, str]
REDACTIONS_MAX = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a leaf says of its subject."""

    index: int
    salt: bytes
    row: str
    """Digest of what must follow from the catalogue's row."""
    fields: Mapping[str, Any]
    records: str


@dataclass(slots=True, kw_only=True)
class _Rows:
    """What was told of each capture and act, and which of them is there."""

    told: dict[tuple[str, str], list[_Told]] = field(default_factory=dict)
    marks: dict[tuple[str, str], LeafMark] = field(default_factory=dict)


def leaf_faults(
    archive: Archive, *, digests: Mapping[str, Collection[str]], key: VerifierKey | None = None
) -> Iterator[Fault]:
    """What is wrong with the ledger, or with what it is about. `digests` are those of each capture's records."""
    rows = _Rows(marks={(str(one.kind), one.subject): one for one in archive.catalogue.leaf_marks()})
    if not ledger(archive).folder.exists() and not any(one.index is not None for one in rows.marks.values()):
        return
    audited = _audited(archive, key)
    yield from audited.faults
    for index, opening in audited.openings.items():
        if isinstance(opening, Opening):
            rows.told.setdefault((opening.kind, opening.subject), []).append(_told(index, opening))
    yield from _twice(rows)
    yield from _captures(archive, rows, digests)
    yield from _acts(archive, rows)
    yield from _marks(archive, rows, audited)
    yield from _redactions(archive, rows, audited)


def ledger_faults(archive: Archive, *, key: VerifierKey | None = None) -> Sequence[Fault]:
    """What is wrong with the ledger itself, where the catalogue cannot be read."""
    return _audited(archive, key).faults if ledger(archive).folder.exists() else ()


def _audited(archive: Archive, key: VerifierKey | None) -> audit.Audited:
    book = ledger(archive)
    trusted, mark = audit.trusted(book)
    with audit.undisturbed(book):
        return audit.audited(book, key=key or trusted, mark=mark)


def _told(index: int, opening: Opening) -> _Told:
    row = payload.row_part(opening.payload)
    records = opening.payload.get("records")
    return _Told(
        index=index,
        salt=opening.salt,
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
    latest = -1
    for act in archive.catalogue.acts_in_order():
        for told in missing.pop(act.id, ()):
            yield from _row_faults(f"act {act.id}", told, payload.act_fields(act))
            if told.index < latest:
                yield f"act {act.id}", f"is leaf {told.index}, and stands behind leaf {latest} in the catalogue"
            latest = max(latest, told.index)
    for subject, found in missing.items():
        verb = found[0].fields.get("verb", "")
        yield f"act {subject}", f"{verb} is in the ledger (leaf {found[0].index}), and the catalogue lacks it as it was"


def _row_faults(subject: str, told: _Told, fields: Mapping[str, Any]) -> Iterator[Fault]:
    if content_id(fields) != told.row:
        other = ", ".join(name for name in fields if fields[name] != told.fields.get(name))
        yield subject, f"the catalogue is not what leaf {told.index} commits to: {other}"


def _sample_was_removed(archive: Archive) -> bool:
    return any(act.verb is Verb.REMOVE_SAMPLE for act in archive.catalogue.acts_in_order())


def redacted_leaves(archive: Archive) -> int:
    """How many leaves commit to something that was redacted: their marks hold no salt."""
    return sum(not mark.salt for mark in archive.catalogue.leaf_marks())


def _redactions(archive: Archive, rows: _Rows, audited: audit.Audited) -> Iterator[Fault]:
    """Acts that a redaction rewrote must be as it says, and no others may be rewritten."""
    rewritten: set[str] = set()
    for act in archive.catalogue.acts_of({Verb.REDACT}, limit=REDACTIONS_MAX)[::-1]:
        with suppress(ValueError, KeyError, TypeError):
            for one in redaction_of(act).acts:
                rewritten.discard(one.was)
                rewritten.add(one.now.id)
    for identity in sorted(rewritten):
        if archive.catalogue.act(identity) is None:
            yield f"act {identity}", "was rewritten by a redaction, and the catalogue lacks it as it was rewritten"
    for (kind, subject), mark in rows.marks.items():
        is_gone = mark.index is not None and isinstance(audited.openings.get(mark.index), Redacted)
        if is_gone and mark.salt:
            yield f"{kind} {subject}", f"leaf {mark.index} was redacted, and the catalogue still holds its salt"
        elif is_gone and kind == LeafKind.ACT and subject not in rewritten:
            yield f"act {subject}", f"leaf {mark.index} was redacted, and no redaction rewrote the act so"


def _marks(archive: Archive, rows: _Rows, audited: audit.Audited) -> Iterator[Fault]:
    """Marks that name another leaf or hold another salt, rows without a mark, and leaves of which no mark knows."""
    for kind, subject in archive.catalogue.without_mark():
        told = rows.told.get((str(kind), subject), ())
        which = f"leaf {told[0].index} is of it, and its mark is gone" if told else "in no leaf"
        yield f"{kind} {subject}", f"is in the catalogue and {which}: something else than Chronik put it there"
    for key, mark in rows.marks.items():
        found = {one.index: one for one in rows.told.get(key, ())}
        if mark.index is not None and isinstance(audited.openings.get(mark.index), Redacted):
            continue  # what was redacted is held against the act that asked for it
        if mark.index is not None and mark.index not in found:
            size = audited.size
            why = "which is of something else" if mark.index < size else f"and the ledger ends at {size}"
            yield " ".join(key), f"is marked as leaf {mark.index}, {why}"
        elif mark.index is not None and mark.salt != found[mark.index].salt:
            yield " ".join(key), f"its mark does not hold the salt of leaf {mark.index}"

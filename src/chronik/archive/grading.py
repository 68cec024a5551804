"""What is proved of captures and clips, in three grades kept apart. Acts: reads catalogue, ledger, stamps and vault.

No grade follows from another. What lies in this archive proves neither that others saw the same nor that the site said
it: a witness is whoever `witnessing` found to be one, and a certificate is what stood at the other end, no signature.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from chronik.archive import connecting, fixing, stamping
from chronik.archive.grounds import Ground, reason
from chronik.archive.recording import ledger
from chronik.archive.witnessing import testimonies
from chronik.errors import ChronikError, ConfigError, LedgerError, NotFoundError
from chronik.extract.standing import wanted as wanted_of
from chronik.model import Capture, Grade, GradedProof, LeafKind, Opening, ProofState
from chronik.ports.ledger import LeafMark
from chronik.preserve.ledger import payload
from chronik.preserve.ledger.openings import Redacted
from chronik.preserve.stamp_folder import StampFolder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from chronik.archive.archive import Archive
    from chronik.model import Clip, Testimony
    from chronik.preserve.ledger import Ledger
    from chronik.preserve.stamp_folder import Kept
    from chronik.preserve.stamps import Authority

    Proofs = tuple[GradedProof, ...]

NAMES_MAX = 20
"""Of those who are named under one grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Books:
    """What is read once for all captures that are asked about."""

    ledger: Ledger
    size: int
    fault: str
    marks: Mapping[str, LeafMark]
    damages: Mapping[str, str]
    """What is wrong with a file of the vault."""
    spoken_of: Collection[str]
    """Captures about which witnesses may have said something."""
    known: Sequence[Authority]
    stamps: Sequence[Kept]


def proofs_of_capture(archive: Archive, capture: Capture) -> Proofs:
    """The three grades of a capture, in the order of `Grade`."""
    return proofs_of_captures(archive, [capture])[capture.id]


def proofs_of_captures(archive: Archive, captures: Iterable[Capture]) -> dict[str, Proofs]:
    """The three grades of each capture, by its id."""
    wanted = list(captures)
    books = _books(archive, wanted)
    return {one.id: _proofs(archive, books, one, passage="") for one in wanted}


def proofs_of_clip(archive: Archive, clip: Clip) -> Proofs:
    """The three grades of a clip: of its capture, and of its passage where others are asked."""
    return proofs_of_clips(archive, [clip])[clip.id]


def proofs_of_clips(archive: Archive, clips: Iterable[Clip]) -> dict[str, Proofs]:
    """The three grades of each clip, by its id."""
    wanted = list(clips)
    captures = captures_of(archive, wanted)
    books = _books(archive, list(captures.values()))
    found = {}
    for clip in wanted:
        capture = captures.get(clip.capture_id)
        found[clip.id] = _proofs(archive, books, capture, passage=wanted_of(clip)) if capture else without_capture()
    return found


def captures_of(archive: Archive, clips: Iterable[Clip]) -> dict[str, Capture]:
    """The captures that clips were made of, by their ids, found in few questions."""
    identities = dict.fromkeys(clip.capture_id for clip in clips if clip.capture_id)
    marks = [LeafMark(kind=LeafKind.CAPTURE, subject=one) for one in identities]
    found = archive.catalogue.captures_and_acts(marks)
    return {key: one for key, one in found.items() if isinstance(one, Capture)}


def without_capture() -> Proofs:
    """The three grades of what was taken in without any bytes of a page."""
    words = str(Ground.NO_CAPTURE)
    return tuple(GradedProof(grade=grade, state=ProofState.NOTHING, reason=words) for grade in Grade)


def _books(archive: Archive, captures: Sequence[Capture]) -> _Books:
    book, size, fault = ledger(archive), 0, ""
    known: Sequence[Authority] = ()
    with suppress(ConfigError):  # `chronik status` tells of it
        known = stamping.authorities(archive.config)
    try:
        size = book.size
    except LedgerError as error:
        fault = str(error)
    return _Books(
        ledger=book,
        size=size,
        fault=fault,
        marks=archive.catalogue.leaf_marks_of(LeafKind.CAPTURE, [capture.id for capture in captures]),
        damages={mark.file: mark.damage for mark in archive.catalogue.fixity_marks() if mark.damage},
        spoken_of=archive.catalogue.spoken_of(captures),
        known=known,
        stamps=StampFolder(archive.config.ledger).kept(),
    )


def _proofs(archive: Archive, books: _Books, capture: Capture, *, passage: str) -> Proofs:
    return (
        _unchanged(archive, books, capture),
        _seen(archive, capture, passage) if capture.id in books.spoken_of else _seen_by_nobody(),
        connecting.said_by_the_site(archive, capture),
    )


def _unchanged(archive: Archive, books: _Books, capture: Capture) -> GradedProof:
    """What ledger, stamps and fixity say; the bytes themselves are read by `chronik fixity` and `chronik verify`."""
    mark = books.marks.get(capture.id)
    damage = fixing.damage_of(capture, books.damages, sample=archive.is_sample(capture.url))
    if damage:
        return _graded(ProofState.CONTRADICTED, Ground.DAMAGED, damage, leaf=mark.index if mark else None)
    if books.fault:
        return _graded(ProofState.WAITING, Ground.LEDGER_UNREADABLE, books.fault)
    if mark is None or mark.index is None:
        return _graded(ProofState.WAITING, Ground.LEAF_DUE)
    opening = _opened(books, capture, mark.index)
    if isinstance(opening, GradedProof):
        return opening
    return _stamped(archive, books, opening)


def _opened(books: _Books, capture: Capture, index: int) -> Opening | GradedProof:
    """What the leaf commits to, where that is this capture as the catalogue has it."""
    if index >= books.size:
        return _graded(ProofState.CONTRADICTED, Ground.LEAF_MISSING, f"{index} of {books.size}", leaf=index)
    try:
        opening, entry = books.ledger.openings.at(index), books.ledger.leaf(index).entry
    except (LedgerError, NotFoundError) as error:
        return _graded(ProofState.CONTRADICTED, Ground.LEDGER_UNREADABLE, str(error), leaf=index)
    if isinstance(opening, Redacted):
        return _graded(ProofState.NOTHING, Ground.LEAF_REDACTED, leaf=index)
    if not isinstance(opening, Opening) or opening.leaf.entry != entry:
        return _graded(ProofState.CONTRADICTED, Ground.LEAF_DIFFERS, "the leaf does not open", leaf=index)
    said = payload.capture_fields(capture)
    if (opening.kind, opening.subject) != (LeafKind.CAPTURE, capture.id) or payload.row_part(opening.payload) != said:
        return _graded(ProofState.CONTRADICTED, Ground.LEAF_DIFFERS, leaf=index)
    return opening


def _stamped(archive: Archive, books: _Books, opening: Opening) -> GradedProof:
    good = stamping.earliest_stamps(archive, opening.index, kept=books.stamps, known=books.known)
    if good:
        by = tuple(dict.fromkeys(stamp.authority for stamp in good))
        return _graded(ProofState.PROVED, Ground.STAMPED, leaf=opening.index, since=good[0].at, by=by)
    if archive.config.timestamp_authorities:
        return _graded(ProofState.WAITING, Ground.STAMP_DUE, leaf=opening.index)
    return _graded(
        ProofState.PROVED,
        Ground.OWN_KEY_ONLY,
        leaf=opening.index,
        since=_recorded_at(opening),
        by=(archive.config.name,),
    )


def _recorded_at(opening: Opening) -> datetime | None:
    try:
        return datetime.fromisoformat(str(opening.payload.get("recorded_at", "")))
    except ValueError:
        return None


def _graded(  # noqa: PLR0913 - keyword-only facts of one grade
    state: ProofState,
    ground: Ground,
    detail: str = "",
    *,
    leaf: int | None = None,
    since: datetime | None = None,
    by: tuple[str, ...] = (),
) -> GradedProof:
    words = reason(ground, detail)
    return GradedProof(grade=Grade.UNCHANGED_SINCE, state=state, leaf=leaf, since=since, by=by, reason=words)


def _seen(archive: Archive, capture: Capture, passage: str) -> GradedProof:
    """What checked witnesses say. Nothing that lies in this archive under its own name can make this grade proved."""
    try:
        heard = testimonies(archive, capture, passage=passage)
    except ChronikError as error:
        return GradedProof(grade=Grade.SEEN_BY_OTHERS, state=ProofState.WAITING, reason=str(error))
    agreeing = [one for one in heard if one.agrees]
    differing = [one for one in heard if not one.agrees]
    if differing:
        return _of_witnesses(differing, ProofState.CONTRADICTED, Ground.WITNESS_DIFFERS)
    if agreeing:
        return _of_witnesses(agreeing, ProofState.PROVED, Ground.WITNESSED)
    return _seen_by_nobody()


def _seen_by_nobody() -> GradedProof:
    return GradedProof(grade=Grade.SEEN_BY_OTHERS, state=ProofState.NOTHING, reason=str(Ground.NOBODY))


def _of_witnesses(told: Sequence[Testimony], state: ProofState, ground: Ground) -> GradedProof:
    return GradedProof(
        grade=Grade.SEEN_BY_OTHERS,
        state=state,
        since=min(one.seen_at for one in told),
        by=tuple(dict.fromkeys(one.name for one in told))[:NAMES_MAX],
        reason=reason(ground, next((one.detail for one in told if one.detail), "")),
    )

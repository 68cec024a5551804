"""Acts: takes down for good what one person asked for and another confirmed.

Asking hides at once. What is confirmed is written down where a restored backup does not reach, before anything of it is
done; see `redacting_steps` for the doing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.archive import hiding, recording, redacting_scope, redacting_steps, redacting_words
from chronik.errors import ConflictError, LedgerError, NotFoundError, RefusedInputError
from chronik.model import Act, LeafKind, TakedownReason, Tombstone, Verb, content_id
from chronik.model.redaction import RedactedClip, Redaction, RewrittenAct, redaction_detail, redaction_of
from chronik.preserve import redaction_list, syncing
from chronik.preserve.stopping import passing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.archive.redacting_scope import Scope

NOTE_CHARACTERS_MAX = 10_000
REQUESTS_MAX = 100_000
REQUEST_BEGINNING_LENGTH_MIN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A redaction that somebody asked for."""

    id: str
    asked_by: str
    asked_at: datetime
    reason: TakedownReason
    note: str
    ids: tuple[str, ...]
    """Captures, articles and clips that were named."""


def ask(archive: Archive, identity: str, *, reason: TakedownReason, by: str, note: str = "") -> Request:
    """Ask for a redaction, and hide what it is about. Raises NotFoundError, ConflictError or RefusedInputError."""
    if len(note) > NOTE_CHARACTERS_MAX:
        raise RefusedInputError(f"The note is longer than {NOTE_CHARACTERS_MAX} characters.")
    _name(by)
    reach = hiding.reached(archive, identity)
    ids = (*reach.captures, *reach.articles, *reach.clips)
    if any(set(ids) & set(one.ids) for one in waiting(archive)):
        raise ConflictError("A redaction of this was asked for already. See: chronik redact list")
    now = archive.clock()
    with suppress(ConflictError):
        hiding.hide(archive, identity, reason=reason, by=by)
    request = content_id({"at": now.isoformat(), "by": by, "ids": list(ids)})
    told = note.encode("utf-8", "replace").decode()
    detail = {"request": request, "reason": str(reason), "note": told, "ids": list(ids)}
    archive.catalogue.record_act(Act(at=now, by=by, verb=Verb.ASK_REDACTION, subject=request, detail=detail))
    return the_request(archive, request)


def waiting(archive: Archive) -> list[Request]:
    """Requests that nobody confirmed or refused, the newest first."""
    acts = archive.catalogue.acts_of({Verb.REFUSE_REDACTION, Verb.REDACT}, limit=REQUESTS_MAX)
    settled = {act.subject for act in acts}
    asked = archive.catalogue.acts_of({Verb.ASK_REDACTION}, limit=REQUESTS_MAX)
    return [_request(act) for act in asked if act.subject not in settled]


def _request(act: Act) -> Request:
    return Request(
        id=act.subject,
        asked_by=act.by,
        asked_at=act.at,
        reason=TakedownReason(act.detail["reason"]),
        note=str(act.detail.get("note", "")),
        ids=tuple(act.detail["ids"]),
    )


def the_request(archive: Archive, name: str) -> Request:
    """The request with this id, of which a beginning will do. Raises NotFoundError."""
    wanted = name.strip().lower()
    found = [one for one in waiting(archive) if one.id.startswith(wanted)]
    if len(wanted) < REQUEST_BEGINNING_LENGTH_MIN or len(found) != 1:
        raise NotFoundError(f"No redaction {name[:80]!r} waits to be confirmed. See: chronik redact list")
    return found[0]


def refuse(archive: Archive, name: str, *, by: str) -> Request:
    """Say that a redaction shall not be. What was hidden stays hidden. Raises NotFoundError."""
    request = the_request(archive, name)
    act = Act(at=archive.clock(), by=by, verb=Verb.REFUSE_REDACTION, subject=request.id, detail={})
    archive.catalogue.record_act(act)
    return request


def scope(archive: Archive, request: Request) -> Scope:
    """Everything that would vanish if this were confirmed now."""
    return redacting_scope.scope(archive, redacting_scope.union(archive, request.ids))


def confirm(archive: Archive, name: str, *, by: str) -> Act:
    """Redact what was asked for, on a second person's word; the act of redacting.

    Raises NotFoundError, ConflictError where the same person asked, BusyError, and LedgerError where no leaf can be
    recorded. Once this was begun, whoever opens the archive finishes it.
    """
    syncing.check(archive.config.archive)
    with redacting_steps.alone(archive):
        request = the_request(archive, name)
        if not may_confirm(archive, request, by=by):
            raise ConflictError(
                f"{request.asked_by} asked for this, so another person has to confirm it. An archive of one person "
                "sets redaction_needs_second_person = false in chronik.toml."
            )
        if fault := recording.attempt(archive):
            raise LedgerError(f"{fault} Nothing is redacted before everything is recorded.")
        act = _act(archive, request, by=by, second=_name(by) != _name(request.asked_by))
        passing("redaction decided")
        redaction_list.keep(recording.ledger(archive), act)
        passing("redaction begun")
        redacting_steps.carry_out(archive, act)
    return act


def may_confirm(archive: Archive, request: Request, *, by: str) -> bool:
    """Whether this person may confirm a request."""
    return _name(by) != _name(request.asked_by) or not archive.config.redaction_needs_second_person


def _name(by: str) -> str:
    """A person's name as it is compared: the same however it is written. Raises RefusedInputError."""
    found = "".join(sign for sign in by.casefold() if not sign.isspace())
    if not found:
        raise RefusedInputError("A redaction needs the name of the person who asks for it or confirms it.")
    return found


def _act(archive: Archive, request: Request, *, by: str, second: bool) -> Act:
    found = scope(archive, request)
    ids = {*found.reach.captures, *found.reach.articles, *found.reach.clips, *(one.id for one in found.carriers)}
    if not ids:
        raise ConflictError("Nothing is left of what this was about. To close it: chronik redact refuse")
    acts = tuple(_rewritten(archive, found, ids, request))
    captures = [(LeafKind.CAPTURE, one) for one in (*found.reach.captures, *(one.id for one in found.carriers))]
    leaves = _leaves(archive, [*captures, *((LeafKind.ACT, one.was) for one in acts)])
    standing = {clip.id for slug in found.reach.dossiers for clip in archive.catalogue.clips(slug)}
    redaction = Redaction(
        reason=request.reason,
        asked_by=request.asked_by,
        asked_at=request.asked_at,
        second_person=second,
        captures=found.reach.captures,
        carriers=tuple(one.id for one in found.carriers),
        articles=found.reach.articles,
        clips=tuple(RedactedClip(id=one.id, dossier=one.dossier, stood=one.id in standing) for one in found.clips),
        entries=found.entries,
        acts=acts,
        leaves=tuple(leaves),
        files=found.files,
        folders=tuple(_folders(archive, found.reach.dossiers)),
    )
    detail = redaction_detail(redaction)
    return Act(at=archive.clock(), by=by, verb=Verb.REDACT, subject=request.id, detail=detail)


def _rewritten(archive: Archive, found: Scope, ids: set[str], request: Request) -> Iterator[RewrittenAct]:
    for act in archive.catalogue.acts_in_order():
        now = redacting_words.without(act, words=found.words, ids=ids, request=request.id)
        if now is not None:
            yield RewrittenAct(was=act.id, now=now)


def _leaves(archive: Archive, subjects: Iterable[tuple[LeafKind, str]]) -> list[int]:
    """The leaf of each in their order, which rebuilding needs; `UNSIGNED` for one that has none yet."""
    marks = (archive.catalogue.leaf_mark(*one) for one in subjects)
    return [redacting_steps.UNSIGNED if mark is None or mark.index is None else mark.index for mark in marks]


def _folders(archive: Archive, dossiers: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Where else these dossiers were published, as the acts of publishing say."""
    for slug in dossiers:
        acts = archive.catalogue.acts_of({Verb.PUBLISH}, subject=slug, limit=REQUESTS_MAX)
        for folder in sorted({str(act.detail["folder"]) for act in acts if act.detail.get("folder")}):
            yield slug, folder


def tombstones(archive: Archive, *, dossier: str = "") -> dict[str, Tombstone]:
    """What is said in the place of each capture, article and clip that was redacted, by its id; or of a dossier's."""
    found = {}
    for act in archive.catalogue.acts_of({Verb.REDACT}, limit=REQUESTS_MAX):
        with suppress(ValueError, KeyError, TypeError):
            redaction = redaction_of(act)
            clips = [clip.id for clip in redaction.clips if clip.dossier == dossier]
            for one in clips if dossier else redaction.ids:
                found[one] = Tombstone(
                    id=one, at=act.at, reason=redaction.reason, second_person=redaction.second_person
                )
    return found


def finish(archive: Archive) -> int:
    """Carry out redactions that this archive has not noted as done: after a kill, or in a restored copy; counted.

    Where another process is at it, it is left to it.
    """
    ledger = recording.ledger(archive)
    if redaction_list.is_quiet(ledger, archive.config.archive):
        return 0
    return redacting_steps.catch_up(archive, redaction_list.kept(ledger))


def catch_up_with_acts(archive: Archive) -> int:
    """As `finish`, for what the archive's own acts tell too: where the state directory is another one. Counted."""
    return redacting_steps.catch_up(archive, _known(archive))


def do_again(archive: Archive) -> int:
    """Carry out every redaction once more, as after files of an older state were copied in by hand; counted."""
    acts = _known(archive)
    with redacting_steps.alone(archive):
        for act in acts:
            redacting_steps.carry_out(archive, act)
    return len(acts)


def _known(archive: Archive) -> list[Act]:
    """Every redaction of this archive, the oldest first."""
    acts = archive.catalogue.acts_of({Verb.REDACT}, limit=REQUESTS_MAX)
    with suppress(LedgerError):
        acts = [*acts, *redaction_list.kept(recording.ledger(archive))]
    return sorted({act.id: act for act in acts}.values(), key=lambda act: (act.at, act.id))

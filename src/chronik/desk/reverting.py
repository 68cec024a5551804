"""Acts: takes back one act on a dossier by another that puts back what it changed. Nothing is deleted.

What takes an act back is decided in `reversals`; here it is looked up what stands, and the new act is done.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import dropwhile
from typing import TYPE_CHECKING, Any

from chronik.archive import judging
from chronik.desk.reversals import REVERTIBLE, Reversal, Standing, reversal
from chronik.desk.touching import BEING, touched
from chronik.errors import ConflictError, NotFoundError
from chronik.model import Act, Verb
from chronik.model.arranging import STEPS, arranged
from chronik.model.records import changed_dossier, clip_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chronik.archive import Archive
    from chronik.ports import Catalogue

REVERTS = "reverts"
"""In an act's detail: the act that it takes back."""
OF_SIDES = frozenset({Verb.DEFINE_SIDE, Verb.REMOVE_SIDE})
OF_SUGGESTIONS = frozenset({Verb.ACCEPT_SUGGESTION, Verb.REFUSE_SUGGESTION})
EVERY = REVERTIBLE | OF_SIDES | OF_SUGGESTIONS
"""What can be taken back on a dossier's history."""
CHARACTERS_SHOWN_MAX = 60


def revert(archive: Archive, act_id: str, *, by: str, dossier: str = "") -> Act:
    """Take an act back; the act that did it. The beginning of an id will do.

    Raises NotFoundError where there is no such act, or it is on another dossier than the one that is named, and
    ConflictError where it cannot be taken back.
    """
    act = archive.catalogue.act(act_id)
    if act is None:
        raise NotFoundError(f"There is no act {act_id[:64]!r}. See: chronik dossier history")
    if act.verb not in EVERY:
        raise ConflictError(f"This act ({act.verb}) cannot be taken back here.")
    slug = dossier_of(archive.catalogue, act)
    if dossier and dossier != slug:
        raise NotFoundError(f"There is no act {act_id[:64]!r} on this dossier.")
    since = list(dropwhile(lambda one: one.id != act.id, archive.catalogue.acts_on(slug)))[1:]
    if act.verb not in REVERTIBLE:
        return _undone(archive, act, since, by=by)
    found = reversal(act, standing(archive.catalogue, slug, later=later(since)))
    if found is None:
        raise ConflictError("This act does not hold all that it did, or what it did was redacted.")
    if found.verb is None:
        raise ConflictError(_why_not(found))
    detail = {**found.detail, REVERTS: act.id}
    back = Act(at=archive.clock(), by=by, verb=found.verb, subject=act.subject, detail=detail)
    _do(archive.catalogue, slug, back)
    return back


def dossier_of(catalogue: Catalogue, act: Act) -> str:
    """The dossier that an act is about. Raises NotFoundError."""
    named = act.detail.get("dossier")
    if isinstance(named, str) and named:
        return named
    if act.verb is Verb.RESTORE_CLIP:
        clip = catalogue.clip(act.subject)
        if clip is None:
            raise NotFoundError("The clip that this act brought back does not stand any more.")
        return clip.dossier
    return act.subject


def standing(catalogue: Catalogue, slug: str, *, later: Mapping[str, Sequence[Act]]) -> Standing:
    """A dossier as it is now. Raises NotFoundError."""
    dossier = catalogue.dossier(slug)
    if dossier is None:
        raise NotFoundError(f"There is no dossier {slug!r}. See: chronik dossier list")
    return Standing(
        dossier=dossier,
        clips={clip.id: clip for clip in catalogue.clips(slug)},
        removed={clip.id: clip for clip in catalogue.removed_clips(slug)},
        later=later,
    )


def later(acts: Iterable[Act]) -> dict[str, list[Act]]:
    """Key of a field → those of these acts that changed it."""
    found: dict[str, list[Act]] = {}
    for act in acts:
        for key in touched(act) if act.verb in EVERY else ():
            found.setdefault(key, []).append(act)
    return found


def _undone(archive: Archive, act: Act, since: Sequence[Act], *, by: str) -> Act:
    """Take back what has an undoing of its own, as long as nothing of the same came later."""
    reports = set(act.detail.get("reports", ()))
    again = [
        one
        for one in since
        if one.detail.get("undoes") == act.id
        or (one.verb in OF_SIDES and touched(one) & touched(act))
        or (one.verb in OF_SUGGESTIONS and reports & set(one.detail.get("reports", ())))
    ]
    if again:
        raise ConflictError(f"This was changed again since, by {_told(again)}. Take that back first.")
    return judging.undo(archive, act.id, by=by)


def _why_not(found: Reversal) -> str:
    if not found.conflicts:
        return "All is as it was before this act already."
    one = found.conflicts[0]
    if one.field == BEING:
        words = "It is there already" if one.now else "It is not there any more"
    else:
        words = f"The field {one.field} was changed again since and is now {_short(one.now)}"
    return f"{words}{f' (by {_told(one.later)})' if one.later else ''}. Take that back first."


def _told(acts: Sequence[Act]) -> str:
    last = acts[-1]
    return f"{last.by}, {last.at:%Y-%m-%d %H:%M}, act {last.id[:12]}"


def _short(value: Any) -> str:
    text = str(value)
    return repr(text if len(text) <= CHARACTERS_SHOWN_MAX else f"{text[:CHARACTERS_SHOWN_MAX]} …")


def _do(catalogue: Catalogue, slug: str, act: Act) -> None:
    dossier = catalogue.dossier(slug)
    assert dossier is not None, "it stands"
    if act.verb in STEPS:
        catalogue.change_dossier(arranged(dossier, act), act)
    elif act.verb is Verb.EDIT_DOSSIER:
        catalogue.change_dossier(changed_dossier(dossier, act.detail["new"]), act)
    elif act.verb is Verb.REMOVE_CLIP:
        catalogue.remove_clip(act.subject, act)
    elif act.verb is Verb.RESTORE_CLIP:
        catalogue.restore_clip(act.subject, act)
    elif act.verb is Verb.MOVE_CLIP:
        ids = [clip.id for clip in catalogue.clips(slug) if clip.id != act.subject]
        ids.insert(act.detail["new"]["place"], act.subject)
        catalogue.order_clips(slug, ids, act)
    else:
        _change_clip(catalogue, act)


def _change_clip(catalogue: Catalogue, act: Act) -> None:
    clip = catalogue.clip(act.subject)
    assert clip is not None, "it stands"
    values = clip_values(act.detail["new"])
    known = {source.id for source in catalogue.sources()} if values.get("source_id") else set()
    if values.get("source_id") and values["source_id"] not in known:
        # The source was merged into another since: the clip stays with what is known now.
        kept = {name: record for name, record in act.detail["new"].items() if name != "source_id"}
        act = replace(act, detail={**act.detail, "new": kept})
        values.pop("source_id")
    catalogue.change_clip(replace(clip, **values), act)

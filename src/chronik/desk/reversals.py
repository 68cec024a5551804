"""Decides what takes one act back: a new act that puts back what it changed, or why that cannot be.

A field is put back unless a later act changed the same field to something else. Nothing is deleted by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from chronik.desk.changes import difference
from chronik.desk.touching import BEING, BY_LANGUAGE, DOSSIER, PLACE, item_of
from chronik.model import Verb
from chronik.model.arranging import (
    PINNED,
    SECTIONS,
    STEPS,
    Step,
    event_record,
    place_of,
    section_record,
)
from chronik.model.records import (
    changed_dossier,
    clip_record,
    clip_values,
    whole_clip_record,
    whole_dossier_record,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chronik.model import Act, Clip, Dossier

_NEEDED = frozenset({"names", "labels"})
"""Without a text in any language nothing is called anything."""
_APART = frozenset({"id", "dossier", "position", "section", "as_received", "clipped_at"})
"""Of a clip: what does not count as changed since it was clipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A dossier as it is now."""

    dossier: Dossier
    clips: Mapping[str, Clip]
    """Those that stand in it, in the order by hand, by id."""
    removed: Mapping[str, Clip] = field(default_factory=dict)
    """Those that can be brought back."""
    later: Mapping[str, Sequence[Act]] = field(default_factory=dict)
    """Key of a field (see `touching`) → acts later than the one in question that changed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field that was changed again since."""

    field: str
    """As in `touching.fields`."""
    left: Any
    """What the act left."""
    now: Any
    later: tuple[Act, ...]
    """The acts that changed it since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """What takes an act back, or what stands against it."""

    verb: Verb | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def reversal(act: Act, standing: Standing) -> Reversal | None:
    """What takes this act back; None for what cannot be taken back, or where the act does not hold what it did."""
    back = _BACK.get(act.verb)
    if back is None or act.detail.get("redaction") or act.detail.get("redacted"):
        return None
    try:
        return back(act, standing)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _stands_against(act: Act, standing: Standing, name: str, left: Any, now: Any) -> tuple[Conflict, ...]:
    later = tuple(standing.later.get(f"{item_of(act)}/{name}", ()))
    return (Conflict(field=name, left=left, now=now, later=later),) if later and left != now else ()


def _gone(act: Act, standing: Standing, *, stands: bool) -> Reversal:
    """It is not there any more, or there already."""
    later = tuple(standing.later.get(f"{item_of(act)}/{BEING}", ()))
    return Reversal(conflicts=(Conflict(field=BEING, left=not stands, now=stands, later=later),))


def _compared(act: Act, standing: Standing, now: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """The fields as they are put back, and those that stand against it."""
    old, new = act.detail["old"], act.detail["new"]
    back: dict[str, Any] = {}
    conflicts: tuple[Conflict, ...] = ()
    for name in (one for one in new if one in now):
        if name in BY_LANGUAGE:
            back[name], against = _texts_compared(act, standing, name, dict(now[name]))
            conflicts += against
        else:
            conflicts += _stands_against(act, standing, name, new[name], now[name])
            back[name] = old[name]
    return back, conflicts


def _texts_compared(
    act: Act, standing: Standing, name: str, texts: dict[str, str]
) -> tuple[dict[str, str], tuple[Conflict, ...]]:
    """A field's texts as they are put back, each language by itself."""
    old, new = act.detail["old"][name], act.detail["new"][name]
    now, conflicts = dict(texts), tuple[Conflict, ...]()
    for tag in (one for one in {**old, **new} if old.get(one) != new.get(one)):
        conflicts += _stands_against(act, standing, f"{name}.{tag}", new.get(tag, ""), texts.get(tag, ""))
        texts.pop(tag, None)
        if tag in old:
            texts[tag] = old[tag]
    if now and not texts and name in _NEEDED:
        later = [one for acts in standing.later.values() for one in acts if item_of(one) == item_of(act)]
        conflicts += (Conflict(field=name, left=new, now=now, later=tuple(later[-1:])),)
    return texts, conflicts


def _dossier(act: Act, standing: Standing) -> Reversal:
    held = whole_dossier_record(standing.dossier)
    back, conflicts = _compared(act, standing, held)
    if any(key.startswith(f"{DOSSIER}/") for key in standing.later):
        # It would contradict what was changed since.
        back.pop("heading_as_received", None)
        back.pop("languages", None)
    new = changed_dossier(standing.dossier, back)
    return _unless(conflicts, Verb.EDIT_DOSSIER, difference(held, whole_dossier_record(new)))


def _unless(conflicts: tuple[Conflict, ...], verb: Verb, detail: Mapping[str, Any]) -> Reversal:
    return Reversal(conflicts=conflicts) if conflicts or not detail else Reversal(verb=verb, detail=detail)


def _clip_edit(act: Act, standing: Standing) -> Reversal:
    clip = standing.clips.get(act.subject)
    if clip is None:
        return _gone(act, standing, stands=False)
    held = whole_clip_record(clip)
    back, conflicts = _compared(act, standing, held)
    edits = {f"{item_of(act)}/{one}" for one in (BEING, PLACE, "section")}
    if any(key.startswith(f"{item_of(act)}/") and key not in edits for key in standing.later):
        back.pop("as_received", None)
    changed = difference(held, whole_clip_record(replace(clip, **clip_values(back))))
    verb = Verb.FILE_CLIP if act.verb is Verb.FILE_CLIP else Verb.EDIT_CLIP
    return _unless(conflicts, verb, {"dossier": clip.dossier, **changed} if changed else {})


def _clip_put_in(act: Act, standing: Standing) -> Reversal:
    clip = standing.clips.get(act.subject)
    if clip is None:
        return _gone(act, standing, stands=False)
    held, new = whole_clip_record(clip), act.detail.get("new", {})
    conflicts: tuple[Conflict, ...] = ()
    for name in (one for one in new if one in held and one not in _APART):
        conflicts += _stands_against(act, standing, name, new[name], held[name])
    return _unless(conflicts, Verb.REMOVE_CLIP, {"dossier": clip.dossier, "old": clip_record(clip)})


def _clip_taken_out(act: Act, standing: Standing) -> Reversal:
    if act.subject in standing.clips:
        return _gone(act, standing, stands=True)
    return Reversal(verb=Verb.RESTORE_CLIP, detail={"dossier": standing.removed[act.subject].dossier})


def _clip_move(act: Act, standing: Standing) -> Reversal:
    ids = list(standing.clips)
    if act.subject not in ids:
        return _gone(act, standing, stands=False)
    moved = _moved(act, standing, at=ids.index(act.subject), last=len(ids) - 1)
    return moved if moved.verb is None else replace(moved, detail={"dossier": standing.dossier.slug, **moved.detail})


def _moved(act: Act, standing: Standing, *, at: int, last: int) -> Reversal:
    conflicts = _stands_against(act, standing, PLACE, act.detail["new"][PLACE], at)
    # By as many places: those that came before it since count as little as those that went.
    target = min(max(at + act.detail["old"][PLACE] - act.detail["new"][PLACE], 0), last)
    detail = {"old": {PLACE: at}, "new": {PLACE: target}} if at != target else {}
    return _unless(conflicts, act.verb, detail)


def _step(act: Act, standing: Standing) -> Reversal:
    name, step = STEPS[act.verb]
    identity = act.subject if name == PINNED else act.detail["item"]
    about = {"dossier": standing.dossier.slug} if name == PINNED else {"item": identity}
    try:
        at = place_of(standing.dossier, name, identity=identity)
    except KeyError:
        if step is not Step.REMOVE:
            return _gone(act, standing, stands=False)
        last = len(getattr(standing.dossier, name))
        new = {**act.detail["old"], PLACE: min(act.detail["old"][PLACE], last)}
        return Reversal(verb=_VERBS[name, Step.ADD], detail={**about, "new": new})
    item = getattr(standing.dossier, name)[at]
    held: dict[str, Any] = {} if name == PINNED else section_record(item) if name == SECTIONS else event_record(item)
    if step is Step.REMOVE:
        return _gone(act, standing, stands=True)
    if step is Step.ADD:
        return _added(act, standing, {**held, PLACE: at}, about=about)
    if step is Step.MOVE:
        moved = _moved(act, standing, at=at, last=len(getattr(standing.dossier, name)) - 1)
    else:
        moved = _edited(act, standing, {**held, PLACE: at})
    return moved if moved.verb is None else replace(moved, detail={**about, **moved.detail})


def _added(act: Act, standing: Standing, held: Mapping[str, Any], *, about: Mapping[str, Any]) -> Reversal:
    name = STEPS[act.verb][0]
    conflicts: tuple[Conflict, ...] = ()
    for one in (one for one in act.detail["new"] if one != PLACE):
        left, now = act.detail["new"][one], held[one]
        if one in BY_LANGUAGE:
            for tag in {**left, **now}:
                conflicts += _stands_against(act, standing, f"{one}.{tag}", left.get(tag, ""), now.get(tag, ""))
        else:
            conflicts += _stands_against(act, standing, one, left, now)
    return _unless(conflicts, _VERBS[name, Step.REMOVE], {**about, "old": dict(held)})


def _edited(act: Act, standing: Standing, held: Mapping[str, Any]) -> Reversal:
    back, conflicts = _compared(act, standing, held)
    if "begins" not in back:
        back.pop(PLACE, None)
    changed = [one for one in back if back[one] != held[one]]
    detail = {"old": {one: held[one] for one in changed}, "new": {one: back[one] for one in changed}}
    return _unless(conflicts, act.verb, detail if changed else {})


_VERBS = {place: verb for verb, place in STEPS.items()}
_BACK: Mapping[Verb, Callable[[Act, Standing], Reversal]] = {
    Verb.EDIT_DOSSIER: _dossier,
    Verb.CLIP: _clip_put_in,
    Verb.RESTORE_CLIP: _clip_put_in,
    Verb.EDIT_CLIP: _clip_edit,
    Verb.FILE_CLIP: _clip_edit,
    Verb.MOVE_CLIP: _clip_move,
    Verb.REMOVE_CLIP: _clip_taken_out,
    **dict.fromkeys(STEPS, _step),
}
REVERTIBLE = frozenset(_BACK)
"""What can be taken back with an act of the same sort."""

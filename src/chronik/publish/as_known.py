"""A dossier as it was known at a past moment, out of nothing but the acts that made it. Decides.

Acts are replayed in the order in which they were recorded. What happened to a dossier otherwise did not happen.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from chronik.errors import RefusedInputError
from chronik.model import Clip, Dossier, Verb
from chronik.model.arranging import STEPS, arranged
from chronik.model.records import changed_dossier, clip_values, dossier_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from chronik.model import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A dossier at one moment."""

    dossier: Dossier
    clips: tuple[Clip, ...]
    """Those that stood in it, by position."""
    removed: tuple[Clip, ...] = ()
    """Those that were taken out and can be brought back."""
    published_at: datetime | None = None
    """When it was published last, as far as it was published then."""


@dataclass(slots=True, kw_only=True)
class _State:
    """What the acts so far have made."""

    dossier: Dossier | None = None
    clips: dict[str, Clip] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    published_at: datetime | None = None
    seen: str = ""
    """Digest of the edition that was published last."""

    @property
    def standing(self) -> list[Clip]:
        """By position."""
        clips = [clip for clip in self.clips.values() if clip.id not in self.removed]
        return sorted(clips, key=lambda clip: (clip.position, clip.id))


def as_known(acts: Iterable[Act], *, at: datetime) -> Known | None:
    """The dossier after the acts up to this moment, oldest act first; None where there was none.

    Raises RefusedInputError where an act does not hold what it did.
    """
    state = _State()
    for act in acts:
        if act.at <= at:
            _replay(state, act)
    if state.dossier is None:
        return None
    out = tuple(state.clips[identity] for identity in sorted(state.removed))
    return Known(dossier=state.dossier, clips=tuple(state.standing), removed=out, published_at=state.published_at)


def _replay(state: _State, act: Act) -> None:
    doing = _DOING.get(act.verb)
    if doing is None:
        return
    try:
        doing(state, act)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RefusedInputError(
            f"The act {act.id[:12]} ({act.verb}, {act.at:%Y-%m-%d %H:%M}) does not hold what it did: what was known "
            "then cannot be told from the acts. An earlier version recorded it."
        ) from error


def _opened(state: _State, act: Act) -> None:
    state.dossier = Dossier(**dossier_values(act.detail["new"]))


def _changed(state: _State, act: Act) -> None:
    assert state.dossier is not None, "a dossier is opened before it is changed"
    state.dossier = changed_dossier(state.dossier, act.detail["new"])


def _closed(state: _State, _act: Act) -> None:
    state.dossier = None
    state.removed.update(state.clips)


def _clipped(state: _State, act: Act) -> None:
    _put(state, act.detail["new"])


def _put(state: _State, record: Mapping[str, Any]) -> None:
    clip = Clip(**clip_values(record))
    state.clips[clip.id] = clip
    state.removed.discard(clip.id)


def _edited(state: _State, act: Act) -> None:
    state.clips[act.subject] = replace(state.clips[act.subject], **clip_values(act.detail["new"]))


def _arranged(state: _State, act: Act) -> None:
    assert state.dossier is not None, "a dossier is opened before it is arranged"
    state.dossier = arranged(state.dossier, act)


def _filed(state: _State, act: Act) -> None:
    state.clips[act.subject] = replace(state.clips[act.subject], section=act.detail["new"]["section"])


def _taken_out(state: _State, act: Act) -> None:
    state.removed.add(state.clips[act.subject].id)


def _brought_back(state: _State, act: Act) -> None:
    if "new" in act.detail:
        _put(state, act.detail["new"])
    state.removed.discard(state.clips[act.subject].id)


def _moved(state: _State, act: Act) -> None:
    standing = state.standing
    places = [clip.position for clip in standing]
    if len(set(places)) != len(places):
        places = list(range(len(places)))
    moved = state.clips[act.subject]
    standing.remove(moved)
    standing.insert(act.detail["new"]["place"], moved)
    for place, clip in zip(places, standing, strict=True):
        state.clips[clip.id] = replace(clip, position=place)


def _taken_in(state: _State, act: Act) -> None:
    if "new" not in act.detail and "clips" not in act.detail:
        return  # a file of another kind
    state.dossier = Dossier(**dossier_values(act.detail["new"]["dossier"]))
    for record in act.detail["new"]["clips"]:
        removed = record["id"] in state.removed
        _put(state, record)
        if removed:
            state.removed.add(record["id"])


def _published(state: _State, act: Act) -> None:
    if "folder" in act.detail:
        return
    if act.detail["edition"] != state.seen:
        state.published_at, state.seen = act.at, act.detail["edition"]


def _withdrawn(state: _State, act: Act) -> None:
    if "folder" not in act.detail:
        state.published_at, state.seen = None, ""


_DOING: Mapping[Verb, Callable[[_State, Act], None]] = {
    Verb.CREATE_DOSSIER: _opened,
    Verb.EDIT_DOSSIER: _changed,
    Verb.REMOVE_DOSSIER: _closed,
    Verb.CLIP: _clipped,
    Verb.MEND_ENTRY: _clipped,
    Verb.EDIT_CLIP: _edited,
    Verb.REMOVE_CLIP: _taken_out,
    Verb.RESTORE_CLIP: _brought_back,
    Verb.MOVE_CLIP: _moved,
    Verb.FILE_CLIP: _filed,
    **dict.fromkeys(STEPS, _arranged),
    Verb.IMPORT: _taken_in,
    Verb.PUBLISH: _published,
    Verb.UNPUBLISH: _withdrawn,
}

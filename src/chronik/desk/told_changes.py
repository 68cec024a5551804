"""Decides how an act on a dossier is told: a sentence, what was before and after, and whether it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chronik.desk.choices import name_in
from chronik.desk.history import FIELDS, SENTENCES
from chronik.desk.reversals import REVERTIBLE
from chronik.desk.reverting import EVERY, REVERTS
from chronik.desk.touching import BEING, BY_LANGUAGE, PLACE
from chronik.extract.versions import Part, pieces
from chronik.model import Verb
from chronik.model.arranging import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chronik.desk.reversals import Conflict, Reversal
    from chronik.extract.versions import Piece
    from chronik.model import Act, Clip

IN_WORDS = BY_LANGUAGE | {"notes", "title", "credit", "excerpt", "note", "quotation_reason"}
"""Fields whose words are compared one by one."""
_TOLD = frozenset(
    {Verb.EDIT_DOSSIER, Verb.EDIT_CLIP, Verb.MOVE_CLIP, Verb.FILE_CLIP, Verb.DEFINE_SIDE, Verb.REMOVE_SIDE, *STEPS}
)
"""Verbs whose acts say what was before and after."""
CLIP_SHOWN_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field, or one field in one language, before and after."""

    name: str
    language: str
    """Empty where the field has none."""
    old: str
    new: str
    pieces: tuple[Piece, ...] = ()
    """Word by word, for texts."""

    @property
    def label(self) -> str:
        """What people call the field."""
        return str(FIELDS[self.name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """Why a field cannot be put back."""

    name: str
    """Empty where the thing itself is gone, or there."""
    language: str
    now: str
    stands: bool
    later: tuple[Act, ...]

    @property
    def label(self) -> str:
        """What people call the field."""
        return str(FIELDS[self.name]) if self.name in FIELDS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An act in words."""

    act: Act
    sentence: str
    title: str
    """Of the clip, the section or the event that it is about, or empty."""
    changes: tuple[FieldChange, ...]
    against: tuple[Against, ...] = ()
    may_revert: bool = False
    taken_back: Act | None = None
    """The act that took it back."""

    @property
    def takes_back(self) -> str:
        """Id of the act that this one takes back, or empty."""
        return str(self.act.detail.get(REVERTS) or self.act.detail.get("undoes") or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What acts only name by an id."""

    clips: Mapping[str, Clip] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    """Section → its name."""


def told(act: Act, about: About, *, back: Reversal | None = None, taken_back: Act | None = None) -> Told:
    """The act in words, with what would take it back."""
    apart = act.verb in EVERY - REVERTIBLE
    return Told(
        act=act,
        sentence=str(SENTENCES[act.verb]),
        title=_title(act, about),
        changes=tuple(_changes(act, about)),
        against=tuple(_against(back.conflicts, about)) if back and not taken_back else (),
        may_revert=bool(back and back.verb) or (apart and taken_back is None),
        taken_back=taken_back,
    )


def taken_back_by(acts: Iterable[Act]) -> dict[str, Act]:
    """Act → the act that took it back."""
    found: dict[str, Act] = {}
    for act in acts:
        for key in (REVERTS, "undoes"):
            if isinstance(taken := act.detail.get(key), str):
                found[taken] = act
    return found


def sections_named(acts: Iterable[Act]) -> dict[str, str]:
    """Section → a name that it had, out of acts, for sections that are not there any more."""
    found: dict[str, str] = {}
    for act in acts:
        if act.verb in {Verb.ADD_SECTION, Verb.REMOVE_SECTION}:
            names = _part(act, "new").get("names") or _part(act, "old").get("names") or {}
            found.setdefault(str(act.detail.get("item", "")), name_in(names))
    return found


def _title(act: Act, about: About) -> str:
    if act.subject in about.clips:
        return about.clips[act.subject].title
    for part in (_part(act, "new"), _part(act, "old")):
        for name in ("names", "labels"):
            if act.verb is not Verb.EDIT_DOSSIER and isinstance(part.get(name), dict) and part[name]:
                return name_in(part[name])
    return about.sections.get(str(act.detail.get("item", "")), "")


def _changes(act: Act, about: About) -> Iterator[FieldChange]:
    if act.verb not in _TOLD:
        return
    old, new = _part(act, "old"), _part(act, "new")
    is_whole = not old or not new
    for name in FIELDS:
        before, after = old.get(name), new.get(name)
        if (name not in old and name not in new) or (is_whole and (name == PLACE or not (before or after))):
            continue
        if name in BY_LANGUAGE:
            before, after = before or {}, after or {}
            for tag in (one for one in dict.fromkeys((*before, *after)) if before.get(one) != after.get(one)):
                yield _changed(name, str(before.get(tag, "")), str(after.get(tag, "")), language=tag)
        elif before != after:
            yield _changed(name, _shown(name, before, about), _shown(name, after, about))


def _changed(name: str, old: str, new: str, *, language: str = "") -> FieldChange:
    found = pieces(old, new) if name in IN_WORDS else ()
    if all(piece.part is Part.KEPT for piece in found):
        found = ()  # only its typography differs
    return FieldChange(name=name, language=language, old=old, new=new, pieces=found)


def _shown(name: str, value: Any, about: About) -> str:
    """A field's value for people."""
    if value is None:
        return ""
    if name == PLACE:
        return str(value + 1)
    if name == "section":
        return about.sections.get(str(value), str(value))
    if name == "clips":
        return ", ".join(about.clips[one].title if one in about.clips else one[:CLIP_SHOWN_LENGTH] for one in value)
    if isinstance(value, Mapping):
        return ", ".join(str(one) for one in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(value)


def _against(conflicts: Sequence[Conflict], about: About) -> Iterator[Against]:
    for one in conflicts:
        name, _, language = one.field.partition(".")
        gone = one.field == BEING
        yield Against(
            name="" if gone else name,
            language=language,
            now="" if gone else _shown(name, one.now, about),
            stands=bool(gone and one.now),
            later=one.later,
        )


def _part(act: Act, name: str) -> Mapping[str, Any]:
    part = act.detail.get(name)
    return part if isinstance(part, Mapping) else {}

"""Decides which fields an act changed, by keys that tell whether a later act changed the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chronik.model import Verb
from chronik.model.arranging import PINNED, STEPS, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chronik.model import Act

DOSSIER = "dossier"
BEING = "being"
"""The field that stands for being there at all."""
PLACE = "place"
BY_LANGUAGE = frozenset({"names", "introductions", "labels"})
"""Fields that hold a text in each language: each of these is a field of its own."""
UNSAID = frozenset({"languages", "heading_as_received", "as_received", "id"})
"""What follows from other fields."""
_OF_BEING = frozenset({Verb.CLIP, Verb.MEND_ENTRY, Verb.REMOVE_CLIP, Verb.RESTORE_CLIP})


def item_of(act: Act) -> str:
    """What of its dossier an act is about: the dossier's own fields, a clip, a pin, a section, an event, or a side."""
    if act.verb in STEPS:
        name = STEPS[act.verb][0]
        return f"{name}/{act.subject if name == PINNED else act.detail.get('item', '')}"
    if act.verb in {Verb.DEFINE_SIDE, Verb.REMOVE_SIDE}:
        return f"side/{act.detail.get('key') or _part(act, 'new').get('key', '')}"
    return DOSSIER if act.verb is Verb.EDIT_DOSSIER else f"clip/{act.subject}"


def touched(act: Act) -> frozenset[str]:
    """Keys of the fields that an act changed: what it is about, and the field."""
    return frozenset(f"{item_of(act)}/{field}" for field in fields(act))


def fields(act: Act) -> Iterable[str]:
    """The fields that an act changed; a text in one language is one of its own: `names.de`."""
    if act.verb in _OF_BEING:
        return [BEING]
    if act.verb in {Verb.DEFINE_SIDE, Verb.REMOVE_SIDE}:
        return [BEING]
    if act.verb in STEPS and STEPS[act.verb][1] in {Step.ADD, Step.REMOVE}:
        return [BEING]
    old, new = _part(act, "old"), _part(act, "new")
    return [field for name in new if name not in UNSAID for field in _fields_of(name, old.get(name), new[name])]


def _fields_of(name: str, old: Any, new: Any) -> list[str]:
    if name in BY_LANGUAGE and isinstance(old, dict) and isinstance(new, dict):
        return [f"{name}.{tag}" for tag in sorted({*old, *new}) if old.get(tag) != new.get(tag)]
    return [name]


def _part(act: Act, name: str) -> Mapping[str, Any]:
    part = act.detail.get(name)
    return part if isinstance(part, dict) else {}

"""Decides what a dossier is after an act that arranged it: its sections, its pins, its events."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from chronik.model.arrangement import Section, TimelineEvent
from chronik.model.dossiers import Dossier, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chronik.model.dossiers import Act


class Step(StrEnum):
    """What is done to one item of a list."""

    ADD = "add"
    EDIT = "edit"
    MOVE = "move"
    REMOVE = "remove"


SECTIONS, PINNED, TIMELINE = "sections", "pinned", "timeline"
STEPS: Mapping[Verb, tuple[str, Step]] = {
    Verb.ADD_SECTION: (SECTIONS, Step.ADD),
    Verb.EDIT_SECTION: (SECTIONS, Step.EDIT),
    Verb.MOVE_SECTION: (SECTIONS, Step.MOVE),
    Verb.REMOVE_SECTION: (SECTIONS, Step.REMOVE),
    Verb.PIN_CLIP: (PINNED, Step.ADD),
    Verb.MOVE_PIN: (PINNED, Step.MOVE),
    Verb.UNPIN_CLIP: (PINNED, Step.REMOVE),
    Verb.ADD_EVENT: (TIMELINE, Step.ADD),
    Verb.EDIT_EVENT: (TIMELINE, Step.EDIT),
    Verb.MOVE_EVENT: (TIMELINE, Step.MOVE),
    Verb.REMOVE_EVENT: (TIMELINE, Step.REMOVE),
}
"""Which list of the dossier an act changes, and how."""
_PLACE = "place"


def arranged(dossier: Dossier, act: Act) -> Dossier:
    """The dossier after an act of `STEPS`. Raises KeyError, TypeError or ValueError where the act does not fit it."""
    name, step = STEPS[act.verb]
    items = list(getattr(dossier, name))
    new = act.detail.get("new", {})
    if step is Step.ADD:
        items.insert(new[_PLACE], act.subject if name == PINNED else _item(name, new))
        return _with(dossier, name, items)
    at = place_of(dossier, name, identity=act.subject if name == PINNED else act.detail["item"])
    item = items.pop(at)
    if step is Step.REMOVE:
        return _with(dossier, name, items)
    items.insert(new.get(_PLACE, at), _changed(name, item, new) if step is Step.EDIT else item)
    return _with(dossier, name, items)


def timeline_told(acts: Iterable[Act]) -> tuple[TimelineEvent, ...]:
    """A dossier's timeline out of the acts upon it, the oldest first. Raises KeyError, TypeError or ValueError."""
    told = Dossier(slug="", names={})
    for act in acts:
        new = act.detail.get("new")
        if act.verb is Verb.IMPORT and isinstance(new, dict) and "dossier" in new:
            told = replace(told, timeline=events_of(new["dossier"].get(TIMELINE, ())))
        elif act.verb in STEPS and STEPS[act.verb][0] == TIMELINE:
            told = arranged(told, act)
    return told.timeline


def place_of(dossier: Dossier, name: str, *, identity: str) -> int:
    """Where an item stands in a list of the dossier, from 0. Raises KeyError where it does not."""
    ids = [item if isinstance(item, str) else item.id for item in getattr(dossier, name)]
    if identity not in ids:
        raise KeyError(identity)
    return ids.index(identity)


def sections_of(records: Any) -> tuple[Section, ...]:
    """Sections out of JSON. Raises KeyError or TypeError."""
    return tuple(Section(id=one["id"], names=_texts(one["names"])) for one in records)


def events_of(records: Any) -> tuple[TimelineEvent, ...]:
    """Events out of JSON. Raises KeyError or TypeError."""
    return tuple(
        TimelineEvent(
            id=one["id"],
            begins=one["begins"],
            ends=one["ends"],
            labels=_texts(one["labels"]),
            clips=tuple(one["clips"]),
        )
        for one in records
    )


def section_record(section: Section) -> dict[str, Any]:
    """A section as JSON."""
    return {"id": section.id, "names": _texts(section.names)}


def event_record(event: TimelineEvent) -> dict[str, Any]:
    """An event as JSON."""
    return {
        "id": event.id,
        "begins": event.begins,
        "ends": event.ends,
        "labels": _texts(event.labels),
        "clips": list(event.clips),
    }


def _item(name: str, record: Mapping[str, Any]) -> Section | TimelineEvent:
    return sections_of([record])[0] if name == SECTIONS else events_of([record])[0]


def _changed(name: str, item: Any, new: Mapping[str, Any]) -> Section | TimelineEvent:
    held = section_record(item) if name == SECTIONS else event_record(item)
    return _item(name, {**held, **{key: new[key] for key in held if key in new}})


def _with(dossier: Dossier, name: str, items: list[Any]) -> Dossier:
    if name == SECTIONS:
        return replace(dossier, sections=tuple(items))
    if name == PINNED:
        return replace(dossier, pinned=tuple(items))
    # Those of one date keep the order in which they are.
    return replace(dossier, timeline=tuple(sorted(items, key=lambda event: event.begins)))


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    """By language, since a ledger's canonical JSON keeps no other order."""
    return dict(sorted(texts.items()))

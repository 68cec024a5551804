"""How acts hold dossiers, clips and feeds: as JSON objects, whole, so that what was done can be replayed."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from chronik.model.arranging import event_record, events_of, section_record, sections_of
from chronik.model.collecting import Feed, FeedKind
from chronik.model.dossiers import Clip, Dossier, DossierOrder, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


LISTS_WHEN_SET = ("sections", "pinned", "timeline")
"""Later fields of a dossier, which are not written while they are empty: older records stay as they were."""


def dossier_record(dossier: Dossier) -> dict[str, Any]:
    """A dossier as JSON; what was added later stands in it where it is set."""
    return {name: value for name, value in whole_dossier_record(dossier).items() if value or name not in LISTS_WHEN_SET}


def whole_dossier_record(dossier: Dossier) -> dict[str, Any]:
    """A dossier as JSON, every field written: for telling what differs.

    `languages` is the order of the names, which a ledger's canonical JSON does not keep.
    """
    record = asdict(dossier)
    record["sections"] = [section_record(one) for one in dossier.sections]
    record["pinned"] = list(dossier.pinned)
    record["timeline"] = [event_record(one) for one in dossier.timeline]
    record["names"], record["introductions"] = dict(dossier.names), dict(dossier.introductions)
    record["languages"] = list(dossier.names)
    record["order"] = str(dossier.order)
    record["created_at"] = dossier.created_at.isoformat() if dossier.created_at else None
    return record


WRITTEN_WHEN_SET: Mapping[str, Any] = MappingProxyType({"further": [], "quotation_reason": "", "section": ""})
"""Later fields of a clip, with what they are where they are not written: older records stay as they were."""


def clip_record(clip: Clip) -> dict[str, Any]:
    """A clip as JSON; fields that came later stand in it where they are set."""
    return {name: value for name, value in whole_clip_record(clip).items() if value or name not in WRITTEN_WHEN_SET}


def whole_clip_record(clip: Clip) -> dict[str, Any]:
    """A clip as JSON, every field written: for telling what differs."""
    record = asdict(clip)
    record["further"] = list(record["further"])
    record["happened"] = clip.happened.isoformat() if clip.happened else None
    record["clipped_at"] = clip.clipped_at.isoformat()
    return record


def dossier_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The dossier's fields that a record holds, all or some; what else it holds is left out.

    Raises ValueError, and KeyError or TypeError where a section or an event lacks what it must say.
    """
    values = _known(record, Dossier)
    if "order" in values:
        values["order"] = DossierOrder(values["order"])
    if values.get("created_at"):
        values["created_at"] = datetime.fromisoformat(values["created_at"])
    if "names" in values:
        values["names"] = in_order(values["names"], record.get("languages", ()))
    for name, of_json in (("sections", sections_of), ("pinned", tuple), ("timeline", events_of)):
        if name in values:
            values[name] = of_json(values[name])
    return values


def changed_dossier(old: Dossier, record: Mapping[str, Any]) -> Dossier:
    """A dossier with what a record says of it. Raises ValueError."""
    values = dossier_values(record)
    names = values.get("names", old.names)
    return replace(old, **{**values, "names": in_order(names, record.get("languages", list(old.names)))})


def in_order(names: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """Names with the main one first; languages that are not listed come last."""
    return {tag: names[tag] for tag in dict.fromkeys((*languages, *names)) if tag in names}


def clip_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The clip's fields that a record holds, all or some; what else it holds is left out. Raises ValueError."""
    values = _known(record, Clip)
    if values.get("passage"):
        values["passage"] = Passage(**values["passage"])
    if "further" in values:
        values["further"] = tuple(Passage(**one) for one in values["further"])
    if values.get("happened"):
        values["happened"] = date.fromisoformat(values["happened"])
    if values.get("clipped_at"):
        values["clipped_at"] = datetime.fromisoformat(values["clipped_at"])
    return values


def feed_record(feed: Feed) -> dict[str, Any]:
    """A feed as JSON."""
    record = asdict(feed)
    record["kind"] = str(feed.kind)
    record["added_at"] = feed.added_at.isoformat() if feed.added_at else None
    return record


def feed_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The feed's fields that a record holds; what else it holds is left out. Raises ValueError."""
    values = _known(record, Feed)
    if "kind" in values:
        values["kind"] = FeedKind(values["kind"])
    if values.get("added_at"):
        values["added_at"] = datetime.fromisoformat(values["added_at"])
    return values


def _known(record: Mapping[str, Any], noun: type[Dossier | Clip | Feed]) -> dict[str, Any]:
    names = {field.name for field in fields(noun)}
    return {name: value for name, value in record.items() if name in names}

"""Acts: how editors put a dossier in order: sections, which clip stands in which, and the key documents.

The catalogue comes first; the clock and the user are arguments. Each returns its act, or None where nothing changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chronik.desk import checks
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Clip, Dossier, Verb, content_id
from chronik.model.arrangement import Section
from chronik.model.arranging import PINNED, SECTIONS, arranged, place_of, section_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from chronik.ports import Catalogue

SECTIONS_MAX = 100
PINNED_MAX = 100
ID_LENGTH = 8


def add_section(catalogue: Catalogue, slug: str, *, names: Mapping[str, str], by: str, now: datetime) -> Act:
    """Add a section at the end of a dossier's sections; its id is in the act. Raises RefusedInputError."""
    dossier = the_dossier(catalogue, slug)
    if len(dossier.sections) >= SECTIONS_MAX:
        raise RefusedInputError(f"A dossier has {SECTIONS_MAX} sections at most.")
    checked = checks.names(names, of="section")
    identity = new_id(slug, checked, now=now)
    new = {**section_record(Section(id=identity, names=checked)), "place": len(dossier.sections)}
    return done(catalogue, dossier, act=_act(Verb.ADD_SECTION, slug, by=by, now=now, item=identity, new=new))


def edit_section(  # noqa: PLR0913 - what, by whom and when, each by name
    catalogue: Catalogue, slug: str, *, section: str, names: Mapping[str, str], by: str, now: datetime
) -> Act | None:
    """Give a section other names, which replace all that it had. Raises NotFoundError, RefusedInputError."""
    dossier = the_dossier(catalogue, slug)
    old = section_record(the_section(dossier, section))["names"]
    new = section_record(Section(id=section, names=checks.names(names, of="section")))["names"]
    if old == new:
        return None
    detail = {"item": section, "old": {"names": old}, "new": {"names": new}}
    return done(catalogue, dossier, act=_act(Verb.EDIT_SECTION, slug, by=by, now=now, **detail))


def move_section(  # noqa: PLR0913 - what, by whom and when, each by name
    catalogue: Catalogue, slug: str, *, section: str, places: int, by: str, now: datetime
) -> Act | None:
    """Move a section: below zero towards the head, above zero towards the end. Raises NotFoundError."""
    dossier = the_dossier(catalogue, slug)
    the_section(dossier, section)
    moved = shifted(dossier, SECTIONS, identity=section, places=places)
    act = _act(Verb.MOVE_SECTION, slug, by=by, now=now, item=section, **moved)
    return done(catalogue, dossier, act=act) if moved else None


def remove_section(catalogue: Catalogue, slug: str, *, section: str, by: str, now: datetime) -> Act:
    """Remove a section; its clips stand in none then. Raises NotFoundError."""
    dossier = the_dossier(catalogue, slug)
    old = {**section_record(the_section(dossier, section)), "place": place_of(dossier, SECTIONS, identity=section)}
    return done(catalogue, dossier, act=_act(Verb.REMOVE_SECTION, slug, by=by, now=now, item=section, old=old))


def file_clip(catalogue: Catalogue, clip_id: str, *, section: str, by: str, now: datetime) -> Act | None:
    """Put a clip into a section of its dossier, or into none. Raises NotFoundError."""
    clip = the_clip(catalogue, clip_id)
    dossier = the_dossier(catalogue, clip.dossier)
    if section:
        the_section(dossier, section)
    if section == clip.section:
        return None
    detail = {"dossier": clip.dossier, "old": {"section": clip.section}, "new": {"section": section}}
    act = _act(Verb.FILE_CLIP, clip_id, by=by, now=now, **detail)
    catalogue.change_clip(replace(clip, section=section), act)
    return act


def pin_clip(catalogue: Catalogue, clip_id: str, *, by: str, now: datetime) -> Act | None:
    """Make a clip a key document, the last of them. Raises NotFoundError, RefusedInputError."""
    dossier = the_dossier(catalogue, the_clip(catalogue, clip_id).dossier)
    if clip_id in dossier.pinned:
        return None
    if len(dossier.pinned) >= PINNED_MAX:
        raise RefusedInputError(f"A dossier has {PINNED_MAX} key documents at most.")
    new = {"place": len(dossier.pinned)}
    return done(catalogue, dossier, act=_act(Verb.PIN_CLIP, clip_id, by=by, now=now, dossier=dossier.slug, new=new))


def unpin_clip(catalogue: Catalogue, clip_id: str, *, by: str, now: datetime) -> Act | None:
    """Make a clip a key document no more. Raises NotFoundError."""
    dossier = the_dossier(catalogue, the_clip(catalogue, clip_id).dossier)
    if clip_id not in dossier.pinned:
        return None
    old = {"place": place_of(dossier, PINNED, identity=clip_id)}
    return done(catalogue, dossier, act=_act(Verb.UNPIN_CLIP, clip_id, by=by, now=now, dossier=dossier.slug, old=old))


def move_pin(catalogue: Catalogue, clip_id: str, *, places: int, by: str, now: datetime) -> Act | None:
    """Move a clip among the key documents. Raises NotFoundError, ConflictError where it is none."""
    dossier = the_dossier(catalogue, the_clip(catalogue, clip_id).dossier)
    if clip_id not in dossier.pinned:
        raise ConflictError("This clip is no key document.")
    # A clip that was removed keeps its place for when it comes back, and nobody sees it.
    standing = {clip.id for clip in catalogue.clips(dossier.slug)}
    seen = [one for one in dossier.pinned if one in standing]
    at, target = seen.index(clip_id), min(max(seen.index(clip_id) + places, 0), len(seen) - 1)
    if target == at:
        return None
    moved = {
        "old": {"place": place_of(dossier, PINNED, identity=clip_id)},
        "new": {"place": place_of(dossier, PINNED, identity=seen[target])},
    }
    return done(catalogue, dossier, act=_act(Verb.MOVE_PIN, clip_id, by=by, now=now, dossier=dossier.slug, **moved))


def places_within(catalogue: Catalogue, clip_id: str, *, places: int) -> int:
    """So many places a clip must move in the order by hand to pass so many others of its section."""
    clip = the_clip(catalogue, clip_id)
    known = {one.id for one in the_dossier(catalogue, clip.dossier).sections}
    standing = catalogue.clips(clip.dossier)
    filed = {one.id: one.section if one.section in known else "" for one in standing}
    ids = list(filed)
    beside = [one for one in ids if filed[one] == filed[clip_id]]
    target = beside[min(max(beside.index(clip_id) + places, 0), len(beside) - 1)]
    return ids.index(target) - ids.index(clip_id)


def done(catalogue: Catalogue, dossier: Dossier, *, act: Act) -> Act:
    """Keep what an act makes of a dossier, and the act."""
    catalogue.change_dossier(arranged(dossier, act), act)
    return act


def shifted(dossier: Dossier, name: str, *, identity: str, places: int) -> dict[str, Any]:
    """The old and the new place of an item of one of the dossier's lists; empty where it stays."""
    at = place_of(dossier, name, identity=identity)
    target = min(max(at + places, 0), len(getattr(dossier, name)) - 1)
    return {"old": {"place": at}, "new": {"place": target}} if target != at else {}


def new_id(slug: str, texts: Mapping[str, str], *, now: datetime) -> str:
    """A short id that nothing else in the dossier had."""
    return content_id({"dossier": slug, "now": now.isoformat(), "texts": dict(texts)})[:ID_LENGTH]


def the_dossier(catalogue: Catalogue, slug: str) -> Dossier:
    """The dossier. Raises NotFoundError."""
    dossier = catalogue.dossier(slug)
    if dossier is None:
        raise NotFoundError(f"There is no dossier {slug!r}. See: chronik dossier list")
    return dossier


def the_section(dossier: Dossier, section: str) -> Section:
    """A section of the dossier. Raises NotFoundError."""
    for one in dossier.sections:
        if one.id == section:
            return one
    raise NotFoundError(f"The dossier {dossier.slug} has no section {section[:20]!r}.")


def the_clip(catalogue: Catalogue, clip_id: str) -> Clip:
    """The clip. Raises NotFoundError."""
    clip = catalogue.clip(clip_id)
    if clip is None:
        raise NotFoundError(f"There is no clip {clip_id[:12]!r}, or it was removed.")
    return clip


def _act(verb: Verb, subject: str, *, by: str, now: datetime, **detail: Any) -> Act:
    return Act(at=now, by=by, verb=verb, subject=subject, detail=detail)

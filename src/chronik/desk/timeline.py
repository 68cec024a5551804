"""Acts: how editors keep a dossier's timeline: what happened when, in their words, and which clips document it.

The catalogue comes first; the clock and the user are arguments. Each returns its act, or None where nothing changed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from chronik.desk import checks
from chronik.desk.arrangement import done, new_id, shifted, the_dossier
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb
from chronik.model.arrangement import DAY_LENGTH, MONTH_LENGTH, TimelineEvent
from chronik.model.arranging import TIMELINE, arranged, event_record, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from chronik.model import Dossier
    from chronik.ports import Catalogue

EVENTS_MAX = 1_000
CLIPS_OF_AN_EVENT_MAX = 50
LABEL_CHARACTERS_MAX = 1_000
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_AFTER_ANY_SIGN = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """What an editor says of an event."""

    begins: str
    """A day, a month or a year."""
    ends: str = ""
    """Of a period; empty for a single date."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Language → what happened."""
    clips: Sequence[str] = ()
    """Ids of the clips that document it."""


def add_event(catalogue: Catalogue, slug: str, *, words: EventWords, by: str, now: datetime) -> Act:
    """Put an event into the timeline; its id is in the act. Raises NotFoundError, RefusedInputError."""
    dossier = the_dossier(catalogue, slug)
    if len(dossier.timeline) >= EVENTS_MAX:
        raise RefusedInputError(f"A timeline has {EVENTS_MAX} events at most.")
    event = _checked(catalogue, dossier, words, identity="")
    event = replace(event, id=new_id(slug, {"": f"{event.begins} {sorted(event.labels.items())}"}, now=now))
    place = sum(one.begins <= event.begins for one in dossier.timeline)
    detail = {"item": event.id, "new": {**event_record(event), "place": place}}
    return done(catalogue, dossier, act=Act(at=now, by=by, verb=Verb.ADD_EVENT, subject=slug, detail=detail))


def edit_event(  # noqa: PLR0913 - what, by whom and when, each by name
    catalogue: Catalogue, slug: str, *, event: str, words: EventWords, by: str, now: datetime
) -> Act | None:
    """Say something else of an event, in all its fields. Raises NotFoundError, RefusedInputError."""
    dossier = the_dossier(catalogue, slug)
    held = event_record(the_event(dossier, event))
    said = event_record(_checked(catalogue, dossier, words, identity=event))
    changed = [name for name in held if held[name] != said[name]]
    if not changed:
        return None
    old, new = ({name: record[name] for name in changed} for record in (held, said))
    act = Act(at=now, by=by, verb=Verb.EDIT_EVENT, subject=slug, detail={"item": event, "old": old, "new": new})
    return done(catalogue, dossier, act=_with_places(dossier, act, event))


def _with_places(dossier: Dossier, act: Act, event: str) -> Act:
    """The act with the place before and after, where another date makes it another."""
    before = place_of(dossier, TIMELINE, identity=event)
    after = place_of(arranged(dossier, act), TIMELINE, identity=event)
    if before == after:
        return act
    told = {"old": {**act.detail["old"], "place": before}, "new": {**act.detail["new"], "place": after}}
    return replace(act, detail={**act.detail, **told})


def move_event(  # noqa: PLR0913 - what, by whom and when, each by name
    catalogue: Catalogue, slug: str, *, event: str, places: int, by: str, now: datetime
) -> Act | None:
    """Move an event among those that begin on the same date. Raises NotFoundError."""
    dossier = the_dossier(catalogue, slug)
    begins = the_event(dossier, event).begins
    moved = shifted(dossier, TIMELINE, identity=event, places=places)
    if not moved or dossier.timeline[moved["new"]["place"]].begins != begins:
        return None
    act = Act(at=now, by=by, verb=Verb.MOVE_EVENT, subject=slug, detail={"item": event, **moved})
    return done(catalogue, dossier, act=act)


def remove_event(catalogue: Catalogue, slug: str, *, event: str, by: str, now: datetime) -> Act:
    """Take an event out of the timeline. Raises NotFoundError."""
    dossier = the_dossier(catalogue, slug)
    old = {**event_record(the_event(dossier, event)), "place": place_of(dossier, TIMELINE, identity=event)}
    detail = {"item": event, "old": old}
    return done(catalogue, dossier, act=Act(at=now, by=by, verb=Verb.REMOVE_EVENT, subject=slug, detail=detail))


def the_event(dossier: Dossier, event: str) -> TimelineEvent:
    """An event of the dossier's timeline. Raises NotFoundError."""
    for one in dossier.timeline:
        if one.id == event:
            return one
    raise NotFoundError(f"The timeline of {dossier.slug} has no event {event[:20]!r}.")


def checked_date(value: str) -> str:
    """A day, a month or a year as ISO 8601 writes it. Raises RefusedInputError."""
    cleaned = value.strip()
    whole = f"{cleaned}-01-01"[:DAY_LENGTH] if len(cleaned) < MONTH_LENGTH else f"{cleaned}-01"[:DAY_LENGTH]
    if _DATE.fullmatch(cleaned):
        with suppress(ValueError):
            date.fromisoformat(whole)
            return cleaned
    raise RefusedInputError(
        f"{value[:40]!r} is no date; write a day like 2020-09-27, a month like 2020-09, or a year like 2020."
    )


def _checked(catalogue: Catalogue, dossier: Dossier, words: EventWords, *, identity: str) -> TimelineEvent:
    begins, ends = checked_date(words.begins), checked_date(words.ends) if words.ends.strip() else ""
    if ends and ends + _AFTER_ANY_SIGN < begins:
        raise RefusedInputError(f"It cannot end ({ends}) before it begins ({begins}).")
    labels = checks.texts(words.labels, what="Event", characters_max=LABEL_CHARACTERS_MAX, one_line=True)
    if not labels:
        raise RefusedInputError("Say what happened, in at least one language.")
    return TimelineEvent(
        id=identity,
        begins=begins,
        ends="" if ends == begins else ends,
        labels=labels,
        clips=_clips(catalogue, dossier, words.clips, identity=identity),
    )


def _clips(catalogue: Catalogue, dossier: Dossier, wanted: Sequence[str], *, identity: str) -> tuple[str, ...]:
    """Clips of this dossier; one that was removed since it was named may stay."""
    ids = tuple(dict.fromkeys(one for one in wanted if one))
    if len(ids) > CLIPS_OF_AN_EVENT_MAX:
        raise RefusedInputError(f"An event names {CLIPS_OF_AN_EVENT_MAX} clips at most.")
    named = {clip for one in dossier.timeline if one.id == identity for clip in one.clips}
    known = named | {clip.id for clip in catalogue.clips(dossier.slug)}
    if strange := [one for one in ids if one not in known]:
        raise ConflictError(f"The clip {strange[0][:12]!r} is not in the dossier {dossier.slug}.")
    return ids

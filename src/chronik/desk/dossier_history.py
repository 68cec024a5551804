"""Acts: asks who did what to a dossier and its clips, page by page, and what of it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from chronik.catalogue import convert
from chronik.catalogue.models import ActRow, ClipRow
from chronik.desk.choices import name_in
from chronik.desk.reversals import reversal
from chronik.desk.reverting import EVERY, REVERTS, later, standing
from chronik.desk.told_changes import About, Told, sections_named, taken_back_by, told
from chronik.model import Verb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from chronik.archive import Archive
    from chronik.desk.reversals import Standing
    from chronik.model import Act

PAGE_ACTS = 50
PAGES_MAX = 10_000
PAGE_DIGITS_MAX = 6
VALUE_CHARACTERS_MAX = 300
LATER_MAX = 20_000
"""So many acts are held against those of a page; on pages further back nothing can be taken back."""
UNDO_OFFERED = timedelta(hours=1)
OWN_ACTS_MAX = 100
"""So many acts of a person are looked at, on whatever they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; empty means everything."""

    person: str = ""
    kind: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """A part of a dossier's history, the latest first."""

    told: tuple[Told, ...]
    has_older: bool
    people: tuple[str, ...]
    """Everybody who did something to the dossier."""
    kinds: tuple[str, ...]
    """Everything that was done to it, as verbs."""


def asked(given: Mapping[str, str]) -> Asked:
    """What an address asks for; what makes no sense is left out."""
    person, kind = (given.get(name, "").replace("\0", "").strip()[:VALUE_CHARACTERS_MAX] for name in ("who", "kind"))
    page = given.get("page", "")
    number = int(page) if page.isdecimal() and page.isascii() and len(page) <= PAGE_DIGITS_MAX else 1
    return Asked(person=person, kind=kind, page=min(max(number, 1), PAGES_MAX))


def page(archive: Archive, slug: str, *, wanted: Asked, page_acts: int = PAGE_ACTS) -> HistoryPage:
    """The acts that fit, with what they changed and what would take them back. Raises NotFoundError."""
    rows = _rows(slug)
    fitting = rows.filter(by=wanted.person) if wanted.person else rows
    fitting = fitting.filter(verb=wanted.kind) if wanted.kind else fitting
    start = (wanted.page - 1) * page_acts
    found = list(fitting.order_by("-number")[start : start + page_acts + 1])
    here = found[:page_acts]
    since = rows.filter(number__gte=here[-1].number).order_by("-number")[: LATER_MAX + 1] if here else ()
    whole = [(row.number, convert.act(row)) for row in since]
    state = standing(archive.catalogue, slug, later={})
    return HistoryPage(
        told=tuple(_told(here, whole, state)),
        has_older=len(found) > page_acts,
        people=tuple(rows.order_by("by").values_list("by", flat=True).distinct()),
        kinds=tuple(rows.order_by("verb").values_list("verb", flat=True).distinct()),
    )


def last_own(slug: str, *, by: str, now: datetime) -> Act | None:
    """What this person did last to the dossier, not long ago, and has not taken back."""
    latest = ActRow.objects.filter(by=by).order_by("-number").values("number")[:OWN_ACTS_MAX]
    acts = [convert.act(row) for row in _rows(slug).filter(number__in=latest).order_by("-number")]
    done = set(taken_back_by(acts)) | _brought_back(acts)
    fresh = (act for act in acts if act.verb in EVERY and act.id not in done and REVERTS not in act.detail)
    last = next(fresh, None)
    return last if last is not None and last.at >= now - UNDO_OFFERED else None


def _brought_back(acts: Sequence[Act]) -> set[str]:
    """Acts, the latest first, that removed a clip which was brought back, and those that brought it back."""
    found: set[str] = set()
    waiting: set[str] = set()
    for act in acts:
        if act.verb is Verb.RESTORE_CLIP and "new" not in act.detail:
            waiting.add(act.subject)
            found.add(act.id)
        elif act.verb is Verb.REMOVE_CLIP and act.subject in waiting:
            waiting.discard(act.subject)
            found.add(act.id)
    return found


def about(state: Standing, acts: Sequence[Act] = ()) -> About:
    """What acts only name by an id."""
    named = {one.id: name_in(one.names) for one in state.dossier.sections}
    return About(clips={**state.removed, **state.clips}, sections={**sections_named(acts), **named})


def _rows(slug: str) -> QuerySet[ActRow]:
    return ActRow.objects.filter(Q(subject=slug) | Q(subject__in=ClipRow.objects.filter(dossier_id=slug).values("id")))


def _told(here: Sequence[ActRow], whole: Sequence[tuple[int, Act]], state: Standing) -> list[Told]:
    """The acts of a page, each held against those that came later: `whole` has them all, the latest first."""
    acts = [act for _, act in whole]
    taken_back, names = taken_back_by(acts), about(state, acts)
    wanted = {row.number for row in here}
    complete = len(whole) <= LATER_MAX
    found: list[Told] = []
    since: dict[str, list[Act]] = {}
    for number, act in whole:
        if number in wanted:
            back = reversal(act, replace(state, later=since)) if complete else None
            found.append(told(act, names, back=back, taken_back=taken_back.get(act.id)))
        for key, changed in later([act]).items():
            since.setdefault(key, []).extend(changed)
    return found

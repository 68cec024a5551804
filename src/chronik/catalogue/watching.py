"""Acts on the tables of watched pages."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery

from chronik.catalogue import convert
from chronik.catalogue.dossiers import keep_act
from chronik.catalogue.models import ClipRow
from chronik.catalogue.watching_models import SightingRow, WatchRow
from chronik.errors import NotFoundError
from chronik.model import PassageState, Sighting, Watch
from chronik.ports.watching import NEVER_SO_LATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from chronik.model import Act, Clip

ROWS_A_STATEMENT = 200
_SAME = ("state", "status", "wording", "detail")
"""What tells two sightings apart."""


class WatchingTables:
    """The part of `ports.Catalogue` that watching needs."""

    def unwatched(self, *, limit: int) -> list[tuple[str, datetime]]:
        """Addresses of captured pages that were clipped and are not watched yet, or clipped again since, and when."""
        since = Subquery(WatchRow.objects.filter(url=OuterRef("url")).values("since")[:1])
        clips = ClipRow.objects.filter(removed=False).exclude(capture_id="").exclude(url="").order_by()
        late = clips.annotate(since=since).filter(Q(since=None) | Q(clipped_at__gt=F("since")))
        return list(late.values_list("url").annotate(last=Max("clipped_at")).order_by("last", "url")[:limit])

    @transaction.atomic
    def watch(self, watches: Iterable[Watch]) -> None:
        """Begin to watch these addresses, or begin anew."""
        for one in watches:
            values = {"since": one.since, "due": one.due, "tries": one.tries}
            WatchRow.objects.update_or_create(url=one.url, defaults=values)

    def due_watches(self, now: datetime, *, limit: int) -> list[Watch]:
        """Watches whose time has come, longest waiting first; those of which no clip stands any more are left out."""
        standing = ClipRow.objects.filter(url=OuterRef("url"), removed=False)
        late = Q(due__lte=now) | Q(due__gt=now + NEVER_SO_LATE)
        rows = WatchRow.objects.filter(late, Exists(standing)).order_by("due", "id")
        return [_watch(row) for row in rows[:limit]]

    def watches(self, urls: Iterable[str]) -> list[Watch]:
        """Those of these addresses that are watched, due or not."""
        wanted = sorted(set(urls))
        parts = (wanted[start : start + ROWS_A_STATEMENT] for start in range(0, len(wanted), ROWS_A_STATEMENT))
        return [_watch(row) for part in parts for row in WatchRow.objects.filter(url__in=part).order_by("url")]

    def clips_at(self, url: str) -> list[Clip]:
        """Every clip of an address that stands in a dossier, by id."""
        return [convert.clip(row) for row in ClipRow.objects.filter(url=url, removed=False).order_by("id")]

    @transaction.atomic
    def record_look(self, watch: Watch, sightings: Sequence[Sighting]) -> None:
        """Keep what was seen, and when it is looked at again, together."""
        self.watch([watch])
        for sighting in sightings:
            last = SightingRow.objects.select_for_update().filter(clip_id=sighting.clip, latest=True).first()
            if last and all(getattr(last, name) == getattr(sighting, name) for name in _SAME):
                last.last_at, last.times = sighting.last_at, last.times + 1
                last.save(update_fields=["last_at", "times"])
                continue
            SightingRow.objects.filter(clip_id=sighting.clip, latest=True).update(latest=False)
            if ClipRow.objects.filter(pk=sighting.clip).update(indexed=False):
                SightingRow.objects.create(**_columns(sighting))

    def sightings(self, clip: str) -> list[Sighting]:
        """What was seen of a clip's passage, the latest first."""
        return [_sighting(row) for row in SightingRow.objects.filter(clip_id=clip).order_by("-number")]

    def altered(self, *, dossier: str = "", noted: bool = False, limit: int, offset: int = 0) -> list[Sighting]:
        """The latest sighting of every standing clip whose passage does not stand on its page any more."""
        rows = SightingRow.objects.filter(latest=True, clip__removed=False).exclude(state=PassageState.STANDS)
        if dossier:
            rows = rows.filter(clip__dossier=dossier)
        rows = rows if noted else rows.filter(noted_by="")
        return [_sighting(row) for row in rows.order_by("-first_at", "-number")[offset : offset + limit]]

    def latest_states(self, clips: Iterable[str]) -> dict[str, str]:
        """Clip → the state in which its passage was seen last; clips that were not looked at are left out."""
        return last_states(clips)

    def noted(self, sightings: Iterable[Sighting]) -> dict[int, str]:
        """Which of these were noted, by whom."""
        numbers = [sighting.number for sighting in sightings]
        rows = SightingRow.objects.filter(pk__in=numbers).exclude(noted_by="")
        return dict(rows.values_list("number", "noted_by"))

    @transaction.atomic
    def note_sighting(self, number: int, act: Act) -> None:
        """An editor has seen it. Raises NotFoundError."""
        if not SightingRow.objects.filter(pk=number).update(noted_by=act.by):
            raise NotFoundError(f"There is no sighting {number}. See: chronik watch")
        keep_act(act)


def last_states(clips: Iterable[str]) -> dict[str, str]:
    """The state in which each of these clips' passages was seen last; clips that were not looked at are left out."""
    wanted = list(clips)
    parts = (wanted[start : start + ROWS_A_STATEMENT] for start in range(0, len(wanted), ROWS_A_STATEMENT))
    rows = (SightingRow.objects.filter(clip_id__in=part, latest=True).values_list("clip_id", "state") for part in parts)
    return {clip: state for part in rows for clip, state in part}


def _columns(sighting: Sighting) -> dict[str, Any]:
    fields = asdict(sighting)
    fields["clip_id"] = fields.pop("clip")
    fields.pop("number")
    return {**fields, "state": str(sighting.state)}


def _sighting(row: SightingRow) -> Sighting:
    return Sighting(
        number=row.number,
        clip=row.clip_id,
        state=PassageState(row.state),
        first_at=row.first_at,
        last_at=row.last_at,
        times=row.times,
        status=row.status,
        capture=row.capture,
        article=row.article,
        wording=row.wording,
        detail=row.detail,
    )


def _watch(row: WatchRow) -> Watch:
    return Watch(url=row.url, since=row.since, due=row.due, tries=row.tries)

"""Acts on the tables of dossiers, clips, unread entries and acts; what a person did and its act are kept together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from chronik.catalogue import convert
from chronik.catalogue.ledger import mark_due
from chronik.catalogue.models import ActRow, ClipRow, DossierRow, UnreadEntryRow
from chronik.errors import ConflictError, NotAllowedError, NotFoundError
from chronik.model import LeafKind, Verb
from chronik.model.records import clip_record, dossier_record
from chronik.model.redaction import NO_CONTENT
from chronik.ports import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.model import Act, Clip, Dossier, UnreadEntry


OF_SOURCES = frozenset({Verb.ADD_SOURCE, Verb.EDIT_SOURCE, Verb.MERGE_SOURCES, Verb.NAME_CREDIT, Verb.PUT_CREDIT_ASIDE})
"""Their subjects are sources; a source may be called like a dossier."""


class DossierTables:
    """The part of `ports.Catalogue` that dossiers, clips and acts need."""

    def dossiers(self) -> list[Dossier]:
        """All dossiers, by slug."""
        return [convert.dossier(row) for row in DossierRow.objects.filter(removed=False).order_by("slug")]

    def dossier(self, slug: str) -> Dossier | None:
        """One dossier."""
        row = DossierRow.objects.filter(slug=slug, removed=False).first()
        return convert.dossier(row) if row else None

    @transaction.atomic
    def add_dossier(self, dossier: Dossier, act: Act) -> None:
        """Raises ConflictError when the slug is taken, also by a removed dossier."""
        fields = convert.dossier_fields(dossier)
        _, created = DossierRow.everything.get_or_create(slug=dossier.slug, defaults=fields)
        if not created:
            raise ConflictError(f"There is a dossier {dossier.slug!r} already (or was: names are not used twice).")
        self.record_act(act)

    @transaction.atomic
    def change_dossier(self, dossier: Dossier, act: Act) -> None:
        """Replace a dossier's fields. Raises NotFoundError."""
        fields = convert.dossier_fields(dossier)
        if not DossierRow.objects.filter(slug=dossier.slug, removed=False).update(**fields):
            raise no_dossier(dossier.slug)
        self.record_act(act)

    @transaction.atomic
    def remove_dossier(self, slug: str, act: Act) -> None:
        """Take a dossier and its clips out of sight; its acts stay. Raises NotFoundError."""
        if not DossierRow.objects.filter(slug=slug, removed=False).update(removed=True):
            raise no_dossier(slug)
        ClipRow.objects.filter(dossier_id=slug).update(removed=True)
        self.record_act(act)

    def clips(self, dossier: str) -> list[Clip]:
        """The clips of a dossier that were not removed, by position."""
        return [convert.clip(row) for row in ClipRow.objects.standing().filter(dossier_id=dossier)]

    def clip(self, clip_id: str) -> Clip | None:
        """One clip that was not removed."""
        row = ClipRow.objects.standing().filter(pk=clip_id).first()
        return convert.clip(row) if row else None

    @transaction.atomic
    def take_in(
        self, dossier: Dossier, clips: Iterable[Clip], unread: Iterable[UnreadEntry], act: Act
    ) -> tuple[int, int]:
        """Add a whole dossier, or what it lacks, in one transaction; new clips and new unread entries, counted.

        A clip that an editor changed or removed is known by its id and stays as the editor left it. What nobody
        touched follows the page: its heading, its entries as they stand there, and their places as long as no editor
        moved any.
        """
        clips, unread = list(clips), list(unread)
        is_news, new_clips, new_unread = take_page_in(dossier, clips, unread=unread)
        if is_news:
            self.record_act(replace(act, detail={**act.detail, "new": _as_taken_in(dossier.slug, clips)}))
        return new_clips, new_unread

    def unread_entries(self, dossier: str) -> list[UnreadEntry]:
        """Entries kept as text for mending, by position."""
        rows = UnreadEntryRow.objects.filter(dossier_id=dossier, mended=False).order_by("position", "id")
        return [convert.unread_entry(row) for row in rows]

    @transaction.atomic
    def mend_entry(self, entry_id: str, clip: Clip, act: Act) -> None:
        """Replace an unread entry by the clip that an editor made of it."""
        if not UnreadEntryRow.objects.filter(pk=entry_id, mended=False).update(mended=True):
            raise NotFoundError(f"No entry {entry_id[:12]} waits for mending.")
        self.add_clip(clip, act)

    @transaction.atomic
    def add_clip(self, clip: Clip, act: Act) -> None:
        """Put a clip into its dossier. Raises ConflictError when it is there, NotFoundError without dossier."""
        if not DossierRow.objects.filter(slug=clip.dossier, removed=False).exists():
            raise no_dossier(clip.dossier)
        if not _add_if_new(clip):
            raise ConflictError(f"The clip {clip.id[:12]} is in the dossier already, or was removed from it.")
        self.record_act(act)

    @transaction.atomic
    def change_clip(self, clip: Clip, act: Act) -> None:
        """Replace a clip's fields. Raises NotFoundError."""
        fields = {**convert.clip_fields(clip), "indexed": False}
        if not ClipRow.objects.filter(pk=fields.pop("id"), removed=False).update(**fields):
            raise _no_clip(clip.id)
        self.record_act(act)

    @transaction.atomic
    def remove_clip(self, clip_id: str, act: Act) -> None:
        """Take a clip out of its dossier. Raises NotFoundError."""
        if not ClipRow.objects.filter(pk=clip_id, removed=False).update(removed=True):
            raise _no_clip(clip_id)
        self.record_act(act)

    @transaction.atomic
    def restore_clip(self, clip_id: str, act: Act, *, new: Clip | None = None) -> None:
        """Put a removed clip back in its place, with the fields of `new` where it is given. Raises NotFoundError."""
        restorable = ClipRow.objects.filter(pk=clip_id, removed=True, dossier__removed=False)
        restorable = restorable.exclude(language=NO_CONTENT, excerpt="")  # of what was redacted there is only the place
        fields = convert.clip_fields(new) if new else {}
        fields |= {"id": clip_id, "removed": False, "indexed": False}
        if not restorable.update(**fields):
            raise _no_clip(clip_id)
        self.record_act(act)

    @transaction.atomic
    def order_clips(self, dossier: str, ids: Sequence[str], act: Act) -> None:
        """Set the order by hand. Raises ConflictError unless the ids are exactly the dossier's clips."""
        rows = {row.id: row for row in ClipRow.objects.standing().filter(dossier_id=dossier)}
        if len(ids) != len(rows) or set(ids) != set(rows):
            raise ConflictError("The dossier has changed meanwhile; look at it again and repeat the move.")
        places = sorted(row.position for row in rows.values())
        if len(set(places)) != len(places):
            places = list(range(len(places)))
        for place, clip_id in zip(places, ids, strict=True):
            rows[clip_id].position = place
        ClipRow.objects.bulk_update(rows.values(), ["position"], batch_size=200)
        self.record_act(act)

    def record_act(self, act: Act) -> None:
        """Append an act; one that is there already (a repeated call) is not appended twice."""
        keep_act(act)

    def acts_on(self, dossier: str) -> list[Act]:
        """Every act on a dossier and its clips, oldest first."""
        clips = ClipRow.objects.filter(dossier_id=dossier).values("id")
        rows = ActRow.objects.filter(Q(subject=dossier) | Q(subject__in=clips))
        return [convert.act(row) for row in rows.order_by("number")]

    def acts(self, *, subject: str = "", limit: int = 100) -> list[Act]:
        """Newest first; all, or those on one subject."""
        rows = ActRow.objects.order_by("-number")
        return [convert.act(row) for row in (rows.filter(subject=subject) if subject else rows)[:limit]]


def take_page_in(dossier: Dossier, clips: list[Clip], *, unread: list[UnreadEntry]) -> tuple[bool, int, int]:
    """Add what a page has and its dossier lacks: whether anything changed, new clips, new unread entries."""
    row, new_dossier = DossierRow.everything.get_or_create(slug=dossier.slug, defaults=convert.dossier_fields(dossier))
    if row.removed:
        raise ConflictError(f"The dossier {dossier.slug!r} was removed; it is not taken in again.")
    moved = _follow_page(row, dossier, clips, unread)
    new_clips = sum(_add_if_new(clip) for clip in clips)
    new_unread = sum(_keep_if_new(entry) for entry in unread)
    return bool(new_dossier or moved or new_clips or new_unread), new_clips, new_unread


def keep_act(act: Act) -> None:
    """Append an act; one that is there already is not appended twice. Raises NotAllowedError beyond the bounds."""
    _refuse_beyond_bounds(act)
    fields = {"at": act.at, "by": act.by, "verb": str(act.verb), "subject": act.subject}
    _, created = ActRow.objects.get_or_create(id=act.id, defaults={**fields, "detail": dict(act.detail)})
    if created:
        mark_due(LeafKind.ACT, act.id)


def _refuse_beyond_bounds(act: Act) -> None:
    """Nothing is done to a dossier by somebody to whom it is closed; what was begun is rolled back."""
    held = bounds.present()
    closed = held.closed | held.hidden
    if not closed or act.verb in OF_SOURCES:
        return
    meant = {act.subject, str(act.detail.get("dossier", ""))} & closed
    if meant or ClipRow.everything.filter(pk=act.subject, dossier_id__in=closed).exists():
        raise NotAllowedError("You may not change this dossier. A chief editor can let you; nothing was changed.")


def _add_if_new(clip: Clip) -> bool:
    fields = convert.clip_fields(clip)
    try:
        with transaction.atomic():
            return ClipRow.objects.get_or_create(id=fields.pop("id"), defaults=fields)[1]
    except IntegrityError as error:
        raise NotFoundError(f"The clip {clip.id[:12]} names a source or article that is not there.") from error


def _as_taken_in(slug: str, clips: Sequence[Clip]) -> dict[str, Any]:
    """What an act must hold so that taking in can be replayed: dossier and clips of the page, as they are now."""
    row = DossierRow.objects.get(pk=slug)
    on_page = {clip.id for clip in clips}
    rows = ClipRow.objects.filter(dossier_id=slug).order_by("position", "id")
    held = [clip_record(convert.clip(row)) for row in rows if row.id in on_page]
    return {"dossier": dossier_record(convert.dossier(row)), "clips": held}


def _follow_page(row: DossierRow, page: Dossier, clips: list[Clip], unread: list[UnreadEntry]) -> bool:
    """A later state of a page that was taken in: what no editor touched follows it. Whether anything did."""
    is_renamed = bool(row.heading_as_received) and row.heading_as_received != page.heading_as_received
    if is_renamed:
        DossierRow.objects.filter(pk=row.pk).update(heading_as_received=page.heading_as_received, years=page.years)
    known = {held.id: held for held in ClipRow.objects.filter(dossier_id=row.slug).order_by("position", "id")}
    on_page = [clip for clip in clips if clip.id in known]
    unmoved = [held for held in known if held in {clip.id for clip in on_page}] == [clip.id for clip in on_page]
    changed = []
    for clip in on_page:
        held = known[clip.id]
        before = (held.position, held.as_received)
        held.position = clip.position if unmoved else held.position
        held.as_received = held.as_received and clip.as_received
        if before != (held.position, held.as_received):
            changed.append(held)
    ClipRow.objects.bulk_update(changed, ["position", "as_received"], batch_size=200)
    if unmoved:
        mended_places = {clip.position for clip in clips if clip.id not in known}
        waiting = UnreadEntryRow.objects.filter(dossier_id=row.slug, mended=False, position__in=mended_places)
        waiting.exclude(id__in=[entry.id for entry in unread]).update(mended=True)
        for entry in unread:
            UnreadEntryRow.objects.filter(pk=entry.id).update(position=entry.position, line=entry.line)
    return is_renamed or bool(changed)


def _keep_if_new(entry: UnreadEntry) -> bool:
    fields = {
        "dossier_id": entry.dossier,
        "position": entry.position,
        "line": entry.line,
        "reason": entry.reason,
        "text": entry.text,
    }
    return UnreadEntryRow.objects.get_or_create(id=entry.id, defaults=fields)[1]


def no_dossier(slug: str) -> NotFoundError:
    """What to say where a dossier is not there."""
    return NotFoundError(f"There is no dossier {slug!r}. See: chronik dossier list")


def _no_clip(clip_id: str) -> NotFoundError:
    return NotFoundError(f"There is no clip {clip_id[:12]}.")

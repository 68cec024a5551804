"""Asks the tables what witnesses need: captures of an address, their readings, acts, published clips. Acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from chronik.catalogue import convert
from chronik.catalogue.models import ActRow, ArticleRow, CaptureRow, ClipRow
from chronik.model import Verb

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from chronik.model import Act, Article, Capture, Clip

QUERY_IDS_MAX = 500


class WitnessingTables:
    """The part of `ports.Catalogue` that witnesses need."""

    def captures_at(self, url: str, *, limit: int) -> list[Capture]:
        """Captures of exactly this address, latest first."""
        rows = CaptureRow.objects.filter(url=url).order_by("-captured_at", "id")
        return [convert.capture(row) for row in rows[:limit]]

    def captures_taken_in(self, url: str, *, limit: int) -> list[Capture]:
        """Captures of exactly this address that came in files, latest first."""
        rows = CaptureRow.objects.filter(url=url).exclude(origin="").order_by("-captured_at", "id")
        return [convert.capture(row) for row in rows[:limit]]

    def captures_of_kind(self, media_type: str, *, limit: int) -> list[Capture]:
        """Captures of this media type, latest first."""
        rows = CaptureRow.objects.filter(media_type=media_type).order_by("-captured_at", "id")
        return [convert.capture(row) for row in rows[:limit]]

    def reading_in(self, capture_id: str) -> Article | None:
        """What the latest reader read out of a capture."""
        row = ArticleRow.objects.filter(capture_id=capture_id, replaced=False).order_by("-read_at", "id").first()
        return convert.article(row) if row else None

    def acts_of(self, verbs: Collection[Verb], *, subject: str = "", limit: int) -> list[Act]:
        """Acts of these kinds, newest first; all, or those on one subject."""
        rows = ActRow.objects.filter(verb__in=[str(verb) for verb in verbs]).order_by("-number")
        return [convert.act(row) for row in (rows.filter(subject=subject) if subject else rows)[:limit]]

    def spoken_of(self, captures: Sequence[Capture]) -> set[str]:
        """Ids of those captures of which anything was heard, or whose address was taken in from a file."""
        found: set[str] = set()
        for start in range(0, len(captures), QUERY_IDS_MAX):
            part = captures[start : start + QUERY_IDS_MAX]
            heard = ActRow.objects.filter(verb=Verb.HEAR_WITNESS, subject__in=[one.id for one in part])
            taken = CaptureRow.objects.filter(url__in={one.url for one in part}).exclude(origin="")
            addresses = set(taken.values_list("url", flat=True))
            found.update(heard.values_list("subject", flat=True), (one.id for one in part if one.url in addresses))
        return found

    def published_clips(self, url: str, *, limit: int) -> list[Clip]:
        """Clips of an address as readers see them now: what was clipped or changed since is left out."""
        published_at = OuterRef("dossier__published_at")
        changed = ActRow.objects.filter(subject=OuterRef("id"), at__gt=published_at)
        taken_in = ActRow.objects.filter(subject=OuterRef("dossier_id"), verb=Verb.IMPORT, at__gt=published_at)
        rows = (
            ClipRow.objects.filter(Q(clipped_at__lte=F("dossier__published_at")), url=url, removed=False)
            .filter(~Exists(changed), ~Exists(taken_in), dossier__removed=False)
            .order_by("id")
        )
        return [convert.clip(row) for row in rows[:limit]]

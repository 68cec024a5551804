"""Puts back into the tables what acts say came of them. Acts: `ports.rebuilding.Rebuilding` on Django's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from chronik.catalogue import convert
from chronik.catalogue.dossiers import keep_act, take_page_in
from chronik.catalogue.models import (
    ArticleRow,
    ClipRow,
    DossierRow,
    FormerStoryRow,
    LeafRow,
    RelationRow,
    SourceRow,
    StoryRow,
)
from chronik.catalogue.redacting import GONE_SALT
from chronik.catalogue.telling import pieces
from chronik.model import Clip, Dossier, story_id
from chronik.model.records import clip_values, dossier_values

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from chronik.model import Act, LeafKind, UnreadEntry


class RebuildingTables:
    """The tables of an archive that is being made anew."""

    @transaction.atomic
    def take_in_again(
        self, dossier: Dossier, clips: Sequence[Clip], *, unread: Sequence[UnreadEntry], act: Act
    ) -> None:
        """Take a press page in as it was taken in: dossier and clips become what the act says they were then."""
        if clips or unread:
            take_page_in(dossier, list(clips), unread=list(unread))
        new = act.detail.get("new")
        if new is not None:
            told = Dossier(**dossier_values(new["dossier"]))
            DossierRow.objects.update_or_create(slug=told.slug, defaults=convert.dossier_fields(told))
            for record in new["clips"]:
                fields = clip_fields(Clip(**clip_values(record)))
                ClipRow.objects.update_or_create(id=fields.pop("id"), defaults=fields)
        keep_act(act)

    def put_published(self, dossier: str, at: datetime | None) -> None:
        """Since when readers see a dossier as they do; None where they do not."""
        DossierRow.objects.filter(slug=dossier).update(published_at=at)

    def forget_clips(self, clips: Collection[str]) -> None:
        """Take clips out as if they had never been there."""
        for part in pieces(clips):
            ClipRow.objects.filter(pk__in=part).delete()

    def mark_redacted(self, kind: LeafKind, subject: str, *, index: int) -> None:
        """A leaf whose opening was destroyed is of this."""
        fields = {"index": index, "salt": GONE_SALT}
        LeafRow.objects.update_or_create(kind=str(kind), subject=subject, defaults=fields)

    def know_report(self, report: str, article: str) -> bool:
        """Have an article's report placed under this id; False where there is no such article."""
        row = ArticleRow.objects.filter(pk=article).only("id", "sort_at").first()
        if row is None:
            return False
        if not RelationRow.objects.filter(article=row).exists():
            RelationRow.objects.get_or_create(report=report, defaults={"article": row, "sort_at": row.sort_at})
        return True

    def known_reports(self, reports: Collection[str]) -> set[str]:
        """Which of these are placed, or are to be."""
        rows = (RelationRow.objects.filter(pk__in=part).values_list("pk", flat=True) for part in pieces(reports))
        return {report for part in rows for report in part}

    @transaction.atomic
    def remember_stories(self) -> None:
        """Let every id that a story may have had lead to where its first report is now."""
        rows = RelationRow.objects.filter(number__gt=0).values_list("report", "story")
        for report, story in rows.iterator():
            former = story_id(report)
            if former != story and not StoryRow.objects.filter(pk=former).exists():
                FormerStoryRow.objects.get_or_create(pk=former, defaults={"founder": report})


def clip_fields(clip: Clip) -> dict[str, Any]:
    """A clip's columns; what it names and is not there any more is left empty."""
    fields = convert.clip_fields(clip)
    if not SourceRow.objects.filter(pk=clip.source_id).exists():
        fields["source_id"] = None
    if not ArticleRow.objects.filter(pk=clip.article_id).exists():
        fields["article_id"] = None
    return fields

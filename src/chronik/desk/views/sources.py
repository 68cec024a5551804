"""Acts: shows who speaks in this archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronik.catalogue.models import ArticleRow, ClipRow, SourceRow

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Sources that were heard or clipped first, then those that are merely known."""
    articles = ArticleRow.objects.filter(source=OuterRef("pk")).order_by().values("source")
    clips = ClipRow.objects.filter(source=OuterRef("pk"), removed=False).order_by().values("source")
    rows = SourceRow.objects.annotate(
        article_count=_counted(articles.annotate(number=Count("pk"))),
        clip_count=_counted(clips.annotate(number=Count("pk"))),
    ).order_by("id")
    heard = rows.filter(Q(article_count__gt=0) | Q(clip_count__gt=0))
    known = rows.filter(article_count=0, clip_count=0)
    return render(request, "desk/sources.html", {"heard": heard, "known": known})


def _counted(counts: object) -> Coalesce:
    return Coalesce(Subquery(counts.values("number")), 0, output_field=IntegerField())  # type: ignore[attr-defined]

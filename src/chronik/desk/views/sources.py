"""Acts: shows who speaks in this archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronik.catalogue.models import ArticleRow, ClipRow, SourceRow

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Sources that were heard or clipped first, then those that are merely known."""
    articles = _counted(ArticleRow.objects.all())
    clips = _counted(ClipRow.objects.filter(removed=False))
    shown = [
        {"row": row, "articles": articles.get(row.id, 0), "clips": clips.get(row.id, 0)}
        for row in SourceRow.objects.order_by("id")
    ]
    heard = [one for one in shown if one["articles"] or one["clips"]]
    known = [one for one in shown if not one["articles"] and not one["clips"]]
    return render(request, "desk/sources.html", {"heard": heard, "known": known})


def _counted(rows: QuerySet[ArticleRow] | QuerySet[ClipRow]) -> dict[str | None, int]:
    """How many there are of each source: one walk along the index of sources."""
    return dict(rows.order_by().values_list("source").annotate(number=Count("*")))

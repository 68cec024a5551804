"""Acts: shows what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.catalogue.models import ArticleRow, FeedRow
from chronik.desk import inbox as asked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """New articles, newest first; starred ones; those put aside."""
    archive = wiring.current()
    wanted = asked.filters(request.GET)
    page = asked.page(wanted, archive.index)
    origins = asked.feeds_of(page.rows)
    shown = {
        "filters": wanted,
        "page": page,
        "rows": [(row, origins.get(row.id)) for row in page.rows],
        "offered": asked.offered(),
        "now": archive.clock(),
    }
    if not page.rows:
        shown["has_articles"] = ArticleRow.objects.exists()
        shown["has_feeds"] = FeedRow.objects.exists()
        shown["archive_folder"] = settings.CHRONIK.archive
    return render(request, "desk/inbox.html", shown)

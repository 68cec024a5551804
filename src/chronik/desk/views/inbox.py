"""Acts: shows what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.catalogue.models import ArticleRow, FeedRow
from chronik.desk import inbox as asked
from chronik.desk import own_acts
from chronik.desk.views.rows import DID

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """New stories, the one with the newest report first; starred ones; those put aside."""
    archive = wiring.current()
    wanted = asked.filters(request.GET)
    page = asked.page(wanted, archive.index)
    did = request.GET.get(DID, "")
    shown = {
        "filters": wanted,
        "page": page,
        "rows": page.rows,
        "offered": asked.offered(),
        "now": archive.clock(),
        "did": did if any(row.key == did for row in page.rows) else "",
        "doing": own_acts.last(request) if did else None,
        "here": f"{request.path}?{wanted.query}" if wanted.query else request.path,
    }
    if not page.rows:
        shown["has_articles"] = ArticleRow.objects.exists()
        shown["has_feeds"] = FeedRow.objects.exists()
        shown["archive_folder"] = settings.CHRONIK.archive
    return render(request, "desk/inbox.html", shown)

"""Acts: shows what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.catalogue.models import ArticleRow, FeedRow
from chronik.desk import inbox as asked
from chronik.desk import own_acts, people, saved_bar, tour
from chronik.desk.views.answers import user_name
from chronik.desk.views.rows import DID
from chronik.model.saved import ViewKind

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
        "saved": saved_bar.bar(user_name(request), archive.index, kind=ViewKind.INBOX, given=request.GET),
        "here": f"{request.path}?{wanted.query}" if wanted.query else request.path,
    }
    if not (wanted.query or request.COOKIES.get(tour.COOKIE) == tour.OFF):
        shown["tour"] = tour.steps(archive, role=people.role_of(request.user))
    if not page.rows:
        shown["has_articles"] = ArticleRow.objects.exists()
        shown["has_feeds"] = FeedRow.objects.exists()
        shown["archive_folder"] = settings.CHRONIK.archive
    return render(request, "desk/inbox.html", shown)


@require_POST
def end_tour(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Show the first steps no more in this browser."""
    answer = redirect("desk:inbox")
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(tour.COOKIE, tour.OFF, max_age=tour.KEPT_S, httponly=True, samesite="Lax", secure=secure)
    return answer

"""Acts: shows who did what and when, and gives it as CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.desk import audit as told
from chronik.desk import choices
from chronik.model import canonical
from chronik.publish.charts.table import Table, as_csv

if TYPE_CHECKING:
    from django.http import HttpRequest

NAMES_MAX = 1_000


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The latest entries that fit, a page at a time."""
    archive = wiring.current()
    what = told.asked(request.GET.dict())
    page = _page(request.GET.get("page", ""))
    start = (page - 1) * told.PAGE_ENTRIES
    found = told.entries(what, zone=_zone(), start=start, count=told.PAGE_ENTRIES + 1)
    query = {name: value for name in ("person", "kind", "dossier", "day") if (value := getattr(what, name))}
    shown = {
        "asked": what,
        "entries": found[: told.PAGE_ENTRIES],
        "newer": page - 1,
        "older": page + 1 if len(found) > told.PAGE_ENTRIES else 0,
        "query": urlencode(query),
        "kinds": sorted(told.kinds().items(), key=lambda kind: kind[1].casefold()),
        "people": User.objects.order_by("username").values_list("username", flat=True)[:NAMES_MAX],
        "dossiers": [(one.slug, choices.dossier_name(one)) for one in archive.catalogue.dossiers()],
    }
    return render(request, "desk/audit.html", shown)


@require_safe
def as_csv_file(request: HttpRequest) -> HttpResponse:
    """Everything that fits, for spreadsheets; no cell is taken for a formula."""
    rows = tuple(
        (one.at.isoformat(), one.by, one.kind, one.sentence, one.subject, canonical(dict(one.detail)).decode())
        for one in _all(request)
    )
    columns = (_("When"), _("Who"), _("What"), _("In words"), _("To what"), _("Details"))
    return _file(as_csv(Table(columns=columns, rows=rows)), "text/csv; charset=utf-8", "acts.csv")


@require_safe
def as_json_file(request: HttpRequest) -> HttpResponse:
    """Everything that fits, for programs."""
    found = [
        {"at": one.at.isoformat(), "by": one.by, "kind": one.kind, "subject": one.subject, "detail": dict(one.detail)}
        for one in _all(request)
    ]
    answer = JsonResponse({"acts": found})
    answer.headers["Content-Disposition"] = 'attachment; filename="acts.json"'
    return answer


def _all(request: HttpRequest) -> list[told.Entry]:
    what = told.asked(request.GET.dict())
    return told.entries(what, zone=_zone(), count=told.EXPORTED_MAX)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _page(asked: str) -> int:
    return (
        max(1, min(int(asked), told.PAGES_MAX))
        if asked.isascii() and asked.isdigit() and len(asked) <= told.PAGE_DIGITS_MAX
        else 1
    )


def _zone() -> ZoneInfo:
    """The zone in which the page shows times: a day begins there."""
    return ZoneInfo(timezone.get_current_timezone_name())

"""Acts: shows what changed in a page between two of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.catalogue import convert
from chronik.desk import proofs
from chronik.desk.views.articles import article_row
from chronik.extract import versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive
    from chronik.model import Article


@require_safe
def changes(request: HttpRequest, article_id: str) -> HttpResponse:
    """What is new in a version, word by word, beside what stood there before."""
    row = article_row(article_id)
    if row.id != article_id:
        return redirect("desk:changes", row.id)
    archive = wiring.current()
    readings = archive.catalogue.versions(row.id)
    newer = convert.article(row)
    older = versions.before(readings, newer)
    shown = {
        "newer": newer,
        "newer_at": _seen_at(archive, newer),
        "older": older,
        "older_at": _seen_at(archive, older) if older else None,
        "grades": proofs.of_readings(archive, [one for one in (older, newer) if one]),
        "changes": versions.changes(older, newer) if older else (),
        "previous": older if older and versions.before(readings, older) else None,
        "next": _next(readings, newer),
    }
    return render(request, "desk/changes.html", shown)


def _seen_at(archive: Archive, reading: Article) -> datetime | None:
    """When the page said this."""
    capture = archive.catalogue.capture(reading.capture_id) if reading.capture_id else None
    return capture.captured_at if capture else reading.read_at


def _next(readings: Sequence[Article], reading: Article) -> Article | None:
    """The version that changed this one."""
    later = (one for one in reversed(readings) if one.id != reading.id and versions.before(readings, one) == reading)
    return next(later, None)

"""Acts: shows a dossier's overview, and gives its charts as SVG and PNG and their figures as CSV."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.archive import overview as gathering
from chronik.desk.languages import language_name
from chronik.desk.overview import PANELS
from chronik.desk.overview.panel import written
from chronik.publish.charts.shapes import Colours, Look, inches
from chronik.publish.charts.table import as_csv
from chronik.relate.overview.narrowing import Clock, Narrowing

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from chronik.archive.overview import Overview
    from chronik.desk.overview.panel import Panel

LANGUAGE_CHARACTERS_MAX = 35
PIXELS_AN_INCH = 96


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """The dossier in figures, with charts that are fetched as they come into sight."""
    archive = wiring.current()
    dossier = archive.the_dossier(slug)
    narrowing = _narrowing(request)
    found = gathering.overview(archive, slug, narrowing=narrowing)
    languages = sorted(((tag, language_name(tag)) for tag in found.languages), key=lambda pair: pair[1].casefold())
    shown = {
        "dossier": dossier,
        "found": found,
        "narrowing": narrowing,
        "clocks": [str(clock) for clock in Clock],
        "languages": languages,
        "panels": [_shown(make(found), narrowing) for make in PANELS.values()] if _holds_something(found) else [],
        "empty": not found.languages,
        "has_sides": bool(found.sides),
    }
    return render(request, "desk/overview.html", shown)


@require_safe
def svg(request: HttpRequest, slug: str, chart: str) -> HttpResponse:
    """A chart as SVG, in light or dark colours, wide or narrow."""
    panel = _panel(request, slug, chart)
    colours = Colours.DARK if request.GET.get("colours") == Colours.DARK else Colours.LIGHT
    # The library takes most of a second to load: only charts pay for it.
    from chronik.publish.charts import drawing  # noqa: PLC0415 - see above

    drawn = drawing.svg(panel.draw(), Look(colours=colours, narrow="narrow" in request.GET))
    return _file(drawn, f"{slug}-{chart}.svg", content_type="image/svg+xml")


@require_safe
def png(request: HttpRequest, slug: str, chart: str) -> HttpResponse:
    """A chart as PNG."""
    panel = _panel(request, slug, chart)
    from chronik.publish.charts import drawing  # noqa: PLC0415 - see above

    return _file(drawing.png(panel.draw(), Look()), f"{slug}-{chart}.png", content_type="image/png")


@require_safe
def csv(request: HttpRequest, slug: str, chart: str) -> HttpResponse:
    """The figures of a chart as CSV."""
    panel = _panel(request, slug, chart)
    return _file(as_csv(panel.table), f"{slug}-{chart}.csv", content_type="text/csv; charset=utf-8")


def _file(body: bytes, name: str, *, content_type: str) -> HttpResponse:
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _panel(request: HttpRequest, slug: str, chart: str) -> Panel:
    if chart not in PANELS:
        raise Http404
    panel = PANELS[chart](gathering.overview(wiring.current(), slug, narrowing=_narrowing(request)))
    if panel.is_empty:
        raise Http404
    return panel


def _holds_something(found: Overview) -> bool:
    return bool(found.reports or found.clips)


def _narrowing(request: HttpRequest) -> Narrowing:
    """What the address asks for; what it says and nobody understands is left out."""
    clock = request.GET.get("clock", "")
    return Narrowing(
        clock=Clock(clock) if clock in set(Clock) else Clock.PUBLISHED,
        since=_day(request.GET.get("since", "")),
        until=_day(request.GET.get("until", "")),
        language=request.GET.get("language", "")[:LANGUAGE_CHARACTERS_MAX],
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _shown(panel: Panel, narrowing: Narrowing) -> dict[str, Any]:
    """A panel as the template shows it."""
    if panel.is_empty:
        return {"panel": panel}
    chart = panel.draw()
    asked = _asked(narrowing)
    sizes = {}
    for name, look in (("wide", Look()), ("narrow", Look(narrow=True))):
        across, down = inches(chart, look)
        sizes[name] = {"width": round(across * PIXELS_AN_INCH), "height": round(down * PIXELS_AN_INCH)}
    return {
        "panel": panel,
        "rows": [[written(cell) for cell in row] for row in panel.table.rows],
        "numeric": [not isinstance(cell, str | date) for cell in panel.table.rows[0]],
        "asked": urlencode(asked),
        "sizes": sizes,
    }


def _asked(narrowing: Narrowing) -> dict[str, str]:
    """The narrowing as an address says it."""
    asked = {} if narrowing.clock is Clock.PUBLISHED else {"clock": str(narrowing.clock)}
    for name, day in (("since", narrowing.since), ("until", narrowing.until)):
        if day:
            asked[name] = day.isoformat()
    return asked | ({"language": narrowing.language} if narrowing.language else {})

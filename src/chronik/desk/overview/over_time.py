"""Panels of reports over time: by language, by kind of source, and beside their origins (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronik.desk.overview.panel import Panel, listed, number, per_period, period_column, ticks, value_name
from chronik.publish.charts.shapes import Areas, Columns, Series
from chronik.publish.charts.table import Table

if TYPE_CHECKING:
    from chronik.archive.overview import Overview
    from chronik.relate.overview.counting import OverTime


def languages(overview: Overview) -> Panel:
    """Reports over time by language."""
    return _by(overview, "languages", "language", _("Reports by language"))


def kinds(overview: Overview) -> Panel:
    """Reports over time by kind of source."""
    return _by(overview, "kinds", "kind", _("Reports by kind of source"))


def _by(overview: Overview, key: str, trait: str, title: str) -> Panel:
    found = overview.over_time(trait)
    if found is None:
        return _nothing(key, title)
    names = [value_name(trait, value, sides=overview.sides) for value, _counts in found.series]
    columns = (period_column(found.width), *names, _("All reports"), _("Clips"))
    rows = zip(found.beginnings, *(counts for _value, counts in found.series), found.totals, found.clips, strict=True)
    sentence = _sentence(found, names)
    return Panel(
        key=key,
        title=f"{title}, {per_period(found.width)}",
        sentence=sentence,
        table=Table(columns=columns, rows=tuple(rows)),
        draw=lambda: Areas(
            title=title,
            description=sentence,
            number=number,
            ticks=ticks(found.beginnings, found.width),
            series=tuple(
                Series(name=name, values=counts) for name, (_value, counts) in zip(names, found.series, strict=True)
            ),
            below=Series(name=_("Clips"), values=found.clips),
        ),
    )


def _nothing(key: str, title: str) -> Panel:
    empty = Table(columns=(title,), rows=())
    return Panel(
        key=key,
        title=title,
        sentence=_("Nothing here has a day by this clock."),
        table=empty,
        draw=lambda: Columns(title=title, description="", ticks=(), series=()),
    )


def _sentence(found: OverTime, names: list[str]) -> str:
    counts = [sum(counts) for _value, counts in found.series]
    said = ngettext("%(number)s report", "%(number)s reports", sum(counts)) % {"number": number(sum(counts))}
    if not counts:
        return f"{said}."
    return _("%(counted)s: %(listed)s.") % {"counted": said, "listed": listed(names, list(map(number, counts)))}


def origins(overview: Overview) -> Panel:
    """Reports beside independent origins."""
    title, found = _("Independent origins"), overview.origins
    if found is None:
        return _nothing("origins", title)
    sentence = _("%(reports)s, %(origins)s.") % {
        "reports": ngettext("%(number)s report", "%(number)s reports", len(overview.reports))
        % {"number": number(len(overview.reports))},
        "origins": ngettext("%(number)s origin", "%(number)s origins", overview.origin_count)
        % {"number": number(overview.origin_count)},
    }
    names = (_("Reports"), _("Origins"))
    return Panel(
        key="origins",
        title=f"{title}, {per_period(found.width)}",
        sentence=sentence,
        note=_("Reports that copy one text are one origin, counted when the first of them came."),
        table=Table(
            columns=(period_column(found.width), *names),
            rows=tuple(zip(found.beginnings, found.reports, found.origins, strict=True)),
        ),
        draw=lambda: Columns(
            title=title,
            description=sentence,
            number=number,
            ticks=ticks(found.beginnings, found.width),
            series=(Series(name=names[0], values=found.reports), Series(name=names[1], values=found.origins)),
        ),
    )

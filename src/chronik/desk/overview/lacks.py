"""The panel of what the dossier lacks (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronik.desk import suggestions
from chronik.desk.overview.panel import NAMED_MAX, Panel, apart, number
from chronik.publish.charts.shapes import Bars, Series
from chronik.publish.charts.table import Table
from chronik.relate.overview.periods import empty_runs

if TYPE_CHECKING:
    from chronik.archive.overview import Overview


def gaps(overview: Overview) -> Panel:
    """Sides, languages, kinds, countries and weeks of which there are reports and no clips, or few."""
    title, found = _("Gaps"), overview.gaps
    names = [suggestions.what(gap, overview.sides) for gap in found]
    heads = (_("Reports not clipped"), _("Clips"))
    said = ngettext("%(number)s gap", "%(number)s gaps", len(found)) % {"number": number(len(found))}
    listed = "; ".join(map(apart, names[:NAMED_MAX]))
    told = _("%(counted)s: %(listed)s.") % {"counted": said, "listed": listed}
    sentence = told if found else _("Nothing seems to be missing.")
    return Panel(
        key="gaps",
        title=title,
        sentence=sentence,
        note=_quiet(overview),
        table=Table(
            columns=(_("What is missing"), *heads),
            rows=tuple((name, gap.there, gap.held) for name, gap in zip(names, found, strict=True)),
        ),
        draw=lambda: Bars(
            title=title,
            description=sentence,
            number=number,
            labels=tuple(names),
            series=(
                Series(name=heads[0], values=tuple(gap.there for gap in found)),
                Series(name=heads[1], values=tuple(gap.held for gap in found)),
            ),
        ),
    )


def _quiet(overview: Overview) -> str:
    """How long the longest time was in which nothing was reported."""
    over_time = overview.over_time("language")
    if over_time is None:
        return ""
    runs = empty_runs(zip(over_time.beginnings, over_time.totals, strict=True))
    quiet = sum(periods for _first, _last, periods in runs)
    if not quiet:
        return ""
    counted = {
        "day": ngettext("%(number)s day without a report.", "%(number)s days without a report.", quiet),
        "week": ngettext("%(number)s week without a report.", "%(number)s weeks without a report.", quiet),
        "month": ngettext("%(number)s month without a report.", "%(number)s months without a report.", quiet),
        "year": ngettext("%(number)s year without a report.", "%(number)s years without a report.", quiet),
    }
    return counted[over_time.width] % {"number": number(quiet)}

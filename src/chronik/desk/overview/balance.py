"""Panels of the balance of sources: by country, side, kind and language (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from chronik.desk.overview.panel import Panel, listed, number, share, value_name
from chronik.publish.charts.shapes import Bars, Series
from chronik.publish.charts.table import Table

if TYPE_CHECKING:
    from chronik.archive.overview import Overview


def countries(overview: Overview) -> Panel:
    """By the country of the source."""
    return _by(overview, trait="country", title=_("Sources by country"), column=_("Country"))


def sides(overview: Overview) -> Panel:
    """By the side that the source, or whoever is quoted, speaks for: shares, as words and reports are no one scale."""
    title, lines = _("Sides"), overview.balance("side")
    names = [value_name("side", line.value, sides=overview.sides) for line in lines]
    heads = (_("Share of reports, %"), _("Share of clips, %"), _("Share of quoted words, %"))
    counts = [
        [line.reports for line in lines],
        [line.clips for line in lines],
        [line.quoted for line in lines],
    ]
    shares = [[share(count, sum(column)) for count in column] for column in counts]
    spoken = [_("%(number)s%%") % {"number": number(round(part or 0))} for part in shares[2]]
    told = _("Quoted words: %(listed)s.") % {"listed": listed(names, spoken, named_max=len(names))}
    sentence = told if any(counts[2]) else _("No clip quotes anybody.")
    return Panel(
        key=_KEYS["side"],
        title=title,
        sentence=sentence,
        note=_("Reports and clips count for the side of their source, quoted words for the side of whoever says them."),
        table=Table(
            columns=(_("Side"), _("Reports"), _("Clips"), _("Quoted words"), *heads),
            rows=tuple(zip(names, *counts, *shares, strict=True)),
        ),
        draw=lambda: Bars(
            title=title,
            description=sentence,
            number=number,
            labels=tuple(names),
            series=tuple(
                Series(name=head, values=tuple(round(part or 0) for part in column))
                for head, column in zip(heads, shares, strict=True)
            ),
        ),
    )


def kinds(overview: Overview) -> Panel:
    """By the kind of source."""
    return _by(overview, trait="kind", title=_("Sources by kind"), column=_("Kind of source"))


def languages(overview: Overview) -> Panel:
    """By language."""
    return _by(overview, trait="language", title=_("Sources by language"), column=_("Language"))


_KEYS = {
    "country": "balance-countries",
    "side": "balance-sides",
    "kind": "balance-kinds",
    "language": "balance-languages",
}


def _by(overview: Overview, *, trait: str, title: str, column: str) -> Panel:
    lines = overview.balance(trait)
    quoted = sum(line.quoted for line in lines)
    names = [value_name(trait, line.value) for line in lines]
    heads = (_("Reports"), _("Origins"), _("Clips"))
    rows = tuple(
        (name, line.reports, line.origins, line.clips, line.words, line.quoted, share(line.quoted, quoted))
        for name, line in zip(names, lines, strict=True)
    )
    counted = listed(names, [number(line.reports) for line in lines])
    sentence = _("Reports: %(listed)s.") % {"listed": counted} if lines else _("No reports and no clips.")
    return Panel(
        key=_KEYS[trait],
        title=title,
        sentence=sentence,
        table=Table(
            columns=(column, *heads, _("Words clipped"), _("Quoted words"), _("Share of quoted words, %")), rows=rows
        ),
        draw=lambda: Bars(
            title=title,
            description=sentence,
            number=number,
            labels=tuple(names),
            series=(
                Series(name=heads[0], values=tuple(line.reports for line in lines)),
                Series(name=heads[1], values=tuple(line.origins for line in lines)),
                Series(name=heads[2], values=tuple(line.clips for line in lines)),
            ),
        ),
    )

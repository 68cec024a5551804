"""The panel of stories along the time, in a lane for each language (decides)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from chronik.desk.languages import language_name
from chronik.desk.overview.panel import Panel, number
from chronik.publish.charts.shapes import Lanes, Mark
from chronik.publish.charts.table import Table
from chronik.relate.overview import lanes

if TYPE_CHECKING:
    from chronik.archive.overview import Overview
    from chronik.relate.overview.lanes import Told


def stories(overview: Overview) -> Panel:
    """Stories across languages, and which goes on from which."""
    title, found = _("Stories across languages"), overview.stories
    numbers = {one.story: place for place, one in enumerate(found, 1)}
    before = {link.later: numbers[link.earlier] for link in overview.links if link.earlier in numbers}
    sentence = (
        ngettext("%(number)s story", "%(number)s stories", len(found)) % {"number": number(len(found))}
        + ", "
        + _("numbered as in the table. Lines lead from a story to what goes on from it.")
        if found
        else _("No report here has a story and a day.")
    )
    rows = tuple(
        (
            numbers[one.story],
            overview.heads[one.story].title if one.story in overview.heads else _("Without title"),
            one.began,
            ", ".join(language_name(tag) for tag in one.languages),
            one.reports,
            one.origins,
            before.get(one.story),
        )
        for one in found
    )
    most = _("The %(number)s stories with most reports.") % {"number": number(lanes.STORIES_SHOWN_MAX)}
    columns = (
        _("Number"),
        _("Story"),
        _("Began"),
        _("Languages"),
        _("Reports"),
        _("Origins"),
        _("Goes on from number"),
    )
    return Panel(
        key="stories",
        title=title,
        sentence=sentence,
        note=most if len(found) >= lanes.STORIES_SHOWN_MAX else "",
        table=Table(columns=columns, rows=rows),
        draw=lambda: _lanes(overview, found, title, sentence),
    )


def _lanes(overview: Overview, found: tuple[Told, ...], title: str, sentence: str) -> Lanes:
    shown = lanes.lanes(found)
    marks: list[Mark] = []
    first: dict[str, int] = {}
    ties: list[tuple[int, int]] = []
    for place, one in enumerate(found, 1):
        in_order = sorted(one.languages.items(), key=lambda item: item[1][0])
        for tag, (day, count) in in_order:
            if tag not in shown:
                continue
            if one.story in first:
                ties.append((first[one.story], len(marks)))
            first.setdefault(one.story, len(marks))
            marks.append(Mark(label=str(place), lane=shown.index(tag), at=day.toordinal(), size=count))
    pairs = [(link.earlier, link.later) for link in overview.links]
    return Lanes(
        title=title,
        description=sentence,
        number=number,
        lanes=tuple(language_name(tag) for tag in shown),
        marks=tuple(marks),
        lines=tuple((first[earlier], first[later]) for earlier, later in pairs if earlier in first and later in first),
        ties=tuple(ties),
        day=_day,
    )


def _day(ordinal: int) -> str:
    inside = min(max(ordinal, date.min.toordinal()), date.max.toordinal())
    return date_format(date.fromordinal(inside), pgettext("beneath a chart", "j M Y"))

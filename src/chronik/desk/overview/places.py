"""The panel of places on a map (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from chronik.desk.overview.panel import Panel, listed, number
from chronik.publish.charts.shapes import Point, Points
from chronik.publish.charts.table import Table
from chronik.relate.geography import land, water

if TYPE_CHECKING:
    from chronik.archive.overview import Overview

PLACES_NAMED_MAX = 5
COORDINATE_DIGITS = 1


def places(overview: Overview) -> Panel:
    """Places that the texts name."""
    title, found = _("Places"), overview.places
    language = get_language() or ""
    named = [(one.place.name(language), one) for one in found]
    heard, there = overview.texts_heard
    often = listed([name for name, _one in named], [number(one.texts) for one in found], named_max=PLACES_NAMED_MAX)
    sentence = _("Named most often: %(listed)s.") % {"listed": often} if found else _("No known place is named.")
    counted = ngettext("%(number)s text was looked at", "%(number)s texts were looked at", heard)
    note = _("%(counted)s of %(all)s, those clipped first. A place counts once a text.") % {
        "counted": counted % {"number": number(heard)},
        "all": number(there),
    }
    rows = tuple(
        (name, one.texts, round(one.place.latitude, COORDINATE_DIGITS), round(one.place.longitude, COORDINATE_DIGITS))
        for name, one in named
    )
    return Panel(
        key="places",
        title=title,
        sentence=sentence,
        note=note,
        table=Table(columns=(_("Place"), _("Texts"), _("Latitude"), _("Longitude")), rows=rows),
        draw=lambda: Points(
            title=title,
            description=sentence,
            number=number,
            points=tuple(
                Point(label=name, longitude=one.place.longitude, latitude=one.place.latitude, count=one.texts)
                for name, one in named
            ),
            land=land(),
            water=water(),
        ),
    )

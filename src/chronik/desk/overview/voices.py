"""The panel of who is quoted in the clips (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from chronik.desk.overview.panel import Panel, listed, number, share, value_name
from chronik.publish.charts.shapes import Bars, Series
from chronik.publish.charts.table import Table

if TYPE_CHECKING:
    from chronik.archive.overview import Overview

LISTED_MAX = 60


def voices(overview: Overview) -> Panel:
    """Who is quoted word for word in the clips, and on which side."""
    title, found = _("Who is quoted"), overview.voices
    words = sum(voice.words for voice in found)
    names = [voice.speaker or _("speaker not named") for voice in found]
    counted = listed(names, [number(voice.words) for voice in found])
    told = _("Quoted words in the clips: %(listed)s.") % {"listed": counted}
    sentence = told if found else _("No clip quotes anybody.")
    rows = tuple(
        (
            name,
            value_name("side", voice.side, sides=overview.sides),
            voice.statements,
            voice.words,
            share(voice.words, words),
        )
        for name, voice in list(zip(names, found, strict=True))[:LISTED_MAX]
    )
    columns = (_("Speaker"), _("Side"), _("Statements"), _("Quoted words"), _("Share of quoted words, %"))
    return Panel(
        key="voices",
        title=title,
        sentence=sentence,
        note=_("What stands in quotation marks within a clip, by whoever the text names as its speaker."),
        table=Table(columns=columns, rows=rows),
        draw=lambda: Bars(
            title=title,
            description=sentence,
            number=number,
            labels=tuple(names),
            series=(Series(name=_("Quoted words"), values=tuple(voice.words for voice in found)),),
        ),
    )

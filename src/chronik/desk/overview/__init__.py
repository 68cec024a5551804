"""A dossier's overview in words: what each panel says, the table of its figures, and the chart of them (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.desk.overview import balance, lacks, over_time, places, stories, voices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chronik.archive.overview import Overview
    from chronik.desk.overview.panel import Panel

PANELS: Mapping[str, Callable[[Overview], Panel]] = {
    "languages": over_time.languages,
    "kinds": over_time.kinds,
    "origins": over_time.origins,
    "balance-countries": balance.countries,
    "balance-sides": balance.sides,
    "balance-kinds": balance.kinds,
    "balance-languages": balance.languages,
    "voices": voices.voices,
    "places": places.places,
    "stories": stories.stories,
    "gaps": lacks.gaps,
}
"""Name in addresses → panel, in the order of the page."""

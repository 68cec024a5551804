"""Stories along the time, in a lane for each language (decides)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from chronik.relate.overview.items import Items

STORIES_SHOWN_MAX = 40
"""Those with most reports."""
LANES_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as far as the dossier has it."""

    story: str
    began: date
    reports: int
    origins: int
    languages: Mapping[str, tuple[date, int]]
    """Language → the day of the first report in it, and how many there are."""


def stories(reports: Items) -> tuple[Told, ...]:
    """The stories with most reports, the one that began first before the others."""
    dated = reports.only([bool(story and day) for story, day in zip(reports.stories, reports.days, strict=True)])
    counted = Counter(dated.stories)
    largest = sorted(counted, key=lambda story: (-counted[story], story))[:STORIES_SHOWN_MAX]
    among = set(largest)
    dated = dated.only([story in among for story in dated.stories])
    counts = Counter(zip(dated.stories, dated.languages, strict=True))
    origins = Counter(story for story, _ in set(zip(dated.stories, dated.origins, strict=True)))
    days: dict[str, dict[str, date]] = {story: {} for story in largest}
    for story, language, day in zip(dated.stories, dated.languages, dated.days, strict=True):
        assert day is not None, "only those with a day were kept"
        days[story][language] = min(days[story].get(language, day), day)
    found = [
        Told(
            story=story,
            began=min(days[story].values()),
            reports=counted[story],
            origins=origins[story],
            languages={tag: (day, counts[story, tag]) for tag, day in sorted(days[story].items())},
        )
        for story in largest
    ]
    return tuple(sorted(found, key=lambda one: (one.began, -one.reports, one.story)))


def lanes(told: Iterable[Told]) -> tuple[str, ...]:
    """The languages that have a lane, the one with most reports first."""
    counted: Counter[str] = Counter()
    for one in told:
        counted.update({tag: count for tag, (_, count) in one.languages.items()})
    return tuple(sorted(counted, key=lambda tag: (-counted[tag], tag))[:LANES_MAX])

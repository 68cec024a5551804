"""Stories along the time, in a lane for each language (decides)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from chronik.relate.overview.counting import Item

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


def stories(reports: Iterable[Item]) -> tuple[Told, ...]:
    """The stories with most reports, the one that began first before the others."""
    days: dict[str, dict[str, date]] = defaultdict(dict)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    origins: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        if one.story and one.day:
            first = days[one.story].setdefault(one.language, one.day)
            days[one.story][one.language] = min(first, one.day)
            counts[one.story][one.language] += 1
            origins[one.story].add(one.origin)
    largest = sorted(days, key=lambda story: (-counts[story].total(), min(days[story].values()), story))
    found = [
        Told(
            story=story,
            began=min(days[story].values()),
            reports=counts[story].total(),
            origins=len(origins[story]),
            languages={tag: (day, counts[story][tag]) for tag, day in sorted(days[story].items())},
        )
        for story in largest[:STORIES_SHOWN_MAX]
    ]
    return tuple(sorted(found, key=lambda one: (one.began, -one.reports, one.story)))


def lanes(told: Iterable[Told]) -> tuple[str, ...]:
    """The languages that have a lane, the one with most reports first."""
    counted: Counter[str] = Counter()
    for one in told:
        counted.update({tag: count for tag, (_, count) in one.languages.items()})
    return tuple(sorted(counted, key=lambda tag: (-counted[tag], tag))[:LANES_MAX])

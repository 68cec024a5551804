"""What a dossier lacks, by the rule of `relate.gaps`, counted over columns (decides)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from chronik.model import UNDETERMINED
from chronik.relate.gaps import Gap, GapKind, in_order, is_gap, week

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.relate.overview.items import Items


def gaps(clips: Items, reports: Items) -> tuple[Gap, ...]:
    """Sides, languages, kinds, countries and weeks of which there are reports and no clips, or few; without examples.

    Each origin counts once, as the first that is met of it. Sides are those of sources.
    """
    inside = set(clips.origins)
    kept = clips.only(_firsts(clips.origins, set()))
    there = reports.only(_firsts(reports.origins, inside))
    return in_order(gap for kind in GapKind for gap in _of_kind(kind, kept, there))


def _firsts(origins: Sequence[str], seen: set[str]) -> list[bool]:
    """Of each whether it is the first of its origin."""
    known = set(seen)
    # `add` gives nothing back, which is as good as false.
    return [origin not in known and not known.add(origin) for origin in origins]  # type: ignore[func-returns-value]


def _of_kind(kind: GapKind, kept: Items, there: Items) -> Iterator[Gap]:
    held, outside = Counter(_values(kind, kept)), Counter(_values(kind, there))
    for counted in (held, outside):
        counted.pop("", None)
    known = held.total() + outside.total()
    for value, count in outside.items():
        expected = held.total() * (held[value] + count) / known
        if is_gap(kind, held=held[value], there=count, expected=expected):
            yield Gap(kind=kind, value=value, held=held[value], there=count, expected=expected, examples=())


def _values(kind: GapKind, items: Items) -> Sequence[str]:
    """What each is told apart by; empty where it has none."""
    if kind is GapKind.WEEK:
        weeks = {day: week(day) for day in set(items.days) if day}
        return [weeks.get(day, "") if day else "" for day in items.days]
    if kind is GapKind.LANGUAGE:
        bare = {tag: "" if tag == UNDETERMINED else tag.partition("-")[0] for tag in set(items.languages)}
        return [bare[tag] for tag in items.languages]
    columns = {GapKind.PARTY: items.sides, GapKind.SOURCE_KIND: items.kinds, GapKind.COUNTRY: items.countries}
    return columns[kind]

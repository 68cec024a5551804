"""Reports and clips of a dossier, counted over time and by what tells one from another (decides).

A report that copies another one is counted as a report and not as an origin of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.relate.overview.periods import Width, beginning, periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from chronik.relate.overview.items import Items

SERIES_MAX = 7
"""The values met most often have a colour of their own; the others are one."""
OTHERS = "*"
"""Value under which they are put together."""
NONE = ""
"""Value of what has none: no country, no side, no kind known."""
LINES_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTime:
    """Counts of each period, of all reports, of single values, and of clips."""

    width: Width
    beginnings: tuple[date, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    """Value and how many reports of it each period has; the most frequent value first."""
    clips: tuple[int, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """Reports of each period."""
        return tuple(map(sum, zip(*(counts for _, counts in self.series), strict=True))) or (0,) * len(self.beginnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a balance."""

    value: str
    reports: int
    origins: int
    clips: int
    words: int
    """Words clipped."""
    quoted: int
    """Words in quotation marks among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Reports and independent origins of each period; an origin counts where the first of its reports is."""

    width: Width
    beginnings: tuple[date, ...]
    reports: tuple[int, ...]
    origins: tuple[int, ...]


def over_time(reports: Items, clips: Items, *, trait: str) -> OverTime | None:
    """Reports over time by a trait, and clips beside them; None where nothing has a day."""
    days = {day for day in (*reports.days, *clips.days) if day}
    if not days:
        return None
    width, beginnings = periods(min(days), max(days))
    period = _period_of(days, width, beginnings)
    counted = Counter(zip(map(period.get, reports.days), reports.trait(trait), strict=True))
    clipped = Counter(map(period.get, clips.days))
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(beginnings))
    for (at, value), count in counted.items():
        if at is not None:
            counts[value][at] += count
    return OverTime(
        width=width,
        beginnings=beginnings,
        series=_series(counts),
        clips=tuple(clipped[number] for number in range(len(beginnings))),
    )


def _period_of(days: Iterable[date], width: Width, beginnings: Sequence[date]) -> dict[date | None, int | None]:
    """Day → number of its period; days before the first period are left out."""
    place = {start: number for number, start in enumerate(beginnings)}
    return {day: place.get(beginning(day, width)) for day in days}


def _series(counts: Mapping[str, Sequence[int]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The largest first; beyond `SERIES_MAX` they are one, and what has no value comes last."""
    order = sorted(counts, key=lambda value: (value == NONE, -sum(counts[value]), value))
    shown = order if len(order) <= SERIES_MAX + 1 else order[:SERIES_MAX]
    series = [(value, tuple(counts[value])) for value in shown]
    if rest := order[len(shown) :]:
        series.append((OTHERS, tuple(map(sum, zip(*(counts[value] for value in rest), strict=True)))))
    return tuple(series)


def origins(reports: Items) -> Origins | None:
    """Reports and independent origins over time; None where nothing has a day."""
    days = {day for day in reports.days if day}
    if not days:
        return None
    width, beginnings = periods(min(days), max(days))
    period = _period_of(days, width, beginnings)
    counted = Counter(map(period.get, reports.days))
    first: dict[str, date] = {}
    for origin, day in zip(reports.origins, reports.days, strict=True):
        if day and (origin not in first or day < first[origin]):
            first[origin] = day
    begun = Counter(map(period.get, first.values()))
    return Origins(
        width=width,
        beginnings=beginnings,
        reports=tuple(counted[number] for number in range(len(beginnings))),
        origins=tuple(begun[number] for number in range(len(beginnings))),
    )


def balance(reports: Items, clips: Items, *, trait: str, quoted: Mapping[str, int] | None = None) -> tuple[Line, ...]:
    """What each value of a trait has, the one with most reports first; what has no value comes last.

    Quoted words are those in the clips, or as given.
    """
    values, clipped_values = reports.trait(trait), clips.trait(trait)
    told, clipped = Counter(values), Counter(clipped_values)
    first = Counter(value for value, _ in set(zip(values, reports.origins, strict=True)))
    words: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for value, count, said in zip(clipped_values, clips.words, clips.quoted, strict=True):
        words[value] += count
        own[value] += said
    spoken = own if quoted is None else Counter(quoted)
    order = sorted({*told, *clipped, *spoken}, key=lambda value: (value == NONE, -told[value], -clipped[value], value))
    return tuple(
        Line(
            value=value,
            reports=told[value],
            origins=first[value],
            clips=clipped[value],
            words=words[value],
            quoted=spoken[value],
        )
        for value in order[:LINES_MAX]
    )

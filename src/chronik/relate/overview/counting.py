"""Reports and clips of a dossier, counted over time and by what tells one from another (decides).

A report that copies another one is counted as a report and not as an origin of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from chronik.relate.overview.periods import Width, beginning, periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

SERIES_MAX = 7
"""The values met most often have a colour of their own; the others are one."""
OTHERS = "*"
"""Value under which they are put together."""
NONE = ""
"""Value of what has none: no country, no side, no kind known."""
LINES_MAX = 200


class Item(NamedTuple):
    """A report or a clip, as far as counting has to know it. A named tuple: there are tens of thousands."""

    id: str
    """Of the report; of a clip whose page was not placed, of the clip."""
    origin: str
    """What it copies, or itself: the same for all that go back to one text."""
    story: str
    day: date | None
    language: str
    kind: str
    country: str
    side: str
    """Side that its source speaks for, by its key."""
    words: int = 0
    """Of a clip."""
    quoted: int = 0
    """Words of a clip that stand in quotation marks."""


Trait = str
"""One of `TRAITS`."""
TRAITS: Mapping[Trait, Callable[[Item], str]] = {
    "country": lambda one: one.country,
    "side": lambda one: one.side,
    "kind": lambda one: one.kind,
    "language": lambda one: one.language,
}


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


def over_time(reports: Sequence[Item], clips: Sequence[Item], *, trait: Trait) -> OverTime | None:
    """Reports over time by a trait, and clips beside them; None where nothing has a day."""
    days = [one.day for one in (*reports, *clips) if one.day]
    if not days:
        return None
    width, beginnings = periods(min(days), max(days))
    place = {start: number for number, start in enumerate(beginnings)}
    value_of = TRAITS[trait]
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(beginnings))
    in_period = _Periods(width)
    for one in reports:
        if one.day and (at := place.get(in_period[one.day])) is not None:
            counts[value_of(one)][at] += 1
    clipped = [0] * len(beginnings)
    for one in clips:
        if one.day and (at := place.get(in_period[one.day])) is not None:
            clipped[at] += 1
    return OverTime(width=width, beginnings=beginnings, series=_series(counts), clips=tuple(clipped))


class _Periods(dict["date", "date"]):
    """The beginning of each day's period, worked out once a day."""

    def __init__(self, width: Width) -> None:
        super().__init__()
        self._width = width

    def __missing__(self, day: date) -> date:
        self[day] = beginning(day, self._width)
        return self[day]


def _series(counts: Mapping[str, Sequence[int]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The largest first; beyond `SERIES_MAX` they are one, and what has no value comes last."""
    order = sorted(counts, key=lambda value: (value == NONE, -sum(counts[value]), value))
    shown = order if len(order) <= SERIES_MAX + 1 else order[:SERIES_MAX]
    series = [(value, tuple(counts[value])) for value in shown]
    if rest := order[len(shown) :]:
        series.append((OTHERS, tuple(map(sum, zip(*(counts[value] for value in rest), strict=True)))))
    return tuple(series)


def origins(reports: Sequence[Item]) -> Origins | None:
    """Reports and independent origins over time; None where nothing has a day."""
    dated = [(one.day, one) for one in reports if one.day]
    if not dated:
        return None
    days = [day for day, _ in dated]
    width, beginnings = periods(min(days), max(days))
    in_period = _Periods(width)
    counted = Counter(in_period[day] for day in days)
    first: dict[str, date] = {}
    for day, one in dated:
        first[one.origin] = min(first.get(one.origin, day), day)
    begun = Counter(in_period[day] for day in first.values())
    return Origins(
        width=width,
        beginnings=beginnings,
        reports=tuple(counted[start] for start in beginnings),
        origins=tuple(begun[start] for start in beginnings),
    )


def origin_count(reports: Iterable[Item]) -> int:
    """Independent origins."""
    return len({one.origin for one in reports})


def balance(
    reports: Iterable[Item], clips: Iterable[Item], *, trait: Trait, quoted: Mapping[str, int] | None = None
) -> tuple[Line, ...]:
    """What each value of a trait has, the one with most reports first; what has no value comes last.

    Quoted words are those in the clips, or as given.
    """
    value_of = TRAITS[trait]
    told: Counter[str] = Counter()
    first: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        value = value_of(one)
        told[value] += 1
        first[value].add(one.origin)
    clipped: Counter[str] = Counter()
    words: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for one in clips:
        value = value_of(one)
        clipped[value] += 1
        words[value] += one.words
        own[value] += one.quoted
    said = own if quoted is None else Counter(quoted)
    order = sorted({*told, *clipped, *said}, key=lambda value: (value == NONE, -told[value], -clipped[value], value))
    return tuple(
        Line(
            value=value,
            reports=told[value],
            origins=len(first[value]),
            clips=clipped[value],
            words=words[value],
            quoted=said[value],
        )
        for value in order[:LINES_MAX]
    )

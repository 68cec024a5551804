"""Decides: the reports of the last days, and which of them a new one may go with.

Every vector is compared (exact, one product of a matrix), and what shares a rare name or number is looked at besides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.background import NUMBER, Background
from chronik.relate.features import PAIR, Weighed, pair_row, rows, weighed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from chronik.relate.traits import Traits

DAYS = 30
NEAREST = 48
DENSITY_OF = 10
RARE_KEYS = 8
A_KEY = 12
"""Reports that are looked at for one rare name."""
RARE_COUNT = 30
RARE_SHARE = 0.01
GROWN_FROM = 1_024
_HOUR_S = 3600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A new report, weighed, and what it may go with."""

    new: Weighed
    centred: NDArray[np.float32] | None
    places: tuple[int, ...]
    """Places in the window of the reports compared, nearest first."""
    features: NDArray[np.float32]
    """A row for each place, columns as `features.PAIR`."""
    cosines: NDArray[np.float32]
    """To every place of the window; below -1 where there is none."""


NONE = -2.0


class Window:
    """Reports with their traits, by place; a place stays the same until reports are forgotten."""

    def __init__(self, *, mean: NDArray[np.float32] | None = None, days: int = DAYS) -> None:
        self.background = Background(mean)
        self.reports: list[Weighed] = []
        self.hours = np.zeros(0)
        """Since 1970, by place; not a number where a report has no time."""
        self._hours_kept = days * 24
        self._centred: NDArray[np.float32] | None = None
        self._has_vector = np.zeros(0, bool)
        self._postings: defaultdict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        """Reports held."""
        return len(self.reports)

    def near(self, traits: Traits, *, compared: bool = True) -> Near:
        """What a new report may go with; without its pairs where they are not to be `compared`."""
        centred = None if traits.vector is None else self.background.centred(traits.vector, traits.language)
        in_time = self._in_time(traits)
        cosines = self._cosines(centred, in_time)
        nearest = self._nearest(cosines)
        density = float(cosines[nearest[:DENSITY_OF]].mean()) if len(nearest) else 0.0
        new = weighed(traits, self.background, density=density)
        places = tuple(dict.fromkeys([*map(int, nearest), *self._sharing(new, in_time)])) if compared else ()
        found = [self._row(new, place, float(cosines[place])) for place in places]
        features = rows(found) if found else np.zeros((0, len(PAIR)), np.float32)
        return Near(new=new, centred=centred, places=places, features=features, cosines=cosines)

    def again(self, weighed: Weighed) -> Near:
        """A report that was weighed before, to be added without comparing it with anything."""
        traits = weighed.traits
        centred = None if traits.vector is None else self.background.centred(traits.vector, traits.language)
        return Near(
            new=weighed,
            centred=centred,
            places=(),
            features=np.zeros((0, len(PAIR)), np.float32),
            cosines=np.zeros(0, np.float32),
        )

    def compared(self, near: Near, place: int) -> NDArray[np.float32]:
        """The features of a new report with one that is held, near or not: one row."""
        return rows([self._row(near.new, place, float(near.cosines[place]))])

    def add(self, near: Near) -> int:
        """Take the report in; gives back its place."""
        place = len(self.reports)
        self.reports.append(near.new)
        self._room(place + 1, near.centred)
        self.hours[place] = hours_of(near.new.traits)
        if near.centred is not None and self._centred is not None:
            self._centred[place] = near.centred
            self._has_vector[place] = True
        for key in near.new.keys:
            self._postings[key].append(place)
        for number in near.new.numbers:
            self._postings[NUMBER + number].append(place)
        self.background.see(near.new.traits)
        return place

    def forget_before(self, hour: float) -> list[int]:
        """Let go of what is older; gives back the places kept, in the order of their new places."""
        kept = [place for place in range(len(self.reports)) if not self.hours[place] < hour]
        for place in set(range(len(self.reports))).difference(kept):
            self.background.forget(self.reports[place].traits)
        self.reports = [self.reports[place] for place in kept]
        self.hours, self._has_vector = self.hours[kept], self._has_vector[kept]
        self._centred = None if self._centred is None else self._centred[kept]
        self._postings.clear()
        for place, report in enumerate(self.reports):
            for key in (*report.keys, *(NUMBER + number for number in report.numbers)):
                self._postings[key].append(place)
        return kept

    def vector(self, place: int) -> NDArray[np.float32] | None:
        """The centred vector of a report held."""
        return self._centred[place] if self._centred is not None and self._has_vector[place] else None

    def _room(self, size: int, centred: NDArray[np.float32] | None) -> None:
        if self._centred is None and centred is not None:
            self._centred = np.zeros((len(self.hours), len(centred)), np.float32)
        if size > len(self.hours):
            more = max(GROWN_FROM, len(self.hours))
            self.hours = np.concatenate([self.hours, np.full(more, np.nan)])
            self._has_vector = np.concatenate([self._has_vector, np.zeros(more, bool)])
            if self._centred is not None:
                self._centred = np.concatenate([self._centred, np.zeros((more, self._centred.shape[1]), np.float32)])

    def _in_time(self, traits: Traits) -> NDArray[np.bool_]:
        hours = self.hours[: len(self.reports)]
        if traits.published is None:
            return np.ones(len(hours), bool)
        apart: NDArray[np.bool_] = ~(np.abs(hours - hours_of(traits)) > self._hours_kept)
        return apart

    def _cosines(self, centred: NDArray[np.float32] | None, in_time: NDArray[np.bool_]) -> NDArray[np.float32]:
        count = len(self.reports)
        if centred is None or self._centred is None or self._centred.shape[1] != len(centred):
            return np.full(count, NONE, np.float32)
        cosines: NDArray[np.float32] = self._centred[:count] @ centred
        cosines[~(in_time & self._has_vector[:count])] = NONE
        return cosines

    def _nearest(self, cosines: NDArray[np.float32]) -> NDArray[np.intp]:
        if len(cosines) > NEAREST:
            nearest = np.argpartition(-cosines, NEAREST - 1)[:NEAREST]
        else:
            nearest = np.arange(len(cosines))
        nearest = nearest[cosines[nearest] > NONE]
        ordered: NDArray[np.intp] = nearest[np.argsort(-cosines[nearest], kind="stable")]
        return ordered

    def _sharing(self, new: Weighed, in_time: NDArray[np.bool_]) -> Iterator[int]:
        common = max(RARE_COUNT, int(RARE_SHARE * len(self.reports)))
        keys = sorted([*new.keys, *(NUMBER + number for number in new.numbers)])
        counts = [(self.background.count(key), key) for key in keys if key in self._postings]
        for count, key in sorted(counts)[:RARE_KEYS]:
            if count <= common:
                yield from (place for place in self._postings[key][-A_KEY:] if in_time[place])

    def _row(self, new: Weighed, place: int, cosine: float) -> tuple[float, ...]:
        old = self.reports[place]
        if cosine <= NONE or new.traits.vector is None or old.traits.vector is None:
            return pair_row(new, old, cosine=None, raw=0.0)
        return pair_row(new, old, cosine=cosine, raw=float(new.traits.vector @ old.traits.vector))


def hours_of(traits: Traits) -> float:
    """Hours since 1970, not a number where there is no time."""
    return (traits.published - EPOCH).total_seconds() / _HOUR_S if traits.published else float("nan")

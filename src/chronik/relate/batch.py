"""Decides: groups a whole set of reports at once, looking at all of them before any is placed (average linkage).

For sets that came without an order of time. Two groups are as near as their pairs are on the average (Sokal & Michener
1958), the pairs that were not compared counting as unlikely.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from chronik.errors import TooLargeError
from chronik.model import Placement, story_id
from chronik.relate.copies import EPOCH
from chronik.relate.curves import logistic
from chronik.relate.folding_copies import Folds
from chronik.relate.placing import NAME, told_of
from chronik.relate.reasons import reasons
from chronik.relate.weights import shipped
from chronik.relate.window import NONE, Window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from chronik.model import Reason
    from chronik.relate.origins import Told
    from chronik.relate.traits import Traits
    from chronik.relate.weights import Weights

REPORTS_MAX = 5_000
"""Every two of them have a place in one table: 100 MB."""
BATCH_DAYS = 36_500
TRANSLATIONS_AMONG_MAX = 200
"""Of a story so many of the latest are looked at for what a report translates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """What folding copies has to know of a report."""

    told: Told
    text: str = ""
    """Doubtful copies are looked into where it is given."""


def grouped(
    reports: Sequence[Traits],
    *,
    credited: Sequence[Credited] = (),
    weights: Weights | None = None,
    made_by: str = "",
    joined_from: float | None = None,
) -> list[Placement]:
    """A placement for each report, in their order. Raises TooLargeError beyond `REPORTS_MAX`.

    `credited` says of each report which agencies it credits. `joined_from` is the mean probability from which two
    groups are one.
    """
    if len(reports) > REPORTS_MAX:
        raise TooLargeError(
            f"{len(reports)} reports are too many to be looked at all at once ({REPORTS_MAX} at most). "
            "Leave --batch away: then each is placed when it comes."
        )
    weights = weights or shipped()
    window = Window(mean=weights.mean_for(made_by), days=BATCH_DAYS)
    for traits in reports:
        window.add(window.near(traits))
    chances = _chances(reports, window, weights)
    groups = linked(chances, at_least=weights.linked if joined_from is None else joined_from)
    name = f"{NAME} {weights.version} batch" + (f" ({made_by})" if made_by else "")
    whole = _Whole(window=window, chances=chances, weights=weights, made_by=name)
    members: defaultdict[int, list[int]] = defaultdict(list)
    placements = []
    for place, group in enumerate(groups):
        placements.append(whole.placement(place, members[group]))
        members[group].append(place)
    return _folded(placements, reports, credited or [Credited(told=told_of(traits)) for traits in reports])


def _folded(
    placements: Sequence[Placement], reports: Sequence[Traits], credited: Sequence[Credited]
) -> list[Placement]:
    """The placements, copies of each story under their originals: looked for in the order of time, as if they came."""
    text_of = {traits.id: one.text for traits, one in zip(reports, credited, strict=True)}
    folds = Folds(text_of=text_of.__getitem__)
    inside: defaultdict[str, dict[str, Traits]] = defaultdict(dict)
    for place in sorted(range(len(reports)), key=lambda place: (*_time(reports[place]), place)):
        traits, one, near = reports[place], credited[place], inside[placements[place].story]
        copies = folds.found(traits, text=one.text, known=near.__contains__)
        translated = folds.translated(one.told, traits, near=list(near.values())[-TRANSLATIONS_AMONG_MAX:])
        folds.remember(one.told, folds.fold(one.told, copies=copies, translated=translated))
        if traits.sketch is not None:
            folds.copies.add(traits.id, traits.sketch, when=traits.published or EPOCH, source=traits.source)
        near[traits.id] = traits
    origins = [folds.root(placement.report) for placement in placements]
    return [
        replace(placement, copy_of="" if origin == placement.report else origin)
        for placement, origin in zip(placements, origins, strict=True)
    ]


def _time(traits: Traits) -> tuple[bool, datetime]:
    """Reports without a time come last."""
    return traits.published is None, traits.published or EPOCH


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """A set of reports with what was found out about every two of them."""

    window: Window
    chances: NDArray[np.float32]
    weights: Weights
    made_by: str

    def placement(self, place: int, earlier: list[int]) -> Placement:
        """The placement of a report that is in one group with these earlier ones."""
        report = self.window.reports[place].traits.id
        if not earlier:
            return Placement(report=report, story=story_id(report), score=1.0, made_by=self.made_by)
        anchor = max(earlier, key=lambda at: float(self.chances[place, at]))
        score = float(np.mean([self.chances[place, at] for at in earlier]))
        return Placement(
            report=report,
            story=story_id(self.window.reports[earlier[0]].traits.id),
            score=round(score, 4),
            anchor=self.window.reports[anchor].traits.id,
            certain=score >= self.weights.certain,
            reasons=self._reasons(place, anchor),
            made_by=self.made_by,
        )

    def _reasons(self, place: int, anchor: int) -> tuple[Reason, ...]:
        near = self.window.near(self.window.reports[place].traits)
        if anchor not in near.places:
            return ()
        row = near.places.index(anchor)
        added = self.weights.pair.added(near.features[row : row + 1])[0].tolist()
        cosine = float(near.cosines[anchor])
        old = self.window.reports[anchor]
        return reasons(near.new, old, added=added, cosine=cosine if cosine > NONE else None)


def _chances(reports: Sequence[Traits], window: Window, weights: Weights) -> NDArray[np.float32]:
    """Probability of each two to tell one story, shape (reports, reports), symmetric."""
    table = np.zeros((len(reports), len(reports)), np.float32)
    for place, traits in enumerate(reports):
        near = window.near(traits)
        odds = weights.pair.odds(near.features, weights.pair.added(near.features))
        table[place, list(near.places)] = logistic(odds)
    table = ((table + table.T) / 2).astype(np.float32)
    np.fill_diagonal(table, 1.0)
    return table


def linked(chances: NDArray[np.float32], *, at_least: float) -> list[int]:
    """The group of each row by average linkage, stopped where no two groups are as near as `at_least`."""
    near = chances.astype(np.float32).copy()
    np.fill_diagonal(near, -1.0)
    sizes = np.ones(len(near))
    group = np.arange(len(near))
    best = near.argmax(axis=1) if len(near) else group
    height = near.max(axis=1) if len(near) else sizes
    while len(near) and float(height.max()) >= at_least:
        first = int(height.argmax())
        second = int(best[first])
        merged = (sizes[first] * near[first] + sizes[second] * near[second]) / (sizes[first] + sizes[second])
        near[first] = near[:, first] = merged
        near[first, first] = -1.0
        near[second] = near[:, second] = -1.0
        sizes[first] += sizes[second]
        group[group == second] = first
        height[second] = -1.0
        stale = np.flatnonzero((best == first) | (best == second) | (near[:, first] > height))
        for row in {first, *map(int, stale)} - {second}:
            best[row], height[row] = near[row].argmax(), near[row].max()
    return [int(each) for each in group]

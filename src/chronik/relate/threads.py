"""Decides: stories as they grow, and what speaks for a new report belonging to one of them, in numbers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.features import UNDATED_HOURS
from chronik.relate.window import hours_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chronik.relate.window import Near, Window

STORIES_COMPARED = 8
CORE_NAMES = 12
CORE_SHARE = 0.35
"""A name in so many of a story's reports is one of its core."""
CORE_ALONE = 0.5
"""What a name counts of a story of one report."""
UNLIKELY = -4.0
"""Log-odds supposed of members that were not compared."""
NO_RIVAL = -5.0
LENGTH_MIN = 1e-9
THREAD = (
    "best",
    "best-two",
    "best-four",
    "best-eight",
    "mean-of-all",
    "cosine-to-middle",
    "closeness",
    "size",
    "hours-since-last",
    "hours-since-first",
    "ahead-of-rival",
    "share-compared",
    "core-name",
    "core-name-missing",
    "cosine-best",
    "cosine-mean",
    "share-likely",
    "several",
)
"""The columns of a row of features, in order."""


@dataclass(slots=True, kw_only=True)
class Thread:
    """A story as far as the window holds it."""

    places: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    middle: NDArray[np.float32] | None = None
    """Sum of the centred vectors."""
    first_hour: float = math.nan

    def add(self, place: int, window: Window) -> None:
        """Take a report in."""
        self.places.append(place)
        self.names.update(window.reports[place].keys)
        vector = window.vector(place)
        if vector is not None:
            self.middle = vector.copy() if self.middle is None else self.middle + vector
        if math.isnan(self.first_hour):
            self.first_hour = float(window.hours[place])


class Stories:
    """Which story each report of a window belongs to."""

    def __init__(self) -> None:
        self.of: list[str] = []
        """By place."""
        self.threads: dict[str, Thread] = {}

    def put(self, place: int, story: str, *, window: Window) -> None:
        """Let the report that was added last belong to a story."""
        self.of.append(story)
        self.threads.setdefault(story, Thread()).add(place, window)

    def keep(self, places: list[int], window: Window) -> None:
        """Go on with these places only, which are numbered anew in this order."""
        self.arrange([self.of[place] for place in places], window)

    def arrange(self, stories: list[str], window: Window) -> None:
        """Let each place belong to the story given for it."""
        self.of, self.threads = [], {}
        for place, story in enumerate(stories):
            self.put(place, story, window=window)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """Stories that a new report may belong to, with their features."""

    stories: tuple[str, ...]
    anchors: tuple[int, ...]
    """Of each story, the row of `Near` whose report goes best with the new one."""
    features: NDArray[np.float32]


def fitting(near: Near, odds: NDArray[np.float64], *, window: Window, stories: Stories) -> Fitting:
    """The stories of the reports compared, likeliest first; `odds` are log-odds of each pair of `near`."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for row, place in enumerate(near.places):
        members[stories.of[place]].append(row)
    best = {story: max(rows, key=lambda row: odds[row]) for story, rows in members.items()}
    compared = sorted(members, key=lambda story: -odds[best[story]])[:STORIES_COMPARED]
    rows = []
    for story in compared:
        rivals = [float(odds[best[other]]) for other in compared if other != story]
        mine = np.sort(odds[members[story]])[::-1]
        ahead = float(mine[0]) - max(rivals, default=NO_RIVAL)
        rows.append(_row(near, mine, ahead=ahead, thread=stories.threads[story], window=window))
    features = np.array(rows, np.float32).reshape(len(rows), len(THREAD))
    return Fitting(stories=tuple(compared), anchors=tuple(best[story] for story in compared), features=features)


def _row(near: Near, odds: NDArray[np.float64], *, ahead: float, thread: Thread, window: Window) -> tuple[float, ...]:
    size = len(thread.places)
    cosines = np.maximum(near.cosines[thread.places], -1.0)
    return (
        float(odds[0]),
        *(_mean_of(odds, count, size) for count in (2, 4, 8)),
        (float(odds.sum()) + UNLIKELY * (size - len(odds))) / size,
        *_middle(near, thread),
        math.log(size),
        _since(near, float(window.hours[thread.places[-1]])),
        _since(near, thread.first_hour),
        ahead,
        len(odds) / size,
        *_core(near, thread, window),
        float(cosines.max()),
        float(cosines.mean()),
        float((odds > 0).sum()) / size,
        size > 1,
    )


def _mean_of(odds: NDArray[np.float64], count: int, size: int) -> float:
    first = odds[:count]
    missing = max(0, min(count, size) - len(first))
    return (float(first.sum()) + UNLIKELY * missing) / (len(first) + missing)


def _middle(near: Near, thread: Thread) -> tuple[float, float]:
    """Cosine to the middle of the story, and how close its reports lie together."""
    if thread.middle is None or near.centred is None or thread.middle.shape != near.centred.shape:
        return 0.0, 0.0
    length = max(float(np.linalg.norm(thread.middle)), LENGTH_MIN)
    return float(thread.middle @ near.centred) / length, length / len(thread.places)


def _since(near: Near, hour: float) -> float:
    apart = abs(hours_of(near.new.traits) - hour)
    return math.log1p(UNDATED_HOURS if math.isnan(apart) else apart)


def _core(near: Near, thread: Thread, window: Window) -> tuple[float, float]:
    """The rarest of the story's core names that the report has, and that it has not."""
    size = len(thread.places)
    least = max(2.0, CORE_SHARE * size) if size > 1 else 1.0
    share = 1 / size if size > 1 else CORE_ALONE
    core = {key: count * share for key, count in thread.names.most_common(CORE_NAMES) if count >= least}
    weights = {key: window.background.rarity(key) * part for key, part in core.items()}
    held = max((weight for key, weight in weights.items() if key in near.new.keys), default=0.0)
    return held, max((weight for key, weight in weights.items() if key not in near.new.keys), default=0.0)

"""What was taken out of a sequence and put into it to make another one (decides), within a bound on time and memory.

The greedy algorithm of Myers (An O(ND) Difference Algorithm, 1986): the shortest way, found in time that grows with how
much differs. Where more differs than the bound allows, the sequences are parted at the items that stand once in both,
as many of them as keep their order (B. Cohen's patience diff), and what lies between is compared by itself. Where there
are none, all of it counts as replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

STEPS_MAX = 1_000_000
"""Comparisons of items, about: for one stretch; for all stretches of a comparison three times as many."""
DEPTH_MAX = 8
"""How often what lies between items that stand once is parted again."""
DIFFERENT_MAX = 1_000
"""Items taken out and put in, together, beyond which nobody compares by eye; memory grows with its square."""


@dataclass(frozen=True, slots=True)
class Run:
    """Items `one[start:end]` became items `other[other_start:other_end]`; or both are the same."""

    same: bool
    start: int
    end: int
    other_start: int
    other_end: int


def differences(one: Sequence[Any], other: Sequence[Any]) -> list[Run]:
    """The runs in order; those that are the same and those that differ take turns."""
    head = _common_from(one, 0, other, 0)
    tail = _common_from(one[head:][::-1], 0, other[head:][::-1], 0)
    ends = len(one) - tail, len(other) - tail
    between = _middle(one[head : ends[0]], other[head : ends[1]])
    steps = [
        (0, head, 0, head, True),
        *((head + a, head + b, head + c, head + d, same) for a, b, c, d, same in between),
        (ends[0], len(one), ends[1], len(other), True),
    ]
    runs: list[Run] = []
    for start, end, other_start, other_end, same in steps:
        if runs and runs[-1].same == same:
            last = runs.pop()
            runs.append(Run(same, last.start, end, last.other_start, other_end))
        elif start < end or other_start < other_end:
            runs.append(Run(same, start, end, other_start, other_end))
    return runs


@dataclass(slots=True)
class _Effort:
    """What may still be spent on one comparison."""

    steps: int = 3 * STEPS_MAX


_Step = tuple[int, int, int, int, bool]
"""Items of the one, items of the other, and whether they are the same."""


def _middle(one: Sequence[Any], other: Sequence[Any]) -> Iterator[_Step]:
    """Steps through what lies between the common beginning and the common end."""
    effort = _Effort()
    waiting: list[tuple[_Step, int]] = [((0, len(one), 0, len(other), False), 0)]
    while waiting:
        part, depth = waiting.pop()
        start, end, other_start, other_end, same = part
        mine, theirs = one[start:end], other[other_start:other_end]
        path = _path(mine, theirs, effort) if mine and theirs and not same else None
        if path is not None:
            yield from _moved(_walked(path), start, other_start)
            continue
        anchors = _anchors(mine, theirs) if mine and theirs and not same and depth < DEPTH_MAX else []
        if not anchors:
            yield part
            continue
        parts = _moved(_between(anchors, len(mine), len(theirs)), start, other_start)
        waiting += [(step, depth + 1) for step in reversed(list(parts))]


def _moved(steps: Iterable[_Step], start: int, other_start: int) -> Iterator[_Step]:
    return ((start + a, start + b, other_start + c, other_start + d, same) for a, b, c, d, same in steps)


def _walked(path: Iterable[tuple[int, int]]) -> Iterator[_Step]:
    x = y = 0
    for next_x, next_y in path:
        slide = min(next_x - x, next_y - y)
        moved_x, moved_y = next_x - slide, next_y - slide
        yield x, moved_x, y, moved_y, False
        yield moved_x, next_x, moved_y, next_y, True
        x, y = next_x, next_y


def _between(anchors: Iterable[tuple[int, int]], end: int, other_end: int) -> Iterator[_Step]:
    """The anchors, and what lies before, between and behind them."""
    x = y = 0
    for at, other_at in anchors:
        if x < at or y < other_at:
            yield x, at, y, other_at, False
        yield at, at + 1, other_at, other_at + 1, True
        x, y = at + 1, other_at + 1
    if x < end or y < other_end:
        yield x, end, y, other_end, False


def _anchors(one: Sequence[Any], other: Sequence[Any]) -> list[tuple[int, int]]:
    """The places of items that stand once in both: the longest row of them that keeps its order in both."""
    counted, other_counted = Counter(one), Counter(other)
    places = {item: at for at, item in enumerate(other) if other_counted[item] == 1}
    pairs = [(at, places[item]) for at, item in enumerate(one) if counted[item] == 1 and item in places]
    ends: list[int] = []  # of the best row of each length the place in the other at which it ends
    tops: list[int] = []  # and the number of its last pair
    before: list[int] = []
    for number, (_, other_at) in enumerate(pairs):
        length = bisect_left(ends, other_at)
        before.append(tops[length - 1] if length else -1)
        ends[length : length + 1] = [other_at]
        tops[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _path(one: Sequence[Any], other: Sequence[Any], effort: _Effort) -> list[tuple[int, int]] | None:
    """The points at which the shortest way has taken out or put in an item and slid on; None beyond the bound."""
    items = len(one) + len(other)
    bound = min(DIFFERENT_MAX, min(effort.steps, STEPS_MAX) // items, items)
    if abs(len(one) - len(other)) > bound:
        return None
    zero = bound + 1
    furthest = [0] * (2 * zero + 1)
    history: list[list[int]] = []
    for different in range(bound + 1):
        history.append(furthest[zero - different - 1 : zero + different + 2])
        for diagonal in range(-different, different + 1, 2):
            x = _onto(diagonal, furthest, zero, different)
            slid = _common_from(one, x, other, x - diagonal)
            x += slid
            effort.steps -= 1 + slid
            furthest[zero + diagonal] = x
            if x >= len(one) and x - diagonal >= len(other):
                return _back(history, len(one), len(other))
        if effort.steps <= 0:
            return None
    return None


def _onto(diagonal: int, furthest: list[int], zero: int, different: int) -> int:
    """How far one gets on a diagonal by one item more: put in from the diagonal above, or taken out from that below."""
    at = zero + diagonal
    if diagonal == -different or (diagonal != different and furthest[at - 1] < furthest[at + 1]):
        return furthest[at + 1]
    return furthest[at - 1] + 1


def _common_from(one: Sequence[Any], at: int, other: Sequence[Any], other_at: int) -> int:
    """How many items from two places on are the same."""
    start = at
    while at < len(one) and other_at < len(other) and one[at] == other[other_at]:
        at += 1
        other_at += 1
    return at - start


def _back(history: list[list[int]], x: int, y: int) -> list[tuple[int, int]]:
    """The points of the way that ends here, in order."""
    points = [(x, y)]
    for different in range(len(history) - 1, 0, -1):
        furthest, zero = history[different], different + 1
        at = zero + x - y
        down = x - y == -different or (x - y != different and furthest[at - 1] < furthest[at + 1])
        before = at + 1 if down else at - 1
        x, y = furthest[before], furthest[before] - (before - zero)
        points.append((x, y))
    return points[::-1]

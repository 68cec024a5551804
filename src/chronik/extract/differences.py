"""What was taken out of a sequence and put into it to make another one (decides), within a bound on time and memory.

The greedy algorithm of Myers (An O(ND) Difference Algorithm, 1986): the shortest way, found in time that grows with how
much differs. Where more differs than the bound allows, all of it counts as replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STEPS_MAX = 1_000_000
"""Comparisons of items, about."""
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


def _middle(one: Sequence[Any], other: Sequence[Any]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Steps through what lies between the common beginning and the common end."""
    path = _path(one, other) if one and other else None
    if path is None:
        yield 0, len(one), 0, len(other), False
        return
    x = y = 0
    for next_x, next_y in path:
        slide = min(next_x - x, next_y - y)
        moved_x, moved_y = next_x - slide, next_y - slide
        yield x, moved_x, y, moved_y, False
        yield moved_x, next_x, moved_y, next_y, True
        x, y = next_x, next_y


def _path(one: Sequence[Any], other: Sequence[Any]) -> list[tuple[int, int]] | None:
    """The points at which the shortest way has taken out or put in an item and slid on; None beyond the bound."""
    items = len(one) + len(other)
    bound = min(DIFFERENT_MAX, STEPS_MAX // items, items)
    zero = bound + 1
    furthest = [0] * (2 * zero + 1)
    history: list[list[int]] = []
    for different in range(bound + 1):
        history.append(furthest[zero - different - 1 : zero + different + 2])
        for diagonal in range(-different, different + 1, 2):
            x = _onto(diagonal, furthest, zero, different)
            x += _common_from(one, x, other, x - diagonal)
            furthest[zero + diagonal] = x
            if x >= len(one) and x - diagonal >= len(other):
                return _back(history, len(one), len(other))
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

"""Which reports of a story are joined by links that are certain, near or far (decides)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


def surely_together(
    reports: Sequence[str], *, links: Iterable[tuple[str, str]], apart: Collection[frozenset[str]] = ()
) -> list[tuple[str, str]]:
    """Pairs of reports that certain links join, over others too; none that somebody says are apart."""
    group = {report: report for report in reports}
    for first, second in links:
        if first in group and second in group and frozenset((first, second)) not in apart:
            old, new = group[second], group[first]
            group = {report: new if held == old else held for report, held in group.items()}
    pairs = combinations(reports, 2)
    return [pair for pair in pairs if group[pair[0]] == group[pair[1]] and frozenset(pair) not in apart]

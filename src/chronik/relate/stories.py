"""Decides: derives stories from the links of placed reports and from what editors said of them.

Each placed report has at most one machine link, to its anchor: stories are the trees of these links. What editors said
lies over it in the order in which they said it, the last word wins: SAME adds a link, DIFFERENT cuts, on the way from
one to the other, the weakest machine link, or, where only editors linked, the oldest of their links.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.model import Story, Verdict, story_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from chronik.model import Judgement

BY_EDITOR = 2.0
"""Strength of the first link that an editor made; later ones are stronger, every machine's is weaker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What of a placement makes stories."""

    report: str
    anchor: str = ""
    score: float = 1.0
    copy_of: str = ""


def derived(placed: Sequence[Placed], words: Iterable[Judgement] = ()) -> list[Story]:
    """The stories, by their first report; `placed` in the order of placing, `words` in the order of saying.

    Links to reports that are not there are left out, and so are words on them.
    """
    order = {each.report: number for number, each in enumerate(placed)}
    forest = _Forest(placed)
    for number, word in enumerate(words):
        if word.first in order and word.second in order:
            forest.say(word, strength=BY_EDITOR + number)
    origins = {each.report: each.copy_of for each in placed}
    trees = [sorted(tree, key=order.__getitem__) for tree in forest.trees()]
    trees.sort(key=lambda tree: order[tree[0]])
    return [Story(id=story_id(tree[0]), members=tuple(tree), origins=origin_count(tree, origins)) for tree in trees]


def origin_count(members: Collection[str], origins: Mapping[str, str]) -> int:
    """How many independent origins these reports have; `origins` gives what each is a copy of, or an empty string."""
    return len({_origin(member, origins) for member in members})


def _origin(report: str, origins: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while (original := origins.get(report, "")) and report not in seen:
        seen.add(report)
        report = original
    return min(seen) if report in seen else report


class _Forest:
    """Reports and the links between them, each with its strength."""

    def __init__(self, placed: Iterable[Placed]) -> None:
        self._links: dict[str, dict[str, float]] = {}
        for each in placed:
            self._links.setdefault(each.report, {})
            if each.anchor in self._links and each.anchor != each.report:
                self._link(each.report, each.anchor, strength=min(each.score, 1.0))

    def say(self, word: Judgement, *, strength: float) -> None:
        """Let an editor's word change the links."""
        if word.verdict is Verdict.SAME and word.first != word.second:
            self._link(word.first, word.second, strength=strength)
        elif word.verdict is Verdict.DIFFERENT:
            while way := self._way(word.first, word.second):
                self._cut(*min(way, key=lambda link: self._links[link[0]][link[1]]))

    def trees(self) -> list[list[str]]:
        """Reports that links join, alone or together."""
        seen: set[str] = set()
        found = []
        for report in self._links:
            if report not in seen:
                tree = list(self._reached(report))
                seen.update(tree)
                found.append(tree)
        return found

    def _link(self, first: str, second: str, *, strength: float) -> None:
        self._links[first][second] = self._links[second][first] = strength

    def _cut(self, first: str, second: str) -> None:
        del self._links[first][second], self._links[second][first]

    def _reached(self, start: str) -> dict[str, str]:
        """Every report that links lead to, with the one before it on the way."""
        before = {start: start}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for there in self._links[here]:
                if there not in before:
                    before[there] = here
                    waiting.append(there)
        return before

    def _way(self, first: str, second: str) -> list[tuple[str, str]]:
        """The links from one report to another; none where there is no way, or the two are one."""
        before = self._reached(first)
        links = []
        while second != first and second in before:
            links.append((before[second], second))
            second = before[second]
        return links

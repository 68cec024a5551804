"""Decides: how many independent origins reports have: copies folded under the agency's own text, else the earliest.

Two reports are one origin where most of the later one stands in the earlier one, or where an agency's own text came
later than what was made of it. A long report that takes a note of an agency into its own is an origin of its own, and
so are two long ones that take in the same note.

A translation is folded only where everything agrees: both credit the same agency within 36 hours, in different
languages, the vectors are near, and names and numbers of the shorter one stand in the other. Vectors alone cannot tell:
of the NTREX documents, translated pairs have a median cosine of 0.87, the nearest other document 0.82, and one other in
twenty 0.88. Names and numbers can (`python -m bench copies --translations`). Where an agency sent two texts on one
event the same night, they may be taken for one: they are one origin all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from chronik.relate.copies import Copy
    from chronik.relate.traits import Traits

HELD_MIN = 0.5
"""Share of a report that must stand in the other to be folded under it."""
HELD_ALIKE = 0.1
"""What is held within this of the best counts as much: the earliest of them is taken."""
COSINE_MIN = 0.82
HOURS_MAX = 36.0
NAMES_MIN, NUMBERS_MIN = 3, 2
NAMES_AGREEING_MIN, NUMBERS_AGREEING_MIN = 0.5, 0.75
"""Of the shorter's: half of the names, since no bridge knows all of them; three quarters of the numbers."""
FIGURES_MIN = 2
"""Of a number, to say anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What counting origins has to know of one report."""

    id: str
    when: datetime | None = None
    language: str = ""
    credits: tuple[str, ...] = ()
    """Agencies that it credits (`agencies.credited`)."""
    agency: str = ""
    """The agency whose own text it is (`agencies.agency` of its source), or nothing."""
    copies: tuple[Copy, ...] = ()
    """What was found when it came (`Copies.found`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two reports in different languages have in common."""

    first: str
    second: str
    cosine: float
    names: int
    """Names that both have."""
    names_of_shorter: int
    """Names of the one with fewer."""
    numbers: int
    """Numbers of two figures or more that both have."""
    numbers_of_shorter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One origin, and the reports that go back to it."""

    original: str
    """The agency's own text, if it is among them, else the earliest."""
    members: tuple[str, ...]
    """All of them with the original, in the order in which they were given."""


def copied(copies: Iterable[Copy]) -> Copy | None:
    """Which of the earlier texts a report is folded under: the earliest of those that certainly hold most of it."""
    whole = [copy for copy in copies if copy.certain and copy.held >= HELD_MIN]
    best = max((copy.held for copy in whole), default=0.0)
    nearly = [copy for copy in whole if copy.held >= best - HELD_ALIKE]
    return min(nearly, key=lambda copy: (copy.when, copy.of), default=None)


def is_translation(agreement: Agreement, *, first: Told, second: Told) -> bool:
    """Whether two reports are certainly one agency's text in two languages."""
    if first.when is None or second.when is None or not first.language or first.language == second.language:
        return False
    same_agency = {*first.credits, first.agency} & {*second.credits, second.agency} - {""}
    hours = abs((first.when - second.when).total_seconds()) / 3_600
    return (
        bool(same_agency)
        and hours <= HOURS_MAX
        and agreement.cosine >= COSINE_MIN
        and names_and_numbers_agree(agreement)
    )


def names_and_numbers_agree(agreement: Agreement) -> bool:
    """Whether enough of the names and numbers of the one with fewer stand in the other."""
    names = max(NAMES_MIN, NAMES_AGREEING_MIN * agreement.names_of_shorter)
    numbers = max(NUMBERS_MIN, NUMBERS_AGREEING_MIN * agreement.numbers_of_shorter)
    return agreement.names >= names and agreement.numbers >= numbers


def agreement(first: Traits, second: Traits) -> Agreement:
    """What two reports have in common, by what was read in them."""
    names, numbers = (first.names, second.names), (_telling(first), _telling(second))
    fewer, others = sorted(names, key=len)
    keys = {key for name in others for key in name.keys}
    cosine = 0.0 if first.vector is None or second.vector is None else float(np.dot(first.vector, second.vector))
    return Agreement(
        first=first.id,
        second=second.id,
        cosine=cosine,
        names=sum(not keys.isdisjoint(name.keys) for name in fewer),
        names_of_shorter=len(fewer),
        numbers=len(numbers[0] & numbers[1]),
        numbers_of_shorter=min(map(len, numbers)),
    )


def _telling(traits: Traits) -> set[str]:
    return {value for value in traits.numbers if sum(map(str.isdecimal, value)) >= FIGURES_MIN}


def origins(reports: Sequence[Told], *, translations: Iterable[Agreement] = ()) -> tuple[Origin, ...]:
    """The independent origins of these reports, in the order of their first members.

    Copies of reports that are not among them are left out; a translation joins the groups of both sides.
    """
    known = {report.id: report for report in reports}
    groups = _Groups(known)
    for report in reports:
        for earlier in _folded_with(report, known):
            groups.join(report.id, earlier)
    for each in translations:
        first, second = known.get(each.first), known.get(each.second)
        if first and second and is_translation(each, first=first, second=second):
            groups.join(first.id, second.id)
    return tuple(Origin(original=_original(group, known), members=group) for group in groups.all())


def _folded_with(report: Told, known: Mapping[str, Told]) -> Iterator[str]:
    """What the report was made of, and, of an agency's own text, what was cut from it before it came."""
    among = [copy for copy in report.copies if copy.of in known and copy.of != report.id]
    if made_of := copied(among):
        yield made_of.of
    for copy in among:
        if copy.certain and report.agency and report.agency in known[copy.of].credits:
            yield copy.of


def _original(group: Sequence[str], known: Mapping[str, Told]) -> str:
    """The agency's own text, if one that others credit is there, else the earliest; those without time come last."""
    credited = {agency for member in group for agency in known[member].credits if not known[member].agency}
    own = [member for member in group if known[member].agency in credited]
    any_agency = [member for member in group if known[member].agency]
    return min(own or any_agency or group, key=lambda member: _order(known[member]))


def _order(report: Told) -> tuple[bool, float, str]:
    return (report.when is None, report.when.timestamp() if report.when else 0.0, report.id)


class _Groups:
    """Reports joined to groups."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._above = {each: each for each in ids}

    def join(self, first: str, second: str) -> None:
        self._above[self._top(first)] = self._top(second)

    def all(self) -> list[tuple[str, ...]]:
        groups: dict[str, list[str]] = {}
        for each in self._above:
            groups.setdefault(self._top(each), []).append(each)
        return [tuple(group) for group in groups.values()]

    def _top(self, each: str) -> str:
        while self._above[each] != each:
            self._above[each] = self._above[self._above[each]]
            each = self._above[each]
        return each

"""Learns from reports that surely tell one story which names in them are one (decides).

Counts in how many distinct reports of two languages two names stand side by side, and in how many one stands alone.
Names that both reports spell alike need no teaching, and are nobody else's twin. The likeliest pairs are taken first,
each name once for a pair of languages. What comes out is for `Bridge(extra=...)`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from chronik.relate.bridge.alike import alike
from chronik.relate.bridge.bridge import Bridge
from chronik.relate.bridge.folding import folded
from chronik.relate.bridge.skeleton import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.model.relating import Report
    from chronik.relate.bridge.named import Named

SUPPORT_MIN = 2
SUPPORT_UNLIKE_MIN = 4
"""So many reports must stand behind two names that do not sound alike."""
SCORE_MIN = 0.5
SOUNDS_FROM = 0.45
NAMES_MAX = 60
"""Names of one report that are compared with those of another."""
PAIRS_MAX = 200_000
TEXT_CHARACTERS_MAX = 2_000
WEIGHT_MIN = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two spellings that seem to be one entity."""

    first: str
    """Spellings as the reports have them; the language codes sort the two."""
    second: str
    languages: tuple[str, str]
    support: int
    """Reports, on the side that has fewer, that have one beside the other."""
    against: int
    """Reports that have one of them while the other language's report has not the other."""
    score: float


@dataclass(slots=True)
class _Seen:
    """Reports that have a name, and how it is spelled."""

    surface: str
    reports: set[str] = field(default_factory=set)


def learned(
    aligned: Iterable[tuple[Report, Report]], *, bridge: Bridge | None = None, support_min: int = SUPPORT_MIN
) -> tuple[Pairing, ...]:
    """Names that are one, the surest first, from pairs of reports that tell one story in two languages."""
    bridge = bridge or Bridge()
    alone: dict[tuple[str, str, str], _Seen] = {}
    beside: dict[tuple[str, str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for first, second in _sorted(aligned):
        one, other = first.language, second.language
        names, others = _unknown(first, bridge), _unknown(second, bridge)
        for side, against, report, found in ((one, other, first, names), (other, one, second, others)):
            for name, surface in found.items():
                alone.setdefault((side, against, name), _Seen(surface)).reports.add(report.id)
        both = names.keys() & others.keys()
        for name, twin in product(names.keys() - both, others.keys() - both):
            if len(beside) < PAIRS_MAX or (one, other, name, twin) in beside:
                pair = beside[one, other, name, twin]
                pair[0].add(first.id)
                pair[1].add(second.id)
    return tuple(_chosen(_scored(alone, beside, support_min)))


def _sorted(aligned: Iterable[tuple[Report, Report]]) -> Iterator[tuple[Report, Report]]:
    for first, second in aligned:
        if first.language < second.language:
            yield first, second
        elif first.language > second.language:
            yield second, first


def _unknown(report: Report, bridge: Bridge) -> dict[str, str]:
    """Names that no list knows: folded → as they stand."""
    text = f"{report.title}\n{report.text[:TEXT_CHARACTERS_MAX]}"
    found: list[Named] = [
        named
        for named in bridge.names_in(text, language=report.language, known=report.names)
        if named.key.startswith(MARK) and named.weight >= WEIGHT_MIN
    ]
    return {folded(named.surface): named.surface for named in found[:NAMES_MAX]}


def _scored(
    alone: dict[tuple[str, str, str], _Seen],
    beside: dict[tuple[str, str, str, str], tuple[set[str], set[str]]],
    support_min: int,
) -> Iterator[Pairing]:
    for (one, other, name, twin), (firsts, seconds) in beside.items():
        support = min(len(firsts), len(seconds))
        first, second = alone[one, other, name], alone[other, one, twin]
        if support < support_min or folded(first.surface) == folded(second.surface):
            continue
        against = len(first.reports - firsts) + len(second.reports - seconds)
        sounds = alike(first.surface, second.surface)
        together = 2 * support / (2 * support + against)
        if sounds < SOUNDS_FROM and support < max(SUPPORT_UNLIKE_MIN, support_min):
            continue
        score = round(together * (0.5 + 0.5 * sounds), 4)
        if score >= SCORE_MIN:
            yield Pairing(
                first=first.surface,
                second=second.surface,
                languages=(one, other),
                support=support,
                against=against,
                score=score,
            )


def _chosen(pairings: Iterable[Pairing]) -> Iterator[Pairing]:
    """The best first; a name is taken once for a pair of languages."""
    taken: set[tuple[tuple[str, str], str, int]] = set()
    for pairing in sorted(pairings, key=lambda one: (-one.score, -one.support, one.first, one.second)):
        ends = {(pairing.languages, pairing.first, 0), (pairing.languages, pairing.second, 1)}
        if taken.isdisjoint(ends):
            taken |= ends
            yield pairing

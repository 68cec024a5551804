"""Learns from reports that surely tell one story which names in them are one (decides).

Counts in how many distinct reports of two languages two names stand side by side, and in how many one stands alone.
Names that both reports spell alike need no teaching, and are nobody else's twin. The likeliest pairs are taken first,
each name once for a pair of languages. What comes out is for editors, and then for `Bridge(extra=...)`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
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
SUPPORT_UNLIKE_MIN, STORIES_UNLIKE_MIN = 4, 2
"""So many reports of so many stories must stand behind two names that do not sound alike."""
SCORE_MIN = 0.5
SOUNDS_FROM = 0.45
RIVAL_SHARE = 0.6
"""Another pair with one of the two names is a rival from so much of the score on."""
NAMES_MAX = 60
"""Names of one report that are compared with those of another."""
PAIRS_MAX = 200_000
WITNESSES_MAX = 10
TEXT_CHARACTERS_MAX = 1_200
NAME_CHARACTERS_MAX = 100
WEIGHT_MIN = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Two reports that surely tell one story, in two languages."""

    first: Report
    second: Report
    story: str = ""
    """Id of the story; each pair is a story of its own where none is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two spellings that seem to be one entity."""

    first: str
    """Spellings as the reports have them; the language codes sort the two."""
    second: str
    languages: tuple[str, str]
    support: int
    """Reports, on the side that has fewer, that have one beside the other."""
    stories: int
    """Stories in which they stand side by side."""
    against: int
    """Reports that have one of them while the other language's report has not the other."""
    rivals: int = 0
    """Other names that stand beside one of them nearly as surely."""
    score: float
    witnesses: tuple[tuple[str, str, str], ...] = ()
    """Story, and a report of each language in which the names stand."""


@dataclass(slots=True)
class _Seen:
    """Reports that have a name, and how it is spelled."""

    surface: str
    reports: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Beside:
    """Reports in which two names stand side by side, and for each story two of them."""

    firsts: set[str] = field(default_factory=set)
    seconds: set[str] = field(default_factory=set)
    stories: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Counted:
    """What stands where; names by the two languages and their folded form."""

    alone: dict[tuple[str, str, str], _Seen] = field(default_factory=dict)
    beside: dict[tuple[str, str, str, str], _Beside] = field(default_factory=lambda: defaultdict(_Beside))


def learned(
    aligned: Iterable[Aligned], *, bridge: Bridge | None = None, support_min: int = SUPPORT_MIN
) -> tuple[Pairing, ...]:
    """Names that are one, the surest first, from pairs of reports that tell one story in two languages."""
    bridge = bridge or Bridge()
    counted = _Counted()
    read: dict[str, dict[str, str]] = {}
    for pair in _sorted(aligned):
        for report in (pair.first, pair.second):
            if report.id not in read:
                read[report.id] = _unknown(report, bridge)
        _count(counted, pair, read[pair.first.id], read[pair.second.id])
    return tuple(_chosen(_scored(counted, support_min, bridge)))


def _sorted(aligned: Iterable[Aligned]) -> Iterator[Aligned]:
    for pair in aligned:
        if pair.first.language < pair.second.language:
            yield pair
        elif pair.first.language > pair.second.language:
            yield replace(pair, first=pair.second, second=pair.first)


def _count(counted: _Counted, pair: Aligned, names: dict[str, str], others: dict[str, str]) -> None:
    one, other = pair.first.language, pair.second.language
    for side, against, report, found in ((one, other, pair.first, names), (other, one, pair.second, others)):
        for name, surface in found.items():
            counted.alone.setdefault((side, against, name), _Seen(surface)).reports.add(report.id)
    both = names.keys() & others.keys()
    story = pair.story or f"{pair.first.id} {pair.second.id}"
    for name, twin in product(names.keys() - both, others.keys() - both):
        key = (one, other, name, twin)
        if len(counted.beside) < PAIRS_MAX or key in counted.beside:
            beside = counted.beside[key]
            beside.firsts.add(pair.first.id)
            beside.seconds.add(pair.second.id)
            beside.stories.setdefault(story, (pair.first.id, pair.second.id))


def _unknown(report: Report, bridge: Bridge) -> dict[str, str]:
    """Names that no list knows: folded → as they stand."""
    text = f"{report.title[:TEXT_CHARACTERS_MAX]}\n{report.text[:TEXT_CHARACTERS_MAX]}"
    found: list[Named] = [
        named
        for named in bridge.names_in(text, language=report.language, known=report.names)
        if named.key.startswith(MARK) and named.weight >= WEIGHT_MIN and len(named.surface) <= NAME_CHARACTERS_MAX
    ]
    return {folded(named.surface): named.surface for named in found[:NAMES_MAX]}


def _scored(counted: _Counted, support_min: int, bridge: Bridge) -> Iterator[Pairing]:
    for (one, other, name, twin), beside in counted.beside.items():
        support = min(len(beside.firsts), len(beside.seconds))
        first, second = counted.alone[one, other, name], counted.alone[other, one, twin]
        if support < support_min or bridge.apart(first.surface, second.surface):
            continue
        sounds = alike(first.surface, second.surface)
        few = support < max(SUPPORT_UNLIKE_MIN, support_min) or len(beside.stories) < STORIES_UNLIKE_MIN
        if sounds < SOUNDS_FROM and few:
            continue
        against = len(first.reports - beside.firsts) + len(second.reports - beside.seconds)
        together = 2 * support / (2 * support + against)
        witnesses = [(story, *reports) for story, reports in beside.stories.items()]
        yield Pairing(
            first=first.surface,
            second=second.surface,
            languages=(one, other),
            support=support,
            stories=len(beside.stories),
            against=against,
            score=round(together * (0.5 + 0.5 * sounds), 4),
            witnesses=tuple(witnesses[:WITNESSES_MAX]),
        )


def _chosen(pairings: Iterable[Pairing]) -> Iterator[Pairing]:
    """The best first; a name is taken once for a pair of languages, and knows how many rivals it had."""
    ordered = sorted(pairings, key=lambda one: (-one.score, -one.support, one.first, one.second))
    with_name: dict[tuple[tuple[str, str], str, int], list[float]] = defaultdict(list)
    for pairing in ordered:
        for end in _ends(pairing):
            with_name[end].append(pairing.score)
    taken: set[tuple[tuple[str, str], str, int]] = set()
    for pairing in ordered:
        ends = _ends(pairing)
        if pairing.score >= SCORE_MIN and taken.isdisjoint(ends):
            taken.update(ends)
            near = [score for end in ends for score in with_name[end] if score >= RIVAL_SHARE * pairing.score]
            yield replace(pairing, rivals=len(near) - len(ends))


def _ends(pairing: Pairing) -> tuple[tuple[tuple[str, str], str, int], ...]:
    return (
        (pairing.languages, folded(pairing.first), 0),
        (pairing.languages, folded(pairing.second), 1),
    )

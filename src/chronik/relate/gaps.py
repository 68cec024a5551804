"""What a dossier lacks: a party, language, kind of source, country or week that the corpus holds (decides)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

EXAMPLES_MAX = 5
ARTICLES_MIN = 2
"""One article alone makes no gap."""
THIN_SHARE = 0.25
"""A dossier is thin where it has less than this share of the clips that one would expect by the corpus …"""
EXPECTED_MIN = 4
"""… and one would expect at least so many."""
HELD_MAX = 1_000_000


class GapKind(StrEnum):
    """What is missing."""

    PARTY = "party"
    LANGUAGE = "language"
    SOURCE_KIND = "source-kind"
    COUNTRY = "country"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What tells one article or clip from others: who speaks in it, in which language, from where, when."""

    id: str
    origin: str = ""
    """Id of the report that it copies; copies count once."""
    parties: frozenset[str] = frozenset()
    """Sides whose sources it is from, or whose speakers it quotes."""
    language: str = ""
    source_kind: str = ""
    country: str = ""
    published: datetime | None = None
    score: float = 1.0
    """How probably it belongs to the dossier: examples begin with the highest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something of which the corpus holds articles that belong to the dossier, and the dossier none, or few."""

    kind: GapKind
    value: str
    """Name of the side, language tag, kind of source, country code, or ISO week (`2020-W40`)."""
    held: int
    """Clips of it in the dossier."""
    there: int
    """Independent articles of it in the corpus that belong to the dossier and are not in it."""
    expected: float
    """Clips that the dossier would have of it if it took after the corpus."""
    examples: tuple[str, ...]
    """Ids of articles, best first."""


def gaps(dossier: Iterable[Held], corpus: Iterable[Held]) -> tuple[Gap, ...]:
    """What the dossier lacks, the widest gap first.

    The corpus are the articles that belong to the dossier by score or story; which, the caller decides. An article of
    the dossier may be among them.
    """
    kept = _once(dossier)
    inside = {one.id for one in kept} | {one.origin for one in kept if one.origin}
    there = [one for one in _once(corpus) if one.id not in inside and (one.origin or one.id) not in inside]
    found = [gap for kind, values in _VALUES.items() for gap in _gaps_of(kind, values, kept=kept, there=there)]
    return in_order(found)


def is_gap(kind: GapKind, *, held: int, there: int, expected: float) -> bool:
    """Whether so little is held of something that it is missing."""
    thin = expected >= EXPECTED_MIN and held < THIN_SHARE * expected and kind is not GapKind.WEEK
    return there >= ARTICLES_MIN and (not held or thin)


def in_order(found: Iterable[Gap]) -> tuple[Gap, ...]:
    """The widest gap first."""
    return tuple(sorted(found, key=lambda gap: (-(gap.expected - gap.held), -gap.there, gap.kind, gap.value)))


def week(day: date) -> str:
    """The ISO week of a day: `2020-W40`."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def _once(items: Iterable[Held]) -> list[Held]:
    """Each origin once: the likeliest of its copies."""
    best: dict[str, Held] = {}
    for one in items:
        origin = one.origin or one.id
        if origin not in best or one.score > best[origin].score:
            best[origin] = one
        if len(best) >= HELD_MAX:
            break
    return list(best.values())


def _gaps_of(
    kind: GapKind, values: Callable[[Held], Iterable[str]], *, kept: list[Held], there: list[Held]
) -> list[Gap]:
    held: dict[str, int] = defaultdict(int)
    outside: dict[str, list[Held]] = defaultdict(list)
    for one in kept:
        for value in values(one):
            held[value] += 1
    for one in there:
        for value in values(one):
            outside[value].append(one)
    known = sum(held.values()) + sum(len(items) for items in outside.values())
    found = []
    kept_in_all = sum(held.values())
    for value, items in outside.items():
        expected = kept_in_all * (held[value] + len(items)) / known
        if is_gap(kind, held=held[value], there=len(items), expected=expected):
            best = sorted(items, key=lambda one: (-one.score, one.id))[:EXAMPLES_MAX]
            found.append(
                Gap(
                    kind=kind,
                    value=value,
                    held=held[value],
                    there=len(items),
                    expected=expected,
                    examples=tuple(one.id for one in best),
                )
            )
    return found


def _week(one: Held) -> Iterable[str]:
    return () if one.published is None else (week(one.published),)


_VALUES: dict[GapKind, Callable[[Held], Iterable[str]]] = {
    GapKind.PARTY: lambda one: one.parties,
    GapKind.LANGUAGE: lambda one: (one.language.partition("-")[0],) if one.language not in {"", "und"} else (),
    GapKind.SOURCE_KIND: lambda one: (one.source_kind,) if one.source_kind not in {"", "unknown"} else (),
    GapKind.COUNTRY: lambda one: (one.country,) if one.country else (),
    GapKind.WEEK: _week,
}

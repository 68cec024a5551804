"""Which sources look like one, and what becomes of two that are. Decides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, combinations
from typing import TYPE_CHECKING

from chronik.model import Source, SourceKind
from chronik.takein.credits import MADE_BY, cleaned
from chronik.takein.spelling import key, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GROUP_MAX = 12
"""A host or name that more sources share says nothing of two of them."""
DUPLICATES_MAX = 500
LETTERS_MIN = 4
"""Shorter names are written alike by chance."""


class Ground(StrEnum):
    """Why two sources look like one, the surest first."""

    NAME = "name"
    """Both have a name, or an alias."""
    HOST = "host"
    """Both are at home on a host."""
    SCRIPT = "script"
    """A name of one is that of the other in another script or spelling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """Two sources that look like one."""

    survivor: Source
    """The one that is known better."""
    other: Source
    ground: Ground
    shared: str
    """What they have in common, as the other has it."""


def duplicates(sources: Iterable[Source]) -> list[Duplicate]:
    """Pairs that look like one, the surest first, each pair once."""
    known = list(sources)
    found: dict[frozenset[str], Duplicate] = {}
    for ground in Ground:
        groups: dict[str, dict[str, tuple[Source, str]]] = defaultdict(dict)
        for source, mark, shown in ((one, *told) for one in known for told in _marks(one, ground)):
            groups[mark].setdefault(source.id, (source, shown))
        telling = (group.values() for group in groups.values() if 1 < len(group) <= GROUP_MAX)
        for one, two in chain.from_iterable(combinations(group, 2) for group in telling):
            _add(found, one, two, ground)
    return list(found.values())[:DUPLICATES_MAX]


def merged_source(survivor: Source, other: Source) -> Source:
    """The source that stands, with what it lacks taken from the other; no name or host of either is lost."""
    names = {**other.names, **survivor.names}
    names = {tag: names[tag] for tag in dict.fromkeys((*survivor.names, *other.names))}
    standing = {key(name) for name in (*names.values(), *survivor.aliases)}
    fresh = {key(name): name for name in (*other.aliases, *other.names.values()) if key(name) not in standing}
    return replace(
        survivor,
        names=names,
        aliases=(*survivor.aliases, *fresh.values()),
        kind=survivor.kind if survivor.kind is not SourceKind.UNKNOWN else other.kind,
        country=survivor.country or other.country,
        home_page=survivor.home_page or other.home_page,
        hosts=tuple(dict.fromkeys((*survivor.hosts, *other.hosts))),
        owner=survivor.owner or other.owner,
        credit_style=survivor.credit_style or other.credit_style,
    )


def _marks(source: Source, ground: Ground) -> Iterator[tuple[str, str]]:
    if ground is Ground.HOST:
        for host in source.hosts:
            yield host.lower().removeprefix("www."), host
        return
    for name in (*source.names.values(), *source.aliases):
        mark = key(name) if ground is Ground.NAME else key(slug(cleaned(name)))
        if mark and (ground is Ground.NAME or len(mark) >= LETTERS_MIN):
            yield mark, name


def _add(
    found: dict[frozenset[str], Duplicate], one: tuple[Source, str], two: tuple[Source, str], ground: Ground
) -> None:
    pair = frozenset((one[0].id, two[0].id))
    if pair in found or _of_two_countries(one[0], two[0]):
        return
    (survivor, _), (other, shown) = sorted((one, two), key=lambda side: _standing(side[0]))
    found[pair] = Duplicate(survivor=survivor, other=other, ground=ground, shared=shown)


def _of_two_countries(one: Source, two: Source) -> bool:
    return bool(one.country and two.country and one.country != two.country)


def _standing(source: Source) -> tuple[bool, bool, int, str]:
    """Which of two is known better."""
    return source.made_by == MADE_BY, source.made_by != "chronik", -len(source.names), source.id

"""What the first look at all leaves says of the company of each (decides): an article is one stretch in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.extract.readers.columns import Columns
from chronik.extract.readers.places import heights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.readers.features import Shape
    from chronik.extract.readers.leaves import Element, Leaves

CERTAIN = 1_000
"""The chance of what is certain; chances are whole numbers, the same on every machine."""
LIKELY = 500
LONG_WEIGHT_MIN = 60
"""Shorter leaves mark no place of the article."""
HEIGHT_MAX = 4
"""So many elements around a leaf's own are asked."""
_SPREAD = 3
"""So many units of the forest's sum lie between even chances and certainty."""
_STEPS = (-4, -3, -2, -1, 1, 2, 3, 4)


def chance(total: int, unit: int) -> int:
    """What a forest's sum says, from 0 to `CERTAIN`."""
    return min(CERTAIN, max(0, (total + _SPREAD * unit) * CERTAIN // (2 * _SPREAD * unit)))


def columns(page: Leaves, shapes: Sequence[Shape], *, sums: Sequence[int], unit: int) -> Columns:
    """The first look's word on each leaf and on those around it."""
    chances = [chance(total, unit) for total in sums]
    weights = [one.weight for one in shapes]
    masses = [likely * weight // CERTAIN for likely, weight in zip(chances, weights, strict=True)]
    found = Columns(len(sums))
    found.add("sum", sums)
    found.add_neighbours("sum", sums, steps=_STEPS)
    found.add_windows("mass", masses, radii=(2, 5, 12))
    found.add_windows("light", [w - m for w, m in zip(weights, masses, strict=True)], radii=(2, 5, 12))
    _add_course(found, masses, weights)
    _add_groups(found, page, masses, weights)
    _add_ways(found, page, chances=chances, weights=weights, masses=masses)
    return found


def _add_course(found: Columns, masses: Sequence[int], weights: Sequence[int]) -> None:
    total, whole = sum(masses), sum(weights)
    before, passed = 0, []
    for mass in masses:
        passed.append(before / total if total else -1)
        before += mass
    found.add("passed", passed)
    found.add("left", [1 - share - mass / total if total else -1 for share, mass in zip(passed, masses, strict=True)])
    found.add("total", [total] * found.rows)
    found.add("total share", [total / whole if whole else -1] * found.rows)


def _add_groups(found: Columns, page: Leaves, masses: Sequence[int], weights: Sequence[int]) -> None:
    """What the others say that stand in the same containers, or are marked up in the same way."""
    elements = page.elements
    looks = [(elements[leaf.element].tag, elements[leaf.element].names) for leaf in page.leaves]
    groups: dict[str, Sequence[object]] = {
        f"group {height}": keys for height, keys in enumerate(heights(page, HEIGHT_MAX))
    }
    for name, keys in (*groups.items(), ("alike", looks)):
        _add_group(found, name, keys=keys, masses=masses, weights=weights)


def _add_group(
    found: Columns, name: str, *, keys: Sequence[object], masses: Sequence[int], weights: Sequence[int]
) -> None:
    total = sum(masses)
    groups: dict[object, list[int]] = {}
    for key, mass, weight in zip(keys, masses, weights, strict=True):
        group = groups.setdefault(key, [0, 0])
        group[0] += mass
        group[1] += weight
    own = [groups[key] for key in keys]
    found.add(f"{name} share", [mass / total if total else -1 for mass, _ in own])
    found.add(f"{name} likely", [mass / weight for mass, weight in own])
    found.add(
        f"{name} others",
        [
            (group[0] - mass) / (group[1] - weight) if group[1] > weight else -1
            for group, mass, weight in zip(own, masses, weights, strict=True)
        ],
    )


def _add_ways(
    found: Columns, page: Leaves, *, chances: Sequence[int], weights: Sequence[int], masses: Sequence[int]
) -> None:
    """How far it is to the likely leaf before and behind, in rows and in the tree, and to their container."""
    likely = [c >= LIKELY and w >= LONG_WEIGHT_MIN for c, w in zip(chances, weights, strict=True)]
    elements = page.elements
    places = [leaf.element for leaf in page.leaves]
    before = _last(likely)
    behind = [found.rows - 1 - row if row >= 0 else -1 for row in _last(likely[::-1])][::-1]
    for name, others in (("before", before), ("behind", behind)):
        found.add(f"rows {name}", [abs(row - other) if other >= 0 else -1 for row, other in enumerate(others)])
        ways = _Ways(elements)
        steps = [
            ways.between(places[row], places[other]) if other >= 0 else (-1, -1) for row, other in enumerate(others)
        ]
        found.add(f"up {name}", [up for up, _ in steps])
        found.add(f"down {name}", [down for _, down in steps])
    core = _core(page, masses)
    ways = _Ways(elements)
    steps = [ways.between(place, core) if core >= 0 else (-1, -1) for place in places]
    found.add("up to core", [up for up, _ in steps])
    found.add("down to core", [down for _, down in steps])


def _last(marked: Sequence[bool]) -> list[int]:
    """The row of the last marked leaf before each; -1 where there is none."""
    found, last = [], -1
    for row, is_marked in enumerate(marked):
        found.append(last)
        if is_marked:
            last = row
    return found


def _core(page: Leaves, masses: Sequence[int]) -> int:
    scores: dict[int, int] = {}
    for leaf, mass in zip(page.leaves, masses, strict=True):
        around = page.elements[leaf.element].above
        for place in {leaf.element, max(0, around)}:
            scores[place] = scores.get(place, 0) + mass
    best = max(scores.values(), default=0)
    return min(place for place, score in scores.items() if score == best) if best else -1


class _Ways:
    """Ways through the tree, each looked up once."""

    __slots__ = ("elements", "known")

    def __init__(self, elements: Sequence[Element]) -> None:
        self.elements = elements
        self.known: dict[tuple[int, int], tuple[int, int]] = {}

    def between(self, here: int, there: int) -> tuple[int, int]:
        """Steps up from one element to what it has in common with another, and down to that."""
        way = self.known.get((here, there))
        if way is None:
            way = self.known[here, there] = self._found(here, there)
        return way

    def _found(self, here: int, there: int) -> tuple[int, int]:
        up = down = 0
        while here != there:
            # What stands later in the page is never around what stands before it.
            if here > there:
                here, up = self.elements[here].above, up + 1
            else:
                there, down = self.elements[there].above, down + 1
        return up, down

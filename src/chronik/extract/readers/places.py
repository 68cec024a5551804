"""Where the leaves of a page stand (decides): the container with most running text, and the way from there to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chronik.extract.readers.columns import whole_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.readers.columns import Numbers
    from chronik.extract.readers.leaves import Element, Leaves

_TAGS = """
article main aside nav footer header figure figcaption form table td ul ol li blockquote section address details p
h1 h2 h3 h4 h5 h6 div span pre dl body center font a
"""
TAGS = tuple(_TAGS.split())
TAG_BITS = {tag: 1 << number for number, tag in enumerate(TAGS)}
_SHARES = (4, 4, 3, 2, 1)
"""How much of its running text counts for the element itself, the one around it, and so on: paragraphs may each have a
wrapper of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What each element and all within it hold together, element by element."""

    weight: Numbers
    linked: Numbers
    prose: Numbers
    leaves: Numbers
    prose_leaves: Numbers

    def kinds(self) -> tuple[Numbers, ...]:
        """All kinds of sums."""
        return self.weight, self.linked, self.prose, self.leaves, self.prose_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Sums and ways for each element of a page."""

    sums: Sums
    tags: list[int]
    """The tags of each element and all around it, as bits."""
    core: int
    """The element whose children hold most running text; -1 where there is none."""
    up: Numbers
    """Steps from each element up to what it has in common with the core."""
    down: Numbers
    """Steps from there down to the core."""


def places(page: Leaves, *, weights: Numbers, prose: Numbers) -> Places:
    """The places of a page's elements; weight and running text of its leaves are given."""
    elements = page.elements
    core = _core(page, prose.tolist())
    up, down = _ways(elements, core)
    return Places(sums=_sums(page, weights, prose), tags=_tags(elements), core=core, up=up, down=down)


def _sums(page: Leaves, weights: Numbers, prose: Numbers) -> Sums:
    """Leaves stand in the order of the page, so what is in an element is a stretch of them."""
    first = whole_numbers(element.leaf for element in page.elements)
    behind = whole_numbers(element.leaf_end for element in page.elements)
    behind[behind < 0] = len(page.leaves)
    linked = np.minimum(weights, whole_numbers(leaf.link_characters for leaf in page.leaves))
    parts = (weights, linked, prose, np.ones_like(weights), prose > 0)
    heaped = [np.concatenate(([0], np.cumsum(part))) for part in parts]
    weight, linked, running, leaves, prose_leaves = (heap[behind] - heap[first] for heap in heaped)
    return Sums(weight=weight, linked=linked, prose=running, leaves=leaves, prose_leaves=prose_leaves)


def _core(page: Leaves, proses: Sequence[int]) -> int:
    """The element with most running text near it."""
    elements = page.elements
    scores = [0] * len(elements)
    for leaf, prose in zip(page.leaves, proses, strict=True):
        above = leaf.element
        for share in _SHARES if prose else ():
            if above < 0:
                break
            scores[above] += prose * share
            above = elements[above].above
    best = max(scores, default=0)
    return scores.index(best) if best else -1


def _ways(elements: Sequence[Element], core: int) -> tuple[Numbers, Numbers]:
    """The elements around the core, itself among them, hold one another: so many of them hold an element as well."""
    depths = whole_numbers(element.depth for element in elements)
    if core < 0:
        return depths, np.zeros_like(depths)
    steps = np.zeros(len(elements) + 1, dtype=np.int64)
    place = core
    while place >= 0:
        steps[place] += 1
        steps[elements[place].end] -= 1  # of those that nothing follows, behind the last
        place = elements[place].above
    common = np.cumsum(steps[:-1]) - 1
    return depths - common, depths[core] - common


def _tags(elements: Sequence[Element]) -> list[int]:
    found: list[int] = []
    for element in elements:
        around = found[element.above] if element.above >= 0 else 0
        found.append(around | TAG_BITS.get(element.tag, 0))
    return found


def heights(page: Leaves, steps: int) -> list[Numbers]:
    """For each leaf its own element, then the one around that, and so on; the outermost stands around itself."""
    around = whole_numbers(max(0, element.above) for element in page.elements)
    found = [whole_numbers(leaf.element for leaf in page.leaves)]
    for _ in range(steps):
        found.append(around[found[-1]])
    return found


class Around(NamedTuple):
    """The innermost element of some kinds that an element is or stands in, each as a place; -1 where there is none."""

    item: int = -1
    cell: int = -1
    row: int = -1
    table: int = -1
    heading: int = -1
    quote: int = -1
    text: int = -1
    """Preformatted."""
    figure: int = -1
    caption: int = -1
    """A caption, or a whole figure."""
    lists: int = 0
    """How many lists it stands in."""


_ROLES_BY_TAG = {
    "li": ("item",),
    "td": ("cell",),
    "th": ("cell",),
    "tr": ("row",),
    "table": ("table",),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ("heading",)),
    "blockquote": ("quote",),
    "pre": ("text",),
    "figure": ("figure", "caption"),
    "figcaption": ("caption",),
}
_ROLES = {tag: tuple(map(Around._fields.index, roles)) for tag, roles in _ROLES_BY_TAG.items()}
_LISTS = frozenset({"ul", "ol", "menu"})
_NOWHERE = Around()


def surroundings(page: Leaves) -> list[Around]:
    """What each element of a page stands in, in the order of the elements; remembered with the page."""
    found = page.around
    if len(found) == len(page.elements):
        return found
    for place, element in enumerate(page.elements):
        around = found[element.above] if element.above >= 0 else _NOWHERE
        roles = _ROLES.get(element.tag)
        if roles is not None:
            values = list(around)
            for role in roles:
                values[role] = place
            around = Around._make(values)
        elif element.tag in _LISTS:
            around = Around._make((*around[:-1], around.lists + 1))
        found.append(around)
    return found

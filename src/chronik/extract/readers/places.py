"""Where the leaves of a page stand (decides): the container with most running text, and the way from there to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

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


@dataclass(slots=True)
class Sums:
    """What each element and all within it hold together, element by element."""

    weight: list[int]
    linked: list[int]
    prose: list[int]
    leaves: list[int]
    prose_leaves: list[int]

    def kinds(self) -> tuple[list[int], ...]:
        """All kinds of sums."""
        return self.weight, self.linked, self.prose, self.leaves, self.prose_leaves


@dataclass(slots=True)
class Places:
    """Sums and ways for each element of a page."""

    sums: Sums
    tags: list[int]
    """The tags of each element and all around it, as bits."""
    core: int
    """The element whose children hold most running text; -1 where there is none."""
    up: list[int]
    """Steps from each element up to what it has in common with the core."""
    down: list[int]
    """Steps from there down to the core."""


def places(page: Leaves, *, weights: Sequence[int], prose: Sequence[int]) -> Places:
    """The places of a page's elements; weight and running text of its leaves are given."""
    elements = page.elements
    count = len(elements)
    sums = Sums(*([0] * count for _ in range(5)))
    for leaf, weight, running in zip(page.leaves, weights, prose, strict=True):
        place = leaf.element
        sums.weight[place] += weight
        sums.linked[place] += min(weight, leaf.link_characters)
        sums.prose[place] += running
        sums.leaves[place] += 1
        sums.prose_leaves[place] += running > 0
    core = _core(elements, sums.prose)
    _add_up(elements, sums)
    up, down = _ways(elements, core)
    return Places(sums=sums, tags=_tags(elements), core=core, up=up, down=down)


def _core(elements: Sequence[Element], proses: Sequence[int]) -> int:
    """The element with most running text near it."""
    scores = [0] * len(elements)
    for place, prose in enumerate(proses):
        above = place
        for share in _SHARES if prose else ():
            if above < 0:
                break
            scores[above] += prose * share
            above = elements[above].above
    best = max(scores, default=0)
    return scores.index(best) if best else -1


def _add_up(elements: Sequence[Element], sums: Sums) -> None:
    kinds = sums.kinds()
    for place in range(len(elements) - 1, 0, -1):
        above = elements[place].above
        if above >= 0 and sums.leaves[place]:
            for kind in kinds:
                kind[above] += kind[place]


def _ways(elements: Sequence[Element], core: int) -> tuple[list[int], list[int]]:
    above_core: dict[int, int] = {}
    place = core
    while place >= 0:
        above_core[place] = len(above_core)
        place = elements[place].above
    up: list[int] = []
    down: list[int] = []
    for place, element in enumerate(elements):
        if place in above_core:
            up.append(0)
            down.append(above_core[place])
        elif element.above < 0:
            up.append(0)
            down.append(len(above_core))
        else:
            up.append(up[element.above] + 1)
            down.append(down[element.above])
    return up, down


def _tags(elements: Sequence[Element]) -> list[int]:
    found: list[int] = []
    for element in elements:
        around = found[element.above] if element.above >= 0 else 0
        found.append(around | TAG_BITS.get(element.tag, 0))
    return found


def heights(page: Leaves, steps: int) -> list[list[int]]:
    """For each leaf its own element, then the one around that, and so on; the outermost stands around itself."""
    around = [max(0, element.above) for element in page.elements]
    found = [[leaf.element for leaf in page.leaves]]
    for _ in range(steps):
        found.append([around[place] for place in found[-1]])
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
        tag = element.tag
        if tag in _ROLES:
            values = list(around)
            for role in _ROLES[tag]:
                values[role] = place
            around = Around(*values)
        elif tag in _LISTS:
            around = around._replace(lists=around.lists + 1)
        found.append(around)
    return found

"""Lists and tables within an article's text, whose cells are too short to be known for it by themselves (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from chronik.extract.readers.leaves import Element, Leaves

HOLDERS = frozenset({"ul", "ol", "table"})
LEAVES_MAX = 80
CHARACTERS_MAX = 4_000
LINKED_SHARE_MAX = 0.4
"""Of their letters that lead elsewhere; a list of other articles is nothing else."""
NEIGHBOUR_CHARACTERS_MIN = 60
"""Of the paragraph above or below; beside a list of labels stand labels."""


def filled(page: Leaves, rows: Collection[int]) -> list[int]:
    """The rows, and those of lists and tables that stand between two chosen paragraphs of one element."""
    chosen = set(rows)
    for element in page.elements:
        if element.tag in HOLDERS and not element.hidden and _is_between(page, element, chosen):
            chosen.update(range(element.leaf, element.leaf_end))
    return sorted(chosen)


def _is_between(page: Leaves, element: Element, chosen: Collection[int]) -> bool:
    first, end = element.leaf, element.leaf_end
    if not 0 < first < end < len(page.leaves) or end - first > LEAVES_MAX:
        return False
    if first - 1 not in chosen or end not in chosen:
        return False
    before, after = page.leaves[first - 1], page.leaves[end]
    beside = [leaf for leaf in (before, after) if page.elements[leaf.element].above == element.above]
    if len(beside) < 2 or max(len(leaf.text) for leaf in beside) < NEIGHBOUR_CHARACTERS_MIN:
        return False
    held = page.leaves[first:end]
    length = sum(len(leaf.text) for leaf in held)
    return length <= CHARACTERS_MAX and sum(leaf.link_characters for leaf in held) <= LINKED_SHARE_MAX * length

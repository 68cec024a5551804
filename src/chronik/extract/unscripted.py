"""What a page holds for readers that run no scripts, where hardly any text stands on the page itself (decides)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.extract.candidates import Body
from chronik.extract.forms.fragment import node_blocks
from chronik.extract.states import finding

if TYPE_CHECKING:
    from chronik.extract.candidates import Declared
    from chronik.extract.tree import Tree

STANDING_CHARACTERS_MAX = 500
"""A page on which more stands shows its article without scripts."""
TIMES_LONGER_MIN = 3
"""A text for scripts is so many times as long as the lead or notice that stands on the page."""
NOSCRIPT_CHARACTERS_MIN = 500
ELEMENTS_MAX = 20


def completed(tree: Tree, body: Body, *, declared: Declared, url: str) -> tuple[Body, Declared]:
    """Body and declarations, from the data of the page's scripts where the page itself shows next to nothing."""
    standing = _characters(body)
    if standing > STANDING_CHARACTERS_MAX:
        return body, declared
    found = finding.found(tree, declared=declared, url=url)
    if found is not None and _characters(found.body) >= TIMES_LONGER_MIN * standing:
        return found.body, _declared(declared, found)
    instead = _noscript(tree, url)
    return (instead, declared) if instead is not None and not standing else (body, declared)


def _characters(body: Body) -> int:
    return sum(len(block.text) for block in body.blocks)


def _declared(declared: Declared, found: finding.Found) -> Declared:
    """What the page declares, and behind it what its scripts know; their title goes first, for it has no suffix."""
    return replace(
        declared,
        titles=(found.title, *declared.titles),
        authors=(*declared.authors, *((found.authors,) if found.authors else ())),
        published=(*declared.published, *((found.published,) if found.published else ())),
    )


def _noscript(tree: Tree, url: str) -> Body | None:
    """The article written for browsers that run no scripts."""
    for node in tree.css("noscript")[:ELEMENTS_MAX]:
        body = Body(blocks=node_blocks(node, url=url), origin="noscript", trusted=False)
        if _characters(body) >= NOSCRIPT_CHARACTERS_MIN:
            return body
    return None

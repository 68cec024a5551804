"""The byline that a page shows, where it declares no author (decides)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chronik.extract import bylines
from chronik.extract.date_places import around_heading, beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.extract.tree import Node, Tree

ELEMENTS_MAX = 60
TEXT_CHARACTERS_MAX = 200
TOGETHER_DEPTH = 4
"""Authors of one article stand that close to one another."""
BEFORE_MAX, AFTER_MAX = 12, 60
"""Texts before and after the heading in which a byline is looked for."""
AROUND_MAX = 8

_HINTS = ("author", "byline", "autor", "auteur", "writer", "verfasser", "redakteur", "journalist")
_ADDRESSES = (
    "/author",
    "/autor",
    "/auteur",
    "/people/",
    "/person",
    "/journalist",
    "/profil",
    "/redakt",
    "/yazar",
    "/avtor",
)
_QUERY = ", ".join(
    (
        *(f'[class*="{hint}" i]' for hint in _HINTS),
        *('[id*="author" i]', '[id*="byline" i]', '[data-testid*="author" i]', '[data-testid*="byline" i]'),
        *(f'a[href*="{address}" i]' for address in _ADDRESSES),
    )
)
_NO_BYLINE = frozenset(
    {"figure", "figcaption", "script", "style", "img", "svg", "body", "html", "meta", "link", "input"}
)


def shown(tree: Tree) -> tuple[str, ...]:
    """The names in the byline above or below the article, as they stand there; none where there is no clear one."""
    around = around_heading(tree)
    return _marked(tree, around) or _introduced(tree, around)


def _marked(tree: Tree, around: frozenset[int]) -> tuple[str, ...]:
    """Names in elements that are called after authors."""
    nodes = [node for node in tree.css(_QUERY)[: 4 * ELEMENTS_MAX] if node.tag not in _NO_BYLINE]
    parents = {parent.mem_id for node in nodes for parent in _outwards(node.parent, AROUND_MAX)}
    first: Node | None = None
    found: dict[str, str] = {}
    for node in [node for node in nodes if node.mem_id not in parents][:ELEMENTS_MAX]:
        names = _persons(node)
        if not names or _pictured(node) or beside(node, around):
            continue
        if first is None:
            first = node
        if _together(first, node):
            found.update((name.casefold(), name) for name in names if name.casefold() not in found)
    return tuple(found.values())


def _introduced(tree: Tree, around: frozenset[int]) -> tuple[str, ...]:
    """Names in a text near the heading that begins as bylines do."""
    for node in _near_heading(tree):
        text = " ".join((node.text_content or "").split())
        holder = node.parent
        if holder is None or len(text) > TEXT_CHARACTERS_MAX or not bylines.introduced(text) or beside(holder, around):
            continue
        whole = " ".join(holder.text(deep=True, separator=" ").split())
        for offered in (text, whole):
            names = tuple(filter(bylines.is_person, bylines.names((offered,))))
            if names and len(offered) <= TEXT_CHARACTERS_MAX:
                return names
    return ()


def _near_heading(tree: Tree) -> Sequence[Node]:
    before: list[Node] = []
    texts = _texts(tree)
    for node in texts:
        if node.tag == "h1":
            return [*before[-BEFORE_MAX:], *(node for node in islice(texts, AFTER_MAX) if node.tag != "h1")]
        before.append(node)
    return before[: BEFORE_MAX + AFTER_MAX]


def _texts(tree: Tree) -> Iterator[Node]:
    """The page's texts that say something, and its first-level headings, in order."""
    for node in tree.body.traverse(include_text=True) if tree.body is not None else ():
        if node.tag == "h1" or (node.tag == "-text" and (node.text_content or "").strip()):
            yield node


def _persons(node: Node) -> tuple[str, ...]:
    text = " ".join(node.text(deep=True, separator=" ").split())
    if not text or len(text) > TEXT_CHARACTERS_MAX:
        return ()
    return tuple(filter(bylines.is_person, bylines.names((text,))))


def _pictured(node: Node) -> bool:
    return any(parent.tag in {"figure", "figcaption"} for parent in _outwards(node, AROUND_MAX))


def _together(first: Node, other: Node) -> bool:
    near = {node.mem_id for node in _outwards(first, TOGETHER_DEPTH)}
    return any(node.mem_id in near for node in _outwards(other, TOGETHER_DEPTH))


def _outwards(node: Node | None, depth: int) -> Iterator[Node]:
    for _ in range(depth):
        if node is None or node.tag in {"body", "html"}:
            return
        yield node
        node = node.parent

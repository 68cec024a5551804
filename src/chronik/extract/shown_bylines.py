"""The byline that a page shows, where it declares no author (decides)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from chronik.extract import bylines
from chronik.extract.date_places import around_heading, beside, names_of
from chronik.extract.names.gazetteer import persons
from chronik.extract.names.tokens import small
from chronik.extract.script import script_of

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
NAME_WORDS_MAX = 5

DATED_CHARACTERS_MAX = 120
"""Of a line with a day and a name; a longer one is a sentence."""

_OWN = re.compile(r"(?:node|entry|post|article)[-_]{1,2}(?:meta|submitted|info)")
_CLOCK = re.compile(r"\d{4}|\d{1,2}:\d{2}")
_PARTS = re.compile(r"[|•·／]|(?<=\d)\s+(?=[^\W\d])|\s+(?=(?:来源|來源)[:：])|\s+(?=记者|記者)")
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
        if not names or _pictured(node) or _beside(node, around):
            continue
        if first is None:
            first = node
        if _together(first, node):
            found.update((name.casefold(), name) for name in names if name.casefold() not in found)
    return tuple(found.values())


def _introduced(tree: Tree, around: frozenset[int]) -> tuple[str, ...]:
    """Names in a text near the heading that begins as bylines do."""
    near = _near_heading(tree)
    for number, node in enumerate(near):
        text = _said(node)
        holder = node.parent
        if holder is None or len(text) > TEXT_CHARACTERS_MAX or node.tag == "h1" or _beside(holder, around):
            continue
        for offered in _offered(text, holder, [_said(other) for other in near[number + 1 : number + 2]]):
            names = tuple(filter(bylines.is_person, bylines.names((offered,))))
            if names and len(offered) <= TEXT_CHARACTERS_MAX:
                return names
    return ()


def _bears_first_name(text: str) -> bool:
    """Whether a word of a text is a usual name of persons: sections have names too."""
    return any(small(word) in persons(script_of(word[0])).usual for word in text.split()[:NAME_WORDS_MAX])


def _beside(node: Node, around: frozenset[int]) -> bool:
    """Whether a byline belongs to something beside the article; what some systems call its footer does not."""
    if not beside(node, around):
        return False
    own = (parent for parent in _outwards(node, AROUND_MAX) if parent.tag in {"footer", "header"})
    return not any(
        _OWN.search(names_of(parent)) and len(parent.text(deep=True)) <= TEXT_CHARACTERS_MAX for parent in own
    )


def _said(node: Node) -> str:
    return " ".join((node.text_content or "").split())


def _offered(text: str, holder: Node, following: Sequence[str]) -> Iterator[str]:
    """What of a text may be a byline: all of it, it and the text behind it, or what stands in it beside a day."""
    if bylines.introduced(text):
        yield from () if bylines.is_lead_in(text) else (text,)
        yield from (f"{text} {other}" for other in following)
        yield " ".join(holder.text(deep=True, separator=" ").split())
    elif len(text) <= DATED_CHARACTERS_MAX and _CLOCK.search(text):
        parts = [part.strip() for part in _PARTS.split(text) if not any(map(str.isdecimal, part))]
        yield from (part for part in parts if bylines.introduced(part))
        yield from (part for part in parts if len(parts) == 1 and "|" in text and _bears_first_name(part))


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

"""The article's body, from the reader that is to be trusted with the page (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.extract.candidates import Body, TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.readers import body as slow_reader
from chronik.extract.readers import own
from chronik.extract.readers.rendering import body_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chronik.extract.candidates import Declared
    from chronik.extract.tree import Tree

DECLARED_CHARACTERS_MIN = 800
DECLARED_TIMES_LONGER_MIN = 4
"""A declared text is taken where it is so many times as long as what stands on the page, which scripts then build."""


def best_body(tree: Tree, html: str, *, url: str, declared: Declared) -> Body:
    """The paragraphs, links and pictures of the article on a page; without blocks where there is none.

    Our own reader reads every page; where it is in doubt, the slower one has a word in each of its decisions. The tree
    is not changed.
    """
    found = own.look(tree, declared=declared)
    if found.doubtful():
        body = _advised(found, html, url=url)
        return _longer_declared(body, declared) or body
    return body_of(found.page, found.chosen(), url=url, origin=own.VERSION)


def _advised(found: own.Look, html: str, *, url: str) -> Body:
    """The body after the slower reader was heard; its own finding where ours is none."""
    before = [found.page.leaves[place].text for place in found.chosen()]
    lines = [line for line in map(clean_line, slow_reader.body(html, before=before)) if line]
    origin = f"{own.VERSION} with {slow_reader.VERSION}"
    advised = own.heard(found, lines) if lines else found
    body = body_of(advised.page, advised.chosen(), url=url, origin=origin if lines else own.VERSION, trusted=False)
    return body if body.blocks or not lines else _plain(lines, origin=slow_reader.VERSION)


def _longer_declared(body: Body, declared: Declared) -> Body | None:
    """The text that the page declares, where hardly any of it stands on the page itself."""
    length = max(DECLARED_CHARACTERS_MIN, DECLARED_TIMES_LONGER_MIN * sum(len(block.text) for block in body.blocks))
    longest = max(declared.bodies, key=lambda candidate: len(candidate.value), default=None)
    if longest is None or len(longest.value) < length:
        return None
    return _plain(filter(None, map(clean_line, longest.value.splitlines())), origin=longest.origin)


def _plain(lines: Iterable[str], *, origin: str) -> Body:
    return Body(blocks=tuple(TextBlock(text=line) for line in lines), origin=origin, trusted=False)

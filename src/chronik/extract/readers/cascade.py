"""The article's body, from the reader that is to be trusted with the page (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.extract.candidates import Body, TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.readers import body as slow_reader

if TYPE_CHECKING:
    from chronik.extract.candidates import Declared
    from chronik.extract.tree import Tree


def best_body(tree: Tree, html: str, *, url: str, declared: Declared) -> Body:  # noqa: ARG001 - the fast reader needs them
    """The paragraphs, links and pictures of the article on a page; without blocks where there is none.

    The tree is not changed.
    """
    lines = (line for line in map(clean_line, slow_reader.body(html)) if line)
    return Body(blocks=tuple(TextBlock(text=line) for line in lines), origin=slow_reader.VERSION)

"""Wraps selectolax: a page's elements, parsed once for every reader (decides).

The other modules of this stage name its types by this module.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser as Tree
from selectolax.lexbor import LexborNode as Node

__all__ = ["Node", "Tree", "parsed"]


def parsed(html: str | bytes) -> Tree:
    """The page, bytes in UTF-8, as a browser would build it (HTML Living Standard, section 13.2)."""
    return Tree(html)

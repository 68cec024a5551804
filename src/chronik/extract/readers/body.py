"""Wraps trafilatura: the paragraphs of the article on a page (decides).

The reader's own rules cost half of what its comparison with other readers costs, and nearly always win it. So the
comparison is made only where the rules took next to nothing, or little of what a reader before found.
"""

from __future__ import annotations

import logging
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import trafilatura
from lxml.etree import strip_elements, strip_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = f"trafilatura {version('trafilatura')}"

TRUSTED_CHARACTERS_MIN = 500
"""A shorter text may be a notice beside the article."""
TRUSTED_SHARE_MIN = 0.5
"""Of what a reader before found."""
KEY_CHARACTERS = 40
"""By so many first characters a paragraph is known again."""

_BLOCKS = frozenset({"p", "head", "item", "quote", "code", "row"})
_BREAK = "\x1e"
_EDGES = {"lb": "\n", "cell": " "}
# Neither kind ever reaches the text: the one shows none, the other frames the article. A page may be built so wrongly
# that a frame holds its article; then little is left without frames, and they are put back.
_MEDIA = "img svg canvas map area video audio source track iframe embed object"
_CONTROLS = "button input select option optgroup datalist textarea"
_UNSHOWN = f"script style noscript link {_MEDIA} {_CONTROLS}".split()
# We keep no emphasis, and the reader loses words around it.
_EMPHASIS = ["b", "big", "em", "font", "i", "mark", "small", "strong", "u", "wbr"]
_FRAMES = ["head", "nav", "menu", "footer", "aside", "dialog", "figure", "picture", "time"]

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is our failure to report
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def body(html: str, *, before: Sequence[str] = ()) -> tuple[str, ...]:
    """The paragraphs, headings, list items and table rows of the main text, in order; empty where there is none.

    `before` are the paragraphs that a reader before this one found.
    """
    tree = _tree(html)
    if tree is None:
        return ()
    found = _blocks(_unframed(tree), fast=True)
    if sum(map(len, found)) >= TRUSTED_CHARACTERS_MIN and _holds(found, before):
        return found
    return _blocks(_tree(html), fast=False)


def _holds(found: Sequence[str], before: Sequence[str]) -> bool:
    """Whether the text holds most of what a reader before found."""
    whole = "\n".join(found)
    held = sum(len(text) for text in before if text[:KEY_CHARACTERS] in whole)
    return held >= TRUSTED_SHARE_MIN * sum(map(len, before))


def _tree(html: str) -> Any:
    """The page's elements without those that show no text, and without emphasis; none where it is no page."""
    tree = trafilatura.load_html(html)
    if tree is not None:
        strip_elements(tree, *_UNSHOWN, with_tail=False)
        strip_tags(tree, *_EMPHASIS)
    return tree


def _unframed(tree: Any) -> Any:
    """The page's elements without the frames; a table stays, whatever it stands in."""
    for figure in tree.iter("figure"):
        if figure.find(".//table") is not None:
            figure.tag = "div"
    strip_elements(tree, *_FRAMES, with_tail=False)
    return tree


def _blocks(tree: Any, *, fast: bool) -> tuple[str, ...]:
    document = trafilatura.bare_extraction(
        tree, fast=fast, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False
    )
    if document is None or isinstance(document, dict) or document.body is None:
        return ()
    blocks = "".join(_pieces(document.body)).split(_BREAK)
    return tuple(text for text in (" ".join(block.split()) for block in blocks) if text)


def _pieces(element: Any) -> Iterator[str]:
    """The texts in document order, with a mark wherever a block starts or ends."""
    edge = _BREAK if element.tag in _BLOCKS else _EDGES.get(element.tag, "")
    yield edge
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield edge

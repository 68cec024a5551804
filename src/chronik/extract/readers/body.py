"""Wraps trafilatura: the paragraphs of the article on a page (decides)."""

from __future__ import annotations

import logging
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import trafilatura

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = f"trafilatura {version('trafilatura')}"

_BLOCKS = frozenset({"p", "head", "item", "quote", "code", "row"})
_BREAK = "\x1e"
_EDGES = {"lb": "\n", "cell": " "}

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is our failure to report
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def body(html: str) -> tuple[str, ...]:
    """The paragraphs, headings, list items and table rows of the main text, in order; empty where there is none."""
    document = trafilatura.bare_extraction(
        html, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False
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

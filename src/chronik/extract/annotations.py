"""An article with what stands in its text: names, statements, dates (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chronik.model import Article

CHARACTERS_MAX = 200_000
"""Of a longer text the beginning is annotated; it is a book."""


def annotated(article: Article) -> Article:
    """The same article, its names, statements and dates found and placed."""
    return article

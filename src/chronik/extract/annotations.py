"""An article with what stands in its text: names, statements, dates (decides)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.extract.mentioned_dates import dates
from chronik.extract.names import names
from chronik.extract.quotes import statements

if TYPE_CHECKING:
    from chronik.model import Article

CHARACTERS_MAX = 200_000
"""Of a longer text, a book, the beginning is annotated."""


def annotated(article: Article) -> Article:
    """The same article, its names, statements and dates found and placed; as it is where its text breaks a finder."""
    text = article.text[:CHARACTERS_MAX]
    try:
        mentions = names(text, language=article.language)
        return replace(
            article,
            mentions=mentions,
            statements=statements(text, language=article.language, mentions=mentions),
            dates=dates(text, language=article.language, published=article.published),
        )
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - any text may come; what is found in it must not cost the article, nor a round
        return article

"""Asks the tables where an unknown credit stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.catalogue.models import ArticleRow, ClipRow

if TYPE_CHECKING:
    from chronik.ports.sources import Credited

EXAMPLES_MAX = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A report or a clip with the credit."""

    article: str
    """Its id, or empty."""
    dossier: str
    """Slug, of a clip."""
    title: str
    language: str


def examples(credited: Credited) -> list[Example]:
    """Some reports and clips with this credit, reports first."""
    of_source = {"source": credited.source_id} if credited.source_id else {"source": None}
    told: list[Example] = []
    if credited.articles:
        named = {} if credited.source_id else {"source_name": credited.credit}
        rows = ArticleRow.objects.filter(**of_source, **named).values_list("id", "title", "language")[:EXAMPLES_MAX]
        told += [Example(article=one, dossier="", title=title, language=language) for one, title, language in rows]
    if credited.clips:
        named = {} if credited.source_id else {"credit": credited.credit}
        clips = ClipRow.objects.filter(**of_source, **named, removed=False)[:EXAMPLES_MAX]
        told += [
            Example(article=clip.article_id or "", dossier=clip.dossier_id, title=clip.title, language=clip.language)
            for clip in clips
        ]
    return told

"""Acts: asks the index, and gives back nouns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.archive.hiding import veil
from chronik.archive.reading import index_due

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.model import Article, Clip
    from chronik.ports import Hit

DOCUMENTS_BEFORE_SEARCH_MAX = 100
"""What came just now is found at once; a large import is left to the process that does it, or to the worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A hit and what it is of."""

    hit: Hit
    noun: Article | Clip


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """A page of what was found."""

    total: int
    found: tuple[Found, ...]
    notice: str = ""
    every: int | None = None
    """How many have every word, where others are found as well; None where all have."""


def search(
    archive: Archive, query: str, *, limit: int = 20, offset: int = 0, newest_first: bool = False
) -> SearchResult:
    """Articles and clips for any string a person types."""
    index_due(archive, documents_max=DOCUMENTS_BEFORE_SEARCH_MAX)
    results = archive.index.search(query, limit=limit, offset=offset, newest_first=newest_first, most=not newest_first)
    nouns: dict[str, Article | Clip] = {
        **archive.catalogue.articles(hit.id for hit in results.hits if hit.kind != "clip"),
        **archive.catalogue.clips_by_id(hit.id for hit in results.hits if hit.kind == "clip"),
    }
    over = veil(archive)
    seen = {identity: noun for identity, noun in nouns.items() if not over.covers(noun)}
    found = tuple(Found(hit=hit, noun=seen[hit.id]) for hit in results.hits if hit.id in seen)
    return SearchResult(total=results.total, found=found, notice=results.notice, every=results.every)

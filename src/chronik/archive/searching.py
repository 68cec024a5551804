"""Acts: asks the index, and gives back nouns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def search(
    archive: Archive, query: str, *, limit: int = 20, offset: int = 0, newest_first: bool = False
) -> SearchResult:
    """Articles and clips for any string a person types."""
    index_due(archive, documents_max=DOCUMENTS_BEFORE_SEARCH_MAX)
    results = archive.index.search(query, limit=limit, offset=offset, newest_first=newest_first)
    found = []
    for hit in results.hits:
        noun = archive.catalogue.clip(hit.id) if hit.kind == "clip" else archive.catalogue.article(hit.id)
        if noun is not None:
            found.append(Found(hit=hit, noun=noun))
    return SearchResult(total=results.total, found=tuple(found), notice=results.notice)

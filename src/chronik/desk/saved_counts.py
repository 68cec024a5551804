"""Acts: asks how many reports that nobody has put aside fit a saved view, and which articles do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache

from chronik.catalogue.models import ArticleRow
from chronik.desk import inbox
from chronik.model.saved import ViewKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.catalogue.models import ArticleQuerySet
    from chronik.model.saved import SavedView
    from chronik.ports import Index

COUNT_MAX = 99
"""More than so many are not counted on."""
COUNTED_AT_ONCE_MAX = 30
"""Views that one page counts anew; others show the count from before, or none."""
KEPT_S = 60


def unread(views: Sequence[SavedView], index: Index) -> dict[str, int]:
    """Id of each view → how many reports of it are not put aside, as counted within the last minute."""
    keys = {f"saved-count-{view.id}-{view.revision}": view for view in views}
    known = cache.get_many(keys)
    missing = [key for key in keys if key not in known][:COUNTED_AT_ONCE_MAX]
    fresh = {key: _count(keys[key], index) for key in missing}
    cache.set_many(fresh, KEPT_S)
    return {view.id: {**known, **fresh}[key] for key, view in keys.items() if key in known or key in fresh}


def _count(view: SavedView, index: Index) -> int:
    rows = fitting(ArticleRow.objects.inbox(), view, index=index)
    return len(rows.order_by().values_list("pk", flat=True)[: COUNT_MAX + 1])


def fitting(rows: ArticleQuerySet, view: SavedView, *, index: Index) -> ArticleQuerySet:
    """Those of the rows that fit a view."""
    if view.kind is ViewKind.INBOX:
        rows = inbox.narrowed(rows, inbox.filters(view.terms))
    query = view.terms.get("q" if view.kind is ViewKind.SEARCH else "words", "")
    if query:
        found = index.search(f"kind:article {query}", limit=inbox.HITS_MAX, newest_first=True, snippets=False)
        rows = rows.filter(pk__in=[hit.id for hit in found.hits if hit.kind == "article"])
    return rows

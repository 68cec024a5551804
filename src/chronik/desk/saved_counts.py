"""Acts: asks how many reports that nobody has put aside fit a saved view, and which articles do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache

from chronik.catalogue.models import ArticleRow
from chronik.desk import inbox
from chronik.model import content_id
from chronik.model.saved import ViewKind
from chronik.ports import bounds

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
    keys = {_key(view): view for view in views}
    known = cache.get_many(keys)
    missing = [key for key in keys if key not in known][:COUNTED_AT_ONCE_MAX]
    fresh = {key: _count(keys[key], index) for key in missing}
    cache.set_many(fresh, KEPT_S)
    return {view.id: {**known, **fresh}[key] for key, view in keys.items() if key in known or key in fresh}


def _key(view: SavedView) -> str:
    """What is suggested for a dossier is counted for those who see it."""
    kept_from = sorted(bounds.present().hidden) if "dossier" in view.terms else []
    return f"saved-count-{content_id([view.id, str(view.revision), *kept_from])}"


def _count(view: SavedView, index: Index) -> int:
    rows = fitting(ArticleRow.objects.inbox(), view, index=index)
    return len(rows.order_by().values_list("pk", flat=True)[: COUNT_MAX + 1])


def fitting(
    rows: ArticleQuerySet, view: SavedView, *, index: Index, among: Collection[str] | None = None
) -> ArticleQuerySet:
    """Those of the rows that fit a view; with `among` the index looks at articles of these ids only."""
    if view.kind is ViewKind.INBOX:
        rows = inbox.narrowed(rows, inbox.filters(view.terms))
    query = view.terms.get("q" if view.kind is ViewKind.SEARCH else "words", "")
    if query:
        asked = f"kind:article {query}"
        found = index.search(asked, limit=inbox.HITS_MAX, newest_first=True, snippets=False, among=among)
        rows = rows.filter(pk__in=[hit.id for hit in found.hits if hit.kind == "article"])
    return rows

"""Acts: finds articles and clips again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.archive import searching
from chronik.desk import saved_bar
from chronik.desk.snippets import pieces
from chronik.desk.views.answers import user_name
from chronik.model import Clip
from chronik.model.saved import ViewKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_HITS = 20
PAGES_MAX = 50


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Hits for what was typed, best first or newest first."""
    query = request.GET.get("q", "").strip()
    newest_first = request.GET.get("order") == "newest"
    number = _number(request.GET.get("page", "1"))
    archive = wiring.current()
    saved = saved_bar.bar(user_name(request), archive.index, kind=ViewKind.SEARCH, given=request.GET)
    shown: dict[str, object] = {"query": query, "newest_first": newest_first, "saved": saved}
    if query:
        result = searching.search(
            archive, query, limit=PAGE_HITS, offset=(number - 1) * PAGE_HITS, newest_first=newest_first
        )
        shown["result"] = result
        shown["hits"] = [
            {"noun": item.noun, "is_clip": isinstance(item.noun, Clip), "pieces": pieces(item.hit)}
            for item in result.found
        ]
        shown["page"] = Paginator(range(min(result.total, PAGES_MAX * PAGE_HITS)), PAGE_HITS).get_page(number)
    return render(request, "desk/search.html", shown)


def _number(text: str) -> int:
    return min(max(int(text), 1), PAGES_MAX) if text.isascii() and text.isdigit() and len(text) < 6 else 1

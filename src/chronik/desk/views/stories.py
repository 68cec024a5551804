"""Acts: shows a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.archive import gathering, judging
from chronik.catalogue import relating_fields
from chronik.catalogue.models import RelationRow, StoryRow
from chronik.desk import reasons, stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from chronik.model import StoryLink
    from chronik.ports.relating import StoryHead

LINKS_SHOWN_MAX = 20
ACCOUNTS_REPORTS_MAX = 200
"""What is said in larger stories takes too long to gather while somebody waits for the page."""


@require_safe
def story(request: HttpRequest, story_id: str) -> HttpResponse:
    """Its reports, why each is there, the stories around it, and what the parties say."""
    archive = wiring.current()
    # A former id leads on, and so does an article's.
    now = judging.story_of(archive, story_id)
    if now and now != story_id:
        return redirect("desk:story", now)
    whole = archive.catalogue.story(now) if now else None
    if whole is None:
        raise Http404
    small = len(whole.reports) <= ACCOUNTS_REPORTS_MAX
    accounts, articles = gathering.accounts(archive, story=now) if small else ((), {})
    shown = {
        "story": whole.head,
        "timelines": stories.timelines(whole),
        "earlier": _around(whole.earlier, [link.earlier for link in whole.earlier]),
        "later": _around(whole.later, [link.later for link in whole.later]),
        "accounts": accounts,
        "accounts_left_out": not small,
        "articles": articles,
    }
    return render(request, "desk/story.html", shown)


def _around(links: Sequence[StoryLink], ids: Sequence[str]) -> list[tuple[StoryHead, str]]:
    """The stories at the other end of links, best first, and why they are linked."""
    wanted = ids[:LINKS_SHOWN_MAX]
    rows = {row.id: row for row in StoryRow.objects.filter(pk__in=wanted)}
    founders = RelationRow.objects.filter(pk__in=[row.founder for row in rows.values()]).select_related("article")
    of_report = {relation.report: relation for relation in founders.defer(*RelationRow.LARGE, "article__text")}
    return [
        (relating_fields.story_head(rows[story], of_report.get(rows[story].founder)), reasons.told(link.reasons))
        for link, story in zip(links, wanted, strict=False)
        if story in rows
    ]

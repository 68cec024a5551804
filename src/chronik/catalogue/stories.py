"""Asks the tables of stories: lists, and one story with its reports and the stories around it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Q

from chronik.catalogue import relating_fields as convert
from chronik.catalogue.beginnings import begins
from chronik.catalogue.linking import link_words
from chronik.catalogue.models import ArticleRow, FormerStoryRow, RelationRow, StoryLinkRow, StoryRow
from chronik.catalogue.reading import ID_BEGINNING_LENGTH_MIN
from chronik.catalogue.telling import pieces
from chronik.ports.relating import WholeStory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from chronik.model import StoryLink
    from chronik.ports.relating import StoryHead, StoryQuery

REPORTS_MAX = 5_000
"""Of one story."""
LINKS_MAX = 100


class StoryTables:
    """The part of `ports.RelatingCatalogue` that shows stories."""

    def stories(self, query: StoryQuery) -> list[StoryHead]:
        """Stories, the one with the latest report first."""
        rows = list(_asked(query)[query.offset : query.offset + query.limit])
        founders = _with_articles(row.founder for row in rows)
        return [convert.story_head(row, founders.get(row.founder)) for row in rows]

    def story(self, identity: str) -> WholeStory | None:
        """A story by its id, a former id, or an unambiguous beginning of 8 characters or more."""
        row = StoryRow.objects.filter(pk=self.story_now(identity)).first()
        if row is None:
            return None
        members = _shown(RelationRow.objects.filter(story=row.id, number__gt=0).order_by("sort_at", "number"))
        reports = list(members[:REPORTS_MAX])
        founder = next((one for one in reports if one.report == row.founder), None)
        ids = [row.id, *_former_ids(row.id)]
        links = self._links(ids, of=row.id)
        return WholeStory(
            head=convert.story_head(row, founder),
            reports=tuple(convert.story_report(one) for one in reports),
            earlier=tuple(link for link in links if link.later == row.id),
            later=tuple(link for link in links if link.earlier == row.id),
        )

    def story_now(self, identity: str) -> str:
        """The id under which a story is now found; empty where there is none."""
        if not identity:
            return ""
        if StoryRow.objects.filter(pk=identity).exists():
            return identity
        founder = FormerStoryRow.objects.filter(pk=identity).values_list("founder", flat=True).first()
        if founder is not None:
            return RelationRow.objects.filter(pk=founder).values_list("story", flat=True).first() or ""
        begun: list[str] = []
        if len(identity) >= ID_BEGINNING_LENGTH_MIN:
            begun = list(StoryRow.objects.filter(begins(identity)).values_list("id", flat=True)[:2])
        return begun[0] if len(begun) == 1 else ""

    def _links(self, ids: Sequence[str], *, of: str) -> list[StoryLink]:
        """The links under today's ids, best first; those within one story are none, and editors' words win."""
        found: dict[tuple[str, str], StoryLink] = {}
        asked = StoryLinkRow.objects.filter(Q(later__in=ids) | Q(earlier__in=ids))
        rows = list(asked.order_by("-score", "id")[:LINKS_MAX])
        words = link_words(ids)
        ends = [(row.earlier, row.later) for row in rows] + [(word.earlier, word.later) for word in words]
        now = stories_now(chain.from_iterable(ends))
        for row in rows:
            pair = now.get(row.earlier, ""), now.get(row.later, "")
            found.setdefault(pair, convert.story_link(row, earlier=pair[0], later=pair[1]))
        for word in words:
            pair = now.get(word.earlier, ""), now.get(word.later, "")
            found.pop(pair, None)
            if word.goes_on:
                found[pair] = convert.said_link(word, earlier=pair[0], later=pair[1])
        standing = [link for link in found.values() if link.earlier and link.later and link.earlier != link.later]
        return sorted((link for link in standing if of in {link.earlier, link.later}), key=lambda link: -link.score)


def stories_now(identities: Iterable[str]) -> dict[str, str]:
    """Whole ids of stories → the ids under which they are now found; those that are nowhere are left out."""
    found: dict[str, str] = {}
    for part in pieces(identities):
        found |= {story: story for story in StoryRow.objects.filter(pk__in=part).values_list("id", flat=True)}
        gone = [identity for identity in part if identity not in found]
        founders = dict(FormerStoryRow.objects.filter(pk__in=gone).values_list("id", "founder")) if gone else {}
        if founders:
            there = RelationRow.objects.filter(pk__in=founders.values()).exclude(story="")
            stories = dict(there.values_list("report", "story"))
            found |= {former: stories[founder] for former, founder in founders.items() if founder in stories}
    return found


def _asked(query: StoryQuery) -> QuerySet[StoryRow]:
    rows = StoryRow.objects.order_by("-last_at", "id")
    if query.since is not None:
        rows = rows.filter(last_at__gte=query.since)
    if query.until is not None:
        rows = rows.filter(first_at__lt=query.until)
    if query.language:
        rows = rows.filter(languages__contains=f" {query.language} ")
    if query.reports_min > 1:
        rows = rows.filter(reports__gte=query.reports_min)
    if query.dossier:
        clipped = ArticleRow.objects.filter(clips__dossier=query.dossier, clips__removed=False)
        rows = rows.filter(id__in=RelationRow.objects.filter(article__in=clipped).values("story"))
    return rows


def _shown(rows: QuerySet[RelationRow]) -> QuerySet[RelationRow]:
    """With what lists show of their articles; large columns stay in the database."""
    large = [*RelationRow.LARGE, *(f"article__{name}" for name in ArticleRow.LARGE)]
    return rows.select_related("article").defer(*large)


def _with_articles(reports: Iterable[str]) -> dict[str, RelationRow]:
    return {row.report: row for part in pieces(reports) for row in _shown(RelationRow.objects.filter(report__in=part))}


def _former_ids(story: str) -> list[str]:
    founders = RelationRow.objects.filter(story=story).values("report")
    return list(FormerStoryRow.objects.filter(founder__in=founders).values_list("id", flat=True)[:LINKS_MAX])

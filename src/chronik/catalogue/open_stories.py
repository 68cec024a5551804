"""Asks the tables for articles by story, the story with the newest first: acts, in few questions whatever the size.

No table is kept for it. A walk along the order of articles meets each story first at its newest article; what was
met on the page before is known by asking whether the story has an article above the place where this page begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from chronik.catalogue import relating_fields as convert
from chronik.catalogue.models import ArticleRow, ClipRow, StoryRow, SuggestionRow
from chronik.ports.relating import Proposed, SuggestionState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from chronik.catalogue.models import ArticleQuerySet

STEPS = (200, 1_000, 4_000)
"""So many articles are walked along, one step after the other, until a page is full: a page ends with the last."""
SUGGESTIONS_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the order of articles, newest first."""

    when: datetime
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Stories and articles without story, by their newest article."""

    heads: dict[str, str]
    """Story, or article without one → its newest article."""
    end: Place | None
    """Where the next page begins; None where there is none."""


def walk(rows: ArticleQuerySet, *, after: Place | None, stories_max: int) -> Walk:
    """So many stories, each once on all pages together as long as nothing arrives."""
    heads: dict[str, str] = {}
    place = after
    for step in STEPS:
        found = list(from_place(rows, place).values_list("id", "sort_at", "relation__story")[: step + 1])
        shown = _above(rows, {story for _, _, story in found if story} - set(heads), place=after)
        for article, when, story in found[:step]:
            key = story or article
            fresh = key not in shown and key not in heads
            if fresh and len(heads) == stories_max:
                return Walk(heads=heads, end=place)
            if fresh:
                heads[key] = article
            place = Place(when=when, article=article)
        if len(found) <= step:
            return Walk(heads=heads, end=None)
    return Walk(heads=heads, end=place)


def from_place(rows: ArticleQuerySet, place: Place | None) -> ArticleQuerySet:
    """Those behind a place."""
    if place is None:
        return rows
    # The first condition is implied by the second; it lets the database start where the page does.
    later = Q(sort_at__lt=place.when) | Q(sort_at=place.when, id__gt=place.article)
    return rows.filter(Q(sort_at__lte=place.when), later)


def _above(rows: ArticleQuerySet, stories: Collection[str], *, place: Place | None) -> set[str]:
    """Which of these stories have an article before this place, or at it."""
    if place is None or not stories:
        return set()
    above = Q(sort_at__gt=place.when) | Q(sort_at=place.when, id__lte=place.article)
    found = rows.filter(above, sort_at__gte=place.when, relation__story__in=stories).order_by()
    return set(found.values_list("relation__story", flat=True).distinct())


def with_places(rows: ArticleQuerySet) -> ArticleQuerySet:
    """Articles with what lists show of them, and the report, story and original that relating knows."""
    told = {"report": F("relation__report"), "story": F("relation__story"), "copy_of": F("relation__copy_of")}
    return rows.select_related("source").defer(*ArticleRow.LARGE).annotate(**told)


def reports_of(rows: ArticleQuerySet, stories: Iterable[str], *, reports_max: int) -> dict[str, list[ArticleRow]]:
    """The newest articles of each story among these, each with `open_reports`: how many the story has among them."""
    numbered = with_places(rows.filter(relation__story__in=list(stories)).order_by()).annotate(
        place=Window(RowNumber(), partition_by=F("relation__story"), order_by=["-sort_at", "id"]),
        open_reports=Window(Count("id"), partition_by=F("relation__story")),
    )
    found: dict[str, list[ArticleRow]] = {}
    for row in numbered.filter(place__lte=reports_max).order_by("place"):
        found.setdefault(vars(row)["story"], []).append(row)
    return found


def story_rows(stories: Iterable[str]) -> dict[str, StoryRow]:
    """What is known of these stories."""
    return {row.id: row for row in StoryRow.objects.filter(pk__in=list(stories))}


def suggested(stories: Iterable[str]) -> dict[str, list[Proposed]]:
    """Open suggestions of reports of these stories, best first, without what the dossier holds already."""
    rows = SuggestionRow.objects.filter(
        relation__story__in=list(stories), state=SuggestionState.OPEN, dossier__removed=False
    )
    large = [f"relation__{name}" for name in ("traits", "vector", "weighed")]
    listed = list(rows.select_related("relation").defer(*large).order_by("-score", "id")[:SUGGESTIONS_MAX])
    held = _clipped(row.relation.article_id for row in listed)
    found: dict[str, list[Proposed]] = {}
    for row in listed:
        if (row.dossier_id, row.relation.article_id) not in held:
            found.setdefault(row.relation.story, []).append(convert.proposed(row))
    return found


def _clipped(articles: Iterable[str]) -> set[tuple[str, str | None]]:
    wanted = list(articles)
    if not wanted:
        return set()
    return set(ClipRow.objects.filter(article__in=wanted, removed=False).values_list("dossier_id", "article_id"))


def proposed_to(rows: ArticleQuerySet, dossier: str) -> ArticleQuerySet:
    """Those of them that are suggested to a dossier, and that it does not hold."""
    open_ones = SuggestionRow.objects.filter(dossier=dossier, state=SuggestionState.OPEN)
    clipped = ClipRow.objects.filter(dossier=dossier, removed=False, article__isnull=False)
    return rows.filter(pk__in=open_ones.values("relation__article")).exclude(pk__in=clipped.values("article"))


def dossiers_with_suggestions() -> Sequence[str]:
    """Dossiers to which something is suggested."""
    rows = SuggestionRow.objects.filter(state=SuggestionState.OPEN, dossier__removed=False)
    return list(rows.order_by("dossier").values_list("dossier", flat=True).distinct())

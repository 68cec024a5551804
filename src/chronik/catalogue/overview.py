"""Asks the tables for what a dossier's overview counts: many rows, little of each."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from chronik.catalogue import findings
from chronik.catalogue import relating_fields as convert
from chronik.catalogue.linking import link_words
from chronik.catalogue.models import ArticleRow, ClipRow, FormerStoryRow, RelationRow, StoryLinkRow, SuggestionRow
from chronik.catalogue.stories import stories_now
from chronik.catalogue.telling import pieces
from chronik.model import NameKind
from chronik.ports.overview import Belonging, Clipped, Heard, Saying
from chronik.ports.relating import SuggestionState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from chronik.model import StoryLink

ROWS_AT_ONCE = 2_000
_BELONGING = (
    "report",
    "article_id",
    "story",
    "copy_of",
    "article__language",
    "article__source_id",
    "article__source_name",
    "article__published",
)
_CAPTURED = "article__capture__captured_at"
_CLIPPED = (
    "id",
    "article_id",
    "language",
    "source_id",
    "credit",
    "published",
    "happened",
    "excerpt",
    "passage",
    "further",
)
_PLACED = ("article_id", "report", "story", "copy_of")
_NOT_PLACED = ("", "", "")
_HEARD = ("id", "text", "annotations")


class OverviewTables:
    """The part of `ports.Catalogue` that a dossier's overview needs."""

    def belonging(self, dossier: str, *, limit: int, captured: bool = False) -> Belonging:
        """Reports that belong to a dossier, without those that an editor refused."""
        suggestions = SuggestionRow.objects.filter(dossier_id=dossier)
        refused = suggestions.filter(state=SuggestionState.REFUSED).values("relation_id")
        wanted = suggestions.exclude(state=SuggestionState.REFUSED).values("relation_id")
        if wanted.count() > limit:
            wanted = wanted.order_by("-score", "id")[:limit]
        clipped = ArticleRow.objects.filter(clips__dossier=dossier, clips__removed=False)
        stories = RelationRow.objects.filter(article__in=clipped).exclude(story="").values("story")
        placed = RelationRow.objects.filter(number__gt=0).exclude(report__in=refused).order_by()
        fields = (*_BELONGING, *((_CAPTURED,) if captured else ()))
        # Each report is fetched once: what is in stories of clips, then the rest of what was suggested.
        suggested = placed.filter(report__in=wanted).exclude(story__in=stories)
        columns: tuple[list[Any], ...] = tuple([] for _ in fields)
        for query in (placed.filter(story__in=stories), suggested):
            rows = query.values_list(*fields)[: limit - len(columns[0])].iterator(chunk_size=ROWS_AT_ONCE)
            while part := list(islice(rows, ROWS_AT_ONCE)):
                for column, values in zip(columns, zip(*part, strict=True), strict=True):
                    column.extend(values)
        return Belonging(
            reports=columns[0],
            articles=columns[1],
            stories=columns[2],
            copies_of=columns[3],
            languages=columns[4],
            source_ids=[identity or "" for identity in columns[5]],
            credits=columns[6],
            published=columns[7],
            captured_at=columns[8] if captured else [],
        )

    def clipped(self, dossier: str, *, limit: int, captured: bool = False) -> list[Clipped]:
        """The clips of a dossier that were not removed, the last clipped first."""
        rows = ClipRow.objects.filter(dossier_id=dossier, removed=False).order_by()
        # Asked apart: together the database would go through the whole of every article.
        articles = rows.exclude(article=None).values("article")
        placed = RelationRow.objects.filter(article__in=articles).order_by().values_list(*_PLACED)
        places = {article: place for article, *place in placed}
        moments: dict[str | None, datetime | None] = {}
        if captured:
            read = ArticleRow.objects.filter(pk__in=articles).order_by()
            moments = dict(read.values_list("id", "capture__captured_at"))
        newest = rows.order_by("-clipped_at", "id").values_list(*_CLIPPED)[:limit]
        return [_clipped(row, places.get(row[1], _NOT_PLACED), moments.get(row[1])) for row in newest]

    def heard(self, articles: Iterable[str]) -> dict[str, Heard]:
        """What was found in these articles; takes a question for some hundreds of them."""
        rows = (row for part in pieces(articles) for row in ArticleRow.objects.filter(pk__in=part).values_list(*_HEARD))
        return {article: _heard(text, annotations or {}) for article, text, annotations in rows}

    def links_within(self, stories: Iterable[str]) -> list[StoryLink]:
        """Which of these stories goes on from which, editors' words included."""
        wanted = set(stories)
        found: dict[tuple[str, str], StoryLink] = {}
        for part in pieces(wanted):
            ids = [*part, *_former(part)]
            rows = list(StoryLinkRow.objects.filter(later__in=ids).order_by("-score", "id"))
            words = link_words(ids)
            now = stories_now([*(end for row in rows for end in (row.earlier, row.later)), *_ends(words)])
            for row in rows:
                pair = now.get(row.earlier, ""), now.get(row.later, "")
                found.setdefault(pair, convert.story_link(row, earlier=pair[0], later=pair[1]))
            for word in words:
                pair = now.get(word.earlier, ""), now.get(word.later, "")
                found.pop(pair, None)
                if word.goes_on:
                    found[pair] = convert.said_link(word, earlier=pair[0], later=pair[1])
        return [link for pair, link in sorted(found.items()) if wanted.issuperset(pair) and pair[0] != pair[1]]


def _ends(words: Iterable[Any]) -> Iterator[str]:
    for word in words:
        yield from (word.earlier, word.later)


def _former(stories: list[str]) -> list[str]:
    """Ids that these stories had before they were merged."""
    founders = RelationRow.objects.filter(story__in=stories).values("report")
    return list(FormerStoryRow.objects.filter(Q(founder__in=founders)).values_list("id", flat=True))


def _clipped(row: tuple[Any, ...], placed: Sequence[str], captured_at: datetime | None) -> Clipped:
    identity, article, *plain, happened, excerpt, passage, further = row
    place = (passage["start"], passage["end"]) if passage else (-1, -1)
    others = tuple((one["start"], one["end"]) for one in further)
    told = (value or "" for value in (article, *placed, *plain))
    return Clipped._make((identity, *told, happened, captured_at, excerpt, *place, others))


def _heard(text: str, stored: dict[str, Any]) -> Heard:
    found = findings.annotated({name: stored.get(name) or () for name in ("mentions", "statements")})
    sayings = tuple(
        Saying(
            start=said.start,
            end=said.end,
            speaker=text[said.speaker.start : said.speaker.end] if said.speaker else "",
            words=len(text[said.start : said.end].split()),
        )
        for said in found["statements"]
        if said.quoted
    )
    places = tuple(text[one.start : one.end] for one in found["mentions"] if one.kind is NameKind.PLACE)
    return Heard(sayings=sayings, places=places)

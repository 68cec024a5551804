"""Asks the tables of stories for what pages show by the hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from chronik.catalogue import convert as nouns
from chronik.catalogue import findings
from chronik.catalogue import relating_fields as convert
from chronik.catalogue.models import ActRow, ArticleRow, ClipRow, JudgementRow, RelationRow, SideRow, StoryRow, WordRow
from chronik.catalogue.telling import pieces
from chronik.model import Verb
from chronik.ports.looking_up import Said, Spot, Voices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.model import Act, Clip, Judgement
    from chronik.ports.relating import Side, StoryHead, StoryReport

UNDOING_MAX = 500
"""Acts of taking back that are looked through for those of one story."""
WORDS_AN_ACT = 50
"""A merge or a split says many words; so many for each act are looked through."""


class LookingUpTables:
    """The part of `ports.Catalogue` that pages about stories need."""

    def spots(self, identities: Iterable[str]) -> dict[str, Spot]:
        """Placed reports by what they were asked by: their own ids, or those of the articles that are shown."""
        found: dict[str, Spot] = {}
        for part in pieces(identities):
            asked = set(part)
            for spot in _spots(Q(report__in=part) | Q(article__in=part)):
                found |= {key: spot for key in (spot.article, spot.report) if key in asked}
        return found

    def spots_in(self, stories: Iterable[str]) -> dict[str, Spot]:
        """Every placed report of these stories, by its id."""
        return {spot.report: spot for part in pieces(stories) for spot in _spots(Q(story__in=part))}

    def voices(self, articles: Iterable[str]) -> dict[str, Voices]:
        """Who speaks in these articles; unknown ones are left out."""
        rows = (
            row for part in pieces(articles) for row in ArticleRow.objects.filter(pk__in=part).values_list(*_VOICES)
        )
        return {
            article: Voices(
                language=language, source=source, source_id=source_id or "", speakers=tuple(_speakers(text, statements))
            )
            for article, language, source, source_id, text, statements in rows
        }

    def clips_by_id(self, ids: Iterable[str]) -> dict[str, Clip]:
        """Clips that were not removed; unknown ones are left out."""
        rows = (row for part in pieces(ids) for row in ClipRow.objects.standing().filter(pk__in=part))
        return {row.id: nouns.clip(row) for row in rows}

    def story_heads(self, stories: Iterable[str]) -> dict[str, StoryHead]:
        """Stories by their ids, former ones left out."""
        rows = [row for part in pieces(stories) for row in StoryRow.objects.filter(pk__in=part)]
        founders = {row.report: row for row in _with_articles(row.founder for row in rows)}
        return {row.id: convert.story_head(row, founders.get(row.founder)) for row in rows}

    def story_reports(self, reports: Iterable[str]) -> dict[str, StoryReport]:
        """Placed reports by their ids."""
        return {row.report: convert.story_report(row) for row in _with_articles(reports) if row.number}

    def judgements_on(self, reports: Iterable[str], *, limit: int = 200) -> list[Judgement]:
        """What machines judged of these reports and others outside of them, best first."""
        inside = set(reports)
        found: dict[tuple[str, str], Judgement] = {}
        for part in pieces(inside):
            rows = JudgementRow.objects.filter(Q(first__in=part) ^ Q(second__in=part)).order_by("-score", "id")
            # A pair that lies in two pieces is inside all the same.
            across = [row for row in rows[: limit * 2] if not inside.issuperset((row.first, row.second))]
            found |= {(row.first, row.second): convert.judgement(row) for row in across}
        return sorted(found.values(), key=lambda word: (-word.score, word.first, word.second))[:limit]

    def said_on(self, reports: Iterable[str], *, limit: int = 100) -> list[Said]:
        """What editors said of these reports, taken back or not, latest first."""
        words: dict[str, WordRow] = {}
        for part in pieces(reports):
            rows = WordRow.objects.filter(Q(first__in=part) | Q(second__in=part)).order_by("-number")
            words |= {row.act: row for row in rows[: limit * WORDS_AN_ACT]}
        latest = sorted(words.values(), key=lambda row: -row.number)[:limit]
        acts = {row.id: nouns.act(row) for row in ActRow.objects.filter(id__in=[row.act for row in latest])}
        undone = _undone([acts[row.act] for row in latest if row.withdrawn and row.act in acts])
        return [
            Said(act=acts[row.act], standing=not row.withdrawn, undone=undone.get(row.act))
            for row in latest
            if row.act in acts
        ]

    def sides_on(self, articles: Iterable[str]) -> list[Side]:
        """The sides of every dossier that has a clip of one of these articles, by dossier."""
        found: dict[int, SideRow] = {}
        for part in pieces(articles):
            clipped = {"dossier__clips__article__in": part, "dossier__clips__removed": False}
            found |= {row.pk: row for row in SideRow.objects.filter(**clipped, dossier__removed=False).distinct()}
        return [convert.side(row) for row in sorted(found.values(), key=lambda row: (row.dossier_id, row.pk))]


_SPOT = ("report", "article_id", "story", "number", "sort_at", "copy_of")
_VOICES = ("id", "language", "source_name", "source_id", "text", "annotations__statements")


def _spots(asked: Q) -> Iterator[Spot]:
    rows = RelationRow.objects.filter(asked, number__gt=0).values_list(*_SPOT)
    for report, article, story, number, when, copy_of in rows:
        yield Spot(report=report, article=article, story=story, number=number, when=when, copy_of=copy_of)


def _speakers(text: str, statements: Any) -> Iterator[str]:
    """The words of a text that name who speaks, out of the statements as they are stored."""
    for said in findings.annotated({"statements": statements or ()})["statements"]:
        if said.speaker:
            yield text[said.speaker.start : said.speaker.end]


def _with_articles(reports: Iterable[str]) -> Iterator[RelationRow]:
    """With what lists show of their articles; large columns stay in the database."""
    large = [*RelationRow.LARGE, *(f"article__{name}" for name in ArticleRow.LARGE)]
    for part in pieces(reports):
        yield from RelationRow.objects.filter(report__in=part).select_related("article").defer(*large)


def _undone(acts: list[Act]) -> dict[str, Act]:
    """The acts that took these back, by what they took back."""
    if not acts:
        return {}
    since = min(act.at for act in acts)
    rows = ActRow.objects.filter(verb=Verb.UNDO, subject__in={act.subject for act in acts}, at__gte=since)
    told = [nouns.act(row) for row in rows.order_by("-number")[:UNDOING_MAX]]
    return {str(act.detail.get("undoes", "")): act for act in told}

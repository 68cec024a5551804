"""Acts on the tables of relations, judgements and words."""

from __future__ import annotations

from itertools import chain
from sys import maxsize
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Min, Q

from chronik.catalogue import convert as nouns
from chronik.catalogue import relating_fields as convert
from chronik.catalogue.beginnings import begins
from chronik.catalogue.collecting import QUERY_IDS_MAX
from chronik.catalogue.dossiers import keep_act
from chronik.catalogue.linking import LinkTables, forget_links, keep_gist, keep_links
from chronik.catalogue.models import (
    ActRow,
    ArticleRow,
    JudgementRow,
    LeafRow,
    RelationRow,
    StoryRow,
    SuggestingRow,
    WaitingRow,
    WordRow,
)
from chronik.catalogue.reading import ID_BEGINNING_LENGTH_MIN, of_same_page
from chronik.catalogue.telling import leave, next_number, pieces, refresh, tell_anew, words_on
from chronik.model import LeafKind, story_id
from chronik.ports.relating import DueReport, Marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from chronik.model import Act, Article, Judgement
    from chronik.ports.relating import Related, Relation, Traced

JUDGEMENTS_KEPT_MAX = 10
"""Of each report: those on its nearest neighbours."""
ROWS_A_QUERY = 2_000
WORDS_A_STATEMENT = 100


class RelatingTables(LinkTables):
    """The part of `ports.RelatingCatalogue` that placing and judging need."""

    def unrelated(self, *, limit: int) -> list[DueReport]:
        """Shown articles that relating has not been at, oldest first."""
        rows = ArticleRow.objects.filter(related=False, superseded=False).order_by("sort_at", "id")
        return [_due(row) for row in rows[:limit]]

    @transaction.atomic
    def record_related(self, related: Sequence[Related], *, at: datetime) -> None:
        """Keep places, judgements, stories and marks together."""
        number = next_number()
        touched: dict[str, None] = {}
        for offset, one in enumerate(related):
            story = _placed(one, number=number + offset, at=at) if one.placement else _taken_over(one)
            touched[story] = None
        _keep_judgements(related)
        ids = [one.due.article.id for one in related]
        for part in pieces(ids):
            ArticleRow.objects.filter(pk__in=part).update(related=True)
        for story in touched:
            refresh(story)
        placed = [one.due.report for one in related]
        said_of = {end for row in words_on(placed) for end in (row.first, row.second)} & set(placed)
        if said_of:
            tell_anew(said_of)

    def relations(self, begin: datetime, end: datetime, *, after: int = 0) -> Iterator[Relation]:
        """Placed reports from `begin` until before `end` whose number is above `after`, in the order of placing."""
        rows = RelationRow.objects.filter(number__gt=after).defer("reasons").order_by("number")
        if after:  # few: the database, left to itself, would look through everything of this time
            return (
                _without_reasons(row) for row in rows.iterator(chunk_size=ROWS_A_QUERY) if begin <= row.sort_at < end
            )
        rows = rows.filter(sort_at__gte=begin, sort_at__lt=end)
        return (_without_reasons(row) for row in rows.iterator(chunk_size=ROWS_A_QUERY))

    def latest_relations(self, *, after: int = 0, limit: int) -> list[Relation]:
        """The last placed whose number is above `after`, in the order of placing."""
        rows = RelationRow.objects.filter(number__gt=after).defer("reasons").order_by("-number")[:limit]
        return [_without_reasons(row) for row in rows][::-1]

    def relation(self, identity: str) -> Relation | None:
        """A placed report by its id, or by the id of one of its articles."""
        row = RelationRow.objects.filter(Q(report=identity) | Q(article=identity), number__gt=0).first()
        if row is None:
            article = ArticleRow.objects.filter(pk=identity).first()
            row = _of_page(article).filter(number__gt=0).first() if article else None
        return convert.relation(row) if row else None

    def traced(self, reports: Iterable[str]) -> dict[str, Traced]:
        """What relating read in these reports when it was last there."""
        rows = chain.from_iterable(RelationRow.objects.filter(pk__in=part) for part in pieces(reports))
        return {row.report: convert.traced(row) for row in rows}

    def span(self) -> tuple[datetime, datetime] | None:
        """Times of the earliest and of the latest placed report."""
        found = RelationRow.objects.filter(number__gt=0).aggregate(first=Min("sort_at"), last=Max("sort_at"))
        return (found["first"], found["last"]) if found["first"] else None

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        """Articles by their ids; unknown ones are left out."""
        rows = chain.from_iterable(ArticleRow.objects.filter(pk__in=part) for part in pieces(ids))
        return {row.id: nouns.article(row) for row in rows}

    def marks(self) -> Marks:
        """What changes when somebody places a report or says a word."""
        said = WordRow.objects.aggregate(last=Max("number"))["last"] or 0
        return Marks(placed=next_number() - 1, said=(said, WordRow.objects.filter(withdrawn=True).count()))

    @transaction.atomic
    def forget_places(self) -> int:
        """Every report is due again; what was read in it and what editors said is kept."""
        leave(set(StoryRow.objects.values_list("id", flat=True)))
        forget_links()
        JudgementRow.objects.all().delete()
        SuggestingRow.objects.all().delete()
        count = RelationRow.objects.update(number=0, story="", anchor="", copy_of="", reasons=[])
        ArticleRow.objects.filter(related=True, relation__isnull=False).update(related=False)
        return count

    def judgements(self, report: str) -> list[Judgement]:
        """What machines judged about a report and others, best first."""
        rows = JudgementRow.objects.filter(Q(first=report) | Q(second=report)).order_by("-score", "id")
        return [convert.judgement(row) for row in rows]

    def words(self) -> list[Judgement]:
        """What editors said and did not take back, in the order of saying."""
        return [convert.word(row) for row in WordRow.objects.filter(withdrawn=False).order_by("number")]

    @transaction.atomic
    def say(self, words: Sequence[Judgement], act: Act) -> None:
        """Keep what an editor said, and derive the stories that it touches anew."""
        if WordRow.objects.filter(act=act.id).exists():
            return
        rows = [
            WordRow(
                first=word.first,
                second=word.second,
                verdict=str(word.verdict),
                by=word.made_by,
                at=word.judged_at or act.at,
                act=act.id,
            )
            for word in words
        ]
        WordRow.objects.bulk_create(rows, batch_size=WORDS_A_STATEMENT)
        keep_act(act)
        tell_anew({end for word in words for end in (word.first, word.second)})

    @transaction.atomic
    def unsay(self, said: str, act: Act) -> int:
        """Take back the words of the act with this id; how many there were."""
        rows = list(WordRow.objects.filter(act=said, withdrawn=False))
        if rows:
            WordRow.objects.filter(act=said).update(withdrawn=True)
            keep_act(act)
            tell_anew({end for row in rows for end in (row.first, row.second)})
        return len(rows)

    def act(self, act_id: str) -> Act | None:
        """One act by its id or an unambiguous beginning of it (8 characters or more)."""
        row = ActRow.objects.filter(id=act_id).first()
        if row is None and len(act_id) >= ID_BEGINNING_LENGTH_MIN:
            found = ActRow.objects.filter(begins(act_id, field="id"))[:2]
            row = found[0] if len(found) == 1 else None
        return nouns.act(row) if row else None

    @transaction.atomic
    def record_waiting(self, step: str, reason: str, *, at: datetime) -> None:
        """Keep why a step cannot go on, for `status`; an empty reason says that it goes on."""
        if reason:
            WaitingRow.objects.update_or_create(
                pk=step, defaults={"reason": reason}, create_defaults=_since(reason, at)
            )
        else:
            WaitingRow.objects.filter(pk=step).delete()


def _since(reason: str, at: datetime) -> dict[str, object]:
    return {"reason": reason, "since": at}


def _due(row: ArticleRow) -> DueReport:
    """An article that is due, under the report whose place it takes, if there is one."""
    held = RelationRow.objects.filter(article=row).only("report", "number").first()
    if held is None:
        held = _of_page(row).filter(article__superseded=True).only("report", "number").first()
    return DueReport(
        article=nouns.article(row),
        report=held.report if held else _first_reading(row),
        when=row.sort_at,
        placed=bool(held and held.number),
    )


def _first_reading(row: ArticleRow) -> str:
    """The reading of this page that came first: under its id the page is a report, whenever relating comes by."""
    known = dict(of_same_page(row).values_list("id", "capture_id")[:QUERY_IDS_MAX])
    if len(known) < 2:
        return row.id
    captures = [capture for capture in known.values() if capture]
    marks = LeafRow.objects.filter(kind=LeafKind.CAPTURE, subject__in=captures).values_list("subject", "number")
    numbers: dict[str | None, int] = dict(marks)
    return min(known, key=lambda identity: (numbers.get(known[identity], maxsize), identity))


def _of_page(row: ArticleRow) -> QuerySet[RelationRow]:
    """Reports of the page that an article was read from."""
    # Ids first: in one query the database would walk through all relations.
    ids = set(of_same_page(row).values_list("id", flat=True))
    if row.url:
        ids |= set(ArticleRow.objects.filter(url=row.url).values_list("id", flat=True)[:QUERY_IDS_MAX])
    return RelationRow.objects.filter(article__in=sorted(ids)[:QUERY_IDS_MAX]).order_by("-sort_at", "report")


def _placed(one: Related, *, number: int, at: datetime) -> str:
    """Write down a report's place; the story that it is in. Where its anchor is now, there it goes."""
    placement = one.placement
    assert placement is not None, "only called for what was placed"
    anchor = RelationRow.objects.filter(pk=placement.anchor, number__gt=0).exclude(pk=one.due.report)
    there = anchor.values_list("story", flat=True).first() if placement.anchor else None
    story = there or story_id(one.due.report)
    fields = {
        **convert.placement_fields(placement),
        **convert.traced_fields(one.traced),
        "article_id": one.due.article.id,
        "number": number,
        "sort_at": one.due.when,
        "story": story,
        "anchor": placement.anchor if there else "",
        "related_at": at,
        "weighed": one.weighed,
    }
    RelationRow.objects.update_or_create(pk=one.due.report, defaults=fields)
    for part in pieces(placement.original_of):
        RelationRow.objects.filter(report__in=part, story=story).update(copy_of=one.due.report)
    if one.gist is not None and one.gist.story == story:
        keep_gist(one.gist)
    keep_links(placement.follows)
    return story


def _taken_over(one: Related) -> str:
    """Show a later version in the place of an earlier one; the story that it is in."""
    row = RelationRow.objects.get(pk=one.due.report)
    fields = {"article_id": one.due.article.id, "weighed": b"", **convert.traced_fields(one.traced)}
    RelationRow.objects.filter(pk=row.pk).update(**fields)
    return row.story


def _keep_judgements(related: Sequence[Related]) -> None:
    kept = [word for one in related if one.placement for word in one.placement.judgements[:JUDGEMENTS_KEPT_MAX]]
    rows = {(noun.first, noun.second): JudgementRow(**convert.judgement_fields(noun)) for noun in kept}
    JudgementRow.objects.bulk_create(
        rows.values(),
        batch_size=QUERY_IDS_MAX // 10,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["verdict", "score", "reasons", "made_by", "judged_at"],
    )


def _without_reasons(row: RelationRow) -> Relation:
    return convert.relation(row, with_reasons=False)

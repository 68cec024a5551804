"""Acts: derives stories anew where reports or editors' words changed, within the transaction of whoever calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max, Q

from chronik.catalogue import relating_fields as convert
from chronik.catalogue.collecting import QUERY_IDS_MAX
from chronik.catalogue.linking import forget_gists
from chronik.catalogue.models import FormerStoryRow, RelationRow, StoryRow, WordRow
from chronik.model import UNDETERMINED, Judgement
from chronik.relate.stories import Placed, derived, origin_count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from django.db.models import QuerySet

ROUNDS_MAX = 100
"""How far words lead from story to story, at most."""


def pieces(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids, as many at a time as one query takes."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), QUERY_IDS_MAX):
        yield wanted[start : start + QUERY_IDS_MAX]


def next_number() -> int:
    """The number of the next report that is placed."""
    return (RelationRow.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def words_on(reports: Collection[str]) -> list[WordRow]:
    """Standing words with one of these reports at either end, in the order of saying."""
    found: dict[int, WordRow] = {}
    for part in pieces(reports):
        rows = WordRow.objects.filter(Q(first__in=part) | Q(second__in=part), withdrawn=False)
        found |= {row.number: row for row in rows}
    return [found[number] for number in sorted(found)]


def tell_anew(reports: Collection[str]) -> None:
    """Derive the stories anew that these reports are in, and those that editors' words tie to them."""
    members, words = _tied(reports)
    rows = sorted(_rows(members), key=lambda row: row.number)
    placed = [Placed(report=row.report, anchor=row.anchor, score=row.score, copy_of=row.copy_of) for row in rows]
    told = derived(placed, words)
    before = {row.report: row.story for row in rows}
    for story in told:
        _move([member for member in story.members if before[member] != story.id], story.id)
    leave({*before.values()} - {story.id for story in told} - {""})
    for story in told:
        refresh(story.id)


def refresh(story: str) -> None:
    """Write down anew what a list shows of a story; without reports it goes."""
    fields = ("report", "copy_of", "sort_at", "article__language")
    rows = list(RelationRow.objects.filter(story=story, number__gt=0).order_by("number").values_list(*fields))
    if not rows:
        StoryRow.objects.filter(pk=story).delete()
        forget_gists([story])
        return
    times = [sort_at for _, _, sort_at, _ in rows]
    languages = sorted({language for *_, language in rows if language != UNDETERMINED})
    values = {
        "founder": rows[0][0],
        "first_at": min(times),
        "last_at": max(times),
        "reports": len(rows),
        "origins": origin_count([row[0] for row in rows], {row[0]: row[1] for row in rows}),
        "languages": f" {' '.join(languages)} ",
    }
    StoryRow.objects.update_or_create(pk=story, defaults=values)
    FormerStoryRow.objects.filter(pk=story).delete()


def leave(stories: Collection[str]) -> None:
    """These ids are no stories any more; where their first reports are now, there they are found."""
    for part in pieces(stories):
        rows = list(StoryRow.objects.filter(pk__in=part).values_list("id", "founder"))
        former = [FormerStoryRow(id=story, founder=founder) for story, founder in rows]
        FormerStoryRow.objects.bulk_create(former, ignore_conflicts=True, batch_size=QUERY_IDS_MAX)
        StoryRow.objects.filter(pk__in=part).delete()


def _move(reports: Collection[str], story: str) -> None:
    for part in pieces(reports):
        RelationRow.objects.filter(report__in=part).update(story=story)


def _tied(reports: Collection[str]) -> tuple[set[str], list[Judgement]]:
    """Every report of the stories that these are in or that words tie to them, and the words."""
    members: set[str] = set()
    fresh = set(reports)
    words: dict[int, WordRow] = {}
    for _ in range(ROUNDS_MAX):
        fresh = _with_their_stories(fresh) - members
        if not fresh:
            break
        members |= fresh
        found = words_on(fresh)
        words |= {row.number: row for row in found}
        fresh = {end for row in found for end in (row.first, row.second)} - members
    return members, [convert.word(words[number]) for number in sorted(words)]


def _with_their_stories(reports: Collection[str]) -> set[str]:
    stories: set[str] = set()
    found: set[str] = set()
    for part in pieces(reports):
        rows = RelationRow.objects.filter(report__in=part, number__gt=0).values_list("report", "story")
        found |= {report for report, _ in rows}
        stories |= {story for _, story in rows if story}
    for part in pieces(stories):
        found |= set(RelationRow.objects.filter(story__in=part, number__gt=0).values_list("report", flat=True))
    return found


def _rows(reports: Collection[str]) -> list[RelationRow]:
    return [row for part in pieces(reports) for row in _slim(RelationRow.objects.filter(report__in=part))]


def _slim(rows: QuerySet[RelationRow]) -> QuerySet[RelationRow]:
    return rows.only("report", "anchor", "score", "copy_of", "story", "number")

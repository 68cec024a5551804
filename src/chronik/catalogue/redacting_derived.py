"""Acts: forgets what machines derived from reports that are redacted: stories, gists, names, suggestions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db.models import Q

from chronik.catalogue.linking import forget_gists
from chronik.catalogue.models import (
    FormerStoryRow,
    JudgementRow,
    LearnedNameRow,
    NamesLearnedRow,
    RelationRow,
    SuggestingRow,
    SuggestionRow,
    WordRow,
)
from chronik.catalogue.story_models import LinkWordRow, StoryLinkRow
from chronik.catalogue.telling import pieces, refresh

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from chronik.catalogue.models import ArticleRow


def forget(articles: QuerySet[ArticleRow]) -> None:
    """Take the reports of these articles out of their stories, and drop what was made with their words."""
    ids = list(articles.values_list("id", flat=True))
    rows = RelationRow.objects.filter(article__in=ids)
    reports, stories = list(rows.values_list("report", flat=True)), set(rows.values_list("story", flat=True)) - {""}
    for part in pieces(reports):
        JudgementRow.objects.filter(Q(first__in=part) | Q(second__in=part)).delete()
        FormerStoryRow.objects.filter(founder__in=part).delete()
        RelationRow.objects.filter(Q(anchor__in=part) | Q(copy_of__in=part)).update(reasons=[])
        WordRow.objects.filter(Q(first__in=part) | Q(second__in=part)).delete()
        RelationRow.objects.filter(pk__in=part).delete()
    for story in stories:
        _forget_story(story)
    if reports:
        _forget_names({*ids, *reports, *stories})
        _be_heard(reports[0])


def _forget_story(story: str) -> None:
    """What is kept of a story was made with the report's words; a list of what is left of it is made anew."""
    forget_gists([story])
    StoryLinkRow.objects.filter(Q(earlier=story) | Q(later=story)).update(reasons=[])
    refresh(story)
    if not RelationRow.objects.filter(story=story).exists():
        StoryLinkRow.objects.filter(Q(earlier=story) | Q(later=story)).delete()
        LinkWordRow.objects.filter(Q(earlier=story) | Q(later=story)).delete()


def _forget_names(ids: Collection[str]) -> None:
    """Names that were learned from one of these reports are learned anew, without it."""
    for row in LearnedNameRow.objects.iterator():
        told = json.dumps(row.witnesses)
        if any(one in told for one in ids):
            row.delete()
    NamesLearnedRow.objects.all().delete()


def _be_heard(report: str) -> None:
    """A word that was taken back: whoever holds reports in memory reads them anew, without the redacted one."""
    from django.utils import timezone  # noqa: PLC0415 - wanted here only

    fields = {"first": report, "second": report, "verdict": "unsure", "by": "chronik", "act": "", "withdrawn": True}
    WordRow.objects.create(**fields, at=timezone.now())


def forget_suggestions(dossiers: Collection[str]) -> None:
    """Suggestions say by what words they go with a dossier's clips: those that nobody decided are made anew."""
    SuggestionRow.objects.filter(dossier__in=dossiers, state="open").delete()
    SuggestionRow.objects.filter(dossier__in=dossiers).update(reasons=[])
    SuggestingRow.objects.filter(dossier__in=dossiers).delete()

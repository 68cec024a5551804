"""Acts: the `Catalogue` of the pipeline on Django's tables, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Min, Q

from chronik.catalogue.access import AccessTables
from chronik.catalogue.collecting import CollectingTables
from chronik.catalogue.dossiers import DossierTables
from chronik.catalogue.fixity import FixityTables
from chronik.catalogue.hiding import HidingTables
from chronik.catalogue.ledger import LedgerTables
from chronik.catalogue.models import (
    ActRow,
    ArticleRow,
    CaptureRow,
    ClipRow,
    DossierRow,
    FeedRow,
    FormerStoryRow,
    HostRow,
    JudgementRow,
    LeadRow,
    RelationRow,
    SourceRow,
    StoryRow,
    UnreadEntryRow,
    WaitingRow,
)
from chronik.catalogue.naming import NamingTables, forget_names_of
from chronik.catalogue.overview import OverviewTables
from chronik.catalogue.quoting import QuotingTables
from chronik.catalogue.reading import ReadingTables
from chronik.catalogue.redacting import RedactingTables
from chronik.catalogue.relating import RelatingTables
from chronik.catalogue.sources import SourceTables
from chronik.catalogue.stories import StoryTables
from chronik.catalogue.suggesting import SuggestingTables
from chronik.catalogue.telling import pieces, refresh
from chronik.catalogue.watching import WatchingTables
from chronik.catalogue.witnessing import WitnessingTables
from chronik.ports import Standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime, timedelta

    from django.db.models import QuerySet

    from chronik.model import Act

PROBLEMS_MAX = 200


class DjangoCatalogue(
    CollectingTables,
    ReadingTables,
    DossierTables,
    AccessTables,
    RelatingTables,
    StoryTables,
    SuggestingTables,
    NamingTables,
    OverviewTables,
    WatchingTables,
    LedgerTables,
    FixityTables,
    WitnessingTables,
    HidingTables,
    RedactingTables,
    QuotingTables,
    SourceTables,
):
    """Everything that an archive knows, in one SQL database."""

    def documents_of_hosts(self, hosts: Collection[str]) -> list[str]:
        """Ids of articles from these hosts, and of clips of them: what the index may hold of them."""
        articles = ArticleRow.objects.filter(url__regex=_at(hosts)).values_list("id", flat=True)
        clips = ClipRow.objects.filter(article__url__regex=_at(hosts)).values_list("id", flat=True)
        return [*articles, *clips]

    @transaction.atomic
    def remove_hosts(self, hosts: Collection[str], *, dossiers: Iterable[str], act: Act) -> int:
        """Forget everything that came from these hosts, and these dossiers; rows removed, counted."""
        slugs = list(dossiers)
        at_host = _at(hosts)
        articles = ArticleRow.objects.filter(url__regex=at_host)
        _forget_reports(articles)
        steps: list[Any] = [
            ClipRow.objects.filter(Q(dossier_id__in=slugs) | Q(article__in=articles)),
            UnreadEntryRow.objects.filter(dossier_id__in=slugs),
            DossierRow.objects.filter(slug__in=slugs),
            articles,
            CaptureRow.objects.filter(url__regex=at_host),
            LeadRow.objects.filter(url__regex=at_host),
            FeedRow.objects.filter(url__regex=at_host),
            HostRow.objects.filter(host__regex=f"^{_any_of(hosts)}(:[0-9]+)?$"),
            SourceRow.objects.filter(home_page__regex=at_host),
        ]
        removed: int = sum(step.delete()[0] for step in steps)
        if removed:
            self.record_act(act)
        return removed

    def standing(self, now: datetime, *, silent_after: timedelta) -> Standing:
        """Numbers for `status`."""
        span = CaptureRow.objects.aggregate(first=Min("captured_at"), last=Max("captured_at"))
        return Standing(
            counts=_counts(),
            due=_due(now),
            problems=_problems(now - silent_after),
            first_capture_at=span["first"],
            last_capture_at=span["last"],
        )


def _forget_reports(articles: QuerySet[ArticleRow]) -> None:
    """Take the reports of these articles out of their stories, with the names that were learned of them."""
    forget_names_of(set(articles.values_list("id", flat=True)))
    rows = RelationRow.objects.filter(article__in=articles)
    stories = set(rows.values_list("story", flat=True))
    reports = list(rows.values_list("report", flat=True))
    for part in pieces(reports):
        JudgementRow.objects.filter(Q(first__in=part) | Q(second__in=part)).delete()
        FormerStoryRow.objects.filter(founder__in=part).delete()
        RelationRow.objects.filter(pk__in=part).delete()
    for story in stories:
        refresh(story)


def _at(hosts: Collection[str]) -> str:
    """Pattern of addresses at these hosts."""
    return f"^https?://{_any_of(hosts)}(:[0-9]+)?(/|$)"


def _any_of(hosts: Collection[str]) -> str:
    return "(" + "|".join(re.escape(host) for host in hosts) + ")"


def _counts() -> dict[str, int]:
    return {
        "sources": SourceRow.objects.count(),
        "feeds": FeedRow.objects.count(),
        "leads": LeadRow.objects.count(),
        "captures": CaptureRow.objects.count(),
        "articles": ArticleRow.objects.count(),
        "dossiers": DossierRow.objects.filter(removed=False).count(),
        "clips": ClipRow.objects.standing().count(),
        "unread_entries": UnreadEntryRow.objects.filter(mended=False, dossier__removed=False).count(),
        "acts": ActRow.objects.count(),
        "stories": StoryRow.objects.count(),
    }


def _due(now: datetime) -> dict[str, int]:
    waiting = LeadRow.objects.filter(Q(next_try=None) | Q(next_try__lte=now), state=LeadRow.State.WAITING)
    return {
        "feeds": FeedRow.objects.filter(stopped=False, next_due__lte=now).count(),
        "leads": waiting.count(),
        "readings": CaptureRow.objects.filter(reading=CaptureRow.Reading.DUE).count(),
        "indexing": ArticleRow.objects.filter(indexed=False, superseded=False).count()
        + ClipRow.objects.filter(indexed=False, removed=False).count(),
        "relating": ArticleRow.objects.filter(related=False, superseded=False).count(),
    }


def _problems(silent_since: datetime) -> list[dict[str, Any]]:
    """What is wrong, feeds first: each a row with its reason and next try."""
    feeds = FeedRow.objects.exclude(failure="").order_by("url")[:PROBLEMS_MAX]
    problems = [_problem("feed", row.url, row.failure, None if row.stopped else row.next_due) for row in feeds]
    silent = FeedRow.objects.filter(failure="", stopped=False, last_success__lt=silent_since).order_by("url")
    problems += [
        _problem("feed", row.url, "no successful answer for a long time", row.next_due) for row in silent[:PROBLEMS_MAX]
    ]
    leads = LeadRow.objects.exclude(failure="").order_by("-id")[:PROBLEMS_MAX]
    problems += [_problem("lead", row.url, row.failure, row.next_try) for row in leads]
    unread = CaptureRow.objects.filter(reading=CaptureRow.Reading.FAILED).order_by("-captured_at", "id")
    problems += [_problem("capture", row.url, row.failure, None) for row in unread[:PROBLEMS_MAX]]
    entries = UnreadEntryRow.objects.filter(mended=False, dossier__removed=False).order_by("dossier_id", "position")
    problems += [
        _problem("entry", f"{row.dossier_id}, line {row.line}", row.reason, None) for row in entries[:PROBLEMS_MAX]
    ]
    waiting = WaitingRow.objects.order_by("step")
    problems += [_problem("step", row.step, row.reason, None) for row in waiting]
    return problems


def _problem(kind: str, subject: str, reason: str, next_try: datetime | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "subject": subject,
        "reason": reason,
        "next_try": next_try.isoformat() if next_try else None,
    }

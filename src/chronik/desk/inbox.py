"""Acts: asks the catalogue for the inbox, page by page along one order: nothing shows twice or slips through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Q

from chronik.catalogue import convert
from chronik.catalogue.models import ArticleRow, FeedRow, LeadRow, SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chronik.catalogue.models import ArticleQuerySet
    from chronik.ports import Index

PAGE_ROWS = 50
HITS_MAX = 500
"""Articles that the filter by words considers, best first."""
OFFERED_KEPT_S = 60
SHOWN = ("inbox", "starred", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What of the inbox is wanted."""

    show: str = "inbox"
    language: str = ""
    source: str = ""
    words: str = ""
    after: str = ""
    """Where the page before ended: instant and id."""

    @property
    def query(self) -> str:
        """As part of an address, without what says nothing."""
        given = {"show": "" if self.show == "inbox" else self.show, "language": self.language, "source": self.source}
        given |= {"words": self.words, "after": self.after}
        return urlencode({key: value for key, value in given.items() if value})

    @property
    def narrowed(self) -> bool:
        """Whether anything but the whole is asked for."""
        return bool(self.language or self.source or self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the inbox can be narrowed to."""

    languages: tuple[str, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """One page of the inbox."""

    rows: Sequence[ArticleRow]
    older: str
    """Query of the next page, or empty."""
    notice: str = ""
    """What the search did not understand."""
    hits_cut: bool = False
    """More articles hold the words than are shown here."""


def filters(given: Mapping[str, str]) -> Filters:
    """Filters out of an address; what makes no sense is left out."""
    show = given.get("show", "")
    return Filters(
        show=show if show in SHOWN else "inbox",
        language=given.get("language", "")[:35],
        source=given.get("source", "")[:80],
        words=given.get("words", "").strip(),
        after=given.get("after", ""),
    )


def page(wanted: Filters, index: Index) -> InboxPage:
    """The articles that are wanted, newest first."""
    rows = _shown(wanted.show).defer(*ArticleRow.LARGE).select_related("source", "capture")
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.source:
        rows = rows.filter(source_id=wanted.source)
    notice, cut = "", False
    if wanted.words:
        results = index.search(f"kind:article {wanted.words}", limit=HITS_MAX)
        rows = rows.filter(pk__in=[hit.id for hit in results.hits if hit.kind == "article"])
        notice, cut = results.notice, results.total > HITS_MAX
    found = list(_from(rows, wanted.after)[: PAGE_ROWS + 1])
    older = ""
    if len(found) > PAGE_ROWS:
        last = found[PAGE_ROWS - 1]
        older = replace(wanted, after=f"{last.sort_at.isoformat()}~{last.id}").query
    return InboxPage(rows=found[:PAGE_ROWS], older=older, notice=notice, hits_cut=cut)


def _shown(show: str) -> ArticleQuerySet:
    if show == "starred":
        return ArticleRow.objects.filter(starred=True).newest_first()
    if show == "done":
        return ArticleRow.objects.filter(superseded=False).exclude(done_at=None).newest_first()
    return ArticleRow.objects.inbox()


def _from(rows: ArticleQuerySet, after: str) -> ArticleQuerySet:
    instant, _, identity = after.partition("~")
    moment = convert.instant_of(instant)
    if moment is None:
        return rows
    # The first condition is implied by the second; it lets the database start where the page does.
    return rows.filter(Q(sort_at__lte=moment), Q(sort_at__lt=moment) | Q(sort_at=moment, id__gt=identity))


def offered() -> Offered:
    """Languages and sources that occur in the inbox, looked up anew every minute: that walks through all of it."""
    return cast("Offered", cache.get_or_set("inbox-offered", _offered, OFFERED_KEPT_S))


def _offered() -> Offered:
    rows = ArticleRow.objects.inbox().order_by()
    heard = set(rows.values_list("source", flat=True).distinct())
    return Offered(
        languages=tuple(sorted(set(rows.values_list("language", flat=True).distinct()))),
        sources=tuple(SourceRow.objects.filter(pk__in=heard - {None}).order_by("id")),
    )


def feeds_of(rows: Iterable[ArticleRow]) -> dict[str, FeedRow | LeadRow]:
    """Article → the feed it came from, or the lead where a person or a page named it."""
    asked = {row.id: row.capture.asked_url or row.capture.url for row in rows if row.capture}
    leads = {lead.url: lead for lead in LeadRow.objects.filter(url__in=set(asked.values()))}
    named = {lead.found_in for lead in leads.values()}
    known = {feed.url: feed for feed in FeedRow.objects.filter(url__in=named)}
    return {article_id: known.get(leads[url].found_in, leads[url]) for article_id, url in asked.items() if url in leads}


def before(row: ArticleRow) -> ArticleRow | None:
    """The next newer article of the inbox."""
    newer = Q(sort_at__gte=row.sort_at) & (Q(sort_at__gt=row.sort_at) | Q(sort_at=row.sort_at, id__lt=row.id))
    return ArticleRow.objects.inbox().filter(newer).order_by("sort_at", "-id").defer(*ArticleRow.LARGE).first()


def next_after(row: ArticleRow) -> ArticleRow | None:
    """The next older article of the inbox."""
    after = f"{row.sort_at.isoformat()}~{row.id}"
    return _from(ArticleRow.objects.inbox(), after).exclude(pk=row.pk).defer(*ArticleRow.LARGE).first()

"""Acts: asks the catalogue for the inbox, story by story along one order: nothing shows twice or slips through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from chronik.catalogue import convert, open_stories
from chronik.catalogue.models import ArticleRow, DossierRow, FeedRow, LeadRow, SourceRow
from chronik.catalogue.sources import source_now
from chronik.desk import inbox_rows
from chronik.model import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chronik.catalogue.models import ArticleQuerySet
    from chronik.desk.inbox_rows import InboxRow
    from chronik.ports import Index

PAGE_ROWS = 50
HITS_MAX = 500
"""Articles that the filter by words considers, best first."""
OFFERED_KEPT_S = 60
DAY = timedelta(days=1)
DAY_LENGTH = len("2026-05-01")
SHOWN = ("inbox", "starred", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What of the inbox is wanted."""

    show: str = "inbox"
    dossier: str = ""
    """To which something is suggested."""
    language: str = ""
    source: str = ""
    kind: str = ""
    """Of the source."""
    day: str = ""
    words: str = ""
    after: str = ""
    """Where the page before ended: instant and id."""

    @property
    def query(self) -> str:
        """As part of an address, without what says nothing."""
        given = {"show": "" if self.show == "inbox" else self.show, "dossier": self.dossier}
        given |= {"language": self.language, "source": self.source, "kind": self.kind, "day": self.day}
        given |= {"words": self.words, "after": self.after}
        return urlencode({key: value for key, value in given.items() if value})

    @property
    def newest(self) -> str:
        """Query of the first page."""
        return replace(self, after="").query

    @property
    def narrowed(self) -> bool:
        """Whether anything but the whole is asked for."""
        return bool(self.dossier or self.language or self.source or self.kind or self.day or self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the inbox can be narrowed to."""

    languages: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    kinds: tuple[str, ...]
    dossiers: tuple[tuple[str, dict[str, str]], ...]
    """Slug and names of those to which something is suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """One page of the inbox."""

    rows: Sequence[InboxRow]
    older: str
    """Query of the next page, or empty."""
    notice: str = ""
    """What the search did not understand."""
    hits_cut: bool = False
    """More articles hold the words than are shown here."""


def filters(given: Mapping[str, str]) -> Filters:
    """Filters out of an address; what makes no sense is left out."""
    show = given.get("show", "")
    day = convert.instant_of(given.get("day", "")[:DAY_LENGTH])
    return Filters(
        show=show if show in SHOWN else "inbox",
        dossier=given.get("dossier", "")[:80],
        language=given.get("language", "")[:35],
        source=given.get("source", "")[:80],
        kind=given.get("kind", "") if given.get("kind", "") in set(SourceKind) else "",
        day=day.date().isoformat() if day else "",
        words=given.get("words", "").strip(),
        after=given.get("after", ""),
    )


def page(wanted: Filters, index: Index) -> InboxPage:
    """The stories that are wanted, the one with the newest report first."""
    rows = narrowed(shown(wanted.show), wanted)
    notice, cut = "", False
    if wanted.words:
        results = index.search(f"kind:article {wanted.words}", limit=HITS_MAX, snippets=False)
        rows = rows.filter(pk__in=[hit.id for hit in results.hits if hit.kind == "article"])
        notice, cut = results.notice, results.total > HITS_MAX
    found = open_stories.walk(rows, after=_place(wanted.after), stories_max=PAGE_ROWS)
    older = replace(wanted, after=f"{found.end.when.isoformat()}~{found.end.article}").query if found.end else ""
    made = inbox_rows.made(found.heads, shown(wanted.show), origins_of=feeds_of)
    return InboxPage(rows=made, older=older, notice=notice, hits_cut=cut)


def narrowed(rows: ArticleQuerySet, wanted: Filters) -> ArticleQuerySet:
    """Those of the rows that fit, words apart."""
    if wanted.dossier:
        rows = open_stories.proposed_to(rows, wanted.dossier)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.source:
        rows = rows.of_source(source_now(wanted.source) or wanted.source)
    if wanted.kind:
        rows = rows.filter(source__kind=wanted.kind)
    if wanted.day:
        begin = _begin(date.fromisoformat(wanted.day))
        rows = rows.filter(sort_at__gte=begin, sort_at__lt=begin + DAY) if begin else rows.none()
    return rows


def _begin(day: date) -> datetime | None:
    """When a day begins in the archive's zone; None at the ends of the calendar."""
    try:
        return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone()).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def shown(show: str) -> ArticleQuerySet:
    """What is new, starred or done."""
    if show == "starred":
        return ArticleRow.objects.filter(starred=True).newest_first()
    if show == "done":
        return ArticleRow.objects.done()
    return ArticleRow.objects.inbox()


def _place(after: str) -> open_stories.Place | None:
    instant, _, identity = after.partition("~")
    moment = convert.instant_of(instant)
    return open_stories.Place(when=moment, article=identity) if moment else None


def _from(rows: ArticleQuerySet, after: str) -> ArticleQuerySet:
    return open_stories.from_place(rows, _place(after))


def offered() -> Offered:
    """Languages and sources that occur in the inbox, looked up anew every minute: that walks through all of it."""
    return cast("Offered", cache.get_or_set("inbox-offered", _offered, OFFERED_KEPT_S))


def _offered() -> Offered:
    heard = set(ArticleRow.objects.inbox().order_by().values_list("language", "source").distinct())
    sources = tuple(SourceRow.objects.filter(pk__in={source for _, source in heard if source}).order_by("id"))
    asked = open_stories.dossiers_with_suggestions()
    dossiers = {row.slug: row.names for row in DossierRow.objects.filter(pk__in=asked)}
    return Offered(
        languages=tuple(sorted({language for language, _ in heard})),
        sources=sources,
        kinds=tuple(sorted({source.kind for source in sources})),
        dossiers=tuple((slug, dossiers[slug]) for slug in asked if slug in dossiers),
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

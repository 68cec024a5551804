"""Asks the tables for what a source has said in this archive: how much, in which languages, taken over from whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, TextField
from django.db.models.functions import Cast, Substr

from chronik.catalogue import convert
from chronik.catalogue import relating_fields as convert_relating
from chronik.catalogue.models import ArticleRow, ClipRow, DossierRow, FeedRow, RelationRow, SideRow
from chronik.catalogue.telling import pieces
from chronik.takein.credits import source_for_host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from chronik.model import Dossier, FeedHealth, Source
    from chronik.ports.relating import Side

MONTHS_MAX = 24
MONTH = timedelta(days=31)
MONTH_LENGTH = len("2026-05")
REPORTS_COMPARED_MAX = 2_000
"""The newest reports of a source are looked at for copies."""
SOURCES_SHOWN_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Reports per language and month."""

    months: tuple[str, ...]
    """`2026-05`, the earliest first, without gaps."""
    languages: tuple[str, ...]
    """The most frequent first."""
    counts: dict[tuple[str, str], int]
    """Language and month → reports."""
    total: int

    def rows(self) -> Iterator[tuple[str, list[int]]]:
        """Month, then a number for each language, the latest month first."""
        for month in reversed(self.months):
            yield month, [self.counts.get((language, month), 0) for language in self.languages]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What of the newest reports of a source is others' work, and who took over its own."""

    looked_at: int
    copies: int
    """Of these, so many are copies of other reports in the archive."""
    of_agencies: int
    """Of these, so many credit an agency in their text."""
    originals: tuple[tuple[str, int], ...]
    """Source that was copied, and how often; its id, or empty where it is unknown."""
    takers: tuple[tuple[str, int], ...]
    """Source that copied these reports, and how often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """A dossier that quotes a source."""

    dossier: Dossier
    clips: int


def months(source: str, *, now: datetime) -> Months:
    """Reports of a source in the last two years, counted along the index that lists walk."""
    since = now - MONTHS_MAX * MONTH
    counts: Counter[tuple[str, str]] = Counter()
    for done in (True, False):
        rows = ArticleRow.objects.filter(superseded=False, done_at__isnull=done, sort_at__range=(since, now))
        month = Substr(Cast("sort_at", TextField()), 1, MONTH_LENGTH)
        counted = rows.of_source(source).annotate(month=month).values_list("language", "month")
        for language, told, number in counted.order_by().annotate(number=Count("id")):
            counts[language, told] += number
    by_language: Counter[str] = Counter()
    for (language, _month), number in counts.items():
        by_language[language] += number
    named = sorted(by_language, key=lambda language: (-by_language[language], language))
    span = sorted({month for _language, month in counts})
    whole = tuple(_without_gaps(span[0], span[-1])) if span else ()
    return Months(months=whole, languages=tuple(named), counts=dict(counts), total=by_language.total())


def _without_gaps(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (told := f"{year:04}-{month:02}") <= last:
        yield told
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def totals(source: str) -> tuple[int, int]:
    """Reports and clips of a source that stand."""
    standing = (ArticleRow.objects.filter(superseded=False, done_at__isnull=done) for done in (True, False))
    reports = sum(rows.of_source(source).count() for rows in standing)
    return reports, ClipRow.objects.filter(source=source, removed=False).count()


def copies(source: str) -> Copies:
    """How many of the newest reports are copies, and of whom; and who copied them."""
    looked_at = list(_newest(source).values_list("id", flat=True)[:REPORTS_COMPARED_MAX])
    reports: dict[str, str] = {}
    originals: list[str] = []
    of_agencies = 0
    for part in pieces(looked_at):
        placed = RelationRow.objects.filter(article__in=part).values_list("report", "story", "copy_of", "credits")
        for report, story, copy_of, credits_ in placed:
            reports[report] = story
            originals += [copy_of] if copy_of else []
            of_agencies += bool(copy_of and credits_.strip())
    by_report: dict[str, str] = {}
    for part in pieces(originals):
        by_report |= {
            report: told or ""
            for report, told in RelationRow.objects.filter(report__in=part).values_list("report", "article__source_id")
        }
    by_source = Counter(by_report.get(report, "") for report in originals)
    return Copies(
        looked_at=len(looked_at),
        copies=len(originals),
        of_agencies=of_agencies,
        originals=tuple(by_source.most_common(SOURCES_SHOWN_MAX)),
        takers=tuple(_takers(source, reports).most_common(SOURCES_SHOWN_MAX)),
    )


def _takers(source: str, reports: dict[str, str]) -> Counter[str]:
    """Who copied these reports: copies stand in the story of what they copy, where an index finds them."""
    takers: Counter[str] = Counter()
    for part in pieces(set(reports.values()) - {""}):
        others = RelationRow.objects.filter(story__in=part).exclude(copy_of="").exclude(article__source=source)
        for copy_of, taker in others.values_list("copy_of", "article__source_id"):
            takers[taker or ""] += copy_of in reports
    return +takers


def _newest(source: str) -> QuerySet[ArticleRow]:
    return ArticleRow.objects.filter(source=source, superseded=False).order_by("-sort_at", "id")


def clipping(source: str) -> list[Clipping]:
    """Dossiers that have clips of a source, those with most first."""
    rows = ClipRow.objects.filter(source=source, removed=False, dossier__removed=False).order_by()
    counts = dict(rows.values_list("dossier_id").annotate(number=Count("id")))
    found = DossierRow.objects.filter(slug__in=counts)
    told = [Clipping(dossier=convert.dossier(row), clips=counts[row.slug]) for row in found]
    return sorted(told, key=lambda one: (-one.clips, one.dossier.slug))


def counting(source: Source) -> list[Side]:
    """The sides of dossiers that count a source among theirs."""
    known = {source.id, *source.names.values(), *source.aliases}
    sides = SideRow.objects.filter(dossier__removed=False).order_by("dossier_id", "key")
    return [convert_relating.side(row) for row in sides if not known.isdisjoint(row.sources)]


def feeds_of(source: Source) -> list[FeedHealth]:
    """The feeds that are at home on the hosts of a source, or were said to be its."""
    healths = map(convert.feed_health, FeedRow.objects.order_by("url"))
    return [one for one in healths if one.feed.source_id == source.id or _at_home(source, one)]


def _at_home(source: Source, health: FeedHealth) -> bool:
    addresses = (health.feed.url, health.feed.site_url)
    return bool(source.hosts) and any(source_for_host(_host(url), [source]) for url in addresses if url)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]

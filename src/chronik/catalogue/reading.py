"""Acts on the tables of captures and articles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chronik.catalogue import convert
from chronik.catalogue.beginnings import begins
from chronik.catalogue.collecting import QUERY_IDS_MAX
from chronik.catalogue.ledger import mark_due
from chronik.catalogue.models import ArrivalRow, ArticleRow, CaptureRow, ClipRow, FeedRow, LeadRow
from chronik.catalogue.watching import last_states
from chronik.extract import versions
from chronik.model import ArticleKind, Failure, LeafKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from chronik.catalogue.models import ArticleQuerySet
    from chronik.model import Article, Capture
    from chronik.ports import Document

ID_BEGINNING_LENGTH_MIN = 8
VERSIONS_MAX = 200
LATEST_FIRST = ("-capture__captured_at", "-read_at", "id")


class ReadingTables:
    """The part of `ports.Catalogue` that captures, articles and the index need."""

    @transaction.atomic
    def record_capture(self, capture: Capture, *, to_read: bool = True) -> bool:
        """Keep a capture and mark the lead of its `asked_url` as fetched; False if it was known."""
        addresses = {capture.url, capture.asked_url} - {""}
        of_feed = FeedRow.objects.filter(Q(url__in=addresses) | Q(asks_url__in=addresses)).exists()
        reading = CaptureRow.Reading.DUE if to_read and not of_feed else CaptureRow.Reading.READ
        fields = convert.capture_fields(capture)
        _, created = CaptureRow.objects.get_or_create(id=fields.pop("id"), defaults={**fields, "reading": reading})
        if created:
            mark_due(LeafKind.CAPTURE, capture.id)
        fetched = {"state": LeadRow.State.FETCHED, "failure": "", "next_try": None}
        LeadRow.objects.filter(url__in=addresses, state=LeadRow.State.WAITING).update(**fetched)
        return created

    def capture(self, capture_id: str) -> Capture | None:
        """One capture."""
        row = CaptureRow.objects.filter(pk=capture_id).first()
        return convert.capture(row) if row else None

    def captures(self) -> Iterator[Capture]:
        """Every capture, by id."""
        return (convert.capture(row) for row in CaptureRow.objects.order_by("id").iterator())

    def known_captures(self, ids: Iterable[str]) -> set[str]:
        """Which of these ids are known."""
        wanted, found = sorted(set(ids)), set[str]()
        for start in range(0, len(wanted), QUERY_IDS_MAX):
            part = wanted[start : start + QUERY_IDS_MAX]
            found.update(CaptureRow.objects.filter(id__in=part).values_list("id", flat=True))
        return found

    def unread_captures(self, *, limit: int) -> list[Capture]:
        """Captures that no reader has been at yet, oldest first."""
        rows = CaptureRow.objects.filter(reading=CaptureRow.Reading.DUE).order_by("captured_at", "id")
        return [convert.capture(row) for row in rows[:limit]]

    @transaction.atomic
    def record_reading(self, capture_id: str, outcome: Article | Failure) -> bool:
        """Keep the article, or why there is none, and mark the capture as read. False if the article was known.

        A capture that was read once is not lost to a reader that fails on it.
        """
        captures = CaptureRow.objects.filter(pk=capture_id)
        if isinstance(outcome, Failure) and _reading_of(capture_id) is None:
            captures.update(reading=CaptureRow.Reading.FAILED, failure=str(outcome))
            return False
        captures.update(reading=CaptureRow.Reading.READ, failure="")
        return not isinstance(outcome, Failure) and self.add_article(outcome)

    @transaction.atomic
    def due_again(self) -> int:
        """Every capture that was read, or that no reader could read, is due for reading again; how many there are."""
        failed = CaptureRow.objects.filter(reading=CaptureRow.Reading.FAILED)
        read = CaptureRow.objects.filter(pk__in=_page_readings().values("capture_id"))
        return (failed | read).exclude(reading=CaptureRow.Reading.DUE).update(reading=CaptureRow.Reading.DUE)

    @transaction.atomic
    def add_article(self, article: Article) -> bool:
        """Keep an article; of one page only the latest version is shown. False if it was known, or its version is."""
        if ArticleRow.objects.filter(pk=article.id).exists():
            return False
        row = ArticleRow(**convert.article_fields(article), sort_at=_sort_at(article))
        earlier = None if _of_feed(row) else _reading_of(article.capture_id)
        if earlier is not None:
            _read_again(row, earlier)
            return True
        rows = of_same_page(row)
        shown = rows.filter(superseded=False).first()
        before = rows.filter(kind=row.kind).order_by(*LATEST_FIRST).first() if _of_feed(row) else shown
        if before is not None and _of_feed(before) == _of_feed(row) and _says_the_same(before, article):
            return False
        row.superseded = shown is not None and not _replaces(row, shown)
        if shown is not None and not row.superseded:
            ArticleRow.objects.filter(pk=shown.pk).update(superseded=True)
        row.save(force_insert=True)
        return True

    def captures_of_entries(self) -> list[str]:
        """Ids of the captured feeds of which entries were kept as readings."""
        return list(_entries().order_by("capture_id").values_list("capture_id", flat=True).distinct())

    def entries_in(self, capture_id: str) -> list[Article]:
        """The readings of a captured feed's entries, by id; those that a better reading replaced are left out."""
        return [convert.article(row) for row in _entries().filter(capture_id=capture_id).order_by("id")]

    def without_capture(self, *, after: str, limit: int) -> list[Article]:
        """Articles that came without capture, by id, those with a greater id than `after`."""
        rows = ArticleRow.objects.filter(capture=None, replaced=False, id__gt=after).order_by("id")[:limit]
        return [convert.article(row) for row in rows]

    @transaction.atomic
    def renew(self, article_id: str, article: Article) -> bool:
        """Put a new reading of the same bytes in the place of an earlier one, with what editors did to that."""
        earlier = ArticleRow.objects.filter(pk=article_id).first()
        if earlier is None or (article.id != article_id and ArticleRow.objects.filter(pk=article.id).exists()):
            return False
        if article.id != article_id:
            _read_again(ArticleRow(**convert.article_fields(article), sort_at=_sort_at(article)), earlier)
            return True
        fields = convert.article_fields(article)
        fresh = {name: value for name, value in fields.items() if name not in {"id", "capture_id", "source_id"}}
        indexed = earlier.indexed and convert.article(earlier).language == article.language
        ArticleRow.objects.filter(pk=article_id).update(**fresh, sort_at=_sort_at(article), indexed=indexed)
        return True

    def last_said(self, urls: Iterable[str], *, by: Collection[str]) -> dict[str, Article]:
        """Of each of these pages the last that a feed said of it, where it did; `by` are the feed's addresses."""
        wanted = sorted(set(urls))
        found: dict[str, Article] = {}
        of_feed = Q(capture__url__in=by) | Q(capture__asked_url__in=by)
        said = ArticleRow.objects.filter(of_feed, kind=ArticleKind.FEED_ENTRY, replaced=False)
        for start in range(0, len(wanted), QUERY_IDS_MAX):
            rows = said.filter(url__in=wanted[start : start + QUERY_IDS_MAX]).order_by(*LATEST_FIRST)
            for row in rows:
                found.setdefault(row.url, convert.article(row))
        return found

    def article(self, article_id: str) -> Article | None:
        """One article by its id or an unambiguous beginning of it (8 characters or more), or by its address."""
        if not article_id:
            return None
        row = ArticleRow.objects.filter(pk=article_id).first()
        if row is None and len(article_id) >= ID_BEGINNING_LENGTH_MIN:
            found = ArticleRow.objects.filter(begins(article_id))[:2]
            row = found[0] if len(found) == 1 else None
        if row is None:
            shown = ArticleRow.objects.filter(Q(url=article_id) | Q(canonical_url=article_id))
            row = shown.order_by("superseded", "-sort_at").first()
        return convert.article(row) if row else None

    def versions(self, article_id: str) -> list[Article]:
        """Every reading of the page that an article was read from, itself included, latest first."""
        row = ArticleRow.objects.filter(pk=article_id).first()
        if row is None:
            return []
        return [convert.article(one) for one in of_same_page(row).order_by(*LATEST_FIRST)[:VERSIONS_MAX]]

    def unindexed(self, *, limit: int) -> list[Document]:
        """Articles and clips that the index lacks or holds in an older state."""
        articles = ArticleRow.objects.filter(indexed=False, superseded=False).order_by("id")[:limit]
        documents = [convert.article_document(row) for row in articles]
        clips = ClipRow.objects.filter(indexed=False, removed=False).order_by("id")[: limit - len(documents)]
        seen = last_states(row.id for row in clips)
        return documents + [convert.clip_document(row, seen=seen.get(row.id, "")) for row in clips]

    @transaction.atomic
    def mark_indexed(self, documents: Iterable[Document]) -> None:
        """The index holds these now; a clip that changed meanwhile stays due, what was removed is to be withdrawn."""
        held = list(documents)
        ArrivalRow.objects.bulk_create(
            [ArrivalRow(article=one.id, at=timezone.now()) for one in held if one.kind == "article"],
            ignore_conflicts=True,
        )
        for document in held:
            if document.kind == "article":
                ArticleRow.objects.filter(pk=document.id).update(indexed=True)
                continue
            row, seen = ClipRow.objects.filter(pk=document.id).first(), last_states([document.id])
            if row and (row.removed or convert.clip_document(row, seen=seen.get(row.id, "")) == document):
                ClipRow.objects.filter(pk=row.pk).update(indexed=True)

    def withdrawn(self, *, limit: int) -> list[str]:
        """Ids that the index holds and should not: removed clips, versions that a later one replaced."""
        articles = ArticleRow.objects.filter(indexed=True, superseded=True).values_list("id", flat=True)
        clips = ClipRow.objects.filter(indexed=True, removed=True).values_list("id", flat=True)
        return [*articles.order_by("id")[:limit], *clips.order_by("id")[:limit]][:limit]

    @transaction.atomic
    def mark_withdrawn(self, ids: Iterable[str]) -> None:
        """The index does not hold these any more."""
        wanted = list(ids)
        for start in range(0, len(wanted), QUERY_IDS_MAX):
            part = wanted[start : start + QUERY_IDS_MAX]
            ArticleRow.objects.filter(id__in=part).update(indexed=False)
            ClipRow.objects.filter(id__in=part).update(indexed=False)

    @transaction.atomic
    def forget_indexed(self) -> None:
        """The index is to be built anew: every document is due again."""
        ArticleRow.objects.filter(indexed=True).update(indexed=False)
        ClipRow.objects.filter(indexed=True).update(indexed=False)


def _sort_at(article: Article) -> datetime:
    """When it was published; else when its page was captured, which does not change when it is read again."""
    if published := convert.instant_of(article.published):
        return published
    captured = CaptureRow.objects.filter(pk=article.capture_id) if article.capture_id else CaptureRow.objects.none()
    seen: datetime | None = captured.values_list("captured_at", flat=True).first()
    return seen or article.read_at or datetime(1970, 1, 1, tzinfo=UTC)


def _page_readings() -> ArticleQuerySet:
    """The readings of captured pages that stand: neither replaced by a better reader, nor given by a feed."""
    return ArticleRow.objects.filter(capture__isnull=False, replaced=False).exclude(kind=ArticleKind.FEED_ENTRY)


def _entries() -> ArticleQuerySet:
    """The readings of entries of captured feeds that stand."""
    return ArticleRow.objects.filter(kind=ArticleKind.FEED_ENTRY, capture__isnull=False, replaced=False)


def _reading_of(capture_id: str) -> ArticleRow | None:
    """The reading of a capture that stands, if there is one."""
    return _page_readings().filter(capture_id=capture_id).first() if capture_id else None


def _read_again(row: ArticleRow, earlier: ArticleRow) -> None:
    """Keep a new reading of a capture in the place of the earlier one, with what editors did to that."""
    row.superseded, row.done_at, row.starred = earlier.superseded, earlier.done_at, earlier.starred
    ArticleRow.objects.filter(pk=earlier.pk).update(superseded=True, replaced=True)
    row.save(force_insert=True)


def of_same_page(row: ArticleRow) -> ArticleQuerySet:
    """The readings of the same page, however old; of each capture the one that stands.

    Of pages at different addresses a common canonical address alone proves little: some sites name their front page
    in all. Their titles must agree too.
    """
    if not row.url:
        return ArticleRow.objects.filter(pk=row.pk)
    addresses = {row.url, row.canonical_url} - {""}
    same_page = Q(url=row.url) | Q(title=row.title) & (Q(url__in=addresses) | Q(canonical_url__in=addresses))
    return ArticleRow.objects.filter(same_page, Q(replaced=False) | Q(pk=row.pk)).select_related("capture")


def _of_feed(row: ArticleRow) -> bool:
    """Whether a feed said this of the page, and not the page itself."""
    return row.kind == ArticleKind.FEED_ENTRY


def _says_the_same(before: ArticleRow, article: Article) -> bool:
    """Whether the page has not changed since."""
    return versions.same_version(convert.article(before), article)


def _replaces(row: ArticleRow, shown: ArticleRow) -> bool:
    """Whether a reading is shown in the place of another: the page's before its feed's, then the later one."""
    if _of_feed(row) != _of_feed(shown):
        return _of_feed(shown)
    return _seen_at(row) >= _seen_at(shown)


def _seen_at(row: ArticleRow) -> datetime:
    """When the page said this: its capture's time, which for old archives is not when we read it."""
    known = row.capture.captured_at if row.capture else row.read_at
    return known or datetime(1970, 1, 1, tzinfo=UTC)

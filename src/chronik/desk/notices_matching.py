"""Acts: holds each new article against the views that somebody wants to be told of, once, and writes notices.

A view's mark and the notices are written together: killed between, the same articles are looked at again, and nobody
is told twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Min

from chronik.archive import hiding
from chronik.catalogue.models import AlertRow, ArrivalRow, ArticleRow, NoticeRow, SavedViewRow
from chronik.desk import dossier_access, notices_pace, people, saved, saved_counts
from chronik.model import ArticleKind, content_id
from chronik.model.saved import NoticeKind, Pace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.archive import Archive

ARRIVALS_AT_ONCE_MAX = 500
PARTS_A_ROUND_MAX = 20
"""Of one view; what is left is looked at in the next round."""
NEWS_AGE_MAX = timedelta(days=30)
"""Captured longer ago, it is no news: an old archive that is taken in tells nobody anything."""
RELATING_WAIT = timedelta(minutes=10)
"""So long a new article may wait for its place among the stories, by which it is suggested to dossiers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    """An article that nobody could have been told of before."""

    id: str
    url: str
    came_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What arrived behind a mark."""

    last: int = 0
    articles: Sequence[_New] = ()


@dataclass(slots=True, kw_only=True)
class _Round:
    archive: Archive
    now: datetime
    parts: dict[int, _Part] = field(default_factory=dict)
    hidden: dict[str, frozenset[str]] = field(default_factory=dict)
    """User name → dossiers that are kept from them."""


def match_new(archive: Archive) -> int:
    """Look at what arrived since the last round; notices written, counted."""
    rows = list(SavedViewRow.objects.filter(removed_at=None, alerts__isnull=False).distinct())
    this = _Round(archive=archive, now=archive.clock())
    made = sum(_view(this, row) for row in rows)
    _forget(min((row.matched_to for row in rows), default=None))
    return made


def _view(this: _Round, row: SavedViewRow) -> int:
    made = 0
    for _ in range(PARTS_A_ROUND_MAX):
        part = _part(this, row.matched_to)
        if not part.last:
            break
        made += _matched(this, row, part)
        row.matched_to = part.last
    return made


def _part(this: _Round, after: int) -> _Part:
    """What arrived behind a mark, as far as relating was at it; asked once for all views with the same mark."""
    if after not in this.parts:
        this.parts[after] = _arrived(this, after)
    return this.parts[after]


def _arrived(this: _Round, after: int) -> _Part:
    arrivals = list(ArrivalRow.objects.filter(number__gt=after).order_by("number")[:ARRIVALS_AT_ONCE_MAX])
    wanted = [arrival.article for arrival in arrivals]
    rows = ArticleRow.objects.filter(pk__in=wanted).defer(*ArticleRow.LARGE).select_related("capture").in_bulk()
    ready: list[ArrivalRow] = []
    for arrival in arrivals:
        row = rows.get(arrival.article)
        waits = row is not None and not row.related and not row.superseded
        if waits and row is not None and row.read_at and row.read_at > this.now - RELATING_WAIT:
            break
        ready.append(arrival)
    if not ready:
        return _Part()
    known = [rows[arrival.article] for arrival in ready if arrival.article in rows]
    return _Part(last=ready[-1].number, articles=_news(this, known))


def _news(this: _Round, rows: Sequence[ArticleRow]) -> list[_New]:
    """Those that are captured lately, of an address that no earlier capture was read of, and not hidden."""
    veil = hiding.veil(this.archive)
    first = _first_captured(row.url for row in rows)
    found = []
    for row in rows:
        came = row.capture.captured_at if row.capture else row.read_at
        if came is None or came < this.now - NEWS_AGE_MAX or row.superseded:
            continue
        if row.id in veil.articles or row.capture_id in veil.captures or first.get(row.url, came) < came:
            continue
        found.append(_New(id=row.id, url=row.url, came_at=came))
    return found


def _first_captured(urls: Iterable[str]) -> dict[str, datetime]:
    rows = ArticleRow.objects.filter(url__in=set(urls), capture__isnull=False).exclude(kind=ArticleKind.FEED_ENTRY)
    return dict(rows.order_by().values_list("url").annotate(first=Min("capture__captured_at")))


def _matched(this: _Round, row: SavedViewRow, part: _Part) -> int:
    """Notices for everybody who wants to be told of this view, and its mark."""
    fitting = _fitting(this, row, part.articles)
    with transaction.atomic():
        moved = SavedViewRow.objects.filter(pk=row.pk, matched_to=row.matched_to).update(matched_to=part.last)
        if not moved or not fitting:
            return 0
        alerts = [alert for alert in AlertRow.objects.filter(view=row) if _may_be_told(this, row, alert.user_name)]
        fresh = [
            _notice(this, alert, article) for alert in alerts for article in fitting if article.came_at >= alert.since
        ]
        NoticeRow.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=ARRIVALS_AT_ONCE_MAX)
        return len(fresh)


def _fitting(this: _Round, row: SavedViewRow, articles: Sequence[_New]) -> list[_New]:
    if not articles:
        return []
    ids = [article.id for article in articles]
    rows = ArticleRow.objects.filter(pk__in=ids).order_by()
    found = saved_counts.fitting(rows, saved.view_of(row), index=this.archive.index, among=ids)
    held = set(found.values_list("pk", flat=True))
    return [article for article in articles if article.id in held]


def _may_be_told(this: _Round, row: SavedViewRow, name: str) -> bool:
    """Whether somebody may sign in and sees the view and the dossier that it asks for."""
    if name != row.owner and not row.shared:
        return False
    if not User.objects.filter(username=name, is_active=True).exists():
        return False
    return str(row.terms.get("dossier", "")) not in _hidden(this, name)


def _hidden(this: _Round, name: str) -> frozenset[str]:
    if name not in this.hidden:
        this.hidden[name] = hidden_from(this.archive, name)
    return this.hidden[name]


def hidden_from(archive: Archive, name: str) -> frozenset[str]:
    """Slugs of the dossiers that somebody does not see."""
    role = people.role_of_name(name)
    return dossier_access.bounds_of(archive.catalogue.accesses(), name=name, role=role).hidden


def _notice(this: _Round, alert: AlertRow, article: _New) -> NoticeRow:
    return NoticeRow(
        user_name=alert.user_name,
        key=content_id([str(NoticeKind.MATCH), alert.view_id, article.url]),
        kind=str(NoticeKind.MATCH),
        way=alert.way,
        view_id=alert.view_id,
        article=article.id,
        made_at=this.now,
        due_at=notices_pace.due(Pace(alert.pace), this.now, zone=this.archive.config.zone),
    )


def _forget(mark: int | None) -> None:
    """Arrivals that every view was held against. The last one stays, so that numbers only grow."""
    last = ArrivalRow.objects.order_by("-number").values_list("number", flat=True).first()
    if last is not None:
        ArrivalRow.objects.filter(number__lte=min(last - 1, last if mark is None else mark)).delete()

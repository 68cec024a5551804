"""Acts on the table of what is hidden from readers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q

from chronik.catalogue.collecting import QUERY_IDS_MAX
from chronik.catalogue.dossiers import keep_act
from chronik.catalogue.models import ArticleRow, CaptureRow, ClipRow, FeedRow, HiddenRow, LeadRow
from chronik.model import Hidden, HiddenKind, Reach, TakedownReason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.model import Act

ADDRESS_ROWS_MAX = 10_000
"""Readings, captures or clips of one address; more are no page's."""


class HidingTables:
    """The part of `ports.Catalogue` that hiding needs."""

    def reach(self, identity: str) -> Reach | None:
        """What a capture, article, clip or address stands for; None where there is nothing of the kind.

        A capture stands for itself and what was read and clipped from it; all else for everything of its address.
        """
        if capture := CaptureRow.objects.filter(pk=identity).first():
            articles = ArticleRow.objects.filter(capture=capture)
            clips = ClipRow.objects.filter(Q(capture_id=capture.id) | Q(article__in=articles))
            urls = [capture.url, capture.asked_url, *_values(articles, "url")]
            return _reach([capture.id], _values(articles, "id"), clips, urls)
        if clip := ClipRow.objects.filter(pk=identity).first():
            url = clip.url or (clip.article.url if clip.article else "")
            whole = _of_addresses([url]) if url else None
            own = _reach([], [], ClipRow.objects.filter(pk=clip.pk), [url])
            return _both(own, whole)
        if article := ArticleRow.objects.filter(pk=identity).first():
            return _of_addresses([article.url]) or _reach([], [article.id], ClipRow.objects.none(), [])
        return _of_addresses([identity]) if identity else None

    @transaction.atomic
    def hide(self, hidden: Sequence[Hidden], act: Act) -> None:
        """Keep from readers, with the act that says so."""
        for one in hidden:
            fields = {"reason": str(one.reason), "since": one.since}
            HiddenRow.objects.get_or_create(kind=str(one.kind), subject=one.id, defaults=fields)
        keep_act(act)

    @transaction.atomic
    def unhide(self, hidden: Sequence[Hidden], act: Act) -> None:
        """Show again, with the act that says so."""
        for one in hidden:
            HiddenRow.objects.filter(kind=str(one.kind), subject=one.id).delete()
        keep_act(act)

    def hidden(self) -> list[Hidden]:
        """Everything that is hidden, the oldest first."""
        return [
            Hidden(kind=HiddenKind(row.kind), id=row.subject, reason=TakedownReason(row.reason), since=row.since)
            for row in HiddenRow.objects.order_by("since", "kind", "subject")
        ]


def _of_addresses(urls: Sequence[str]) -> Reach | None:
    """Everything of these addresses; None where there is nothing."""
    named = Q(url__in=urls) | Q(asked_url__in=urls)
    captures = _values(CaptureRow.objects.filter(named), "id")
    articles = ArticleRow.objects.filter(Q(url__in=urls) | Q(canonical_url__in=urls))
    article_ids = _values(articles, "id")
    clips = ClipRow.objects.filter(
        Q(url__in=urls) | Q(article__in=article_ids[:QUERY_IDS_MAX]) | Q(capture_id__in=captures[:QUERY_IDS_MAX])
    )
    told = [*urls, *_values(articles, "url"), *_values(CaptureRow.objects.filter(named), "url")]
    found = _reach(captures, article_ids, clips, told)
    return found if found.captures or found.articles or found.clips else None


def _values(rows: object, name: str) -> list[str]:
    return [str(value) for value in rows.order_by("pk").values_list(name, flat=True)[:ADDRESS_ROWS_MAX]]  # type: ignore[attr-defined]


def _reach(captures: Sequence[str], articles: Sequence[str], clips: object, urls: Sequence[str]) -> Reach:
    rows: Iterator[tuple[str, str]] = clips.order_by("pk").values_list("id", "dossier_id")[:ADDRESS_ROWS_MAX]  # type: ignore[attr-defined]
    found = list(rows)
    addresses = sorted({url for url in urls if url})
    return Reach(
        captures=tuple(captures),
        articles=tuple(articles),
        clips=tuple(clip for clip, _ in found),
        dossiers=tuple(sorted({slug for _, slug in found})),
        addresses=tuple(addresses),
        feeds=tuple(_feeds(addresses)),
    )


def _feeds(addresses: Sequence[str]) -> list[str]:
    """Addresses at which feeds were asked that named one of these pages, or stand on the same host."""
    part = addresses[:QUERY_IDS_MAX]
    named = set(LeadRow.objects.filter(url__in=part).values_list("found_in", flat=True))
    hosts = {urlsplit(url).netloc for url in part if _is_address(url)} - {""}
    found = set()
    for url, asked in FeedRow.objects.values_list("url", "asks_url"):
        if url in named or asked in named or (_is_address(url) and urlsplit(url).netloc in hosts):
            found |= {url, asked} - {""}
    return sorted(found)


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).scheme)
    except ValueError:
        return False


def _both(first: Reach, second: Reach | None) -> Reach:
    if second is None:
        return first
    return Reach(
        captures=second.captures,
        articles=second.articles,
        clips=tuple(sorted({*first.clips, *second.clips})),
        dossiers=tuple(sorted({*first.dossiers, *second.dossiers})),
        addresses=tuple(sorted({*first.addresses, *second.addresses})),
        feeds=second.feeds,
    )

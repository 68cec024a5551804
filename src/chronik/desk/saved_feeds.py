"""Acts: makes and revokes secret addresses at which a saved view is followed, and collects what such a feed holds."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from chronik.archive import hiding
from chronik.catalogue.models import ArticleRow, FeedAddressRow
from chronik.desk import notices_matching, notices_words, saved, saved_bar, saved_counts
from chronik.errors import ConflictError, NotFoundError
from chronik.model import sha256_hex
from chronik.ports import bounds
from chronik.ports.bounds import Bounds
from chronik.publish import view_feeds
from chronik.publish.view_feeds import Entry, ViewFeed

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.archive import Archive
    from chronik.catalogue.models import ArticleQuerySet
    from chronik.model.saved import SavedView

SECRET_BYTES = 32
ADDRESSES_A_PERSON_MAX = 50
USE_NOTED_EVERY = timedelta(hours=1)
FILES = {"atom.xml": "Atom", "feed.json": "JSON Feed"}
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def addresses(view_id: str, user_name: str) -> list[FeedAddressRow]:
    """The addresses of a view that somebody made and did not revoke."""
    rows = FeedAddressRow.objects.filter(view=view_id, user_name=user_name, revoked_at=None)
    return list(rows.order_by("-made_at", "-pk"))


def make(view_id: str, user_name: str, *, now: datetime) -> str:
    """The secret of a new address, which nobody can see again. Raises NotFoundError, ConflictError."""
    found = saved.view(view_id, user_name)
    if FeedAddressRow.objects.filter(user_name=user_name, revoked_at=None).count() >= ADDRESSES_A_PERSON_MAX:
        raise ConflictError(f"There are {ADDRESSES_A_PERSON_MAX} addresses already. Revoke one that nobody follows.")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    FeedAddressRow.objects.create(view_id=found.id, user_name=user_name, secret_digest=_digest(secret), made_at=now)
    return secret


def revoke(number: int, user_name: str, *, now: datetime) -> None:
    """Let an address lead nowhere. Raises NotFoundError."""
    rows = FeedAddressRow.objects.filter(pk=number, user_name=user_name, revoked_at=None)
    if not rows.update(revoked_at=now):
        raise NotFoundError("There is no such address of yours.")


def urls(secret: str, *, desk_url: str) -> list[tuple[str, str]]:
    """Name and address of each form of a feed."""
    return [(label, f"{desk_url}/feed/{secret}/{name}") for name, label in FILES.items()]


def addressed(secret: str) -> FeedAddressRow | None:
    """The address with this secret, if it is good and its person may still sign in."""
    if not _SECRET.fullmatch(secret):
        return None
    row = FeedAddressRow.objects.filter(secret_digest=_digest(secret), revoked_at=None).first()
    allowed = row is not None and User.objects.filter(username=row.user_name, is_active=True).exists()
    return row if allowed else None


def feed(archive: Archive, row: FeedAddressRow, *, desk_url: str) -> ViewFeed | None:
    """What stands at an address now; None where its person may not see the view any more."""
    try:
        view = saved.view(row.view_id, row.user_name)
    except NotFoundError:
        return None
    hidden = notices_matching.hidden_from(archive, row.user_name)
    if view.terms.get("dossier", "") in hidden:
        return None
    now = archive.clock()
    if row.used_at is None or row.used_at < now - USE_NOTED_EVERY:
        FeedAddressRow.objects.filter(pk=row.pk).update(used_at=now)
    with bounds.within(Bounds(hidden=hidden, closed=hidden)):
        return _feed(archive, view, desk_url=desk_url)


def _feed(archive: Archive, view: SavedView, *, desk_url: str) -> ViewFeed:
    veil = hiding.veil(archive)
    rows = [
        row for row in _newest(archive, view) if row.id not in veil.articles and row.capture_id not in veil.captures
    ]
    return ViewFeed(
        id=view.id,
        title=f"{view.name} · {archive.config.name}",
        home_url=desk_url + saved_bar.address(view),
        entries=[_entry(row, desk_url) for row in rows[: view_feeds.ENTRIES_MAX]],
        made_at=view.changed,
    )


def _newest(archive: Archive, view: SavedView) -> list[ArticleRow]:
    """The newest articles that fit, put aside or not: each list is walked along its own index."""
    starred = view.terms.get("show") == "starred"
    lists: list[ArticleQuerySet] = [ArticleRow.objects.inbox(), ArticleRow.objects.done()]
    if starred:
        lists = [ArticleRow.objects.filter(starred=True, superseded=False).newest_first()]
    found = {
        row.id: row
        for rows in lists
        for row in saved_counts.fitting(rows, view, index=archive.index)
        .select_related("source")
        .defer("form", "annotations")[: view_feeds.ENTRIES_MAX]
    }
    return sorted(found.values(), key=lambda row: (-row.sort_at.timestamp(), row.id))


def _entry(row: ArticleRow, desk_url: str) -> Entry:
    return Entry(
        id=row.id,
        title=" ".join(row.title.split())[: view_feeds.TITLE_CHARACTERS_MAX] or _("Without title"),
        url=row.url,
        desk_url=f"{desk_url}/desk/articles/{row.id}/",
        source=notices_words.source_name(row),
        language=row.language,
        published=row.sort_at.astimezone(UTC),
        excerpt=view_feeds.excerpt(row.text),
    )


def _digest(secret: str) -> str:
    return sha256_hex(secret.encode())

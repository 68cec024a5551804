"""Acts: notes in each session where it began and when it was seen last, lists a person's sessions, and ends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone

from chronik import wiring
from chronik.desk import devices
from chronik.model import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User
    from django.http import HttpRequest

BEGUN_AT, SEEN_AT, DEVICE = "begun_at", "seen_at", "device"
"""Keys in a session."""
SEEN_EVERY = timedelta(minutes=10)
MARK_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A session of a person."""

    mark: str
    """By which it can be named without giving it away."""
    device: str
    begun_at: datetime | None
    seen_at: datetime | None
    is_this: bool
    """Whether it is the one in which the list is looked at."""


def begin(*, request: HttpRequest, **_others: Any) -> None:
    """Note where and when a session begins."""
    now = wiring.now().isoformat()
    request.session[BEGUN_AT] = request.session[SEEN_AT] = now
    request.session[DEVICE] = devices.device(request.META.get("HTTP_USER_AGENT", ""))


def note_seen(request: HttpRequest, now: datetime) -> None:
    """Note that a session is in use, now and then; where nothing can be written, that is no reason to fail."""
    seen = _instant(request.session.get(SEEN_AT))
    if seen is None or now - seen < SEEN_EVERY:
        return
    request.session[SEEN_AT] = now.isoformat()
    try:
        request.session.save()
    except DatabaseError:
        request.session.modified = False


def sessions(user: User, *, this: str | None = None) -> list[Seen]:
    """The sessions of a person that have not lapsed, the one seen last first; `this` is the key of one's own."""
    found = [
        Seen(
            mark=_mark(key),
            device=str(kept.get(DEVICE, "")),
            begun_at=_instant(kept.get(BEGUN_AT)),
            seen_at=_instant(kept.get(SEEN_AT)),
            is_this=key == this,
        )
        for key, kept in _of(user)
    ]
    return sorted(found, key=lambda one: (one.is_this, one.seen_at.timestamp() if one.seen_at else 0.0), reverse=True)


def end(user: User, mark: str = "") -> int:
    """End one session of a person, or every one; those ended, counted."""
    ended = [key for key, _ in _of(user) if not mark or _mark(key) == mark]
    for key in ended:
        Session.objects.filter(session_key=key).delete()
    return len(ended)


def end_others(user: User, *, this: str | None) -> None:
    """End every session of a person but one."""
    for key in [key for key, _ in _of(user) if key != this]:
        Session.objects.filter(session_key=key).delete()


def _of(user: User) -> Iterator[tuple[str, dict[str, Any]]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(user.pk):
            yield session.session_key, kept


def _mark(key: str) -> str:
    return sha256_hex(key.encode())[:MARK_LENGTH]


def _instant(kept: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(kept)) if kept else None
    except ValueError:
        return None


def listen() -> None:
    """Hear of everybody who signs in."""
    user_logged_in.connect(begin, dispatch_uid="chronik.desk.sessions")

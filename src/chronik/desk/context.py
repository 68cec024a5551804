"""Acts: looks up what every page of the desk shows around its content."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders

from chronik import __version__, wiring
from chronik.catalogue.models import ClipRow, FeedRow
from chronik.desk import alarms, dossier_access, notices, people, rights, role_words
from chronik.model import sha256_hex
from chronik.sample import newsroom

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from chronik.desk.rights import Role

ASSETS = (
    "desk/desk.css",
    "desk/desk.js",
    "desk/icons.svg",
    "desk/overview.css",
    "desk/sources.css",
    "desk/stories.css",
    "desk/stories.js",
)
STAMP_LENGTH = 12


def desk(request: HttpRequest) -> dict[str, Any]:
    """The archive's name, our version, what the person may, what needs a look, and what is there of the sample."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated and request.path.startswith(rights.DESK_PREFIX)
    has_sample = signed_in and _has_sample()
    role = people.role_of(user) if user is not None and signed_in else None
    return {
        "may": {**_allowed(role), **_here(request, role)},
        "role": role_words.ROLES[role] if role else "",
        "archive_name": settings.CHRONIK.name,
        "version": __version__,
        "asset_stamp": asset_stamp(),
        "alarms": alarms.shown(wiring.current()) if signed_in else [],
        "bell": _bell(user) if signed_in and user is not None else "",
        "has_sample": has_sample,
        "sample_clips_elsewhere": _sample_clips_elsewhere() if has_sample else 0,
    }


def _allowed(role: Role | None) -> dict[str, bool]:
    return {str(right): role is not None and rights.may(role, right) for right in rights.Right}


def _here(request: HttpRequest, role: Role | None) -> dict[str, bool]:
    """What the dossier that the page is about lets the person do, where it differs from what the role lets them."""
    slug = str(request.resolver_match.kwargs.get("slug", "")) if request.resolver_match else ""
    if role is None or not slug or dossier_access.is_unbounded(role):
        return {}
    access = wiring.current().catalogue.accesses().get(slug)
    if access is None:
        return {}
    name = request.user.get_username()
    may_edit = rights.may(role, rights.Right.EDIT) and dossier_access.may_edit(access, name)
    may_publish = dossier_access.may_publish(access, name=name, role=role)
    return {str(rights.Right.EDIT): may_edit, str(rights.Right.PUBLISH): may_publish}


def _bell(user: AbstractBaseUser | AnonymousUser) -> str:
    """How many notices wait, as it is shown; empty where none does."""
    waiting = notices.unread(user.get_username(), wiring.now())
    return f"{notices.COUNT_MAX}+" if waiting > notices.COUNT_MAX else str(waiting or "")


@cache
def asset_stamp() -> str:
    """Changes when our style or script does, so that browsers may keep them."""
    found = [finders.find(asset) for asset in ASSETS]
    return sha256_hex(b"".join(Path(str(path)).read_bytes() for path in found if path))[:STAMP_LENGTH]


def _has_sample() -> bool:
    if not settings.CHRONIK.sample:
        return False
    return any(newsroom.is_sample(url) for url in FeedRow.objects.values_list("url", flat=True).iterator())


def _sample_clips_elsewhere() -> int:
    """Clips of sample articles in dossiers that are not the sample's."""
    clips = ClipRow.objects.standing().exclude(dossier_id=newsroom.dossier().slug).exclude(article=None)
    return sum(newsroom.is_sample(url) for url in clips.values_list("article__url", flat=True).iterator())

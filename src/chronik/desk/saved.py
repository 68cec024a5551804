"""Acts: saves views of the inbox and of the search, shares, changes, copies and removes them.

A view belongs to its owner; a shared one is seen by everybody at the desk, who may copy it.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q

from chronik.catalogue.models import SavedViewRow
from chronik.desk import checks, saved_terms
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model.saved import SavedView, ViewKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

VIEWS_A_PERSON_MAX = 100
VIEWS_LISTED_MAX = 300
NAME_CHARACTERS_MAX = 120
ID_BYTES = 8
REMOVED_KEPT = timedelta(days=30)
"""So long a removed view can be brought back."""
CHANGED_ELSEWHERE = "Somebody changed this view meanwhile. Look at it again, then change it."


def rows(user_name: str) -> QuerySet[SavedViewRow]:
    """The views that somebody sees."""
    return SavedViewRow.objects.filter(Q(owner=user_name) | Q(shared=True), removed_at=None)


def somebody(user_name: str) -> str:
    """The name of somebody who may sign in. Raises NotFoundError."""
    if not User.objects.filter(username=user_name, is_active=True).exists():
        raise NotFoundError(f"Nobody called {user_name[:80]!r} may sign in. See: chronik account list")
    return user_name


def views(user_name: str) -> list[SavedView]:
    """The views that somebody sees: their own first, then what others share, each by name."""
    found = [view_of(row) for row in rows(user_name).order_by("name", "id")[:VIEWS_LISTED_MAX]]
    return sorted(found, key=lambda view: (view.owner != user_name, view.name.casefold(), view.id))


def view(view_id: str, user_name: str) -> SavedView:
    """One view that somebody sees. Raises NotFoundError."""
    row = rows(user_name).filter(pk=view_id[:32]).first()
    if row is None:
        raise NotFoundError("There is no such saved view. See: chronik saved list")
    return view_of(row)


@transaction.atomic
def save(  # noqa: PLR0913 - the fields of a view
    user_name: str, *, name: str, kind: ViewKind, terms: Mapping[str, str], now: datetime, shared: bool = False
) -> SavedView:
    """A new view. Raises RefusedInputError, or ConflictError where the name is taken or there are too many."""
    called = _name(name)
    _refuse_if_taken(user_name, called)
    if _own(user_name).count() >= VIEWS_A_PERSON_MAX:
        raise ConflictError(f"There are {VIEWS_A_PERSON_MAX} saved views already. Remove one that is not needed.")
    SavedViewRow.objects.filter(owner=user_name, removed_at__lt=now - REMOVED_KEPT).delete()
    row = SavedViewRow.objects.create(
        id=secrets.token_hex(ID_BYTES),
        owner=user_name,
        name=called,
        shared=shared,
        kind=str(kind),
        terms=saved_terms.terms(kind, terms),
        created=now,
        changed=now,
    )
    return view_of(row)


@transaction.atomic
def change(  # noqa: PLR0913 - the fields of a view
    view_id: str,
    user_name: str,
    *,
    revision: int,
    now: datetime,
    name: str | None = None,
    shared: bool | None = None,
    terms: Mapping[str, str] | None = None,
) -> SavedView:
    """Change one's own view, as it stood at a revision; what is None stays.

    Raises NotFoundError, RefusedInputError, or ConflictError where it was changed meanwhile or the name is taken.
    """
    row = _own_row(view_id, user_name)
    fresh: dict[str, object] = {"changed": now, "revision": F("revision") + 1}
    if name is not None:
        fresh["name"] = _name(name)
        _refuse_if_taken(user_name, str(fresh["name"]), but=row.pk)
    if shared is not None:
        fresh["shared"] = shared
    if terms is not None:
        fresh["terms"] = saved_terms.terms(ViewKind(row.kind), terms)
    if not SavedViewRow.objects.filter(pk=row.pk, revision=revision, removed_at=None).update(**fresh):
        raise ConflictError(CHANGED_ELSEWHERE)
    row.refresh_from_db()
    return view_of(row)


def copy(view_id: str, user_name: str, *, now: datetime) -> SavedView:
    """A view of one's own like another that one sees. Raises NotFoundError, ConflictError."""
    found = view(view_id, user_name)
    names = set(_own(user_name).values_list("name", flat=True))
    tried = (f"{found.name[: NAME_CHARACTERS_MAX - 5]} {number}" for number in range(2, VIEWS_A_PERSON_MAX + 3))
    name = next(name for name in (found.name, *tried) if name not in names)
    return save(user_name, name=name, kind=found.kind, terms=found.terms, now=now)


def remove(view_id: str, user_name: str, *, now: datetime) -> SavedView:
    """Take one's own view out of sight; it can be brought back for a while. Raises NotFoundError."""
    row = _own_row(view_id, user_name)
    SavedViewRow.objects.filter(pk=row.pk).update(removed_at=now, revision=F("revision") + 1)
    return view_of(row)


@transaction.atomic
def restore(view_id: str, user_name: str) -> SavedView:
    """Bring back a view that one removed. Raises NotFoundError, ConflictError where its name is taken since."""
    row = SavedViewRow.objects.filter(pk=view_id[:32], owner=user_name).exclude(removed_at=None).first()
    if row is None:
        raise NotFoundError("There is no such view that could be brought back.")
    _refuse_if_taken(user_name, row.name)
    SavedViewRow.objects.filter(pk=row.pk).update(removed_at=None, revision=F("revision") + 1)
    row.refresh_from_db()
    return view_of(row)


def view_of(row: SavedViewRow) -> SavedView:
    """The noun of a row."""
    return SavedView(
        id=row.id,
        owner=row.owner,
        name=row.name,
        shared=row.shared,
        kind=ViewKind(row.kind),
        terms=row.terms,
        created=row.created,
        changed=row.changed,
        revision=row.revision,
    )


def _own(user_name: str) -> QuerySet[SavedViewRow]:
    return SavedViewRow.objects.filter(owner=user_name, removed_at=None)


def _own_row(view_id: str, user_name: str) -> SavedViewRow:
    row = _own(user_name).filter(pk=view_id[:32]).first()
    if row is None:
        raise NotFoundError("There is no such view of yours. What others share you may copy.")
    return row


def _name(name: str) -> str:
    called = checks.line(name, what="The name", characters_max=NAME_CHARACTERS_MAX)
    if not called:
        raise RefusedInputError("A saved view needs a name.")
    return called


def _refuse_if_taken(user_name: str, name: str, *, but: str = "") -> None:
    if _own(user_name).filter(name=name).exclude(pk=but).exists():
        raise ConflictError(f"You have a view called “{name}” already. Choose another name, or change that one.")

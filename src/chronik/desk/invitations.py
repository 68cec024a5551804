"""Acts: makes, lists, withdraws and redeems invitations; only the digest of an invitation's secret is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction

from chronik.catalogue.models import InvitationRow
from chronik.desk import people, rights, sign_in
from chronik.desk.rights import Role
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb, sha256_hex

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from chronik.ports import Catalogue

SECRET_BYTES = 32
LIFETIME = timedelta(days=7)
OPEN_MAX = 100


@transaction.atomic
def invite(catalogue: Catalogue, by: User, *, role: Role, now: datetime) -> tuple[InvitationRow, str]:
    """A new invitation and its secret, which nobody can see again; the link is `/desk/join/<secret>`.

    Raises RefusedInputError for a role that this person may not invite to.
    """
    if role not in rights.may_invite(people.role_of(by)):
        raise RefusedInputError("You cannot invite to this role. Ask an operator.")
    if open_invitations(now).count() >= OPEN_MAX:
        raise ConflictError(f"{OPEN_MAX} invitations are open. Withdraw those that nobody will use.")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = InvitationRow.objects.create(
        secret_digest=_digest(secret), role=str(role), made_by=by.get_username(), made_at=now, expires_at=now + LIFETIME
    )
    _record(catalogue, Verb.INVITE, row, by=by.get_username(), now=now)
    return row, secret


def open_invitations(now: datetime) -> QuerySet[InvitationRow]:
    """Those that somebody could still use, the newest first."""
    return InvitationRow.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now).order_by("-pk")


@transaction.atomic
def withdraw(catalogue: Catalogue, number: int, *, by: str, now: datetime) -> None:
    """Let an invitation be good no more. Raises NotFoundError."""
    row = open_invitations(now).filter(pk=number).first()
    if row is None:
        raise NotFoundError("This invitation is not open any more.")
    InvitationRow.objects.filter(pk=row.pk).update(withdrawn_at=now)
    _record(catalogue, Verb.WITHDRAW_INVITATION, row, by=by, now=now)


def good(secret: str, now: datetime) -> InvitationRow | None:
    """The invitation with this secret, if it is open and whoever made it may still invite to its role."""
    row = open_invitations(now).filter(secret_digest=_digest(secret)).first()
    if row is None:
        return None
    inviter = User.objects.filter(username=row.made_by, is_active=True).first()
    allowed = inviter is not None and Role(row.role) in rights.may_invite(people.role_of(inviter))
    return row if allowed else None


@transaction.atomic
def accept(catalogue: Catalogue, secret: str, *, name: str, password: str | None, now: datetime) -> User:
    """The account that the invited chose name and password for, or None for no password; the invitation is used up.

    Raises NotFoundError for one that is not good any more, ConflictError for a name that is taken, RefusedInputError
    for what cannot be one.
    """
    row = good(secret, now)
    if row is None or not open_invitations(now).filter(pk=row.pk).update(used_at=now):
        raise NotFoundError("This invitation is not open any more. Ask for another.")
    called = sign_in.plain_name(name)
    if User.objects.filter(username__iexact=called).exists():
        raise ConflictError(f"Somebody is called {called!r} already. Choose another name.")
    user = sign_in.new_account(called, Role(row.role))
    user.set_password(password)
    user.save(update_fields=["password"])
    _record(catalogue, Verb.JOIN, row, by=called, now=now)
    return user


def _record(catalogue: Catalogue, verb: Verb, row: InvitationRow, *, by: str, now: datetime) -> None:
    detail = {"invitation": row.pk, "role": row.role, "by": row.made_by}
    catalogue.record_act(Act(at=now, by=by, verb=verb, subject=by if verb is Verb.JOIN else row.role, detail=detail))


def _digest(secret: str) -> str:
    return sha256_hex(secret.encode("utf-8", "replace"))

"""Acts: makes one-time sign-in links and redeems them; only the digest of a link's secret is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from chronik.catalogue.models import SignInLinkRow
from chronik.desk import people, sessions
from chronik.desk.rights import Role
from chronik.errors import NotFoundError, RefusedInputError
from chronik.model import sha256_hex

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

FIRST_USER_NAME = "editor"
SECRET_BYTES = 32
LINK_LIFETIME = timedelta(hours=24)


def nobody_has_signed_in() -> bool:
    """Whether nobody has been at the desk yet, so that the first link must be shown."""
    return not get_user_model().objects.filter(last_login__isnull=False).exists()


@transaction.atomic
def sign_in_link(user_name: str, now: datetime) -> str:
    """The secret of a new link for this user, good once within a day; asking for a link makes who is not there yet.

    Who comes first is the operator, others are editors until somebody says otherwise.
    The link is `/desk/enter/<secret>`. Raises RefusedInputError for what cannot be a name, NotFoundError for somebody
    who may not sign in any more.
    """
    user = _user(plain_name(user_name))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    SignInLinkRow.objects.filter(made_at__lt=now - LINK_LIFETIME).delete()
    SignInLinkRow.objects.create(secret_digest=_digest(secret), user_name=user.get_username(), made_at=now)
    return secret


def plain_name(name: str) -> str:
    """A user name as it is looked up: in one form, and without what no database takes."""
    return User.normalize_username(
        name.strip().encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
    )


def is_good(secret: str, now: datetime) -> bool:
    """Whether a link could be redeemed now; looking does not use it up."""
    return _good_links(secret, now).exists()


@transaction.atomic
def redeemed(secret: str, now: datetime) -> User | None:
    """The user whose link this is, the link used up; None for one that is used, too old or unknown."""
    link = _good_links(secret, now).select_for_update().first()
    if link is None or not _good_links(secret, now).update(used_at=now):
        return None
    return User.objects.filter(username=link.user_name, is_active=True).first()


@transaction.atomic
def sign_out_everywhere(user: User) -> int:
    """End every session of a user, links not yet used included; sessions ended, counted."""
    SignInLinkRow.objects.filter(user_name=user.get_username(), used_at=None).delete()
    return sessions.end(user)


def _good_links(secret: str, now: datetime) -> QuerySet[SignInLinkRow]:
    return SignInLinkRow.objects.filter(
        secret_digest=_digest(secret), used_at=None, made_at__gt=now - LINK_LIFETIME, made_at__lte=now
    )


def _digest(secret: str) -> str:
    return sha256_hex(secret.encode("utf-8", "replace"))


def _user(name: str) -> User:
    found = User.objects.filter(username=name).first()
    if found is not None:
        if not found.is_active:
            raise NotFoundError(f"The user {name!r} may not sign in any more.")
        return found
    return new_account(name, Role.EDITOR if User.objects.exists() else Role.OPERATOR)


def new_account(name: str, role: Role) -> User:
    """Somebody new, who has no password yet. Raises RefusedInputError for what cannot be a user name."""
    user = User(username=name)
    user.set_unusable_password()
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        reasons = " ".join(error.messages)
        raise RefusedInputError(f"{name!r} cannot be a user name: {reasons}") from error
    user.save()
    people.give_role(user, role)
    return user

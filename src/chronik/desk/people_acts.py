"""Acts: makes accounts, changes their roles, closes and reopens them; somebody always stays operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from chronik.desk import people, sessions, sign_in
from chronik.desk.rights import Role
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.ports import Catalogue


def the_person(name: str) -> User:
    """The person with this user name. Raises NotFoundError."""
    found = User.objects.filter(username=sign_in.plain_name(name)).first()
    if found is None:
        raise NotFoundError(f"There is no account {name[:80]!r}. See: chronik account list")
    return found


@transaction.atomic
def add(catalogue: Catalogue, name: str, *, role: Role, by: str, now: datetime) -> User:
    """A new account, without a password yet. Raises ConflictError where there is one of this name."""
    called = sign_in.plain_name(name)
    if User.objects.filter(username__iexact=called).exists():
        raise ConflictError(f"There is an account {called!r} already. Choose another name.")
    user = sign_in.new_account(called, role)
    _record(catalogue, Verb.ADD_ACCOUNT, user, by=by, now=now, role=str(role))
    return user


@transaction.atomic
def change_role(catalogue: Catalogue, user: User, *, role: Role, by: str, now: datetime) -> None:
    """Give somebody another role, which holds from their next click. Raises ConflictError for the last operator."""
    old = people.role_of(user)
    if old is role:
        return
    _keep_an_operator(user)
    people.give_role(user, role)
    _record(catalogue, Verb.CHANGE_ROLE, user, by=by, now=now, old=str(old), new=str(role))


@transaction.atomic
def close(catalogue: Catalogue, user: User, *, by: str, now: datetime) -> None:
    """Let somebody in no more; sessions end, links and tokens do nothing, the name stays with what was done.

    Raises ConflictError for the last operator.
    """
    if not user.is_active:
        return
    _keep_an_operator(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_in.sign_out_everywhere(user)
    _record(catalogue, Verb.CLOSE_ACCOUNT, user, by=by, now=now)


@transaction.atomic
def reopen(catalogue: Catalogue, user: User, *, by: str, now: datetime) -> None:
    """Let somebody in again, with the role and the password that they had."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        _record(catalogue, Verb.REOPEN_ACCOUNT, user, by=by, now=now)


@transaction.atomic
def reset_password(catalogue: Catalogue, user: User, *, password: str, by: str, now: datetime) -> None:
    """Set a password for somebody; their sessions end. Raises RefusedInputError for a weak one."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise RefusedInputError(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["password"])
    sign_in.sign_out_everywhere(user)
    _record(catalogue, Verb.RESET_PASSWORD, user, by=by, now=now)


@transaction.atomic
def end_sessions(catalogue: Catalogue, user: User, *, by: str, now: datetime, mark: str = "") -> int:
    """End one session of somebody, or every one; those ended, counted."""
    ended = sessions.end(user, mark)
    if ended:
        _record(catalogue, Verb.END_SESSIONS, user, by=by, now=now, ended=ended)
    return ended


def _keep_an_operator(user: User) -> None:
    if people.role_of(user) is not Role.OPERATOR or not user.is_active:
        return
    others = User.objects.filter(is_active=True, groups__name=str(Role.OPERATOR)).exclude(pk=user.pk)
    if not others.exists():
        raise ConflictError("This is the last operator. Make somebody else operator first.")


def _record(catalogue: Catalogue, verb: Verb, user: User, *, by: str, now: datetime, **detail: object) -> None:
    catalogue.record_act(Act(at=now, by=by, verb=verb, subject=user.get_username(), detail=detail))

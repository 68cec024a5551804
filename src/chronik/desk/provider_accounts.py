"""Acts: knows which account at a provider of identities is whose, links them and takes the link away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from chronik.catalogue.models import SignOnRow
from chronik.desk import people_acts
from chronik.desk.rights import Role
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.desk.single_sign_on import Identity
    from chronik.ports import Catalogue

NAMES_TRIED_MAX = 50
NAME_OTHERWISE = "reader"


def whose(identity: Identity) -> User | None:
    """Who this is here, if somebody's account is linked and may be used."""
    row = SignOnRow.objects.filter(issuer=identity.issuer, subject=identity.subject).first()
    return User.objects.filter(username=row.user_name, is_active=True).first() if row else None


def is_linked(identity: Identity) -> bool:
    """Whether it is somebody's here, also of an account that was closed."""
    return SignOnRow.objects.filter(issuer=identity.issuer, subject=identity.subject).exists()


def links(user: User) -> list[SignOnRow]:
    """What is linked with a person's account, the oldest first."""
    return list(SignOnRow.objects.filter(user_name=user.get_username()).order_by("pk"))


@transaction.atomic
def link(catalogue: Catalogue, user: User, *, identity: Identity, now: datetime) -> None:
    """Let the provider's word stand for this person's password. Raises ConflictError where it is somebody else's."""
    name = user.get_username()
    if SignOnRow.objects.filter(issuer=identity.issuer, subject=identity.subject, user_name=name).exists():
        return
    try:
        with transaction.atomic():
            SignOnRow.objects.create(
                user_name=name, issuer=identity.issuer, subject=identity.subject, called=identity.name, linked_at=now
            )
    except IntegrityError:
        raise ConflictError("This account at the provider belongs to somebody else here.") from None
    detail = {"issuer": identity.issuer}
    catalogue.record_act(Act(at=now, by=name, verb=Verb.LINK_SIGN_ON, subject=name, detail=detail))


@transaction.atomic
def unlink(catalogue: Catalogue, user: User, *, by: str, now: datetime) -> None:
    """Let only password and links bring this person in. Raises NotFoundError where nothing is linked."""
    name = user.get_username()
    issuers = sorted(SignOnRow.objects.filter(user_name=name).values_list("issuer", flat=True))
    if not issuers:
        raise NotFoundError(f"No account at a provider is linked with {name!r}.")
    SignOnRow.objects.filter(user_name=name).delete()
    catalogue.record_act(Act(at=now, by=by, verb=Verb.UNLINK_SIGN_ON, subject=name, detail={"issuers": issuers}))


@transaction.atomic
def admit(catalogue: Catalogue, identity: Identity, *, now: datetime) -> User:
    """A new account as a reader for whom the provider vouches. Raises ConflictError where every name is taken."""
    called = identity.name or NAME_OTHERWISE
    for number in range(1, NAMES_TRIED_MAX + 1):
        name = called if number == 1 else f"{called}-{number}"
        try:
            user = people_acts.add(catalogue, name, role=Role.READER, by=name, now=now)
        except (ConflictError, RefusedInputError):
            continue
        link(catalogue, user, identity=identity, now=now)
        return user
    raise ConflictError(f"There are too many people called {called!r}. Ask for an invitation.")

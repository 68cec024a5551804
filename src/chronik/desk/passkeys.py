"""Acts: keeps people's passkeys, which are asked in place of a one-time code."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction

from chronik.catalogue.models import PasskeyRow
from chronik.desk import passkey_protocol
from chronik.desk.passkey_protocol import Here, Made
from chronik.errors import ConflictError, NotFoundError
from chronik.model import Act, Verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import User
    from django.http import HttpRequest

    from chronik.config import Config
    from chronik.ports import Catalogue

CHALLENGE_BYTES = 32
PASSKEYS_A_PERSON_MAX = 10


def new_challenge() -> bytes:
    """What nobody can have signed before."""
    return secrets.token_bytes(CHALLENGE_BYTES)


def here(request: HttpRequest, config: Config) -> Here:
    """Where this request came to; behind a proxy, which speaks TLS for us, that is the public address."""
    own = f"{request.scheme}://{request.get_host()}"
    public = urlsplit(config.public_url)
    known = (own, f"{public.scheme}://{public.netloc}") if public.netloc == request.get_host() else (own,)
    return Here(host=urlsplit(own).hostname or "", origins=known)


def passkeys(user: User) -> list[PasskeyRow]:
    """The passkeys of a person, the oldest first."""
    return list(PasskeyRow.objects.filter(user_name=user.get_username()).order_by("pk"))


def identities(user: User) -> Sequence[bytes]:
    """What browsers know a person's passkeys by."""
    return [bytes(one.identity) for one in passkeys(user)]


@transaction.atomic
def add(catalogue: Catalogue, user: User, *, made: Made, name: str, now: datetime) -> None:
    """Keep a passkey. Raises ConflictError where the person has too many, or it is kept already."""
    known = PasskeyRow.objects.filter(identity=made.identity).exists()
    if known or len(passkeys(user)) >= PASSKEYS_A_PERSON_MAX:
        raise ConflictError("This passkey is kept already, or there are too many. Remove one that is not used.")
    row = PasskeyRow.objects.create(
        user_name=user.get_username(),
        name=name,
        identity=made.identity,
        public_key=made.public_key,
        uses=made.uses,
        made_at=now,
    )
    _record(catalogue, Verb.ADD_FACTOR, user, row=row, now=now)


@transaction.atomic
def remove(catalogue: Catalogue, user: User, *, number: int, now: datetime) -> None:
    """Ask this passkey no more. Raises NotFoundError."""
    row = PasskeyRow.objects.filter(user_name=user.get_username(), pk=number).first()
    if row is None:
        raise NotFoundError("There is no such passkey.")
    PasskeyRow.objects.filter(pk=row.pk).delete()
    _record(catalogue, Verb.REMOVE_FACTOR, user, row=row, now=now)


@transaction.atomic
def is_good(user: User, answer: str, *, here: Here, challenge: bytes) -> bool:
    """Whether an answer proves that one of a person's passkeys is there."""
    identity = passkey_protocol.identity_of(answer)
    row = PasskeyRow.objects.filter(user_name=user.get_username(), identity=identity).first() if identity else None
    if row is None:
        return False
    kept = Made(identity=identity, public_key=bytes(row.public_key), uses=row.uses)
    uses = passkey_protocol.uses_after(answer, here=here, challenge=challenge, passkey=kept)
    if uses is None:
        return False
    PasskeyRow.objects.filter(pk=row.pk).update(uses=uses)
    return True


def _record(catalogue: Catalogue, verb: Verb, user: User, *, row: PasskeyRow, now: datetime) -> None:
    detail = {"passkey": row.pk, "name": row.name}
    catalogue.record_act(Act(at=now, by=user.get_username(), verb=verb, subject=user.get_username(), detail=detail))

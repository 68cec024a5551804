"""Acts: makes, lists and revokes the tokens with which a browser extension sends pages, and knows whose a token is.

A token is shown once, when it is made; what is kept is its digest. It lets nobody read anything.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction

from chronik.catalogue.models import TokenRow
from chronik.desk import checks
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb, sha256_hex

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.ports import Catalogue

SECRET_START = "chronik_"  # noqa: S105 - by which scanners of leaked secrets know it
SECRET_BYTES = 32
SECRET_CHARACTERS_MAX = 200
LIFETIME = timedelta(days=365)
TOKENS_A_PERSON_MAX = 20
NAME_CHARACTERS_MAX = 80


def tokens(user_name: str = "") -> list[TokenRow]:
    """The tokens that are good, of one person or of all, the newest first; those that lapsed are listed as well."""
    rows = TokenRow.objects.filter(revoked_at=None).order_by("-made_at", "-pk")
    return list(rows.filter(user_name=user_name) if user_name else rows)


@transaction.atomic
def make_token(catalogue: Catalogue, *, user_name: str, name: str, by: str, now: datetime) -> tuple[TokenRow, str]:
    """A new token for somebody who may sign in, and its secret, which nobody can see again.

    Raises NotFoundError, RefusedInputError, or ConflictError where the person has too many.
    """
    if not User.objects.filter(username=user_name, is_active=True).exists():
        raise NotFoundError(f"Nobody called {user_name[:80]!r} may sign in. Let them in first: chronik up --sign-in")
    called = checks.line(name, what="The token’s name", characters_max=NAME_CHARACTERS_MAX)
    if not called:
        raise RefusedInputError("The token has no name. Give it one, such as that of the browser that will have it.")
    if TokenRow.objects.filter(user_name=user_name, revoked_at=None).count() >= TOKENS_A_PERSON_MAX:
        raise ConflictError(f"There are {TOKENS_A_PERSON_MAX} tokens already. Revoke one that is not used any more.")
    secret = SECRET_START + secrets.token_urlsafe(SECRET_BYTES)
    row = TokenRow.objects.create(
        secret_digest=_digest(secret), user_name=user_name, name=called, made_at=now, expires_at=now + LIFETIME
    )
    detail = {"token": row.pk, "name": called, "scope": str(row.scope)}
    catalogue.record_act(Act(at=now, by=by, verb=Verb.MAKE_TOKEN, subject=user_name, detail=detail))
    return row, secret


@transaction.atomic
def revoke_token(catalogue: Catalogue, number: int, *, by: str, now: datetime, user_name: str = "") -> TokenRow:
    """Let a token be good no more; of one person only, where a name is given. Raises NotFoundError."""
    rows = TokenRow.objects.filter(pk=number, revoked_at=None)
    row = (rows.filter(user_name=user_name) if user_name else rows).first()
    if row is None:
        raise NotFoundError(f"There is no token {number} that could be revoked. See: chronik token list")
    TokenRow.objects.filter(pk=row.pk).update(revoked_at=now)
    detail = {"token": row.pk, "name": row.name}
    catalogue.record_act(Act(at=now, by=by, verb=Verb.REVOKE_TOKEN, subject=row.user_name, detail=detail))
    return row


def sender(secret: str, now: datetime) -> TokenRow | None:
    """The token with this secret, if it is good for sending pages now and its person may still sign in."""
    if not secret.startswith(SECRET_START) or len(secret) > SECRET_CHARACTERS_MAX:
        return None
    row = TokenRow.objects.filter(
        secret_digest=_digest(secret), scope=TokenRow.Scope.SEND_PAGES, revoked_at=None, expires_at__gt=now
    ).first()
    allowed = row is not None and User.objects.filter(username=row.user_name, is_active=True).exists()
    return row if allowed else None


def note_use(token: TokenRow, now: datetime) -> None:
    """Remember when a token was last used."""
    TokenRow.objects.filter(pk=token.pk).update(used_at=now)


def _digest(secret: str) -> str:
    return sha256_hex(secret.encode("utf-8", "replace"))

"""Acts: gives a person a second factor, asks it, takes it away; codes for a lost telephone are kept as digests."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from chronik.catalogue.models import PasskeyRow, SecondFactorRow
from chronik.desk import one_time_codes, people
from chronik.errors import ConflictError, NotFoundError
from chronik.model import Act, Verb, sha256_hex

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from chronik.config import Config
    from chronik.ports import Catalogue

KEY_BYTES = 20
"""RFC 4226, 4: as long as the digest that is computed with it."""
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
CODE_CHARACTERS_MAX = 100


def new_key() -> bytes:
    """A key that nobody has yet."""
    return secrets.token_bytes(KEY_BYTES)


def factor(user: User) -> SecondFactorRow | None:
    """The second factor of a person, if they have one."""
    return SecondFactorRow.objects.filter(user_name=user.get_username()).first()


def is_lacking(user: User, config: Config) -> bool:
    """Whether somebody's role asks for a second factor that they do not have yet."""
    return str(people.role_of(user)) in config.second_factor_roles and factor(user) is None


@transaction.atomic
def enable(catalogue: Catalogue, user: User, *, key: bytes, code: str, now: datetime) -> list[str]:
    """Let this key be asked from now on; the recovery codes, which nobody can see again, or none for a wrong code.

    Raises ConflictError where there is a second factor already.
    """
    if factor(user) is not None:
        raise ConflictError("There is a second factor already. Remove it first.")
    step = one_time_codes.step_of(code[:CODE_CHARACTERS_MAX], key=key, now=now)
    if step is None:
        return []
    codes = _recovery_codes()
    SecondFactorRow.objects.create(
        user_name=user.get_username(),
        key=key,
        made_at=now,
        last_step=step,
        recovery_digests=[_digest(one) for one in codes],
    )
    _record(catalogue, Verb.ADD_FACTOR, user, by=user.get_username(), now=now)
    return codes


@transaction.atomic
def is_good(user: User, code: str, *, now: datetime) -> bool:
    """Whether a code is this person's and was not used before; it is used up by asking."""
    found = SecondFactorRow.objects.select_for_update().filter(user_name=user.get_username()).first()
    if found is None:
        return False
    given = code[:CODE_CHARACTERS_MAX]
    step = one_time_codes.step_of(given, key=bytes(found.key), now=now, after=found.last_step)
    if step is not None:
        # Two who send the same digits at once: one of them comes in.
        return bool(SecondFactorRow.objects.filter(pk=found.pk, last_step__lt=step).update(last_step=step))
    digest = _digest(given)
    if digest not in found.recovery_digests:
        return False
    left = [one for one in found.recovery_digests if one != digest]
    SecondFactorRow.objects.filter(pk=found.pk).update(recovery_digests=left)
    return True


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """New recovery codes; those from before do nothing any more. Raises NotFoundError."""
    codes = _recovery_codes()
    changed = SecondFactorRow.objects.filter(user_name=user.get_username()).update(
        recovery_digests=[_digest(one) for one in codes]
    )
    if not changed:
        raise NotFoundError("There is no second factor.")
    return codes


@transaction.atomic
def remove(catalogue: Catalogue, user: User, *, by: str, now: datetime) -> None:
    """Ask somebody for no second factor any more, passkeys included. Raises NotFoundError."""
    if not SecondFactorRow.objects.filter(user_name=user.get_username()).delete()[0]:
        raise NotFoundError(f"{user.get_username()} has no second factor.")
    PasskeyRow.objects.filter(user_name=user.get_username()).delete()
    _record(catalogue, Verb.REMOVE_FACTOR, user, by=by, now=now)


def _recovery_codes() -> list[str]:
    made = [secrets.token_hex(RECOVERY_BYTES) for _ in range(RECOVERY_CODES)]
    return ["-".join(one[start : start + 5] for start in range(0, len(one), 5)) for one in made]


def _digest(code: str) -> str:
    plain = "".join(character for character in code.lower() if character.isalnum())
    return sha256_hex(plain.encode("utf-8", "replace"))


def _record(catalogue: Catalogue, verb: Verb, user: User, *, by: str, now: datetime) -> None:
    catalogue.record_act(Act(at=now, by=by, verb=verb, subject=user.get_username()))

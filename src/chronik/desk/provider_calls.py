"""Acts: asks the provider of identities for its description, its keys, and whom a code stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache

from chronik import wiring
from chronik.desk import single_sign_on
from chronik.errors import ChronikError, RefusedInputError
from chronik.model import Failure, sha256_hex
from chronik.ports import Ask

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.config import Config
    from chronik.desk.single_sign_on import Client, Identity, Pending, Provider

DESCRIPTION_S = 3_600
KEYS_S = 600
"""How long an answer is good; a key that is not among those known is asked for at once."""


def provider(config: Config) -> Provider:
    """The provider of the settings. Raises ChronikError where it does not answer as one."""
    address = single_sign_on.discovery_address(config.oidc_issuer)
    described = _asked(config, address, good_for_s=DESCRIPTION_S)
    try:
        return single_sign_on.provider(described, issuer=config.oidc_issuer)
    except RefusedInputError:
        cache.delete(_kept_as(address))
        raise


def identity(  # noqa: PLR0913 - each is something that must agree
    config: Config, there: Provider, *, us: Client, code: str, pending: Pending, now: datetime
) -> Identity:
    """Whom a code stands for. Raises ChronikError."""
    headers, body = single_sign_on.token_request(there, us, code=code, pending=pending)
    answered = wiring.provider_post(config).answer(there.token, body, headers=headers)
    if isinstance(answered, Failure):
        raise ChronikError(f"The provider did not answer: {answered}")
    told = answered.body
    try:
        keys = _asked(config, there.keys, good_for_s=KEYS_S)
        return single_sign_on.identity(there, us, answered=told, keys=keys, pending=pending, now=now)
    except single_sign_on.UnknownKeyError:
        cache.delete(_kept_as(there.keys))
        keys = _asked(config, there.keys, good_for_s=KEYS_S)
        return single_sign_on.identity(there, us, answered=told, keys=keys, pending=pending, now=now)


def _asked(config: Config, address: str, *, good_for_s: int) -> bytes:
    kept = cache.get(_kept_as(address))
    if isinstance(kept, bytes):
        return kept
    answer = wiring.provider_fetch(config)(Ask(url=address, accept="application/json"))
    if answer.failure is not None:
        raise ChronikError(f"The provider did not answer: {answer.failure}")
    cache.set(_kept_as(address), answer.body, good_for_s)
    return answer.body


def _kept_as(address: str) -> str:
    return f"provider-{sha256_hex(address.encode())}"

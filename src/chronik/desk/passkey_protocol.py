"""Decides what a browser is asked to make or use a passkey, and whether what it answers is good. Wraps webauthn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import webauthn
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWER_CHARACTERS_MAX = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where the desk is, as browsers bind passkeys to it."""

    host: str
    """Without port."""
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A passkey that a browser made."""

    identity: bytes
    public_key: bytes
    uses: int


def options_to_make(
    here: Here, *, archive: str, person: str, challenge: bytes, known: Sequence[bytes]
) -> dict[str, Any]:
    """What a browser is asked; it makes none where it has one of those that are known."""
    options = webauthn.generate_registration_options(
        rp_id=here.host,
        rp_name=archive or "Chronik",
        user_name=person,
        user_id=person.encode()[:64],
        challenge=challenge,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def options_to_use(here: Here, *, challenge: bytes, known: Sequence[bytes]) -> dict[str, Any]:
    """What a browser is asked: to prove that it has one of these."""
    options = webauthn.generate_authentication_options(
        rp_id=here.host,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def made(answer: str, *, here: Here, challenge: bytes) -> Made | None:
    """The passkey that a browser made when asked, or None for anything else."""
    found = _object(answer)
    if found is None:
        return None
    try:
        checked = webauthn.verify_registration_response(
            credential=found,
            expected_challenge=challenge,
            expected_rp_id=here.host,
            expected_origin=list(here.origins),
        )
    except _REFUSED:
        return None
    return Made(identity=checked.credential_id, public_key=checked.credential_public_key, uses=checked.sign_count)


def identity_of(answer: str) -> bytes:
    """Which passkey an answer says it is of; empty where it says nothing of the kind."""
    found = _object(answer)
    try:
        return webauthn.base64url_to_bytes(str(found["id"])) if found is not None else b""
    except _REFUSED:
        return b""


def uses_after(answer: str, *, here: Here, challenge: bytes, passkey: Made) -> int | None:
    """How often the passkey was used by now, if the answer proves that the browser has it; else None."""
    found = _object(answer)
    if found is None:
        return None
    try:
        checked = webauthn.verify_authentication_response(
            credential=found,
            expected_challenge=challenge,
            expected_rp_id=here.host,
            expected_origin=list(here.origins),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.uses,
        )
    except _REFUSED:
        return None
    return checked.new_sign_count


_REFUSED = (WebAuthnException, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, EOFError)
"""What a hostile answer may raise on its way through base64, JSON, CBOR and keys."""


def _object(answer: str) -> dict[str, Any] | None:
    if len(answer) > ANSWER_CHARACTERS_MAX:
        return None
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None

"""Decides what is said to a provider of identities, and whom its answer names. Wraps oauthlib and jwt (PyJWT).

OpenID Connect Core 1.0, code flow (RFC 6749) with PKCE (RFC 7636). Nothing is asked of anybody here.
"""

from __future__ import annotations

import json
import re
import secrets
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

import jwt
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SCOPES = ("openid", "profile")
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Of signatures with a public key. `none` and shared secrets are not among them."""
VERIFIER_LENGTH = 64
LEEWAY_S = 60
"""How far the provider's clock may be from ours."""
SUBJECT_CHARACTERS_MAX = 255
"""OpenID Connect Core §2: no longer."""
NAME_CHARACTERS_MAX = 80
BYTES_MAX = 512 * 1024
_DISCOVERY = ".well-known/openid-configuration"
_NOT_IN_A_NAME = re.compile(r"[^\w.@+-]+")


class UnknownKeyError(RefusedInputError):
    """Signed with a key that is not among those known; the provider may have a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What a provider says of itself (OpenID Connect Discovery §3)."""

    issuer: str
    authorization: str
    token: str
    keys: str
    """Address of its public keys (RFC 7517)."""
    names_itself: bool
    """Whether it says in every answer who it is (RFC 9207)."""
    by_form: bool
    """Whether our secret goes into the form and not into a header (`client_secret_post`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who we are to the provider."""

    identity: str
    secret: str
    redirect: str
    """Our address, to which it sends people back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What must come back, kept in the session of who was sent away."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom the provider vouches for: its own address and its own, unchanging name for the person."""

    issuer: str
    subject: str
    name: str
    """What the person is called there; good for proposing a user name, for nothing else."""


def discovery_address(issuer: str) -> str:
    """Where a provider describes itself (Discovery §4)."""
    return f"{issuer.rstrip('/')}/{_DISCOVERY}"


def provider(described: bytes, *, issuer: str) -> Provider:
    """What a description says. Raises RefusedInputError for one that is of somebody else, or lacks an address."""
    table = _object(described, "The provider’s description")
    if table.get("issuer") != issuer:
        raise RefusedInputError(f"The provider calls itself {str(table.get('issuer'))[:200]!r}, not {issuer!r}.")
    found = {name: table.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    for name, address in found.items():
        if not isinstance(address, str) or urlsplit(address).scheme != "https":
            raise RefusedInputError(f"The provider’s description has no good {name}.")
    ways = table.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Provider(
        issuer=issuer,
        authorization=str(found["authorization_endpoint"]),
        token=str(found["token_endpoint"]),
        keys=str(found["jwks_uri"]),
        names_itself=table.get("authorization_response_iss_parameter_supported") is True,
        by_form="client_secret_basic" not in ways,
    )


def beginning(there: Provider, us: Client, *, language: str) -> tuple[str, Pending]:
    """The address to which a person is sent, and what must come back."""
    client = WebApplicationClient(us.identity)
    verifier = client.create_code_verifier(VERIFIER_LENGTH)
    pending = Pending(state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=verifier)
    address = client.prepare_request_uri(
        there.authorization,
        redirect_uri=us.redirect,
        scope=SCOPES,
        state=pending.state,
        nonce=pending.nonce,
        ui_locales=language,
        code_challenge=client.create_code_challenge(verifier, "S256"),
        code_challenge_method="S256",
    )
    return str(address), pending


def code_of(there: Provider, *, asked: Mapping[str, str], pending: Pending) -> str:
    """The code that came back. Raises RefusedInputError for an answer to another question, or a refusal."""
    if not secrets.compare_digest(asked.get("state", "").encode(), pending.state.encode()):
        raise RefusedInputError("The answer does not belong to this sign-in.")
    if (there.names_itself or "iss" in asked) and asked.get("iss") != there.issuer:
        raise RefusedInputError("The answer comes from another provider.")
    if "error" in asked:
        raise RefusedInputError(f"The provider refuses: {_plain(asked['error'])}")
    code = asked.get("code", "")
    if not code:
        raise RefusedInputError("The provider’s answer holds no code.")
    return code


def token_request(there: Provider, us: Client, *, code: str, pending: Pending) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body with which a code is handed in (RFC 6749 §4.1.3, §2.3.1)."""
    client = WebApplicationClient(us.identity)
    by_form = {"client_secret": us.secret} if there.by_form and us.secret else {}
    body = client.prepare_request_body(
        code=code,
        redirect_uri=us.redirect,
        code_verifier=pending.verifier,
        include_client_id=there.by_form or not us.secret,
        **by_form,
    )
    headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
    if us.secret and not there.by_form:
        pair = f"{quote_plus(us.identity)}:{quote_plus(us.secret)}".encode()
        headers.append(("Authorization", f"Basic {b64encode(pair).decode()}"))
    return headers, str(body).encode()


def identity(  # noqa: PLR0913 - each is something that must agree
    there: Provider, us: Client, *, answered: bytes, keys: bytes, pending: Pending, now: datetime
) -> Identity:
    """Whom an answer to a code names, everything checked that Core §3.1.3.7 asks for. Raises RefusedInputError."""
    table = _object(answered, "The provider’s answer")
    try:
        WebApplicationClient(us.identity).parse_request_body_response(json.dumps(table))
    except (OAuth2Error, Warning, ValueError, TypeError, AttributeError) as error:
        raise RefusedInputError(f"The provider refuses the code: {_plain(str(error))}") from error
    token = table.get("id_token")
    if not isinstance(token, str):
        raise RefusedInputError("The provider’s answer names nobody.")
    claims = _claims(token, keys, us=us, there=there)
    _agree(claims, us=us, pending=pending, now=now)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_CHARACTERS_MAX or "\0" in subject:
        raise RefusedInputError("The provider’s answer names nobody.")
    return Identity(issuer=there.issuer, subject=subject, name=proposed_name(claims))


def proposed_name(claims: Mapping[str, Any]) -> str:
    """A user name made of what the provider tells of somebody; maybe empty."""
    for claim in ("preferred_username", "nickname", "name"):
        told = claims.get(claim)
        if isinstance(told, str) and (plain := _NOT_IN_A_NAME.sub("-", told[:NAME_CHARACTERS_MAX]).strip("-.@+")):
            return plain
    return ""


def _claims(token: str, keys: bytes, *, us: Client, there: Provider) -> dict[str, Any]:
    try:
        known = jwt.PyJWKSet.from_dict(_object(keys, "The provider’s list of keys"))
        header = jwt.get_unverified_header(token)
        fitting = [key for key in known.keys if header.get("kid") in {None, key.key_id}]
        if header.get("alg") not in ALGORITHMS:
            raise RefusedInputError("The provider’s answer is not signed in a way that can be believed.")
        if not fitting:
            raise UnknownKeyError("The provider’s answer is signed with a key that it does not name.")
        return jwt.decode(
            token,
            fitting[0].key,
            algorithms=[header["alg"]],
            audience=us.identity,
            issuer=there.issuer,
            # The times are held against our own clock by `_agree`.
            options={"require": ["exp", "iat", "sub"], "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedInputError(f"The provider’s answer cannot be believed: {_plain(str(error))}") from error


def _agree(claims: Mapping[str, Any], *, us: Client, pending: Pending, now: datetime) -> None:
    moment = now.timestamp()
    expires, made = claims.get("exp"), claims.get("iat")
    if not isinstance(expires, int | float) or not isinstance(made, int | float):
        raise RefusedInputError("The provider’s answer has no date.")
    if moment > expires + LEEWAY_S or made > moment + LEEWAY_S:
        raise RefusedInputError("The provider’s answer is not of now. Compare the clocks of both machines.")
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), pending.nonce.encode()):
        raise RefusedInputError("The provider’s answer does not belong to this sign-in.")
    audience = claims.get("aud")
    party = claims.get("azp")
    if (isinstance(audience, list) and len(audience) > 1 and party is None) or party not in {None, us.identity}:
        raise RefusedInputError("The provider’s answer is meant for somebody else.")


def _object(held: bytes, what: str) -> dict[str, Any]:
    if len(held) > BYTES_MAX:
        raise RefusedInputError(f"{what} is too long.")
    try:
        table = json.loads(held)
    except (ValueError, RecursionError) as error:
        raise RefusedInputError(f"{what} is no JSON.") from error
    if not isinstance(table, dict):
        raise RefusedInputError(f"{what} is no JSON object.")
    return table


def _plain(told: str) -> str:
    return "".join(sign for sign in " ".join(told.split()) if sign.isprintable())[:200]

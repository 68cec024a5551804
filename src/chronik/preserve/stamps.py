"""Trusted time for checkpoints: asks of and answers from RFC 3161 authorities. Decides.

Wraps rfc3161-client, and with it the certificates of cryptography in which it is spoken to.

Nothing is believed that an authority sends: its answer counts only if it is over our bytes, answers our question, and
is signed by a certificate for time stamping alone that leads to the root certificate in the settings.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from chronik.errors import RefusedInputError
from chronik.model import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rfc3161_client import TimeStampResponse
    from rfc3161_client.tsp import TimeStampTokenInfo

ANSWER_BYTES_MAX = 2**18
"""A token with its certificates has a few thousand."""
ROOT_FILE_BYTES_MAX = 2**20
CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far an authority's clock and ours may lie apart."""
SHA_256 = "2.16.840.1.101.3.4.2.1"
REASON_CHARACTERS_MAX = 200
ASK_MEDIA_TYPE, ANSWER_MEDIA_TYPE = "application/timestamp-query", "application/timestamp-reply"

_POLICY = re.compile(r"[0-2](\.(0|[1-9][0-9]{0,18})){1,32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Somebody who says what time it is, and how that is recognised."""

    name: str
    url: str
    certificates: tuple[bytes, ...] = field(repr=False)
    """DER: the root that we trust, and certificates between it and the one that signs, if the answer lacks them."""
    policy: str = ""
    """Object identifier of the policy that its tokens must name; empty takes any."""

    @property
    def root(self) -> str:
        """Which trust it stands on: two authorities with the same roots are no two opinions."""
        roots = sorted(hashlib.sha256(one.public_bytes(Encoding.DER)).hexdigest() for one in _roots(self.certificates))
        return " ".join(roots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is sent to an authority, and the number that its answer must repeat."""

    note: bytes = field(repr=False)
    """The signed note of a checkpoint, whose digest is to be stamped."""
    size: int
    """Of the checkpoint."""
    body: bytes = field(repr=False)
    nonce: int


def certificates(pem: bytes) -> tuple[bytes, ...]:
    """The certificates in a PEM file, DER. Raises RefusedInputError where there is no root certificate among them."""
    try:
        found = x509.load_pem_x509_certificates(pem[:ROOT_FILE_BYTES_MAX])
    except ValueError as error:
        raise RefusedInputError("it holds no certificate in PEM form") from error
    der = tuple(one.public_bytes(Encoding.DER) for one in found)
    if not _roots(der):
        raise RefusedInputError("it holds no root certificate, which is one that signs itself")
    return der


def _roots(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    found = [x509.load_der_x509_certificate(one) for one in certificates]
    return [one for one in found if one.issuer == one.subject]


def is_policy(text: str) -> bool:
    """Whether a text is an object identifier."""
    return bool(_POLICY.fullmatch(text))


def question(note: bytes, *, size: int) -> Question:
    """Ask for a stamp over the SHA-256 of a checkpoint's note, with a nonce and with the signer's certificate."""
    asked = TimestampRequestBuilder(data=note, hash_algorithm=HashAlgorithm.SHA256).build()
    assert asked.nonce is not None, "a request is made with a nonce unless told otherwise"
    return Question(note=note, size=size, body=asked.as_bytes(), nonce=asked.nonce)


def fresh_stamp(answer: bytes, *, asked: Question, authority: Authority, now: datetime) -> Stamp:
    """The stamp in an answer to our question. Raises RefusedInputError with the reason."""
    found = _stamp(answer, note=asked.note, size=asked.size, authority=authority, nonce=asked.nonce)
    if abs(found.at - now) > CLOCK_TOLERANCE:
        raise RefusedInputError(f"its time {found.at.isoformat()} is not ours; look at this machine's clock too")
    return found


def stored_stamp(answer: bytes, *, note: bytes, size: int, authority: Authority, now: datetime) -> Stamp:
    """The stamp in an answer that was kept, checked again. Raises RefusedInputError with the reason."""
    found = _stamp(answer, note=note, size=size, authority=authority, nonce=None)
    if found.at > now + CLOCK_TOLERANCE:
        raise RefusedInputError(f"its time {found.at.isoformat()} lies in the future")
    return found


def _stamp(answer: bytes, *, note: bytes, size: int, authority: Authority, nonce: int | None) -> Stamp:
    if len(answer) > ANSWER_BYTES_MAX:
        raise RefusedInputError(f"the answer is larger than {ANSWER_BYTES_MAX} bytes")
    try:
        response = decode_timestamp_response(answer)
        _check_granted(response)
        _check(response, note=note, authority=authority, nonce=nonce)
        at = response.tst_info.gen_time
    except VerificationError as error:
        raise RefusedInputError(f"the token does not hold: {_plain(error)}") from error
    except (ValueError, TypeError, OverflowError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
        raise RefusedInputError(f"the answer is no time stamp that can be read: {_plain(error)}") from error
    return Stamp(size=size, authority=authority.name, at=_in_utc(at), token=answer)


def _check_granted(response: TimeStampResponse) -> None:
    if response.status != 0:
        said = _plain(" ".join(response.status_string))
        raise RefusedInputError(f"the authority refused (status {response.status}{': ' if said else ''}{said})")


def _check(response: TimeStampResponse, *, note: bytes, authority: Authority, nonce: int | None) -> None:
    trusted = [x509.load_der_x509_certificate(one) for one in authority.certificates]
    roots = [one for one in trusted if one.issuer == one.subject]
    verifier = VerifierBuilder(
        roots=roots,
        intermediates=[one for one in trusted if one not in roots],
        nonce=nonce,
        policy_id=x509.ObjectIdentifier(authority.policy) if authority.policy else None,
    ).build()
    info = response.tst_info
    if info.message_imprint.hash_algorithm.dotted_string != SHA_256:
        raise RefusedInputError("the token is over another kind of digest than SHA-256")
    verifier.verify(response, hashlib.sha256(note).digest())
    _check_signer(response, info)


def _check_signer(response: TimeStampResponse, info: TimeStampTokenInfo) -> None:
    """RFC 3161 §2.3: the signer's certificate is for time stamping and for nothing else, and valid at the time."""
    signer = response.signed_data.signer_infos.pop()
    held = [x509.load_der_x509_certificate(one) for one in response.signed_data.certificates]
    leaf = next(one for one in held if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number))
    purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    if not purposes.critical or list(purposes.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise RefusedInputError("its certificate is not one for time stamping alone")
    if not leaf.not_valid_before_utc <= _in_utc(info.gen_time) <= leaf.not_valid_after_utc:
        raise RefusedInputError("its certificate was not valid at the time it names")


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _plain(words: object) -> str:
    """A library's or a server's words, short and on one line."""
    shown = "".join(sign if sign.isprintable() else " " for sign in str(words))
    return " ".join(shown.split())[:REASON_CHARACTERS_MAX].rstrip(".")

"""Keys and signatures. Decides: bytes in, bytes out. Wraps cryptography."""

from __future__ import annotations

import base64
import warnings
from contextlib import suppress
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import certifi
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import NameOID

from chronik.model import SiteCertificate, sha256_hex

if TYPE_CHECKING:
    from datetime import datetime

_RAW = serialization.Encoding.Raw
_P384_BYTES = 48
HOSTS_MAX = 1_000
"""Of one certificate; those of large networks name a few hundred."""
NAME_CHARACTERS_MAX = 120
_PEM_START = "-----BEGIN CERTIFICATE-----"


def new_seed() -> bytes:
    """The 32 secret bytes of a new Ed25519 key (RFC 8032 §5.1.5)."""
    return Ed25519PrivateKey.generate().private_bytes(
        _RAW, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )


def public_key(seed: bytes) -> bytes:
    """The 32 public bytes of an Ed25519 key. Raises ValueError for a seed that is none."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(_RAW, serialization.PublicFormat.Raw)


def signature(message: bytes, *, seed: bytes) -> bytes:
    """The Ed25519 signature of a message: the same each time."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def is_signed(message: bytes, signed: bytes, *, key: bytes) -> bool:
    """Whether an Ed25519 signature is by this public key over this message."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_p384() -> bytes:
    """The PEM (PKCS 8) of a new P-384 key, the one kind that players of WACZ check."""
    return ec.generate_private_key(ec.SECP384R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def p384_signed(message: bytes, *, pem: bytes) -> dict[str, str]:
    """`signature` (r and s side by side, as WebCrypto has it) and `publicKey` (SPKI), both base64.

    The same each time (RFC 6979). Raises ValueError for a key that is none.
    """
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP384R1):
        raise ValueError("the key is no P-384 key")  # noqa: TRY004 - as cryptography says of other keys
    made = key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    pair = b"".join(number.to_bytes(_P384_BYTES, "big") for number in decode_dss_signature(made))
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {"signature": base64.b64encode(pair).decode("ascii"), "publicKey": base64.b64encode(public).decode("ascii")}


def is_p384_signed(message: bytes, signed: bytes, *, public: bytes) -> bool:
    """Whether a signature by WebCrypto's rules is by this public key (SPKI) over this message."""
    try:
        return _is_ecdsa(serialization.load_der_public_key(public), message, signed)
    except (ValueError, UnsupportedAlgorithm):
        return False


def certificate_fault(message: bytes, signed: bytes, *, chain: str, domain: str, moment: datetime) -> str:
    """Why certificates (PEM, the signer's first) do not show a signature for a domain at a moment; empty if they do.

    Each must be signed by the next, one of them by an authority that browsers know. Revocation is not asked.
    """
    try:
        found = x509.load_pem_x509_certificates(chain.encode("ascii", "replace"))
        names = found[0].extensions.get_extension_for_class(x509.SubjectAlternativeName)
        if domain not in names.value.get_values_for_type(x509.DNSName):
            return f"its certificate is not for {domain}"
        if not found[0].not_valid_before_utc <= moment <= found[0].not_valid_after_utc:
            return "its certificate was not valid when it says that it was signed"
        if not _is_ecdsa(found[0].public_key(), message, signed):
            return "its certificate's key did not make the signature"
        for one, issuer in pairwise(found):
            one.verify_directly_issued_by(issuer)
            if not issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
                return "its certificate was issued by one that may not issue any"
        known = any(_issued(one, root) for one in found for root in _authorities())
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound) as error:
        return f"its certificates cannot be followed ({type(error).__name__})"
    return "" if known else "its certificates lead to no known authority"


def site_certificate(der: bytes) -> SiteCertificate | None:
    """What a certificate says of itself; None where it cannot be read."""
    try:
        found = x509.load_der_x509_certificate(der)
        return SiteCertificate(
            subject=_called(found.subject),
            issuer=_called(found.issuer),
            valid_from=found.not_valid_before_utc,
            valid_until=found.not_valid_after_utc,
            digest=sha256_hex(der),
            hosts=_hosts(found),
        )
    except (ValueError, TypeError, OverflowError, UnsupportedAlgorithm, x509.DuplicateExtension):
        return None


def _hosts(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    found = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    return tuple(name.lower() for name in found[:HOSTS_MAX])


def _called(name: x509.Name) -> str:
    """The common name and the organisation, as far as there are any; hostile bytes made harmless."""
    wanted = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
    values = [str(one.value) for kind in wanted for one in name.get_attributes_for_oid(kind)[:1]]
    shown = [" ".join("".join(sign if sign.isprintable() else " " for sign in value).split()) for value in values]
    return ", ".join(dict.fromkeys(value[:NAME_CHARACTERS_MAX] for value in shown if value))


@cache
def _authorities() -> tuple[x509.Certificate, ...]:
    """What browsers know; those that `cryptography` complains about sign nothing here."""
    found = []
    for part in certifi.contents().split(_PEM_START)[1:]:
        with warnings.catch_warnings(), suppress(ValueError, Warning):
            warnings.simplefilter("error")
            found.append(x509.load_pem_x509_certificate((_PEM_START + part).encode("ascii", "replace")))
    return tuple(found)


def _issued(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    if certificate.issuer != root.subject:
        return False
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_ecdsa(key: object, message: bytes, signed: bytes) -> bool:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    width = (key.curve.key_size + 7) // 8
    if len(signed) == 2 * width:
        signed = encode_dss_signature(int.from_bytes(signed[:width], "big"), int.from_bytes(signed[width:], "big"))
    try:
        key.verify(signed, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True

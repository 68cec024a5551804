"""Keys and signatures. Decides: bytes in, bytes out. Wraps cryptography."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_RAW = serialization.Encoding.Raw


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

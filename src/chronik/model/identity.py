"""Decides what makes an id: digests of content, the same on every machine. Wraps rfc8785."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

UNDETERMINED = "und"


def sha256_hex(data: bytes) -> str:
    """SHA-256 of bytes, lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    """A JSON value in canonical form (RFC 8785): the same bytes on every machine."""
    return rfc8785.dumps(value)


def content_id(value: Any) -> str:
    """Digest of a JSON value in canonical form."""
    return sha256_hex(canonical(value))

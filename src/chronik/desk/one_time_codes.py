"""Decides which six digits are good at a moment (RFC 6238). Wraps cryptography, as far as one-time codes go."""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

if TYPE_CHECKING:
    from datetime import datetime

STEP_S = 30
DIGITS = 6
STEPS_ASIDE = 1
"""So far may the clock of a telephone go wrong."""


def step_of(code: str, *, key: bytes, now: datetime, after: int = -1) -> int | None:
    """The step of time that these digits belong to, if they are good now and no later one was used before."""
    given = "".join(code.split())
    if not (len(given) == DIGITS and given.isascii() and given.isdigit()):
        return None
    this = int(now.timestamp()) // STEP_S
    clock = _clock(key)
    for step in range(max(this - STEPS_ASIDE, after + 1, 0), this + STEPS_ASIDE + 1):
        if hmac.compare_digest(clock.generate(step * STEP_S), given.encode()):
            return step
    return None


def code_at(moment: datetime, *, key: bytes) -> str:
    """The digits that are good at a moment."""
    return _clock(key).generate(int(moment.timestamp())).decode()


def address(key: bytes, *, person: str, archive: str) -> str:
    """What a telephone reads out of the drawing: key, person and archive."""
    return _clock(key).get_provisioning_uri(person, archive or "Chronik")


def spelled(key: bytes) -> str:
    """The key as a person types it where nothing can be photographed: groups of four letters and digits."""
    text = base64.b32encode(key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _clock(key: bytes) -> TOTP:
    return TOTP(key, DIGITS, SHA1(), STEP_S, enforce_key_length=False)  # noqa: S303 - what every telephone computes

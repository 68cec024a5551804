"""Wraps numpy: looks at all bytes of a page at once (decides)."""

from __future__ import annotations

import re

import numpy as np

_FIRST_BEHIND_SPACES, _FIRST_SIGN = 0x0E, 0x20
"""Between them in ASCII stand controls that no text holds."""
_ALONE = (b"\x0b", b"\x7f")
_HIGH = {
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xed": re.compile(rb"\xed[\xa0-\xbf]"),
    b"\xef": re.compile(rb"\xef(?:\xb7|\xbb\xbf|\xbf[\xbe\xbf])"),
}
"""What no text can hold beyond ASCII, in UTF-8, by the byte that it begins with."""


def count(octets: bytes, octet: bytes) -> int:
    """How often one byte occurs."""
    return int(np.count_nonzero(np.frombuffer(octets, dtype=np.uint8) == octet[0]))


def may_hold_controls(octets: bytes) -> bool:
    """Whether UTF-8 may hold control characters other than white space, or what else no text can hold."""
    if not octets:
        return False
    codes = np.frombuffer(octets, dtype=np.uint8)
    if int(codes.min()) < ord("\t") or any(octet in octets for octet in _ALONE):
        return True
    # What lies below the range counts from the top when it is taken off, so the least is within it.
    if int((codes - np.uint8(_FIRST_BEHIND_SPACES)).min()) < _FIRST_SIGN - _FIRST_BEHIND_SPACES:
        return True
    return any(first in octets and pattern.search(octets) for first, pattern in _HIGH.items())

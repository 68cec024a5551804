"""Decides how a text is drawn as a QR code, in SVG that stands in the page itself. Wraps segno."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

SCALE = 5
QUIET_MODULES = 4
"""ISO/IEC 18004, 6.3.8: so much white around it."""


def drawing(text: str) -> SafeString:
    """The code, black on white whatever the colours of the page, so that every camera reads it."""
    drawn = segno.make(text, error="m", micro=False)
    svg = drawn.svg_inline(scale=SCALE, border=QUIET_MODULES, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - drawn from numbers; the text is not in it

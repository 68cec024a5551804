"""What stands in an element of a feed: its text, or the markup that it holds escaped, in the open or coded.

Decides. RFC 4287 §3.1 and §4.1.3, Atom 0.3's modes, and what RSS does without saying so.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from chronik.collect.mending import TEXT_CHARACTERS_MAX, Element, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_TEXT_TYPES = frozenset({"text", "text/plain", "plain"})
_HTML_TYPES = frozenset({"", "html", "text/html", "xhtml", "application/xhtml+xml", "text", "text/plain", "plain"})
_XHTML_TYPES = frozenset({"xhtml", "application/xhtml+xml", "text/xhtml"})
_DIVISION = re.compile(r"\s*<div(?:\s[^<>]*)?>(.*)</div>\s*", re.DOTALL | re.IGNORECASE)


def text(element: Element) -> str:
    """The characters in an element, those of elements within it too."""
    whole = element.text or "" if not len(element) else "".join(map(str, element.itertext()))
    return whole[:TEXT_CHARACTERS_MAX].strip()


def first_text(found: Mapping[str, Sequence[Element]], names: Iterable[str]) -> str:
    """The first text that is not empty, of elements of these names in this order."""
    return next((said for name in names for element in found.get(name, ()) if (said := text(element))), "")


def markup(element: Element) -> tuple[str, bool | None]:
    """What an element holds, and whether that is HTML, where it says so; empty for pictures and other files."""
    media_type, mode = element.get("type"), element.get("mode")
    kind = media_type.strip().lower().partition(";")[0] if media_type else ""
    if (mode and mode.lower() == "base64") or (kind and not _is_readable(kind)):
        return _decoded(text(element)), None
    if len(element):
        return _inner(element), True
    said = text(element)
    if kind in _TEXT_TYPES:
        return said, False
    return said, True if kind in _XHTML_TYPES else None


def _is_readable(media_type: str) -> bool:
    return media_type in _HTML_TYPES or media_type.startswith("text/") or media_type.endswith(("+xml", "/xml"))


def _inner(element: Element) -> str:
    """The elements within as HTML; a lone division around them, as Atom wants it, is taken off."""
    whole = source_of(element)
    lone = _DIVISION.fullmatch(whole)
    return lone[1] if lone and "<div" not in lone[1] else whole


def _decoded(coded: str) -> str:
    try:
        return base64.b64decode(coded).decode()
    except (binascii.Error, ValueError):
        return ""

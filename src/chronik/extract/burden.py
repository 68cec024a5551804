"""Whether a page's markup is too heavy to be taken apart in reasonable time (decides).

Trees grow slow with the square of their depth and of the attributes in one tag; no page that people read needs either.
"""

from __future__ import annotations

import re

from chronik.extract.octets import count

DEPTH_MAX = 5_000
"""Elements within one another."""
ATTRIBUTES_MAX = 5_000
"""Attributes in one tag."""

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d}[^<>]*" % (2 * ATTRIBUTES_MAX))
_VALUE = re.compile(rb"\"[^\"]*\"|'[^']*'")
_RAW = frozenset({b"script", b"style", b"textarea", b"title", b"noscript"})
# Elements that hold nothing, and those that the next of their kind closes (HTML, sections 13.1.2 and 13.1.2.4).
_EMPTY = b"area base br col embed hr img input link meta param source track wbr"
_SELF_CLOSING = b"body caption colgroup dd dt head html li optgroup option p rb rp rt rtc tbody td tfoot th thead tr"
_NOT_NESTING = frozenset((*_EMPTY.split(), *_SELF_CLOSING.split()))


def too_heavy(html: bytes) -> str:
    """Which limit the markup, in UTF-8, exceeds, in one sentence; empty where it is fit to be parsed."""
    if _may_hold_long_tag(html) and any(
        len(_VALUE.sub(b"", tag[0]).split()) > ATTRIBUTES_MAX for tag in _LONG_TAG.finditer(html)
    ):
        return f"A tag of the page has more than {ATTRIBUTES_MAX:,} attributes, the limit."
    tags = count(html, b"<")
    if tags > 2 * DEPTH_MAX and tags - html.count(b"</") > DEPTH_MAX and _depth(html) > DEPTH_MAX:
        return f"The page's elements are nested more than {DEPTH_MAX:,} deep, the limit."
    return ""


def _may_hold_long_tag(html: bytes) -> bool:
    """Whether some tag reaches over a whole stretch, as every tag does that is twice as long as one."""
    for start in range(0, len(html), ATTRIBUTES_MAX):
        end = start + ATTRIBUTES_MAX
        if html.find(b"<", start, end) < 0 and html.find(b">", start, end) < 0:
            tag = html.rfind(b"<", max(0, start - ATTRIBUTES_MAX), start)
            stretch = (tag + 1, tag + 1 + 2 * ATTRIBUTES_MAX)
            if tag >= 0 and html.find(b"<", *stretch) < 0 and html.find(b">", *stretch) < 0:
                return True
    return False


def _depth(html: bytes) -> int:
    """How deep elements that do not close one another are nested, at the most."""
    depth = deepest = at = 0
    while found := _TAG.search(html, at):
        at = found.end()
        name = found[2].lower()
        if found[1]:
            depth -= depth > 0 and name not in _NOT_NESTING
        elif name in _RAW:
            at = html.find(b"</" + name, at) + 1 or len(html)
        elif name not in _NOT_NESTING:
            depth += 1
            deepest = max(deepest, depth)
    return deepest

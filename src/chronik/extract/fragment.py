"""A piece of HTML, or a text, as paragraphs in their form (decides): what a feed gives of an article."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from chronik.extract.assembly import Assembled, assembled, cleaned
from chronik.extract.candidates import Body, TextBlock
from chronik.extract.readers.rendering import rendered
from chronik.extract.tree import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAGMENT_CHARACTERS_MAX = 200_000
"""What comes after that is left out."""
DEPTH_MAX = 100
"""Blocks within blocks; of what is deeper only the text is taken."""
ORIGIN = "fragment"

_TAG = re.compile(r"</?[a-z][^<>]*>|&(?:[a-z][a-z0-9]{1,30}|#[0-9]{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|div|br|a|img|strong|b|i|em|span|ul|ol|li|h[1-6]|blockquote|figure)\b", re.IGNORECASE
)
_BLOCK = re.compile(
    r"<(/?)(?:article|aside|blockquote|center|d[dlt]|details|dir|div|fieldset|figure|footer|form|h(?:eader|group)|li"
    r"|main|menu|nav|ol|pre|r(?:b|p|t|tc|uby)|s(?:earch|ection|ummary)|t(?:able|body|d|h|r)|ul)\b",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def fragment(text: str, *, url: str, is_markup: bool | None = None) -> Assembled:
    """The paragraphs of a piece of HTML or of a text; where nobody knows which it is, tags tell.

    `url` is where relative addresses start from.
    """
    given = text[:FRAGMENT_CHARACTERS_MAX]
    if is_markup is not False and "<" not in given and _ESCAPED_TAG.search(given):
        given = html.unescape(given)  # escaped once too often
    if not is_markup and (is_markup is False or not _TAG.search(given)):
        body = Body(blocks=tuple(_lines(given)), origin=ORIGIN)
    elif _depth(given) > DEPTH_MAX:
        body = Body(blocks=tuple(_lines(html.unescape(_TAG.sub("\n\n", given)))), origin=ORIGIN)
    else:
        root = parsed(given).body
        body = rendered([root] if root is not None else [], url=url, origin=ORIGIN)
    clean = cleaned(body)
    return assembled(clean, kept=[block.text for block in clean.blocks])


def _depth(markup: str) -> int:
    """How many blocks stand within each other, at most: reading them takes the square of that."""
    deepest = depth = 0
    for tag in _BLOCK.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _lines(text: str) -> Iterator[TextBlock]:
    """Paragraphs of a plain text: between blank lines, or lines where there are none."""
    parts = _BLANK_LINE.split(text) if _BLANK_LINE.search(text) else text.splitlines()
    for part in parts:
        if line := " ".join(part.split()):
            yield TextBlock(text=line)

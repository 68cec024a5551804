"""Turns the bytes of a feed or page into characters, whatever they declare themselves to be.

Decides.
"""

from __future__ import annotations

import codecs
import html
import re

DECLARATION_BYTES_MAX = 2_048
"""An encoding is declared this early or not at all."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._:\-]{1,40})""")
# Not encodings of documents: slow, or a way to smuggle markup past a filter.
_REFUSED = frozenset({"utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"})
_BYTES_OF_ASCII = frozenset({"iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_kr", "hz"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decoded(body: bytes, *, charset: str = "") -> str:
    """The characters of a document; what cannot be decoded becomes U+FFFD, what XML forbids is left out."""
    return _FORBIDDEN.sub("", _decoded(body, charset))


def _decoded(body: bytes, charset: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for beginning, encoding in _WITHOUT_MARK:
        if body.startswith(beginning):
            return body.decode(encoding, "replace")
    declared = _DECLARED.search(body[:DECLARATION_BYTES_MAX])
    named = [name for name in (_known(charset), _known(declared[1].decode() if declared else "")) if name]
    # Text that is valid UTF-8 hardly ever is anything else, whatever the server says.
    tried = named if named and named[0] in _BYTES_OF_ASCII else ["utf-8", *named]
    for encoding in tried:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    others = [encoding for encoding in named if encoding not in {"utf-8", "ascii", "iso8859-1"}]
    return body.decode(others[0] if others else "cp1252", "replace")


def _known(name: str) -> str:
    try:
        known = codecs.lookup(name.strip()).name
        b"    ".decode(known)  # refuses what turns bytes into bytes, such as zlib
    except (LookupError, ValueError):
        return ""
    return "" if known in _REFUSED else known


_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_HIDDEN = ("script", "style", "template", "noscript")
_REFERENCE = r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"
_USUAL = (
    "a|abbr|b|big|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|q|s|small|span|strong|sub|sup|u|ul|wbr"
)
# A closing tag, one with attributes, or one of those that stand in every text; `<table>` alone may be what it is about.
_SAYS_MARKUP = re.compile(
    rf"</[A-Za-z][^<>]*>|<[A-Za-z][\w:-]*\s+[A-Za-z][^<>=]*=[^<>]*>|<(?:{_USUAL})\s*/?>|<!--|{_REFERENCE}",
    re.IGNORECASE,
)
MARKUP_CHARACTERS_MAX = 200_000
"""Of longer markup only the beginning is read."""


def plain(markup: str, *, characters_max: int) -> str:
    """The text of a scrap of HTML or of plain text: no tags, no entities, no runs of white space."""
    text = markup[:MARKUP_CHARACTERS_MAX]
    if ("<" in text or "&" in text) and says_markup(text):
        text = _INLINE_TAG.sub("", without_hidden(text))
        text = html.unescape(_TAG.sub(" ", text))
    line = " ".join(text.split())
    if not line.isprintable():
        line = " ".join(_FORBIDDEN.sub("", line).split())
    return line if len(line) <= characters_max else line[: characters_max - 1].rstrip() + "…"


def says_markup(text: str) -> bool:
    """Whether a text holds tags or references of HTML, rather than signs that look like them."""
    return bool(_SAYS_MARKUP.search(text))


def without_hidden(markup: str) -> str:
    """The markup less comments, scripts, styles and templates."""
    shown = _without(markup, "<!--", "-->")
    for name in _HIDDEN:
        shown = _without(shown, f"<{name}", f"</{name}>")
    return shown


def _without(text: str, opening: str, closing: str) -> str:
    """The text without the stretches between these, in one pass; an unclosed one goes to the end."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    pieces, at = [], 0
    while (start := lower.find(opening, at)) >= 0:
        pieces.append(text[at:start])
        end = lower.find(closing, start)
        at = len(text) if end < 0 else end + len(closing)
    return "".join([*pieces, text[at:]])

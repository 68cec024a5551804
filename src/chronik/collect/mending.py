"""Makes a tree of any XML, well-formed or not, small and harmless: wraps lxml.

Decides. Entities are never resolved beyond single characters, nothing outside the bytes is looked up, and the parser's
own limits stay on: of a document that is too deep, too long or too full, the beginning is read.
"""

from __future__ import annotations

import contextlib
import html
import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

TAGS_MAX = 500_000
"""Opening and closing tags that are read of one document; ten thousand entries have about that many."""
JUNK_CHARACTERS_MAX = 10_000
"""Characters before the first tag, such as a server's warnings."""
TEXT_CHARACTERS_MAX = 200_000
"""Of one element's text."""

_XML = "{http://www.w3.org/XML/1998/namespace}"
LANGUAGE_ATTRIBUTE = f"{_XML}lang"
BASE_ATTRIBUTES = (f"{_XML}base", "base", "BASE")
"""The last two are those of CDF."""
_SAYS_LANGUAGE = etree.XPath("boolean(//@xml:lang)")
_SAYS_BASE = etree.XPath("boolean(//@xml:base | //@base | //@BASE)")

ENTITIES_MAX = 100
DECLARING_CHARACTERS_MAX = 2 * 2**20
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z][\w.-]{0,30})\s+(?:"([^"&<%]{0,32})"|'([^'&<%]{0,32})')\s*>""")
_KEPT = frozenset({"lt", "gt", "amp", "quot", "apos"})
_REFERENCE = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_TAG = re.compile(r"<[?!A-Za-z_]")
_FEED_BEGINS = re.compile(r"<(?:\?xml\s|(?:[A-Za-z][\w.-]{0,30}:)?(?:rss|feed|rdf)[\s>])", re.IGNORECASE)
_PAGE_BEGINS = re.compile(r"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


_STRICT = _parser(recover=False)


def strict_tree(body: bytes) -> Element | None:
    """The root of a document that is well-formed XML in UTF-8, whatever it declares; None for anything else."""
    if b"<!ENTITY" in body or body.count(b"<") > TAGS_MAX:
        return None
    try:
        return etree.fromstring(body, _STRICT)
    except (etree.XMLSyntaxError, ValueError):
        return None


def mended_tree(text: str) -> Element | None:
    """The root of what can be had of a document; None where it has no element."""
    source = _without_references(_whole(_cut(_without_declaration(text[_beginning(text) :]))))
    root: Element | None = None
    with contextlib.suppress(etree.XMLSyntaxError, ValueError):
        root = etree.fromstring(source.encode("utf-8", "replace"), _parser(recover=True))
    return root


def says_language(root: Element) -> bool:
    """Whether any element of the document says its language."""
    return bool(_SAYS_LANGUAGE(root))


def says_base(root: Element) -> bool:
    """Whether any element of the document says from where its addresses are resolved."""
    return bool(_SAYS_BASE(root))


def local_name(element: Element) -> str:
    """The name of an element without its namespace, lower case."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _beginning(text: str) -> int:
    """Where the document begins: after a server's warnings, be they with tags of their own or without."""
    junk = text[:JUNK_CHARACTERS_MAX]
    first = _FIRST_TAG.search(junk)
    if first is None:
        return len(text)
    feed = _FEED_BEGINS.search(junk)
    if feed is None or _PAGE_BEGINS.search(junk, 0, feed.start()):
        return first.start()
    return feed.start() if "<!" not in junk[first.start() : feed.start()] else first.start()


def _without_declaration(text: str) -> str:
    """It names an encoding that no longer holds."""
    if text.startswith("<?xml"):
        end = text.find("?>")
        return text[end + 2 :].lstrip() if 0 <= end < JUNK_CHARACTERS_MAX else text
    return text


def _cut(text: str) -> str:
    """The text up to the last tag that is read; the parser closes what is open."""
    if text.count("<") <= TAGS_MAX:
        return text
    tags = 0
    for start, end in _outside_sections(text):
        here = text.count("<", start, end)
        if tags + here > TAGS_MAX:
            return text[: _place_of_tag(text, start, TAGS_MAX - tags)]
        tags += here
    return text


def _whole(text: str) -> str:
    """The text without the beginning of a CDATA section that it ends in."""
    end = text.rfind("<")
    return text[:end] if end >= 0 and "<![CDATA[".startswith(text[end:].rstrip()) else text


def _place_of_tag(text: str, start: int, number: int) -> int:
    at = start - 1
    for _ in range(number + 1):
        at = text.find("<", at + 1)
    return at


def _outside_sections(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that stand in no CDATA section."""
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        yield at, start
        end = text.find("]]>", start)
        if end < 0:
            return
        at = end + 3
    yield at, len(text)


def _without_references(text: str) -> str:
    """Named and numbered characters become themselves; an ampersand that means nothing becomes `&amp;`."""
    character = partial(_character, declared=_declared_entities(text))
    pieces, at = [], 0
    for start, end in _outside_sections(text):
        pieces += [text[at:start], _REFERENCE.sub(character, text[start:end])]
        at = end
    rest = text[at:]
    return "".join([*pieces, rest, "]]>" if rest else ""])


def _declared_entities(text: str) -> dict[str, str]:
    """Entities that a short document declares to be a few characters; none that names another."""
    if len(text) > DECLARING_CHARACTERS_MAX or "<!ENTITY" not in text:
        return {}
    return {found[1]: found[2] or found[3] or "" for found in islice(_ENTITY.finditer(text), ENTITIES_MAX)}


def _character(match: re.Match[str], *, declared: dict[str, str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name in declared:
        return escape(declared[name], {'"': "&quot;"})
    if name in _KEPT:
        return match[0]
    character = html.unescape(match[0])
    if character == match[0]:
        return "&amp;" + match[0][1:]
    return escape(_FORBIDDEN.sub("", character), {'"': "&quot;"})


_NAMESPACE = re.compile(r"""\sxmlns(?::[\w.-]+)?=(?:"[^"]*"|'[^']*')""")
_PREFIX = re.compile(r"(</?)[\w.-]+:(?=[A-Za-z])")
_EMPTY = re.compile(
    r"<(?!(?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)([A-Za-z][\w-]*+)([^<>]*)/>", re.IGNORECASE
)


def source_of(element: Element) -> str:
    """What stands within an element, written as HTML: without namespaces and with closing tags."""
    pieces = [escape(element.text or "")]
    for child in element:
        written = etree.tostring(child, encoding="unicode")
        pieces.append(_EMPTY.sub(r"<\1\2></\1>", _PREFIX.sub(r"\1", _NAMESPACE.sub("", written))))
    return "".join(pieces)[:TEXT_CHARACTERS_MAX].strip()

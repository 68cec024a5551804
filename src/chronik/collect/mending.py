"""Makes any XML well-formed, small and harmless before a reader sees it: wraps lxml.

Decides. Entities are never resolved beyond single characters, nothing outside the bytes is looked up, and every
element, attribute and text is counted: what exceeds a limit is left out, not waited for.
"""

from __future__ import annotations

import contextlib
import html
import re
from dataclasses import dataclass, field
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

ELEMENTS_MAX = 100_000
ATTRIBUTES_MAX = 40
DEPTH_MAX = 60
NAMESPACES_MAX = 60
TEXT_CHARACTERS_MAX = 200_000
"""Of one element's own text."""
SHORT_TEXT_CHARACTERS_MAX = 500
"""Of elements that hold a name or a date: feed readers search those in ways that take the square of their length."""
ATTRIBUTE_CHARACTERS_MAX = 4_000
JUNK_CHARACTERS_MAX = 10_000
"""Characters before the first tag, such as a server's warnings."""

_SHORT = frozenset(
    {
        *("author", "name", "email", "creator", "contributor", "publisher", "managingeditor", "webmaster", "owner"),
        *("pubdate", "date", "updated", "published", "modified", "issued", "created", "lastbuilddate", "ttl"),
        *("credit", "rights", "expirationdate"),
    }
)
_XML = "{http://www.w3.org/XML/1998/namespace}"
_KEPT = frozenset({"lt", "gt", "amp", "quot", "apos"})
_REFERENCE = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]{0,60}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_TAG = re.compile(r"<[?!A-Za-z_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A document that any XML reader can read."""

    root: str = ""
    """Local name of the first element, lower case; empty when there is no element."""
    root_namespace: str = ""
    body: bytes = b""
    """UTF-8, well-formed, without DOCTYPE, comments and processing instructions."""


def mended(text: str, *, each: frozenset[str] = frozenset(), each_max: int = 1) -> Mended:
    """The document less everything unusual; of elements named in `each` (lower case) only the first `each_max`."""
    first = _FIRST_TAG.search(text[:JUNK_CHARACTERS_MAX])
    if first is None:
        return Mended()
    target = _Writer(each=each, each_max=each_max)
    parser = etree.XMLParser(
        target=cast("Any", target),  # takes less than lxml's stubs ask for: no comments
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    source = _without_references(_with_usual_prefixes(_without_declaration(text[first.start() :])))
    with contextlib.suppress(etree.XMLSyntaxError, _FullError):
        etree.fromstring(source.encode(), parser)
    return target.close()


def tree(document: Mended) -> etree._Element | None:
    """The mended document as a tree; None when it has no element."""
    # Recovers, because libxml2 takes offence at namespaces that are no addresses.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(document.body, parser) if document.body else None


def _without_declaration(text: str) -> str:
    """It names an encoding that no longer holds."""
    if text.startswith("<?xml"):
        end = text.find("?>")
        return text[end + 2 :].lstrip() if 0 <= end < JUNK_CHARACTERS_MAX else text
    return text


_USUAL_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
_FIRST_ELEMENT = re.compile(r"<[A-Za-z_][A-Za-z0-9_.:\-]{0,60}")


def _with_usual_prefixes(text: str) -> str:
    """A usual prefix that nobody declared means what it usually means."""
    root = _FIRST_ELEMENT.search(text)
    if root is None:
        return text
    spaces = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in _USUAL_PREFIXES.items()
        if f"<{prefix}:" in text and f"xmlns:{prefix}" not in text
    )
    return f"{text[: root.end()]}{spaces}{text[root.end() :]}"


def _without_references(text: str) -> str:
    """Named and numbered characters become themselves; an ampersand that means nothing becomes `&amp;`."""
    pieces, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        pieces += [_REFERENCE.sub(_character, text[at:start]), text[start:] if end < 0 else text[start : end + 3]]
        if end < 0:
            return "".join([*pieces, "]]>"])
        at = end + 3
    return "".join([*pieces, _REFERENCE.sub(_character, text[at:])])


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name in _KEPT:
        return match[0]
    character = html.unescape(match[0])
    if character == match[0]:
        return "&amp;" + match[0][1:]
    return escape(_FORBIDDEN.sub("", character), {'"': "&quot;"})


class _FullError(Exception):
    """The document has as many elements as are read."""


@dataclass(slots=True)
class _Open:
    """An element that has begun."""

    name: str
    text_left: int


@dataclass(slots=True)
class _Writer:
    """Takes libxml2's events and writes them down again, within the limits."""

    each: frozenset[str]
    each_max: int
    _pieces: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _prefixes: dict[str, str] = field(default_factory=dict)
    _root: str = ""
    _root_name: str = ""
    _root_namespace: str = ""
    _root_attributes: str = ""
    _default_namespace: str = ""
    _elements: int = 0
    _each_seen: int = 0
    _skipping: int = 0
    _finished: bool = False

    def start(self, tag: str, attributes: dict[str, str], namespaces: dict[str, str]) -> None:
        """An element begins."""
        if not self._elements:
            self._default_namespace = namespaces.get("", "")
        if self._finished or self._skipping:
            self._skipping += bool(self._skipping)
            return
        self._elements += 1
        if self._elements > ELEMENTS_MAX:
            raise _FullError
        namespace, local = _parts(tag)
        name = self._name(namespace, local)
        if not name or len(self._open) >= DEPTH_MAX or self._is_one_too_many(local):
            self._skipping = 1
            return
        written = self._attributes(attributes)
        if not self._open:
            self._root, self._root_name, self._root_namespace = local.lower(), name, namespace
            self._root_attributes = written
        else:
            self._pieces.append(f"<{name}{written}>")
        short = local.lower() in _SHORT
        self._open.append(_Open(name=name, text_left=SHORT_TEXT_CHARACTERS_MAX if short else TEXT_CHARACTERS_MAX))

    def _is_one_too_many(self, local: str) -> bool:
        if local.lower() not in self.each:
            return False
        self._each_seen += 1
        return self._each_seen > self.each_max

    def end(self, _tag: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
        elif self._open:
            name = self._open.pop().name
            self._finished = not self._open
            if self._open:
                self._pieces.append(f"</{name}>")

    def data(self, text: str) -> None:
        """Text inside an element."""
        if self._open and not self._skipping and not self._finished:
            current = self._open[-1]
            kept = text[: current.text_left]
            current.text_left -= len(kept)
            self._pieces.append(escape(kept))

    def close(self) -> Mended:
        """The whole document, every element closed."""
        if not self._root:
            return Mended()
        while len(self._open) > 1:
            self._pieces.append(f"</{self._open.pop().name}>")
        default = f" xmlns={quoteattr(self._default_namespace)}" if self._default_namespace else ""
        spaces = default + "".join(f" xmlns:{prefix}={quoteattr(uri)}" for uri, prefix in self._prefixes.items())
        text = f"<{self._root_name}{spaces}{self._root_attributes}>{''.join(self._pieces)}</{self._root_name}>"
        return Mended(root=self._root, root_namespace=self._root_namespace, body=text.encode())

    def _name(self, namespace: str, local: str) -> str:
        """The name to write, with a prefix of our own; empty for what cannot be a name or has a namespace too many."""
        if not _NAME.fullmatch(local):
            return ""
        if namespace in {"", self._default_namespace}:
            return local
        if namespace not in self._prefixes and len(self._prefixes) >= NAMESPACES_MAX:
            return ""
        return f"{self._prefixes.setdefault(namespace, f'n{len(self._prefixes)}')}:{local}"

    def _attributes(self, attributes: dict[str, str]) -> str:
        """In the form `` a="b"``; xml:lang and xml:base keep their prefix."""
        written = []
        for tag, value in list(attributes.items())[:ATTRIBUTES_MAX]:
            namespace, local = _parts(tag)
            name = f"xml:{local}" if tag.startswith(_XML) else self._name(namespace, local)
            # Without resolving entities libxml2 hands an ampersand in an attribute over in this form.
            plain = value.replace("&#38;", "&")
            if name and len(plain) <= ATTRIBUTE_CHARACTERS_MAX:
                written.append(f" {name}={quoteattr(plain)}")
        return "".join(written)


def _parts(tag: str) -> tuple[str, str]:
    """Namespace and local name."""
    namespace, brace, local = tag.removeprefix("{").rpartition("}")
    return (namespace, local) if brace else ("", tag)

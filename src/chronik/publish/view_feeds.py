"""A saved view as Atom (RFC 4287) and as JSON Feed 1.1. Decides."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from chronik.publish.addresses import web_address
from chronik.publish.exports import instant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

ENTRIES_MAX = 50
EXCERPT_CHARACTERS_MAX = 200
TITLE_CHARACTERS_MAX = 300
_ATOM = "http://www.w3.org/2005/Atom"
# The stubs know no default namespace, which lxml spells None.
_AS_ATOM: dict[Any, str] = {None: _ATOM}
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACE = uuid.UUID("5a0f3f6e-7a8b-5d0c-9c55-6f6d1c7d8a11")
"""Our own, for name-based UUIDs (RFC 9562, 5.5), as in `atom`."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report of a view."""

    id: str
    title: str
    url: str
    """Of the original."""
    desk_url: str
    source: str
    language: str
    published: datetime
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFeed:
    """What a feed of a view holds, the newest first."""

    id: str
    title: str
    home_url: str
    entries: Sequence[Entry]
    made_at: datetime
    """Of the view; a feed without entries is as old as that."""

    @property
    def updated(self) -> datetime:
        """When the newest report was published."""
        return max((entry.published for entry in self.entries), default=self.made_at)


def excerpt(text: str) -> str:
    """The beginning of a text, cut at a word; with the ellipsis no longer than the limit."""
    plain = " ".join(text[: 4 * EXCERPT_CHARACTERS_MAX].split())
    if len(plain) <= EXCERPT_CHARACTERS_MAX:
        return plain
    cut = plain[: EXCERPT_CHARACTERS_MAX - 1]
    head, blank, _tail = cut.rpartition(" ")
    return f"{(head if blank and len(head) > EXCERPT_CHARACTERS_MAX // 2 else cut).rstrip()}…"


def atom(feed: ViewFeed) -> bytes:
    """As Atom; the first link leads to the original, the second to the desk."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=_AS_ATOM)
    _text(root, "id", _urn("view", feed.id))
    _text(root, "title", feed.title)
    _text(root, "updated", instant(feed.updated))
    _text(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", "Chronik")
    etree.SubElement(root, f"{{{_ATOM}}}link", attrib={"rel": "alternate", "href": _legible(feed.home_url)})
    for one in feed.entries:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry", attrib={_XML_LANG: _legible(one.language)})
        _text(entry, "id", _urn("article", one.id))
        _text(entry, "title", one.title)
        _text(entry, "updated", instant(one.published))
        _text(entry, "published", instant(one.published))
        _text(etree.SubElement(entry, f"{{{_ATOM}}}author"), "name", one.source or "–")
        for relation, address in (("alternate", web_address(one.url) or one.desk_url), ("related", one.desk_url)):
            etree.SubElement(entry, f"{{{_ATOM}}}link", attrib={"rel": relation, "href": _legible(address)})
        _text(entry, "summary", one.excerpt)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def json_feed(feed: ViewFeed) -> bytes:
    """As JSON Feed."""
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _legible(feed.title),
        "home_page_url": feed.home_url,
        "items": [
            {
                "id": one.id,
                "url": web_address(one.url) or one.desk_url,
                "title": _legible(one.title),
                "summary": _legible(one.excerpt),
                "content_text": _legible(one.excerpt),
                "date_published": instant(one.published),
                "language": one.language,
                "authors": [{"name": _legible(one.source or "–")}],
                "_chronik": {"desk_url": one.desk_url},
            }
            for one in feed.entries
        ],
    }
    return json.dumps(value, ensure_ascii=True).encode()


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _legible(text)


def _urn(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join(parts))}"


def _legible(text: str) -> str:
    """Characters that XML 1.0 §2.2 cannot hold become the replacement character."""
    return _NOT_IN_XML.sub("\ufffd", text)

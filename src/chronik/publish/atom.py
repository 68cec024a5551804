"""An edition as an Atom feed (RFC 4287), one a language. Decides."""

from __future__ import annotations

import re
import uuid
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from lxml import etree

from chronik.publish.addresses import absolute, short_ids, web_address
from chronik.publish.direction import direction
from chronik.publish.exports import instant

if TYPE_CHECKING:
    from chronik.model import Clip, Edition

ENTRIES_MAX = 200
"""Newest clips that a feed carries; the whole dossier is in its page and its JSON."""

TITLE_CHARACTERS_MAX = 80
"""How much of an excerpt stands in for a missing title, which RFC 4287 §4.2.14 asks for."""

_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
# The stubs know no default namespace, which lxml spells None.
_AS_ATOM: dict[Any, str] = {None: _ATOM}
_AS_XHTML: dict[Any, str] = {None: _XHTML}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACE = uuid.UUID("5a0f3f6e-7a8b-5d0c-9c55-6f6d1c7d8a11")
"""Our own, for name-based UUIDs (RFC 9562 §5.5): ids outlive a move of the site to another address."""


def atom(edition: Edition, *, language: str, folder: str, public_url: str, site_name: str) -> bytes:
    """The feed for one language of the dossier, to stand in a folder (`slug/` or `slug/de/`) of the site.

    Links are absolute where the site's public address is known, else relative to that folder.
    """
    dossier = edition.dossier
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=_AS_ATOM, attrib={_XML_LANG: language})
    _text(feed, "id", _id("feed", dossier.slug, language))
    _text(feed, "title", " ".join(part for part in (dossier.names[language], dossier.years) if part))
    _text(feed, "updated", instant(edition.published_at))
    _text(etree.SubElement(feed, f"{{{_ATOM}}}author"), "name", site_name or dossier.slug)
    _text(feed, "generator", "Chronik")
    _link(feed, "self", absolute(public_url, f"{folder}feed.atom") or "feed.atom", media_type="application/atom+xml")
    _link(feed, "alternate", absolute(public_url, folder) or "index.html", media_type="text/html")
    up = "../" * (folder.count("/") - 1)
    names = short_ids(clip.id for clip in edition.clips)
    newest = sorted(edition.clips, key=lambda clip: clip.clipped_at, reverse=True)[:ENTRIES_MAX]
    for clip in newest:
        permalink = f"c/{names[clip.id]}/"
        link = absolute(public_url, f"{dossier.slug}/{permalink}") or f"{up}{permalink}index.html"
        _entry(feed, clip, slug=dossier.slug, link=link)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(feed: etree._Element, clip: Clip, *, slug: str, link: str) -> None:
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry", attrib={_XML_LANG: clip.language})
    _text(entry, "id", _id("clip", slug, clip.id))
    _text(entry, "title", clip.title or _beginning(clip))
    _text(entry, "published", instant(clip.clipped_at))
    _text(entry, "updated", instant(clip.clipped_at))
    if clip.credit.strip():
        _text(etree.SubElement(entry, f"{{{_ATOM}}}author"), "name", clip.credit.strip())
    _link(entry, "alternate", link, media_type="text/html")
    original = web_address(clip.url)
    if original:
        _link(entry, "via", original)
    _content(entry, clip, original)


def _beginning(clip: Clip) -> str:
    return shorten("".join(clip.paragraphs[:1]), TITLE_CHARACTERS_MAX, placeholder=" …")


def _content(entry: etree._Element, clip: Clip, original: str) -> None:
    """The excerpt as XHTML (RFC 4287 §3.1.1.3), so that its language and direction travel with it."""
    content = etree.SubElement(entry, f"{{{_ATOM}}}content", attrib={"type": "xhtml"})
    frame = etree.SubElement(content, f"{{{_XHTML}}}div", nsmap=_AS_XHTML)
    quote = etree.SubElement(frame, f"{{{_XHTML}}}blockquote")
    quote.set("lang", clip.language)
    quote.set("dir", direction(clip.language))
    if original:
        quote.set("cite", original)
    for paragraph in clip.paragraphs:
        etree.SubElement(quote, f"{{{_XHTML}}}p").text = _legible(paragraph)


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _legible(text)


def _link(parent: etree._Element, relation: str, address: str, *, media_type: str = "") -> None:
    link = etree.SubElement(parent, f"{{{_ATOM}}}link", attrib={"rel": relation, "href": address})
    if media_type:
        link.set("type", media_type)


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join(parts))}"


def _legible(text: str) -> str:
    """Characters that XML 1.0 §2.2 cannot hold become the replacement character."""
    return _NOT_IN_XML.sub("\ufffd", text)

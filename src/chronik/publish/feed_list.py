"""Followed feeds as OPML 2.0, for other readers and archives. Decides."""

from __future__ import annotations

import re
from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from chronik.model import Feed

MEDIA_TYPE = "text/x-opml"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def opml(feeds: Iterable[Feed], *, title: str, at: datetime) -> bytes:
    """The list, in its order; what XML cannot hold is left out of titles.

    Every subscription is of the type `rss`, as OPML 2.0 asks for: readers find out the format by themselves.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _kept(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(at, usegmt=at.tzname() == "UTC")
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(body, "outline", attrib=_attributes(feed))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _attributes(feed: Feed) -> dict[str, str]:
    title = _kept(feed.title) or _kept(feed.url)
    told = {"type": "rss", "text": title, "title": title, "xmlUrl": _kept(feed.url)}
    more = {"htmlUrl": _kept(feed.site_url), "language": _kept(feed.language)}
    return told | {name: value for name, value in more.items() if value}


def _kept(text: str) -> str:
    return " ".join(_NOT_IN_XML.sub("", text).split())

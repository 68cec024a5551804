"""A reader's list of feeds (OPML 1.0 and 2.0). Decides."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Feed, FeedKind
from chronik.takein.markup import mended_xml_tags, xml_tags
from chronik.takein.url_list import SHOWN_LENGTH, Refused, objection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.takein.markup import Tag

OPML_BYTES_MAX = 16 * 2**20
KINDS = {"rss": FeedKind.RSS, "atom": FeedKind.ATOM, "json": FeedKind.JSON}


def feeds(data: bytes) -> tuple[Feed, ...]:
    """The feeds of the list in order, each address once; raises RefusedInputError where it is no OPML."""
    found: dict[str, Feed] = {}
    for outline, url in _addressed(data):
        if not objection(url):
            found.setdefault(url, _feed(outline, url))
    return tuple(found.values())


def refused(data: bytes) -> tuple[Refused, ...]:
    """The feeds of the list whose addresses cannot be fetched."""
    return tuple(
        Refused(line=outline.line, text=url[:SHOWN_LENGTH], reason=reason)
        for outline, url in _addressed(data)
        if (reason := objection(url))
    )


def _addressed(data: bytes) -> Iterator[tuple[Tag, str]]:
    """The outlines that name a feed, with its address."""
    if len(data) > OPML_BYTES_MAX:
        raise TooLargeError(f"The OPML file is larger than {OPML_BYTES_MAX >> 20} MiB. Split it and import the parts.")
    tags = _tags(data)
    if tags[0].name != "opml":
        raise RefusedInputError(f"Not an OPML file: its root is <{tags[0].name}>, not <opml>.")
    for tag in tags:
        url = _named(tag)
        if tag.name == "outline" and url:
            yield tag, _web_address(url)


def _tags(data: bytes) -> tuple[Tag, ...]:
    """The elements of the file; of one with mistakes in its XML, as readers of old wrote many, what names feeds."""
    try:
        return xml_tags(data)
    except RefusedInputError as error:
        with contextlib.suppress(RefusedInputError):
            mended = mended_xml_tags(data)
            if any(_named(tag) for tag in mended):
                return mended
        raise RefusedInputError(f"Not an OPML file ({error}). Export the list of feeds again.") from None


def _named(tag: Tag) -> str:
    """The address of a feed; some write it as that of a link, and say that it is a feed."""
    given = tag.attributes
    url = given.get("xmlurl", "") or (given.get("url", "") if given.get("type", "").strip().lower() in KINDS else "")
    return url.strip()


def _web_address(url: str) -> str:
    """`feed:` addresses as browsers of old wrote them, turned into web addresses."""
    if url.startswith(("feed:http://", "feed:https://")):
        return url.removeprefix("feed:")
    return f"http://{url.removeprefix('feed://')}" if url.startswith("feed://") else url


def _feed(outline: Tag, url: str) -> Feed:
    attributes = outline.attributes
    site_url = attributes.get("htmlurl", "").strip()
    title = attributes.get("title", "") or attributes.get("text", "")
    return Feed(
        url=url,
        kind=KINDS.get(attributes.get("type", "").strip().lower(), FeedKind.UNKNOWN),
        title=" ".join(title.split()),
        site_url="" if objection(site_url) else site_url,
        language=attributes.get("language", "").strip(),
    )

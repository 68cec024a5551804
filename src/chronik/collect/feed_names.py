"""What the elements of feeds are called, whatever namespace or capitals they are written in.

Decides. Names of RSS and Atom stand for themselves, in lower case; names of modules have their usual prefix.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chronik.collect.mending import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.collect.mending import Element

OTHER = "?"
"""Begins the name of an element of a namespace that says nothing to us."""

AROUND_MAX = 30
"""Elements of feeds stand in six others, not in hundreds."""

_FORMATS = (
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://cyber.law.harvard.edu/rss/",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://purl.org/atom/ns#",
    "http://purl.org/echo/",
    "http://purl.org/net/rss1.1#",
    "http://purl.org/pie/",
    "http://purl.org/rss/1.0/",
    "http://purl.org/rss/1.0/modules/rss091#",
    "http://www.w3.org/2005/atom",
)
_MODULES = {
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
_PREFIXES = {"": "", "atom": "", "rss": "", "a10": "", **{prefix: prefix for prefix in _MODULES.values()}}
"""What a prefix means that nobody declared."""


def children(element: Element) -> dict[str, list[Element]]:
    """The elements within one, by their names, in their order."""
    found: dict[str, list[Element]] = {}
    for child in element:
        found.setdefault(name(child), []).append(child)
    return found


def name(element: Element) -> str:
    """The name of an element; where it stands in an unknown namespace without prefix, it is taken for the format's."""
    known = _known(element.tag)
    return known[1:] if known.startswith(OTHER) and element.prefix is None else known


def root_name(element: Element) -> str:
    """The local name of the outermost element: its namespace is often wrong."""
    return local_name(element)


def attribute(element: Element, spellings: Iterable[str]) -> str:
    """The value of an attribute that is spelled in one of these ways; asking for all at once takes their square."""
    return next((value for spelling in spellings if (value := element.get(spelling))), "")


def around(element: Element) -> Iterator[Element]:
    """The element and those in which it stands, from within, up to a limit."""
    at: Element | None = element
    for _ in range(AROUND_MAX):
        if at is None:
            return
        yield at
        at = at.getparent()


@lru_cache(maxsize=5_000)
def _known(tag: str) -> str:
    namespace, brace, local = tag.removeprefix("{").rpartition("}")
    local = local.lower()
    if not brace:
        prefix, _, bare = local.rpartition(":")
        meant = _PREFIXES.get(prefix)
        return f"{OTHER}{local}" if meant is None else f"{meant}:{bare}" if meant else bare
    space = namespace.strip().lower()
    if space.startswith(_FORMATS[0]) or space in _FORMATS:
        return local
    prefix = _MODULES.get(space, "")
    return f"{prefix}:{local}" if prefix else f"{OTHER}{local}"

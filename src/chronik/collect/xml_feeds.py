"""Reads RSS 0.9x, 1.0, 1.1 and 2.0, Atom 0.3 and 1.0, and CDF, from the tree of the document.

Decides. An element is known by its name (`feed_names`), never by the format that the document claims to be: feeds mix
them freely. Of several elements of one name the first that can be read counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from chronik.collect.characters import plain
from chronik.collect.entries import (
    AUTHORS_MAX,
    CONTENT_CHARACTERS_MAX,
    ENTRIES_MAX,
    ID_CHARACTERS_MAX,
    NAME_CHARACTERS_MAX,
    TITLE_CHARACTERS_MAX,
    Content,
    Entry,
    ParsedFeed,
    address,
    language_tag,
)
from chronik.collect.feed_dates import Moment, moment
from chronik.collect.feed_hints import hints
from chronik.collect.feed_names import around, attribute, children, name, root_name
from chronik.collect.feed_texts import first_text, markup, text
from chronik.collect.mending import BASE_ATTRIBUTES, LANGUAGE_ATTRIBUTE, says_base, says_language
from chronik.model import FeedKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chronik.collect.mending import Element

    Found = Mapping[str, Sequence[Element]]

ROOTS = {"rss": FeedKind.RSS, "rdf": FeedKind.RSS, "channel": FeedKind.RSS, "feed": FeedKind.ATOM}
BASES_MAX = 6
"""Bases within each other from which one address is resolved."""
_WRAPPED = ("{*}rss", "{*}feed", "{*}RDF", "{*}channel")
_ENTRIES = ("{*}item", "{*}entry", "{*}Item", "{*}Entry", "{*}ITEM", "{*}ENTRY")
_ENTRY_NAMES = frozenset({"item", "entry"})
_AROUND_ENTRIES = frozenset({"channel", "feed", "rdf:rdf", "rdf", "rss", "items"})
_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_SUMMARIES = ("description", "summary", "abstract", "dc:description", "itunes:summary", "media:description")
_CONTENTS = ("content:encoded", "content", "xhtml:body", "body", "fullitem", "fulltext")
_AUTHORS = ("author", "dc:creator", "dc:author", "itunes:author")
_PUBLISHED = ("pubdate", "published", "issued", "dcterms:issued")
_UPDATED = ("updated", "modified", "dcterms:modified", "dc:date", "lastbuilddate")
_CREATED = ("created", "dcterms:created")
_ALTERNATE = ("", "alternate", "http://www.iana.org/assignments/relation/alternate")
_PAGES = frozenset({"", "text/html", "application/xhtml+xml", "html", "xhtml"})
_IDS = ("guid", "id")
_LANGUAGES = ("language", "dc:language")
_PERSON = ("name", "itunes:name", "?name", "email", "itunes:email", "?email")
_SCHEMES = ("http://", "https://")
_FEED_TYPES = (
    "application/atom",
    "application/rss",
    "application/rdf",
    "application/xml",
    "text/xml",
    "application/json",
)
_LAST_MODIFIED = ("lastmod", "LASTMOD", "LastMod")
_HREF = ("href", "HREF", "Href")
_IS_ADDRESS = ("isPermaLink", "ispermalink", "isPermalink", "IsPermaLink", "ISPERMALINK")
_ABOUT = ("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "rdf:about", "about")
_MAIL = r"[^\s<>()@]+@[^\s<>()@]+"
_NAMED_MAIL = re.compile(rf"(?:{_MAIL}\s*\((?P<behind>[^()]+)\)|(?P<before>[^<>()@]+?)\s*[<(]{_MAIL}[>)])")


def feed_root(root: Element) -> Element | None:
    """The element that is a feed: the outermost, or one that another document wraps; None where there is none."""
    if root_name(root) in ROOTS:
        return root
    return None if root_name(root) in {"html", "opml", "svg"} else next(root.iter(*_WRAPPED), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """What holds for all entries of a feed."""

    kind: FeedKind
    url: str
    authors: tuple[str, ...] = ()
    names_bases: bool = True
    """Whether any element says from where its addresses are resolved."""
    names_languages: bool = True


def read(root: Element, *, url: str) -> ParsedFeed:
    """What a feed says of itself and its entries, those without an address too."""
    channel = next((child for child in root if name(child) == "channel"), root)
    head = children(channel)
    feed = _feed(root, head, url)
    wishes = hints(head)
    entries = [_entry(element, feed) for element in islice(_entries(root), ENTRIES_MAX)]
    return ParsedFeed(
        kind=feed.kind,
        title=_title(head),
        site_url=next(_links(head, feed), ""),
        new_url=address(first_text(head, ("itunes:new-feed-url",)), base=url),
        language=language_tag(first_text(head, _LANGUAGES)) or _marked_language(channel, feed),
        entries=tuple(entry for entry in entries if entry.url),
        unaddressed=tuple(entry for entry in entries if not entry.url),
        wait_s=wishes.wait_s,
        skip_hours=wishes.skip_hours,
        skip_days=wishes.skip_days,
    )


def _feed(root: Element, head: Found, url: str) -> _Feed:
    kind = ROOTS[root_name(root)]
    return _Feed(
        kind=kind,
        url=url,
        # RFC 4287 §4.2.1: entries without an author are by that of the feed. RSS names its editor there.
        authors=_authors(head) if kind is FeedKind.ATOM else (),
        names_bases=says_base(root),
        names_languages=says_language(root),
    )


def _entries(root: Element) -> Iterator[Element]:
    """Every entry, wherever it stands, but none within another."""
    for element in root.iter(*_ENTRIES):
        above = element.getparent()
        if above is None or name(element) not in _ENTRY_NAMES:
            continue
        if name(above) in _AROUND_ENTRIES or not any(name(outer) in _ENTRY_NAMES for outer in around(above)):
            yield element


def _entry(element: Element, feed: _Feed) -> Entry:
    found = children(element)
    given_id = first_text(found, _IDS) or attribute(element, _ABOUT)
    published, updated = _moment(found, _PUBLISHED), _moment(found, _UPDATED) or _last_modified(element)
    if published is None:
        # dc:date and Atom 0.3's created: in RSS the only date there is.
        published = updated if feed.kind is FeedKind.RSS and updated else _moment(found, _CREATED)
    return Entry(
        url=next(_links(found, feed), "") or _named_address(element, found, feed),
        id=given_id[:ID_CHARACTERS_MAX],
        title=_title(found),
        summary=_content(found, _SUMMARIES, feed),
        content=_content(found, _CONTENTS, feed),
        authors=_authors(found) or _authors_of_source(found) or feed.authors,
        published=published.instant if published else None,
        published_told=published.told if published else "",
        updated=updated.instant if updated else None,
        updated_told=updated.told if updated else "",
        language=language_tag(first_text(found, _LANGUAGES))
        or _marked_language(found["title"][0] if "title" in found else element, feed),
    )


def _title(found: Found) -> str:
    for key in _TITLES:
        for element in found.get(key, ()):
            said = plain(markup(element)[0], characters_max=TITLE_CHARACTERS_MAX)
            if said:
                return said
    return ""


def _links(found: Found, feed: _Feed) -> Iterator[str]:
    """Addresses of the page, best first: the page itself rather than a counter before it."""
    for element in found.get("feedburner:origlink", ()):
        if (said := text(element)).lower().startswith(_SCHEMES) and (link := address(said, base=feed.url)):
            yield link
    alternates = [link for link in found.get("link", ()) if (link.get("rel") or "").strip().lower() in _ALTERNATE]
    for element in alternates:
        if link := address(text(element), base=_base(element, feed)):
            yield link
    if len(alternates) > 1:
        alternates.sort(key=lambda link: link.get("type", "").lower().partition(";")[0] not in _PAGES)
    for element in alternates:
        given = element.get("href") or element.get("url") or element.get("uri")
        is_feed = (element.get("type") or "").lower().startswith(_FEED_TYPES)
        if given and not is_feed and (link := address(given, base=_base(element, feed))):
            yield link


def _named_address(element: Element, found: Found, feed: _Feed) -> str:
    """An entry's address where no link gives it: CDF's attribute, a guid or id that is one, RSS 1.0's `about`."""
    given = attribute(element, _HREF)
    if given and (said := address(given, base=_base(element, feed))):
        return said
    for said in [text(one) for key in _IDS for one in found.get(key, ()) if _is_address(one)]:
        if said.lower().startswith(_SCHEMES) and (link := address(said, base=feed.url)):
            return link
    return address(attribute(element, _ABOUT), base=_base(element, feed))


def _is_address(element: Element) -> bool:
    """A guid is one unless it says that it is none (RSS 2.0)."""
    said = attribute(element, _IS_ADDRESS)
    return not said or said.strip().lower() == "true"


def _authors(found: Found) -> tuple[str, ...]:
    """Names; where an author has none, the address of his mail."""
    names: dict[str, None] = {}
    for key in _AUTHORS:
        for element in found.get(key, ()):
            said = plain(_person(element), characters_max=NAME_CHARACTERS_MAX)
            if said:
                names.setdefault(said)
    return tuple(names)[:AUTHORS_MAX]


def _authors_of_source(found: Found) -> tuple[str, ...]:
    return _authors(children(found["source"][0])) if "source" in found else ()


def _person(element: Element) -> str:
    if len(element):
        return first_text(children(element), _PERSON) or text(element)
    said = text(element)
    if "@" not in said:
        return said
    parts = _NAMED_MAIL.fullmatch(said[:NAME_CHARACTERS_MAX])
    return (parts["behind"] or parts["before"]) if parts else said


def _content(found: Found, names: Iterable[str], feed: _Feed) -> Content | None:
    """The fullest of these texts."""
    bodies = [(*markup(element), element) for key in names if key in found for element in found[key]]
    if not bodies:
        return None
    said, is_markup, element = bodies[0] if len(bodies) == 1 else max(bodies, key=lambda body: len(body[0]))
    if not said:
        return None
    return Content(text=said[:CONTENT_CHARACTERS_MAX], is_markup=is_markup, base=_base(element, feed))


def _moment(found: Found, names: Iterable[str]) -> Moment | None:
    for key in names:
        for element in found.get(key, ()):
            if said := moment(text(element)):
                return said
    return None


def _last_modified(element: Element) -> Moment | None:
    """CDF says it in an attribute."""
    given = attribute(element, _LAST_MODIFIED)
    return moment(given) if given else None


def _marked_language(element: Element, feed: _Feed) -> str:
    """By the nearest `xml:lang` around the element."""
    if not feed.names_languages:
        return ""
    given = next((tag for one in around(element) if (tag := one.get(LANGUAGE_ATTRIBUTE)) is not None), "")
    return language_tag(given)


def _base(element: Element, feed: _Feed) -> str:
    """From where relative addresses in an element are resolved: `xml:base` may stand on all elements around it."""
    base = feed.url
    if feed.names_bases:
        bases = [given for one in around(element) if (given := attribute(one, BASE_ATTRIBUTES))]
        for given in reversed(bases[:BASES_MAX]):
            base = address(given, base=base) or base
    return base

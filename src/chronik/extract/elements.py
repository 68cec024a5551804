"""The elements of a page that declare something about it, found in one walk over its tree (decides)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chronik.extract.tree import Node, Tree

ELEMENTS_MAX = 5_000
SCRIPTS_MAX = 60
VALUES_MAX = 100
"""Values of one name: a page of keywords may have thousands."""
VALUE_CHARACTERS_MAX = 10_000

_QUERY = ", ".join(
    (
        *("meta[content]", "title", "time", "h1", "h2", "h3", "[itemprop]", "[property]", '[rel~="author" i]'),
        *('link[rel~="canonical" i]', 'link[rel~="amphtml" i]', "link[hreflang]", 'script[type*="ld+json" i]'),
    )
)
_META_KEYS = ("property", "name", "itemprop", "http-equiv")
_HEADINGS = frozenset({"h1", "h2", "h3"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """What of a page declares something, each kind in the order of the page."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    """Contents of meta tags by name, in lower case."""
    links: list[dict[str, str]] = field(default_factory=list)
    """Attributes of `link` elements; `rel` in lower case."""
    scripts: list[str] = field(default_factory=list)
    """Texts of JSON-LD scripts."""
    headings: list[Node] = field(default_factory=list)
    """`h1` to `h3`, and what is marked as headline."""
    times: list[Node] = field(default_factory=list)
    properties: dict[str, list[Node]] = field(default_factory=dict)
    """Elements of the page's text by property of microdata or RDFa, in lower case."""
    authors: list[Node] = field(default_factory=list)
    """Elements that lead to an author: `rel=author`."""
    titles: list[Node] = field(default_factory=list)


def elements(tree: Tree) -> Elements:
    """What of a page declares something about it."""
    found = Elements()
    seen: set[int] = set()  # an element that two of the selectors name is found twice
    for node in tree.css(_QUERY)[:ELEMENTS_MAX]:
        if node.mem_id not in seen:
            seen.add(node.mem_id)
            _sort(node, found)
    return found


def _sort(node: Node, found: Elements) -> None:
    tag = node.tag
    attributes = node.attributes
    if tag == "meta":
        _meta(attributes, found)
    elif tag == "link":
        found.links.append({key: value or "" for key, value in attributes.items()})
    elif tag == "script":
        if len(found.scripts) < SCRIPTS_MAX:
            found.scripts.append(node.text(deep=True))
    elif tag == "title":
        found.titles.append(node)
    else:
        _visible(node, attributes, found)


def _meta(attributes: dict[str, str | None], found: Elements) -> None:
    value = (attributes.get("content") or "")[:VALUE_CHARACTERS_MAX].strip()
    if not value:
        return
    for key in _META_KEYS:
        name = attributes.get(key)
        if name:
            values = found.metas.setdefault(name.strip().lower(), [])
            if len(values) < VALUES_MAX:
                values.append(value)


def _visible(node: Node, attributes: dict[str, str | None], found: Elements) -> None:
    names = f"{attributes.get('itemprop') or ''} {attributes.get('property') or ''}".lower().split()
    if node.tag in _HEADINGS or "headline" in names:
        found.headings.append(node)
    if node.tag == "time":
        found.times.append(node)
    if "author" in (attributes.get("rel") or "").lower().split():
        found.authors.append(node)
    for name in names:
        nodes = found.properties.setdefault(name.rpartition(":")[2], [])
        if len(nodes) < VALUES_MAX:
            nodes.append(node)

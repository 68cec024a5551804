"""What schema.org data in JSON-LD says of an article (decides)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from chronik.extract.candidates import Candidate, Declared, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ORIGIN = "json-ld"
NODES_MAX = 2_000
SCRIPT_CHARACTERS_MAX = 2_000_000
AUTHORS_MAX = 50

_ARTICLE = re.compile(r"article|posting|^report$|^review$", re.IGNORECASE)
_LOOSE_COMMA = re.compile(r",\s*([}\]])")
_WRAPPING = re.compile(r"<!--|-->|(?:/[/*]\s*)?<!\[CDATA\[(?:\s*\*/)?|(?:/[/*]\s*)?\]\]>(?:\s*\*/)?")
_NODE_LISTS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "about")

Node: TypeAlias = "dict[str, Any]"


def declared(scripts: Iterable[str]) -> Declared:
    """The declarations of the JSON-LD scripts of one page; broken ones are passed over."""
    nodes = [node for script in scripts for node in _nodes(_parsed(script))][:NODES_MAX]
    by_id: dict[str, Node] = {}
    for node in nodes:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(by_id.get(name, {"@id": name})):
            by_id[name] = node
    articles = sorted((node for node in nodes if _is_article(node)), key=_weight, reverse=True)
    return Declared(
        titles=_texts(articles, "headline") or _texts(articles, "name"),
        authors=tuple(_authors(articles, by_id)),
        published=_texts(articles, "datePublished") or _texts(articles, "dateCreated"),
        modified=_texts(articles, "dateModified"),
        canonical=_texts(articles, "url") or _texts(articles, "mainEntityOfPage"),
        sources=tuple(_sources(articles, nodes, by_id)),
        languages=_texts(articles, "inLanguage"),
        paywalled=_paywalled(articles),
        types=frozenset(kind.lower() for node in nodes for kind in _types(node)),
        bodies=_texts(articles, "articleBody"),
    )


def _parsed(script: str) -> Any:
    """The script's value; the usual slips (comments around it, trailing commas) are forgiven."""
    text = script[:SCRIPT_CHARACTERS_MAX].strip().rstrip(";")
    for attempt in (str, lambda text: _LOOSE_COMMA.sub(r"\1", _WRAPPING.sub("", text))):
        try:
            return json.loads(attempt(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[Node]:
    """The typed objects of a value, outermost first, without those that only describe another's detail."""
    waiting, seen = [value], 0
    while waiting and seen < NODES_MAX:
        seen += 1
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            if "@type" in item or "@id" in item:
                yield item
            waiting.extend(item[key] for key in _NODE_LISTS if isinstance(item.get(key), dict | list))
            waiting.extend(item[key] for key in ("item",) if isinstance(item.get(key), dict))


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in listed if isinstance(kind, str)]


def _is_article(node: Node) -> bool:
    return any(_ARTICLE.search(kind) for kind in _types(node))


def _weight(node: Node) -> int:
    """How much a node tells: the page's own article tells more than a teaser of another."""
    told = sum(1 for key in ("headline", "author", "datePublished", "publisher", "articleBody") if node.get(key))
    return told - 10 * any(kind.lower() in {"comment", "liveblogposting"} for kind in _types(node) if told < 3)


def _texts(nodes: Sequence[Node], key: str) -> tuple[Candidate, ...]:
    """What the first node that has this key says."""
    for node in nodes:
        text = _text(node.get(key))
        if text:
            return (Candidate(value=text, origin=ORIGIN),)
    return ()


def _text(value: Any) -> str:
    """One text out of the forms that a property takes: text, number, list, object with name or id."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return next((text for text in map(_text, value[:AUTHORS_MAX]) if text), "")
    if isinstance(value, dict):
        keys = ("name", "@value", "byline", "alternateName", "url", "@id")
        return next((value[key].strip() for key in keys if isinstance(value.get(key), str)), "")
    return ""


def _authors(articles: Sequence[Node], by_id: Mapping[str, Node]) -> Iterator[Names]:
    for node in articles:
        for key in ("author", "creator"):
            names = tuple(_names(node.get(key), by_id))
            if names:
                yield Names(values=names, origin=ORIGIN)


def _names(value: Any, by_id: Mapping[str, Node]) -> Iterator[str]:
    """Every name in an author property, references followed."""
    for item in value[:AUTHORS_MAX] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield from _name_of(item if _person(item) else by_id.get(str(item.get("@id")), item))
        elif isinstance(item, str):
            yield item


def _person(node: Node) -> bool:
    return any(node.get(key) for key in ("name", "byline", "givenName", "familyName"))


def _name_of(node: Node) -> Iterator[str]:
    name = node.get("name")
    if isinstance(name, list):
        yield from (part for part in name[:AUTHORS_MAX] if isinstance(part, str))
    elif isinstance(name, str) and name.strip():
        yield name
    elif isinstance(node.get("byline"), str):
        yield node["byline"]
    else:
        yield " ".join(str(node[key]) for key in ("givenName", "familyName") if node.get(key))


def _sources(articles: Sequence[Node], nodes: Sequence[Node], by_id: Mapping[str, Node]) -> Iterator[Candidate]:
    for node in articles:
        publisher = node.get("publisher")
        for item in publisher if isinstance(publisher, list) else [publisher]:
            for name in _names(item, by_id):
                if name.strip():
                    yield Candidate(value=name.strip(), origin=ORIGIN)
    for node in nodes:
        if "WebSite" in _types(node) and isinstance(node.get("name"), str):
            yield Candidate(value=node["name"].strip(), origin=ORIGIN)


def _paywalled(articles: Sequence[Node]) -> bool | None:
    for node in articles:
        free = str(node.get("isAccessibleForFree", "")).strip().lower().rpartition("/")[2]
        if free in {"true", "1", "yes"}:
            return False
        if free in {"false", "0", "no"}:
            return True
    return None

"""What schema.org data in JSON-LD says of an article (decides)."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any, TypeAlias

from chronik.extract import jsontext
from chronik.extract.candidates import Candidate, Declared, Names
from chronik.extract.headlines import comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

ORIGIN = "json-ld"
NODES_MAX = 2_000
VALUES_MAX = 50
TEXT_CHARACTERS_MAX = 1_000_000
"""An article's text is a property as well."""

_ARTICLE = re.compile(r"article|posting|^report$|review$", re.IGNORECASE)
_PAGE = frozenset({"webpage", "itempage", "aboutpage", "creativework", "howto", "recipe", "videoobject", "audioobject"})
"""What stands for the page where no article is described."""
_NODE_LISTS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "about", "review", "@reverse")
_TEASERS = ("itemListElement", "item", "blogPost", "liveBlogUpdate", "isPartOf", "relatedLink", "citation")
_TOLD = ("headline", "author", "datePublished", "publisher", "articleBody")
_FREE = {"true": True, "1": True, "yes": True, "free": True, "false": False, "0": False, "no": False}
_ADDRESS_END = re.compile(r"[?#].*$|/$")

Node: TypeAlias = "dict[str, Any]"


def declared(scripts: Iterable[str], *, addresses: Collection[str] = (), headlines: Collection[str] = ()) -> Declared:
    """The declarations of the JSON-LD scripts of one page; broken ones are passed over.

    Where several articles are described, the page's own is the one with its address or with a headline that it shows.
    """
    nodes: list[Node] = []
    teasers: list[Node] = []
    for script in scripts:
        _sort(jsontext.value(script), nodes=nodes, teasers=teasers)
    by_id: dict[str, Node] = {}
    for node in (*nodes, *teasers):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(by_id.get(name, {"@id": name})):
            by_id[name] = node
    articles = _articles(nodes, teasers, addresses=addresses, headlines=headlines)
    return Declared(
        titles=(_texts(articles, "headline") or _texts(articles, "name"))
        + _texts(articles, "alternativeHeadline", origin="alternative headline"),
        authors=tuple(_authors(articles, by_id)),
        published=_texts(articles, "datePublished") or _texts(articles, "dateCreated"),
        modified=_texts(articles, "dateModified"),
        canonical=_texts(articles, "url") or _texts(articles, "mainEntityOfPage"),
        sources=(*_publishers(articles, by_id), *_sites(nodes)),
        languages=_texts(articles, "inLanguage"),
        paywalled=_paywalled(articles),
        types=frozenset(kind.lower() for node in nodes for kind in _types(node)),
        bodies=_texts(articles, "articleBody"),
    )


def _sort(value: Any, *, nodes: list[Node], teasers: list[Node]) -> None:
    """The typed objects of a value, outermost first: those of the page itself, and those that it only lists."""
    waiting: deque[tuple[Any, list[Node]]] = deque([(value, nodes)])
    while waiting and len(nodes) + len(teasers) < NODES_MAX:
        item, kept = waiting.popleft()
        if isinstance(item, list):
            waiting.extend((part, kept) for part in item[:NODES_MAX])
        elif isinstance(item, dict):
            if "@type" in item or "@id" in item:
                kept.append(item)
            waiting.extend((item[key], kept) for key in _NODE_LISTS if isinstance(item.get(key), dict | list))
            waiting.extend((item[key], teasers) for key in _TEASERS if isinstance(item.get(key), dict | list))


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2].rpartition(":")[2] for kind in listed[:VALUES_MAX] if isinstance(kind, str)]


def _is_article(node: Node) -> bool:
    return any(_ARTICLE.search(kind) for kind in _types(node))


def _is_page(node: Node) -> bool:
    return any(kind.lower() in _PAGE for kind in _types(node))


def _articles(
    nodes: Sequence[Node], teasers: Sequence[Node], *, addresses: Collection[str], headlines: Collection[str]
) -> list[Node]:
    """The articles that are described, the page's own first; listed ones only where the page shows them as its."""
    pages = {_address(address) for address in addresses} - {""}
    shown = {comparable(headline) for headline in headlines} - {""}
    own = [(_matches(node, pages, shown), _weight(node), node) for node in nodes if _is_article(node)]
    listed = [(_matches(node, pages, shown), _weight(node), node) for node in teasers if _is_article(node)]
    page = [(0, _weight(node), node) for node in nodes if _is_page(node)]
    found = own or [entry for entry in listed if entry[0]] or page
    return [node for *_, node in sorted(found, key=lambda entry: entry[:2], reverse=True)]


def _matches(node: Node, pages: Collection[str], shown: Collection[str]) -> int:
    named = (_text(node.get(key)) for key in ("url", "mainEntityOfPage", "@id"))
    return (comparable(_text(node.get("headline"))) in shown) + any(_address(name) in pages for name in named)


def _address(text: str) -> str:
    """An address without what may differ between two writings of it; empty where it is none."""
    scheme, mark, rest = text.strip()[:2_000].partition("://")
    plain = _ADDRESS_END.sub("", rest).rstrip("/").removeprefix("www.")
    return plain.lower() if mark and len(scheme) <= 5 else ""


def _weight(node: Node) -> int:
    """How much a node tells: the page's own article tells more than a teaser of another."""
    told = sum(1 for key in _TOLD if node.get(key))
    return told - 10 * any(kind.lower() in {"comment", "liveblogposting"} for kind in _types(node) if told < 3)


def _texts(nodes: Sequence[Node], key: str, *, origin: str = ORIGIN) -> tuple[Candidate, ...]:
    """What the first node that has this key says."""
    for node in nodes:
        text = _text(node.get(key))
        if text:
            return (Candidate(value=text, origin=origin),)
    return ()


def _text(value: Any) -> str:
    """One text out of the forms that a property takes: text, number, list, object with name or id."""
    if isinstance(value, str):
        return value[:TEXT_CHARACTERS_MAX].strip()
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value) if abs(value) < 10**15 else ""
    if isinstance(value, list):
        return next((text for text in map(_simple, value[:VALUES_MAX]) if text), "")
    return _simple(value)


def _simple(value: Any) -> str:
    if isinstance(value, str):
        return value[:TEXT_CHARACTERS_MAX].strip()
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
    for item in value[:VALUES_MAX] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield from _name_of(item if _person(item) else by_id.get(str(item.get("@id")), item))
        elif isinstance(item, str):
            known = by_id.get(item)
            yield from _name_of(known) if known else [item]


def _person(node: Node) -> bool:
    return any(node.get(key) for key in ("name", "byline", "givenName", "familyName"))


def _name_of(node: Node) -> Iterator[str]:
    name = node.get("name")
    if isinstance(name, list):
        yield from (part for part in map(_simple, name[:VALUES_MAX]) if part)
    elif _simple(name):
        yield _simple(name)
    elif isinstance(node.get("byline"), str):
        yield node["byline"]
    else:
        yield " ".join(_simple(node[key]) for key in ("givenName", "familyName") if node.get(key))


def _publishers(articles: Sequence[Node], by_id: Mapping[str, Node]) -> Iterator[Candidate]:
    for node in articles:
        for name in _names(node.get("publisher"), by_id):
            if name.strip():
                yield Candidate(value=name.strip(), origin=ORIGIN)


def _sites(nodes: Sequence[Node]) -> Iterator[Candidate]:
    for node in nodes:
        if "WebSite" in _types(node) and isinstance(node.get("name"), str):
            yield Candidate(value=node["name"].strip(), origin=ORIGIN)


def _paywalled(articles: Sequence[Node]) -> bool | None:
    """Whether the article has to be paid for; a part of it that has to be counts where the whole says nothing."""
    for node in articles:
        parts = node.get("hasPart")
        listed = parts if isinstance(parts, list) else [parts]
        whole = free(node.get("isAccessibleForFree"))
        if whole is not None:
            return not whole
        if any(
            free(part.get("isAccessibleForFree")) is False for part in listed[:VALUES_MAX] if isinstance(part, dict)
        ):
            return True
    return None


def free(value: Any) -> bool | None:
    """The claim in any of its writings: true, "False", "http://schema.org/False", 0."""
    single = value[0] if isinstance(value, list) and value else value
    text = single if isinstance(single, bool | int) else _simple(single)
    return _FREE.get(str(text).strip().lower().rpartition("/")[2])

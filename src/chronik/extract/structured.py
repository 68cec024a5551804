"""What a page declares about itself in JSON-LD, meta tags and microdata (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from chronik.extract import jsonld
from chronik.extract.candidates import Candidate, Declared, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chronik.extract.tree import Node, Tree

SCRIPTS_MAX = 60
HEADINGS_MAX = 6
NAMES_MAX = 20
DAY_CHARACTERS = len("2026-05-01")

_TITLES = (
    "og:title",
    "twitter:title",
    "sailthru.title",
    "parsely-title",
    "cxenseparse:title",
    "dc.title",
    "citation_title",
    "headline",
)
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "dcsext.author",
    "byl",
    "dc.creator",
    "dc.contributor",
    "citation_author",
    "og:article:author",
    "og:author",
)
_NAME_MARKS = (
    ('[itemprop~="author"] [itemprop~="name"]', "microdata"),
    ('[itemprop~="author"]', "microdata"),
    ('a[rel~="author"]', "rel=author"),
)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "citation_publication_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "article.published",
    "published_time",
    "date",
    "rnews:datepublished",
    "bt:pubdate",
    "dateCreated".lower(),
)
_MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "article.updated",
)
_SOURCES_ELSE = ("application-name", "citation_journal_title", "dc.publisher", "publisher")
_TIERS = {"free": False, "metered": None, "locked": True, "paid": True, "premium": True}


def declared(tree: Tree, *, url: str = "") -> Declared:
    """Everything that a page declares about itself; empty where it declares nothing."""
    metas = _metas(tree)
    scripts = (node.text(deep=True) for node in tree.css('script[type*="ld+json"]')[:SCRIPTS_MAX])
    data = jsonld.declared(scripts)
    return Declared(
        titles=(*_headings(tree), *data.titles, *_named(metas, _TITLES), *_title(tree)),
        authors=(*data.authors, *_meta_names(metas), *_marked_names(tree)),
        published=(*data.published, *_named(metas, _PUBLISHED), *_times(tree)),
        modified=(*data.modified, *_named(metas, _MODIFIED)),
        canonical=tuple(_canonical(tree, metas, data, url)),
        sources=(*_named(metas, ("og:site_name",)), *data.sources) or _named(metas, _SOURCES_ELSE),
        languages=(
            *_page_language(tree),
            *data.languages,
            *_named(metas, ("og:locale", "content-language", "language")),
        ),
        paywalled=_paywalled(metas, data),
        types=data.types | {candidate.value.lower() for candidate in _named(metas, ("og:type",))},
        bodies=data.bodies,
    )


def _metas(tree: Tree) -> dict[str, list[str]]:
    """Meta tags by name, in lower case."""
    found: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        value = (attributes.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (attributes.get(key) or "").strip().lower()
            if name and value:
                found.setdefault(name, []).append(value)
    return found


def _named(metas: Mapping[str, Sequence[str]], names: Iterable[str]) -> tuple[Candidate, ...]:
    return tuple(Candidate(value=metas[name][0], origin=name) for name in names if name in metas)


def _meta_names(metas: Mapping[str, Sequence[str]]) -> Iterator[Names]:
    for name in _AUTHORS:
        if name in metas:
            yield Names(values=tuple(metas[name]), origin=name)


def _marked_names(tree: Tree) -> Iterator[Names]:
    """Names that the page's text marks as its author's, outside comments."""
    for query, origin in _NAME_MARKS:
        names = tuple(dict.fromkeys(text for text in map(_words, tree.css(query)[:NAMES_MAX]) if text))
        if names:
            yield Names(values=names, origin=origin)


def _headings(tree: Tree) -> Iterator[Candidate]:
    for node in tree.css("h1")[:HEADINGS_MAX]:
        text = _words(node)
        if text:
            yield Candidate(value=text, origin="h1")


def _title(tree: Tree) -> Iterator[Candidate]:
    node = tree.css_first("title")
    if node is not None and _words(node):
        yield Candidate(value=_words(node), origin="title")


def _words(node: Node) -> str:
    return " ".join(node.text(deep=True, separator="").split())


def _times(tree: Tree) -> Iterator[Candidate]:
    """Times that the page's text marks: expressly as that of publication, else the only one in an article's head."""
    for query, origin in (('[itemprop~="datePublished"]', "microdata"), ("time[pubdate]", "time")):
        node = tree.css_first(query)
        if node is not None:
            value = node.attributes.get("datetime") or node.attributes.get("content") or ""
            yield Candidate(value=value, origin=origin)
    marked = [
        node.attributes.get("datetime") or "" for node in tree.css("article time[datetime], header time[datetime]")
    ]
    if len({value[:DAY_CHARACTERS] for value in marked}) == 1:
        yield Candidate(value=marked[0], origin="time")


def _canonical(tree: Tree, metas: Mapping[str, Sequence[str]], data: Declared, url: str) -> Iterator[Candidate]:
    node = tree.css_first('link[rel~="canonical" i]')
    found = [Candidate(value=(node.attributes.get("href") or ""), origin="link")] if node is not None else []
    for candidate in (*found, *_named(metas, ("og:url",)), *data.canonical):
        try:
            address = urljoin(url, candidate.value.strip())
        except ValueError:
            continue
        if address.startswith(("http://", "https://")):
            yield Candidate(value=address, origin=candidate.origin)


def _page_language(tree: Tree) -> Iterator[Candidate]:
    root = tree.root
    value = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root is not None else ""
    if value.strip():
        yield Candidate(value=value.strip(), origin="lang")


def _paywalled(metas: Mapping[str, Sequence[str]], data: Declared) -> bool | None:
    if data.paywalled is not None:
        return data.paywalled
    tier = metas.get("article:content_tier", metas.get("og:content_tier", [""]))[0].lower()
    return _TIERS.get(tier)

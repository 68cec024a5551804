"""What a page declares about itself in JSON-LD, meta tags, microdata and links (decides)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from chronik.extract import bylines, headlines, jsonld, shown_bylines, site_names, titles
from chronik.extract.candidates import Candidate, Declared, Names
from chronik.extract.elements import elements
from chronik.model import Alternate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chronik.extract.elements import Elements
    from chronik.extract.tree import Node, Tree

NAMES_MAX = 20
NAME_CHARACTERS_MAX = 60
SITE_CHARACTERS_MIN = 3
ALIKE = "like "
"""Before the name of a tag that nobody listed and whose name tells what it holds."""
ALTERNATES_MAX = 100
ADDRESS_CHARACTERS_MAX = 4_000
AROUND_MAX = 12
"""Elements around one that tell whether it belongs to a comment."""

_TITLES = (
    "og:title",
    "twitter:title",
    "sailthru.title",
    "parsely-title",
    "cxenseparse:title",
    "dc.title",
    "dcterms.title",
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
    "dcterms.creator",
    "dc.contributor",
    "citation_author",
    "og:article:author",
    "og:author",
    "twitter:creator",
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
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "publication-date",
    "article.published",
    "published_time",
    "date.published",
    "date",
    "rnews:datepublished",
    "bt:pubdate",
    "datecreated",
    "article:created",
    "originalpublicationdate",
    "displaydate",
    "news_publish_date",
)
_PUBLISHED_ELSE = re.compile(
    r"pub(?:lish|lication|lished)?[-_.:]?(?:date|time|on)|(?:^|[:._-])(?:date|time)[-_.:]?(?:pub|issued|created)"
)
"""What other names for it say."""
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
    "article:modified",
    "revised",
    "bt:moddate",
)
_SOURCES_ELSE = ("application-name", "citation_journal_title", "dc.publisher", "publisher")
_WRITTEN = re.compile(
    r"written|verfasst|geschrieben|écrit|rédigé|escrito|scritto|geschreven|napisane|skriv(?:en|et)|author|autor|auteur"
    r"|автор|написано|yazan|kirjoittanut|napsal|írta|كتب|نوشته|作者|執筆|글쓴이",
    re.IGNORECASE,
)
"""Under such a label, blogs' plugins name the author in the data of a preview."""
_TIERS = {"free": False, "metered": None, "locked": True, "paid": True, "premium": True, "subscriber": True}
_COMMENT = re.compile(r"comment|kommentar|disqus|respond|reply|forum-?post", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")


def declared(tree: Tree, *, url: str = "") -> Declared:
    """Everything that a page declares about itself; empty where it declares nothing."""
    found = elements(tree)
    metas = found.metas
    addresses = tuple(_canonical(found, url))
    names = (*_named(metas, _TITLES), *_title(found))
    data = jsonld.declared(
        found.scripts,
        addresses=(url, *(candidate.value for candidate in addresses)),
        headlines=(*(candidate.value for candidate in names), *map(_words, found.headings[:NAMES_MAX])),
    )
    shown = headlines.headlines(found.headings, declared=[candidate.value for candidate in (*data.titles, *names)])
    sources = (*_named(metas, ("og:site_name",)), *data.sources) or _named(metas, _SOURCES_ELSE)
    sources = sources or tuple(_shown_site(tree, found, url))
    authors = (*data.authors, *_meta_names(metas), *_marked_names(found))
    if not _names_somebody(authors, sources, url):
        authors = (*_shown_names(tree), *authors)
    return Declared(
        titles=(*shown, *data.titles, *names),
        authors=authors,
        published=(*data.published, *_named(metas, _PUBLISHED), *_times(found), *_named_alike(metas)),
        modified=(*data.modified, *_named(metas, _MODIFIED), *_marked_time(found, "datemodified")),
        canonical=(*addresses, *_absolute(data.canonical, url)),
        sources=sources,
        languages=(
            *_page_language(tree),
            *data.languages,
            *_named(metas, ("og:locale", "content-language", "language", "dc.language", "inlanguage")),
        ),
        paywalled=_paywalled(found, data),
        types=data.types | {candidate.value.lower() for candidate in _named(metas, ("og:type",))},
        bodies=data.bodies,
        amp_url=_amp_url(found, url),
        alternates=tuple(_alternates(found, url)),
    )


def _named(metas: Mapping[str, Sequence[str]], names: Iterable[str]) -> tuple[Candidate, ...]:
    return tuple(Candidate(value=metas[name][0], origin=name) for name in names if name in metas)


def _named_alike(metas: Mapping[str, Sequence[str]]) -> Iterator[Candidate]:
    """Dates of publication under names that nobody listed."""
    for name, values in metas.items():
        if _PUBLISHED_ELSE.search(name) and name not in _PUBLISHED:
            yield Candidate(value=values[0], origin=f"{ALIKE}{name[:NAME_CHARACTERS_MAX]}")


def _title(found: Elements) -> Iterator[Candidate]:
    """The window's title; pictures drawn in the page may have titles too, behind it."""
    text = next((text for text in map(_words, found.titles[:NAMES_MAX]) if text), "")
    if text:
        yield Candidate(value=text, origin="title")


def _shown_site(tree: Tree, found: Elements, url: str) -> Iterator[Candidate]:
    """The site's name, where only the window's title and what the page shows tell it."""
    title = next((candidate.value for candidate in _title(found)), "")
    name = site_names.shown(tree, title=title, url=url) if title else ""
    if name:
        yield Candidate(value=name, origin="shown")


def _words(node: Node) -> str:
    return " ".join(node.text(deep=True, separator="").split())


def _meta_names(metas: Mapping[str, Sequence[str]]) -> Iterator[Names]:
    for name in _AUTHORS:
        if name in metas:
            yield Names(values=tuple(metas[name]), origin=name)
    for label, told in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if label in metas and told in metas and _WRITTEN.match(metas[label][0]):
            yield Names(values=tuple(metas[told]), origin=told)


def _names_somebody(authors: Iterable[Names], sources: Iterable[Candidate], url: str) -> bool:
    """Whether one of the declared authors is not just the site itself."""
    sites = {titles.squeezed(name) for name in (*(source.value for source in sources), *titles.host_names(url)[-1:])}
    sites = {site for site in sites if len(site) >= SITE_CHARACTERS_MIN}
    names = (titles.squeezed(name) for group in authors for name in bylines.names(group.values))
    return any(name and not any(site in name or name in site for site in sites) for name in names)


def _shown_names(tree: Tree) -> Iterator[Names]:
    names = shown_bylines.shown(tree)
    if names:
        yield Names(values=names, origin="byline")


def _marked_names(found: Elements) -> Iterator[Names]:
    """Names that the page's text marks as its author's, outside comments."""
    authors = [node for node in found.properties.get("author", [])[:NAMES_MAX] if not _in_comment(node)]
    exact = [part for node in authors for part in node.css('[itemprop~="name"], [property~="name"]')[:NAMES_MAX]]
    linked = [node for node in found.authors[:NAMES_MAX] if not _in_comment(node)]
    for nodes, origin in ((exact, "microdata"), (authors, "microdata"), (linked, "rel=author")):
        names = tuple(dict.fromkeys(text for text in map(_value, nodes[:NAMES_MAX]) if text))
        if names:
            yield Names(values=names, origin=origin)


def _value(node: Node) -> str:
    return _words(node) or (node.attributes.get("content") or "").strip()


def _in_comment(node: Node) -> bool:
    """Whether an element belongs to what readers wrote below the article."""
    around = node.parent
    for _ in range(AROUND_MAX):
        if around is None or around.tag in {"article", "main", "body"}:
            return around is not None and _COMMENT.search(_names(around)) is not None
        if _COMMENT.search(_names(around)):
            return True
        around = around.parent
    return False


def _names(node: Node) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('itemtype') or ''}"


def _times(found: Elements) -> Iterator[Candidate]:
    """Times that the page's text marks expressly as that of publication."""
    yield from _marked_time(found, "datepublished")
    for node in [node for node in found.times if "pubdate" in node.attributes and not _in_comment(node)][:1]:
        yield Candidate(value=_machine_time(node), origin="time")


def _marked_time(found: Elements, name: str) -> Iterator[Candidate]:
    for node in found.properties.get(name, [])[:NAMES_MAX]:
        value = _machine_time(node) or _words(node)
        if value and node.tag != "meta" and not _in_comment(node):
            yield Candidate(value=value, origin="microdata")
            return


def _machine_time(node: Node) -> str:
    attributes = node.attributes
    return (attributes.get("datetime") or attributes.get("content") or "").strip()


def _canonical(found: Elements, url: str) -> Iterator[Candidate]:
    links = [link for link in found.links if "canonical" in link.get("rel", "").lower().split()]
    told = [Candidate(value=link.get("href", ""), origin="link") for link in links[:1]]
    yield from _absolute((*told, *_named(found.metas, ("og:url",))), url)


def _absolute(candidates: Iterable[Candidate], url: str) -> Iterator[Candidate]:
    for candidate in candidates:
        address = _web_address(candidate.value, url)
        if address:
            yield Candidate(value=address, origin=candidate.origin)


def _web_address(text: str, url: str) -> str:
    """The absolute address on the web, or empty."""
    if not text.strip() or len(text) > ADDRESS_CHARACTERS_MAX:
        return ""
    try:
        address = urljoin(url, text.strip())
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""


def _amp_url(found: Elements, url: str) -> str:
    links = (link.get("href", "") for link in found.links if "amphtml" in link.get("rel", "").lower().split())
    return next((address for address in (_web_address(link, url) for link in links) if address), "")


def _alternates(found: Elements, url: str) -> Iterator[Alternate]:
    """The page in other languages, each address once."""
    seen: set[tuple[str, str]] = set()
    for link in found.links:
        language = link.get("hreflang", "").strip().replace("_", "-")
        if "alternate" not in link.get("rel", "").lower().split() or not _LANGUAGE.fullmatch(language):
            continue
        address = _web_address(link.get("href", ""), url)
        if address and language.lower() != "x-default" and (address, language) not in seen:
            seen.add((address, language))
            yield Alternate(url=address, language=language)
        if len(seen) >= ALTERNATES_MAX:
            return


def _page_language(tree: Tree) -> Iterator[Candidate]:
    root = tree.root
    value = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root is not None else ""
    if value.strip():
        yield Candidate(value=value.strip(), origin="lang")


def _paywalled(found: Elements, data: Declared) -> bool | None:
    if data.paywalled is not None:
        return data.paywalled
    told = found.metas.get("isaccessibleforfree") or [
        _machine_time(node) or _words(node) for node in found.properties.get("isaccessibleforfree", [])[:1]
    ]
    free = jsonld.free(told[0]) if told else None
    if free is not None:
        return not free
    metas = found.metas
    tier = next(
        (metas[name][0] for name in ("article:content_tier", "og:content_tier", "content_tier") if name in metas), ""
    )
    return _TIERS.get(tier.lower())

"""Pages that list articles: front pages, sections, topics, authors, searches (decides).

How a page is built goes before any word: a list has many headings that lead elsewhere, and no place where more than
two paragraphs of running text stand together; its address and its types must fit as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from chronik.extract.tree import Tree

TEASERS_MIN = 6
"""Headings that lead elsewhere; fewer may stand beside an article."""
RUNNING_CHARACTERS_MIN = 60
"""Shorter pieces are labels."""
TOGETHER_CHARACTERS_MAX = 700
"""Running text that stands in one place on a list at the most: its introduction."""
TOGETHER_MAX = 2
TEASERS_OF_FRONT_MIN = 4
PARAGRAPHS_MAX = 400
LISTS = frozenset({"collectionpage", "searchresultspage", "profilepage", "itemlist"})
SURE_LISTS = LISTS - {"itemlist"}

_HEADINGS = "h1 a[href], h2 a[href], h3 a[href], h4 a[href], a[href] h2, a[href] h3, a[href] h4"
_PLACES = re.compile(
    r"^(?:tags?|topics?|themen?|thema|dossiers?|sujets?|temas?|argomenti|tematy|etiquetas?|schlagwort|keywords?|labels?|stichwort"
    r"|categor(?:y|ies|ie|ia|ias)|kategorien?|kategori|kategoria|rubriken?|rubriques?|rubrics?|sections?|secciones|seccion|sezioni"
    r"|archives?|archiv|archivio|arquivo|arhiv|authors?|autor(?:en|es|i|e|zy)?|auteurs?|autore|profile?s?|people|search|suche|recherche"
    r"|buscar|busca|busqueda|cerca|ricerca|szukaj|sok|poisk|page|seite|pagina|feeds?|latest|newest|index|latest-news|most-read)$"
)
_NUMBERED = re.compile(r"\d{4,}|[a-z]\d{3,}|[a-z]\d+[a-z]")
_SEARCHES = frozenset({"q", "s", "query", "search", "suche", "keyword", "keywords", "text", "paged"})
_WORDS_OF_ARTICLE = 4
"""Words in the last part of an address from which on it is a headline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """How a page is built, as far as that tells a list from an article."""

    teasers: int
    """Headings that lead elsewhere."""
    together: int
    """Paragraphs of running text in the one place that holds most of them."""
    characters: int
    """Of that text."""


def is_front(url: str) -> bool:
    """Whether an address is a site's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.path in {"", "/"} and not parts.query


def is_place(url: str) -> bool:
    """Whether an address looks like that of a list: a section, a topic, an author, a search; not like a headline."""
    try:
        parts = urlsplit(url)
        path, query = unquote(parts.path).lower(), parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return False
    steps = [step for step in path.split("/") if step]
    if parts.scheme not in {"http", "https"}:
        return False
    if not steps:
        return bool(_SEARCHES & set(query)) or (is_front(url) and bool(parts.hostname))
    last = steps[-1].partition(".")[0]
    if any(map(_PLACES.match, steps)) or _SEARCHES & set(query):
        return True
    headline = len(re.findall(r"[^\W\d_]+", last)) >= _WORDS_OF_ARTICLE
    return len(steps) <= 3 and not headline and not query and not any(map(_NUMBERED.search, steps))


def build(tree: Tree) -> Build:
    """How the page is built."""
    teasers = len({(node.text(deep=True) or "").strip() for node in tree.css(_HEADINGS)[:PARAGRAPHS_MAX]} - {""})
    if teasers < TEASERS_OF_FRONT_MIN:
        return Build(teasers=teasers, together=PARAGRAPHS_MAX, characters=PARAGRAPHS_MAX)
    places: dict[int, tuple[int, int]] = {}
    for node in tree.css("p")[:PARAGRAPHS_MAX]:
        length, parent = len(node.text(deep=True).strip()), node.parent
        if parent is not None and length >= RUNNING_CHARACTERS_MIN:
            count, characters = places.get(parent.mem_id, (0, 0))
            places[parent.mem_id] = count + 1, characters + length
    together, characters = max(places.values(), default=(0, 0))
    return Build(teasers=teasers, together=together, characters=characters)


def is_list(tree: Tree, *, types: frozenset[str], url: str, dated: bool) -> bool:
    """Whether the page lists articles; `dated` where it declares a day on which it was published."""
    sure = bool(types & SURE_LISTS) or is_front(url)
    if not sure and (dated or not is_place(url)):
        return False
    found = build(tree)
    if found.together > TOGETHER_MAX or found.characters > TOGETHER_CHARACTERS_MAX:
        return False
    return found.teasers >= (TEASERS_OF_FRONT_MIN if sure else TEASERS_MIN)

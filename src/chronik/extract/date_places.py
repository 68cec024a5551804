"""Where on a page a day stands, and what the markup there says of it (decides)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.calendar_words import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from chronik.extract.tree import Node, Tree

TEXT_CHARACTERS_MAX = 220
"""A longer text only mentions a day."""
SHORT_CHARACTERS_MAX = 30
AROUND_MAX = 14
"""Elements around a day that tell where it stands."""
LIST_DEPTH = 4
UPDATES = frozenset({"updated class", "updated text"})

_PUBLISHED_WORDS = (
    r"publish|publi[ée]|pubdate|posted|created|erstell|veröffentlich|erschienen|entry-?date|post-?date|article-?date"
    r"|pubblicat|gepubliceerd|geplaatst|opublikowan|dodano|zveřejn|vydán|опубликов|опубліков|дата публ|yayın|eklenme"
    r"|publicerad|publisert|udgivet|julkaistu|megjelen|publicat|δημοσι|نشر|انتشار|פורסם|发布|發布|公開|掲載|入力|등록|đăng"
    r"|հրապարակ|dərc|terbit|diterbitkan"
)
_DATE_WORDS = r"\bdat(?:um|e|a)\b|fecha|\bдата\b|tarih|תאריך|日期|日時|تاریخ|التاريخ"
_UPDATED_WORDS = (
    r"updat|modif|aktualis|geändert|ge[äa]nder|\bstand\b|mis à jour|actualizad|atualizad|aggiornat|bijgewerkt|aktualiz"
    r"|обновл|оновлен|güncell|uppdater|oppdater|opdater|päivitetty|frissít|actualiz|ενημ|تحديث|بروز|עודכן|更新|수정"
    r"|cập nhật|թարմ|yenilən|diperbarui|revised|edited"
)
_PUBLISHED = re.compile(folded(_PUBLISHED_WORDS))
_UPDATED = re.compile(folded(_UPDATED_WORDS))
_DATED = re.compile(folded(f"{_PUBLISHED_WORDS}|{_DATE_WORDS}"))
_ASIDE_TAGS = frozenset({"footer", "aside", "nav", "form", "select", "script", "style", "noscript", "template"})
_BESIDE = """
archive archives calendar card cards clock comment comments copyright event events feed footer kalender kommentar
kommentare latest mehr menu more mostread newsletter newsticker next popular prev recent recommend
recommended related replies reply respond sidebar similar teaser teaserlist teasers termin termine ticker
today topstories tweet twitter weather widget widgets
"""
_ASIDE = frozenset(_BESIDE.split())
_OWN = frozenset({"post", "entry", "article", "asset", "artikel", "story"})
"""Whose footer belongs to the article."""
_WORDS = re.compile(r"[a-z]{3,30}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEGATIONS = re.compile(r"\b(?:no|has|with|without|hide|show)-[a-z]+")
_DATEISH = re.compile(r"date|datum|fecha|(?<!down)time|stamp|publish|posted|created", re.IGNORECASE)
_META = re.compile(r"meta|byline|author|info|kicker|dateline|subline", re.IGNORECASE)
_BY_NAMES = (
    ("date class", _DATEISH),
    ("meta class", _META),
    ("published class", _PUBLISHED),
    ("updated class", _UPDATED),
)
_BY_WORDS = (("published text", _DATED), ("updated text", _UPDATED))
_AFTER = ("after heading", "after heading 2", "after heading 3")
_IN_LISTS = frozenset({"a", "li", "td"})
_IN_ARTICLES = frozenset({"article", "main", "header"})


class Place:
    """Where on a page the days stand that it names, in its order."""

    def __init__(self, tree: Tree) -> None:
        self.heading_passed = False
        self._shared = around_heading(tree)
        self._seen = 0
        self._after = 0

    def signs(self, node: Node, *, before: str, characters: int) -> Iterator[str]:
        """What place and markup of an element say of the day in it; `before`: the words before the day."""
        yield from self._position(node)
        if node.tag == "time":
            yield "time"
        names = folded(names_of(node))
        yield from (sign for sign, words in _BY_NAMES if words.search(names))
        yield from (sign for sign, words in _BY_WORDS if words.search(before))
        if characters > TEXT_CHARACTERS_MAX:
            yield "long"
        elif characters < SHORT_CHARACTERS_MAX:
            yield "short"
        if len(before) > SHORT_CHARACTERS_MAX:
            yield "words before"
        if _within(node.parent, _IN_ARTICLES, AROUND_MAX):
            yield "inside"
        if _within(node, _IN_LISTS, LIST_DEPTH):
            yield "listed"

    def _position(self, node: Node) -> Iterator[str]:
        if beside(node, self._shared):
            yield "aside"
            return
        yield "later" if self._seen else "first"
        self._seen += 1
        if self.heading_passed:
            yield _AFTER[min(self._after, len(_AFTER) - 1)]
            self._after += 1
        else:
            yield "before heading"


def names_of(node: Node) -> str:
    """What the markup calls an element: class, id and property."""
    attributes = node.attributes
    return " ".join(filter(None, (attributes.get("class"), attributes.get("id"), attributes.get("itemprop"))))


def around_heading(tree: Tree) -> frozenset[int]:
    """The elements around the page's first heading: what they are called says nothing of a day within them."""
    around = tree.css_first("h1") or tree.css_first("h2")
    found = set()
    while around is not None:
        found.add(around.mem_id)
        around = around.parent
    return frozenset(found)


def _words(node: Node) -> list[str]:
    """The words of an element's names: `newsTeaser_list` is news, teaser, list."""
    names = names_of(node)
    return _WORDS.findall(_NEGATIONS.sub("", _CAMEL.sub(" ", names).lower())) if names else []


def beside(node: Node, shared: Collection[int]) -> bool:
    """Whether an element belongs to something beside the article."""
    around: Node | None = node.parent if _PUBLISHED.search(folded(names_of(node))) else node
    for _ in range(AROUND_MAX):
        if around is None or around.tag == "body" or around.mem_id in shared:
            return False
        words = _words(around)
        if around.tag in _ASIDE_TAGS or not _ASIDE.isdisjoint(words):
            return _OWN.isdisjoint(words) or "footer" not in words
        if around.tag in {"article", "main"}:
            return False
        around = around.parent
    return False


def _within(node: Node | None, tags: Collection[str], depth: int) -> bool:
    """Whether one of the nearest elements, from this one outwards, is such."""
    for _ in range(depth):
        if node is None or node.tag in tags:
            return node is not None
        node = node.parent
    return False

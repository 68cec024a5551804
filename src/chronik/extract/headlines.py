"""The headlines that a page shows its readers, as far as its markup tells them from others (decides).

Many sites put the words for search engines into an `h1` within the trail of links above the article ("Home > Politics >
…") and show their headline in an `h2`. So a heading counts by where it stands; its level says little.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from chronik.extract.candidates import Candidate

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from chronik.extract.tree import Node

HEADINGS_MAX = 40
SHOWN_MAX = 6
TITLE_CHARACTERS_MAX = 500
DEPTH_MAX = 6
"""Elements around a heading that tell where it stands."""
DEPTHS_MAX = 60
PIECES_MAX = 3
PIECE_CHARACTERS_MIN = 3

_TRAIL = ("crumb", "seotitle", "seo-title", "seo_title")
_ELSEWHERE = (
    *("teaser", "related", "recommend", "promo", "modal", "popup", "overlay", "newsletter", "mostread", "most-read"),
    *("topread", "top-read", "comment", "cookie", "consent"),
)
_HIDDEN = frozenset(
    ("hidden", "hide", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "u-hidden", "is-hidden")
)
_TRAIL_TAGS = frozenset({"nav", "ol", "ul", "li"})
_ELSEWHERE_TAGS = frozenset({"a", "aside", "footer", "dialog", "form"})
_ENDS = frozenset({"article", "main", "body"})
_HOME = re.compile(r"https?://[^/?#\s]{1,200}/?")
_HEADLINE = re.compile(
    r"(?<!sub)(?<!sub-)headline|(?:entry|post|article|page|story|news|content|main)[-_]*(?:title|heading)"
)


def comparable(text: str) -> str:
    """The text's words in lower case, by which two writings of one title are the same."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).lower()).strip()


def headlines(headings: Sequence[Node], *, declared: Collection[str]) -> tuple[Candidate, ...]:
    """The headings that may be the article's headline.

    `h1`: shown as such. `heading`: shown in another element, and declared as well, where the `h1` stands in a trail, or
    none is there. `trail`: an `h1` for search engines. `piece`: an `h1` without the kicker that stands in it.
    """
    keys = {comparable(text) for text in declared} - {""}
    found = [_Heading(node) for node in headings[:HEADINGS_MAX]]
    found = [heading for heading in found if heading.text and len(heading.text) <= TITLE_CHARACTERS_MAX]
    first = [heading for heading in found if heading.node.tag == "h1"]
    others = [heading for heading in found if heading.node.tag != "h1"]
    sure = next((heading for heading in others if heading.known(keys) and not heading.elsewhere()), None)
    shown = [heading for heading in first if not heading.in_trail() and not (sure and sure.more_inside_than(heading))]
    own = [heading for heading in shown if comparable(heading.text) in keys or not heading.elsewhere()]
    named = [_candidate(heading.text, "trail") for heading in first if heading not in shown]
    for heading in own:
        named.append(_candidate(heading.text, "h1"))
        named.extend(_candidate(piece, "piece") for piece in heading.pieces[1:][-1:])
    if not own:
        best = sure or next((heading for heading in others if heading.marked()), None)
        named.extend([_candidate(best.known(keys) or best.text, "heading")] if best else [])
    return tuple(named[:SHOWN_MAX])


def _candidate(text: str, origin: str) -> Candidate:
    return Candidate(value=text, origin=origin)


class _Heading:
    """A heading of the page, and where it stands."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.pieces = _pieces(node)
        self.text = " ".join(self.pieces)

    def known(self, keys: Collection[str]) -> str:
        """What of it, whole or without kicker, is declared too."""
        return next((text for text in (self.text, *self.pieces[1:]) if comparable(text) in keys), "")

    def in_trail(self) -> bool:
        """Whether it is made for search engines: in a trail of links, or not to be seen."""
        return _stands(self.node, _TRAIL, _TRAIL_TAGS) or _is_hidden(self.node) or self.leads_home()

    def leads_home(self) -> bool:
        """Whether it is the site's name: blogs put it into the first heading of every page."""
        link = self.node.css_first("a[href]") or (self.node.parent if self.node.parent is not None else self.node)
        address = (link.attributes.get("href") or "").strip() if link.tag == "a" else ""
        return address in {"/", "./", "/index.html", "/index.php"} or _HOME.fullmatch(address) is not None

    def elsewhere(self) -> bool:
        """Whether it belongs to another article, or to the page around it."""
        return _stands(self.node, _ELSEWHERE, _ELSEWHERE_TAGS)

    def marked(self) -> bool:
        """Whether its markup says that it is a headline."""
        attributes = self.node.attributes
        said = "headline" in (attributes.get("itemprop") or "").split() or _HEADLINE.search(_names(self.node))
        return bool(said) and not self.elsewhere() and not _stands(self.node, _TRAIL, _TRAIL_TAGS)

    def more_inside_than(self, other: _Heading) -> bool:
        """Whether this one stands in the article, and the other before it."""
        return _in_article(self.node) and not _in_article(other.node)


def _in_article(node: Node) -> bool:
    around = node.parent
    for _ in range(DEPTHS_MAX):
        if around is None:
            return False
        if around.tag in {"article", "main"}:
            return True
        around = around.parent
    return False


def _stands(node: Node, names: Collection[str], tags: Collection[str]) -> bool:
    """Whether a heading stands within such an element."""
    around: Node | None = node
    for _ in range(DEPTH_MAX):
        if around is None or around.tag in _ENDS:
            return False
        if around.tag in tags:
            return True
        said = _names(around)
        if said and any(name in said for name in names):
            return True
        around = around.parent
    return False


def _names(node: Node) -> str:
    attributes = node.attributes
    return " ".join(filter(None, (attributes.get("class"), attributes.get("id")))).lower()


def _is_hidden(node: Node) -> bool:
    attributes = node.attributes
    classes = (attributes.get("class") or "").lower().split()
    return (
        "hidden" in attributes
        or not _HIDDEN.isdisjoint(classes)
        or "display:none" in (attributes.get("style") or "").replace(" ", "")
    )


def _pieces(node: Node) -> list[str]:
    """The texts that a heading puts into elements of their own: a kicker, the headline. One where they are one text."""
    holder = node
    if node.first_child is None or (node.first_child.next is None and node.first_child.is_text_node):
        return [text] if (text := _words(node)) else []
    for _ in range(DEPTH_MAX):
        children = [child for child in holder.iter(include_text=True) if _words(child)]
        if len(children) != 1 or not children[0].is_element_node:
            break
        holder = children[0]
    else:
        return [_words(node)]
    texts = [_words(child) for child in children[: PIECES_MAX + 1]]
    whole = _words(node)
    apart = children[:1] and children[0].is_element_node and all(len(text) >= PIECE_CHARACTERS_MIN for text in texts)
    return texts if 1 < len(texts) <= PIECES_MAX and apart else [whole] if whole else []


def _words(node: Node) -> str:
    text = node.text(deep=True, separator="") if node.is_element_node else node.text_content or ""
    return " ".join(text.split())

"""A page as the row of its leaves: pieces of text that no block divides, and what each stands in (decides).

The tree is walked once, without recursion, and is not changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chronik.extract.readers import marks

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import TypeAlias

    from chronik.extract.readers.places import Around
    from chronik.extract.tree import Node

    _Undo: TypeAlias = tuple[int, str, int, str | None]

NODES_MAX = 400_000
"""Nodes of one page that are looked at; what comes after them is left."""
LEAVES_MAX = 20_000
LEAF_CHARACTERS_MAX = 200_000
"""Of one leaf; what comes after is left."""
LINKS_OF_LEAF_MAX = 200
PICTURES_MAX = 2_000
ADDRESS_CHARACTERS_MAX = 2_000

_UNSHOWN = """
amp-ad amp-analytics amp-consent amp-embed amp-sidebar amp-social-share applet audio base button canvas datalist dialog
embed frameset head iframe input link map math meta meter noframes noscript object optgroup option param progress rp rt
script select style svg template textarea title video
"""
_INLINE = """
a abbr acronym b bdi bdo big blink cite code data del dfn em font i img ins kbd label mark nobr output picture q rb ruby
s samp small span strike strong sub sup time tt u var wbr
"""
UNSHOWN = frozenset(_UNSHOWN.split())
"""Elements that show no running text; `rt` holds a reading aid of the word before it."""
INLINE = frozenset(_INLINE.split())
"""Elements that stand within a line of text."""
_OUTERMOST = frozenset({"html", "body"})
"""What their names say holds for the whole page."""
_EMPHASIS = frozenset({"b", "strong", "em", "i", "u", "font"})
_BLOCK, _TEXT, _NOTHING, _LINE, _BREAK, _LINK, _STRESS, _PICTURE, _CODE = range(9)
"""What a node is to the walk; `_LINE` stands within a line and says nothing of the text."""
_KINDS = (
    dict.fromkeys((*UNSHOWN, "-", "-comment", "-document", "-doctype", "!doctype"), _NOTHING)
    | dict.fromkeys(INLINE, _LINE)
    | dict.fromkeys(_EMPHASIS, _STRESS)
    | {"-text": _TEXT, "br": _BREAK, "a": _LINK, "img": _PICTURE, "code": _CODE}
)
"""All others are blocks."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_PARAGRAPH_END = "\n\n"
_SOFT_HYPHEN = "\u00ad"
_INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad \ufe0f"


@dataclass(slots=True)
class Element:
    """An element that is a block, and what it stands in."""

    tag: str
    above: int
    """Place of the element around it; -1 for the outermost."""
    depth: int
    names: str
    """Its class, as it stands there."""
    own: int
    """What its names say of it, as a set of bits (`marks`)."""
    chain: int
    """The same for all elements around it and itself."""
    hidden: bool
    leaf: int
    """How many leaves stand before it."""
    leaf_end: int = -1
    """How many leaves stand before what follows it; -1 where nothing does."""
    end: int = -1
    """The place of the element that follows it, which stands outside; -1 where none does."""
    is_code: bool = False
    """Its preformatted text is marked as code."""


@dataclass(slots=True)
class Leaf:
    """A piece of text, in one line."""

    text: str
    element: int
    """The innermost block that it stands in, as a place in `Page.elements`."""
    links: list[tuple[int, int, str]]
    """Start, end and address as it stands there."""
    link_characters: int
    emphasised_characters: int
    breaks: int
    """Single line breaks within it."""


@dataclass(slots=True)
class Image:
    """A picture on the page."""

    element: int
    leaf: int
    """How many leaves stand before it."""
    url: str
    description: str
    width: int
    height: int


@dataclass(slots=True)
class Leaves:
    """All leaves of a page, or of some of its elements, in order."""

    leaves: list[Leaf] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    around: list[Around] = field(default_factory=list)
    """What each element stands in, from when it is first asked for (`places.surroundings`)."""


def leaves(node: Node, *, without: Collection[int] = ()) -> Leaves:
    """The leaves within an element; `without` holds the `mem_id` of elements that are passed over."""
    walk = _Walk(without)
    if _KINDS.get(node.tag or "-") != _NOTHING and node.mem_id not in without:
        walk.along(node)
    return walk.found


class _Walk:
    """The way through a tree, and the leaf that is being gathered."""

    __slots__ = (
        "at",
        "breaks",
        "breaks_before_text",
        "emphasis",
        "found",
        "gap",
        "length",
        "linked",
        "links",
        "pieces",
        "preformatted",
        "stressed",
        "target",
        "target_start",
        "within_paragraph",
        "without",
    )

    def __init__(self, without: Collection[int]) -> None:
        self.found = Leaves()
        self.without = without
        self.at = -1
        self.emphasis = self.preformatted = self.within_paragraph = 0
        self.target: str | None = None
        self._clear()

    def _clear(self) -> None:
        self.pieces: list[str] = []
        self.links: list[tuple[int, int, str]] = []
        self.length = self.linked = self.stressed = self.breaks = self.breaks_before_text = 0
        self.target_start = -1
        self.gap = False

    def along(self, root: Node) -> None:
        """Visit every node once; what is left of the elements around is kept in a list, however deep the tree is."""
        # The outermost counts as a block, whatever it is.
        around: list[tuple[Node, _Undo | None]] = [(root, (_BLOCK, root.tag or "-", self.at, self.target))]
        self._enter_block(root.tag or "-", root)
        node, without = root.first_child, self.without
        for _ in range(NODES_MAX):
            while node is None and around:
                left, undo = around.pop()
                if undo is not None:
                    self._leave(*undo)
                node = left.next if around else None
            if node is None:
                break
            tag = node.tag or "-"
            kind = _KINDS.get(tag, _BLOCK)
            if kind == _NOTHING or (without and node.mem_id in without):
                node = node.next
            elif kind == _LINE:
                around.append((node, None))
                node = node.first_child
            elif kind == _TEXT:
                if self.preformatted or not node.is_empty_text_node:
                    self._text(node.text_content or "")
                else:
                    self.gap = True
                node = node.next
            else:
                around.append((node, self._entered(kind, tag, node)))
                node = node.first_child
        self._flush()

    def _entered(self, kind: int, tag: str, node: Node) -> _Undo | None:
        """Note an element; what has to be undone when it ends."""
        undo = (kind, tag, self.at, self.target)
        if kind == _BLOCK and not (self.within_paragraph and "-" in tag):
            if self.pieces or self.breaks:
                self._flush()
            self._enter_block(tag, node)
            return undo
        if kind == _LINK:
            self._end_link()
            self.target = (node.attributes.get("href") or "")[:ADDRESS_CHARACTERS_MAX]
            return undo
        if kind == _STRESS:
            self.emphasis += 1
            return undo
        if kind == _BREAK:
            self._break()
        elif kind == _PICTURE:
            self._image(node)
        elif kind == _CODE and self.preformatted:
            self.found.elements[self.at].is_code = True
        return None

    def _enter_block(self, tag: str, node: Node) -> None:
        elements = self.found.elements
        attributes = node.attributes
        own, names, hidden, depth = 0, "", False, 0
        if attributes:
            names = attributes.get("class") or ""
            hidden = marks.hides(attributes)
        if (attributes or "-" in tag) and tag not in _OUTERMOST:
            own = marks.of(tag, attributes)
        chain = own
        if self.at >= 0:
            around = elements[self.at]
            depth, chain, hidden = around.depth + 1, own | around.chain, hidden or around.hidden
        elements.append(Element(tag, self.at, depth, names, own, chain, hidden, len(self.found.leaves)))
        self.at = len(elements) - 1
        if tag == "p":
            self.within_paragraph += 1
        elif tag == "pre":
            self.preformatted += 1
        elif tag == "amp-img":
            self._image(node)

    def _leave(self, kind: int, tag: str, around: int, target: str | None) -> None:
        """Undo what entering an element changed."""
        if kind == _BLOCK:
            if self.pieces or self.breaks:
                self._flush()
            left = self.found.elements[self.at]
            left.leaf_end, left.end = len(self.found.leaves), len(self.found.elements)
            self.at = around
            self.preformatted -= tag == "pre"
            self.within_paragraph -= tag == "p"
        elif kind == _LINK:
            self._end_link()
            self.target = target
        else:
            self.emphasis -= 1

    def _break(self) -> None:
        """A line break: two without text between them end a paragraph."""
        self.breaks_before_text += 1
        self.gap = True
        if self.breaks_before_text > 1:
            self._flush()
        else:
            self.breaks += 1

    def _text(self, raw: str) -> None:
        if self.preformatted and _PARAGRAPH_END in raw:
            for number, part in enumerate(_BLANK_LINE.split(raw)):
                if number:
                    self._flush()
                self._words(part)
        else:
            self._words(raw)

    def _words(self, raw: str) -> None:
        """Add words, white space runs as one space."""
        words = " ".join(raw[:LEAF_CHARACTERS_MAX].replace(_SOFT_HYPHEN, "").split())
        if not words:
            self.gap = self.gap or bool(raw)
            return
        if self.length > LEAF_CHARACTERS_MAX:
            return
        if self.length and (self.gap or raw[0].isspace()):
            self.pieces.append(" ")
            self.length += 1
        self.breaks_before_text = 0
        if self.target is not None:
            self.linked += len(words)
            if self.target_start < 0:
                self.target_start = self.length
        if self.emphasis:
            self.stressed += len(words)
        self.pieces.append(words)
        self.length += len(words)
        self.gap = raw[-1].isspace()

    def _end_link(self) -> None:
        if self.target and self.target_start >= 0 and len(self.links) < LINKS_OF_LEAF_MAX:
            self.links.append((self.target_start, self.length, self.target))
        self.target_start = -1

    def _flush(self) -> None:
        """End the leaf that is being gathered, if there is any text in it."""
        if not self.pieces:
            self.breaks_before_text = self.breaks = 0
            return
        self._end_link()
        text = "".join(self.pieces)
        if text.strip(_INVISIBLE) and len(self.found.leaves) < LEAVES_MAX:
            self.found.leaves.append(Leaf(text, self.at, self.links, self.linked, self.stressed, self.breaks))
        self._clear()

    def _image(self, node: Node) -> None:
        if len(self.found.images) >= PICTURES_MAX:
            return
        attributes = node.attributes
        url = marks.picture_address(attributes)
        if url:
            self.found.images.append(
                Image(
                    element=self.at,
                    leaf=len(self.found.leaves) + bool(self.pieces),
                    url=url[:ADDRESS_CHARACTERS_MAX],
                    description=(attributes.get("alt") or "")[:ADDRESS_CHARACTERS_MAX],
                    width=marks.pixels(attributes.get("width")),
                    height=marks.pixels(attributes.get("height")),
                )
            )

"""Chosen leaves as an article's body: paragraphs in their form, links and pictures (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from chronik.extract.candidates import Body, TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.readers.leaves import leaves
from chronik.model import BlockKind, Link, Picture

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from chronik.extract.readers.leaves import Image, Leaf, Leaves
    from chronik.extract.tree import Node

ADDRESS_CHARACTERS_MAX = 2_000
PICTURES_MAX = 100
LEAVES_AROUND_MAX = 3
"""So many leaves before the first paragraph of the text a picture may stand that opens the article."""
PICTURE_PIXELS_MIN = 80
"""Smaller ones are icons."""
CAPTION_CHARACTERS_MAX = 1_000
ROW_CELL_CHARACTERS_MAX = 300
"""A table with longer cells arranges text; it lists no data."""
CELL_LEAVES_MAX = 2
"""A table with more of them in one cell does so too."""
ITEM_LEAVES_MAX = 2
"""A list item with more of them arranges text too."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol", "menu"})
_CREDIT_MARKS = ("©", "(c)", "foto:", "photo:", "credit:", "bild:", "quelle:", "source:", "crédit", "фото:", "image:")


def rendered(nodes: Iterable[Node], *, url: str, origin: str, without: Iterable[Node] = ()) -> Body:
    """All text that stands in some elements, in the order given, without what stands in others.

    `url` is the page's address, from which relative ones are resolved. An element that stands in one given before is
    passed over. The tree is not changed.
    """
    unwanted = {node.mem_id for node in without}
    blocks: list[TextBlock] = []
    pictures: list[Picture] = []
    given = list(nodes)
    places = {node.mem_id for node in given}
    for node in given:
        if _stands_in(node, places):
            continue
        found = leaves(node, without=unwanted)
        part = body_of(found, _all_but_captions(found), url=url, origin=origin)
        pictures += [_moved(picture, len(blocks)) for picture in part.pictures]
        blocks += part.blocks
    return Body(blocks=tuple(blocks), pictures=tuple(pictures[:PICTURES_MAX]), origin=origin)


def body_of(page: Leaves, chosen: Sequence[int], *, url: str, origin: str, trusted: bool = True) -> Body:
    """The body that consists of some leaves of a page, given by their places in ascending order."""
    blocks: list[TextBlock] = []
    starts: list[int] = []
    form = _Form(page)
    row_before = -1
    for place in chosen:
        leaf = page.leaves[place]
        row = form.row_of(leaf)
        if row >= 0 and row == row_before:
            blocks[-1] = _joined(blocks[-1], form.block(leaf, url))
            continue
        row_before = row
        blocks.append(form.block(leaf, url))
        starts.append(place)
    pictures = _pictures(page, chosen=chosen, starts=starts, url=url)
    return Body(blocks=tuple(blocks), pictures=pictures, origin=origin, trusted=trusted)


def in_caption(page: Leaves, leaf: Leaf) -> bool:
    """Whether a leaf stands in the caption of a picture."""
    place = leaf.element
    while place >= 0:
        element = page.elements[place]
        if element.tag == "figcaption":
            return True
        if element.tag == "figure":
            return not _holds_table(page, place)
        place = element.above
    return False


class _Form:
    """What kinds of paragraph the leaves of a page are."""

    def __init__(self, page: Leaves) -> None:
        self.elements = page.elements
        self.item_leaves: dict[int, int] = {}
        self.cell_leaves: dict[int, int] = {}
        self.wide_tables: set[int] = set()
        for leaf in page.leaves:
            item = self._nearest(leaf.element, {"li"})
            if item >= 0:
                self.item_leaves[item] = self.item_leaves.get(item, 0) + 1
            cell = self._nearest(leaf.element, _CELLS)
            if cell >= 0:
                self.cell_leaves[cell] = self.cell_leaves.get(cell, 0) + 1
            if len(leaf.text) > ROW_CELL_CHARACTERS_MAX or self.cell_leaves.get(cell, 0) > CELL_LEAVES_MAX:
                self._mark_tables(leaf.element)

    def _mark_tables(self, place: int) -> None:
        while (place := self._nearest(place, {"table"})) >= 0 and place not in self.wide_tables:
            self.wide_tables.add(place)
            place = self.elements[place].above

    def _nearest(self, place: int, tags: Collection[str]) -> int:
        while place >= 0 and self.elements[place].tag not in tags:
            place = self.elements[place].above
        return place

    def row_of(self, leaf: Leaf) -> int:
        """The table row in which a leaf stands, if its table lists data; else -1."""
        row = self._nearest(leaf.element, {"tr"})
        if row < 0 or self._nearest(row, {"table"}) in self.wide_tables:
            return -1
        return row

    def block(self, leaf: Leaf, url: str) -> TextBlock:
        kind, level = self._kind(leaf)
        text = clean_line(leaf.text)
        links = _links(leaf, url) if text == leaf.text else ()
        return TextBlock(text=text, kind=kind, level=level, links=links)

    def _kind(self, leaf: Leaf) -> tuple[BlockKind, int]:
        place, level, item = leaf.element, 0, -1
        while place >= 0:
            element = self.elements[place]
            if element.tag in _HEADINGS:
                return BlockKind.HEADING, _HEADINGS[element.tag]
            if element.tag == "blockquote":
                return BlockKind.QUOTE, 0
            if element.tag == "pre" and element.is_code:
                return BlockKind.CODE, 0
            if element.tag in _CELLS and item < 0:
                return (BlockKind.ROW, 0) if self.row_of(leaf) >= 0 else (BlockKind.PARAGRAPH, 0)
            if element.tag == "li" and item < 0:
                item = place
            level += element.tag in _LISTS
            place = element.above
        if item >= 0 and self.item_leaves.get(item, 0) <= ITEM_LEAVES_MAX:
            return BlockKind.ITEM, max(1, level)
        return BlockKind.PARAGRAPH, 0


def _all_but_captions(page: Leaves) -> list[int]:
    return [place for place, leaf in enumerate(page.leaves) if not in_caption(page, leaf)]


def _joined(row: TextBlock, cell: TextBlock) -> TextBlock:
    shift = len(row.text) + 1
    links = tuple(Link(start=link.start + shift, end=link.end + shift, url=link.url) for link in cell.links)
    return TextBlock(text=f"{row.text} {cell.text}", kind=row.kind, level=row.level, links=(*row.links, *links))


def _links(leaf: Leaf, url: str) -> tuple[Link, ...]:
    found = ((start, end, absolute(target, url)) for start, end, target in leaf.links)
    return tuple(Link(start=start, end=end, url=target) for start, end, target in found if target and start < end)


def absolute(target: str, url: str) -> str:
    """An address as seen from the page; empty where it leads to no other page."""
    target = clean_line(target)
    if not target or target.startswith("#") or len(target) > ADDRESS_CHARACTERS_MAX:
        return ""
    try:
        found = urljoin(url, target)
    except ValueError:
        return ""
    return found if found.lower().startswith(("http://", "https://")) else ""


def _pictures(page: Leaves, *, chosen: Sequence[int], starts: Sequence[int], url: str) -> tuple[Picture, ...]:
    """The pictures between the first and the last chosen leaf, and one that stands right before the first."""
    if not chosen:
        return ()
    captions = _captions(page)
    found: dict[str, Picture] = {}
    before = 0
    for image in page.images:
        address = absolute(image.url, url)
        if not address or address in found or not _of_article(image, chosen[0], chosen[-1]):
            continue
        while before < len(starts) and starts[before] < image.leaf:
            before += 1
        caption, credit = captions.get(_figure(page, image.element), ("", ""))
        found[address] = Picture(url=address, caption=caption, credit=credit, before=before)
    return tuple(found.values())[:PICTURES_MAX]


def _of_article(image: Image, first: int, last: int) -> bool:
    sizes = [size for size in (image.width, image.height) if size]
    return first - LEAVES_AROUND_MAX <= image.leaf <= last + 1 and all(size >= PICTURE_PIXELS_MIN for size in sizes)


def _figure(page: Leaves, place: int) -> int:
    while place >= 0 and page.elements[place].tag != "figure":
        place = page.elements[place].above
    return place


def _captions(page: Leaves) -> dict[int, tuple[str, str]]:
    """Caption and credit of each figure."""
    words: dict[int, list[str]] = {}
    credits_: dict[int, list[str]] = {}
    for leaf in page.leaves:
        figure = _figure(page, leaf.element)
        if figure >= 0:
            text = clean_line(leaf.text)
            kind = credits_ if text.casefold().startswith(_CREDIT_MARKS) else words
            kind.setdefault(figure, []).append(text)
    return {
        figure: (
            " ".join(words.get(figure, ()))[:CAPTION_CHARACTERS_MAX],
            " ".join(credits_.get(figure, ()))[:CAPTION_CHARACTERS_MAX],
        )
        for figure in words.keys() | credits_.keys()
    }


def _holds_table(page: Leaves, figure: int) -> bool:
    for element in page.elements[figure + 1 :]:
        if element.depth <= page.elements[figure].depth:
            return False
        if element.tag == "table":
            return True
    return False


def _stands_in(node: Node, places: Collection[int]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in places:
            return True
        above = above.parent
    return False


def _moved(picture: Picture, blocks: int) -> Picture:
    return Picture(url=picture.url, caption=picture.caption, credit=picture.credit, before=picture.before + blocks)

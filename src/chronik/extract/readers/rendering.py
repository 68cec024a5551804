"""Chosen leaves as an article's body: paragraphs in their form, links and pictures (decides)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from chronik.extract.candidates import Body, TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.readers.leaves import leaves
from chronik.extract.readers.places import surroundings
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
    pictures = _pictures(page, form, chosen=chosen, starts=starts, url=url)
    return Body(blocks=tuple(blocks), pictures=pictures, origin=origin, trusted=trusted)


def in_captions(page: Leaves) -> list[bool]:
    """Whether each leaf stands in the caption of a picture, or beside a picture in its figure."""
    around = surroundings(page)
    with_table = {around[place].figure for place, element in enumerate(page.elements) if element.tag == "table"}
    places = [around[leaf.element].caption for leaf in page.leaves]
    return [place >= 0 and place not in with_table for place in places]


class _Form:
    """What kinds of paragraph the leaves of a page are."""

    def __init__(self, page: Leaves) -> None:
        self.elements = page.elements
        self.around = surroundings(page)
        self.item_leaves = Counter(self.around[leaf.element].item for leaf in page.leaves)
        self.cell_leaves = Counter(self.around[leaf.element].cell for leaf in page.leaves)
        self.wide_tables: set[int] = set()
        for leaf in page.leaves:
            cell = self.around[leaf.element].cell
            if cell >= 0 and (len(leaf.text) > ROW_CELL_CHARACTERS_MAX or self.cell_leaves[cell] > CELL_LEAVES_MAX):
                self._mark_tables(leaf.element)

    def _mark_tables(self, place: int) -> None:
        """A table arranges text if one within it does."""
        table = self.around[place].table
        while table >= 0 and table not in self.wide_tables:
            self.wide_tables.add(table)
            above = self.elements[table].above
            table = self.around[above].table if above >= 0 else -1

    def row_of(self, leaf: Leaf) -> int:
        """The table row in which a leaf stands, if its table lists data; else -1."""
        row = self.around[leaf.element].row
        return row if row >= 0 and self.around[row].table not in self.wide_tables else -1

    def block(self, leaf: Leaf, url: str) -> TextBlock:
        kind, level = self._kind(leaf)
        text = clean_line(leaf.text)
        links = _links(leaf, url) if text == leaf.text else ()
        return TextBlock(text=text, kind=kind, level=level, links=links)

    def _kind(self, leaf: Leaf) -> tuple[BlockKind, int]:
        around = self.around[leaf.element]
        if around.heading >= 0:
            return BlockKind.HEADING, _HEADINGS[self.elements[around.heading].tag]
        if around.quote >= 0:
            return BlockKind.QUOTE, 0
        if around.text >= 0 and self.elements[around.text].is_code:
            return BlockKind.CODE, 0
        if around.cell > around.item:
            return (BlockKind.ROW, 0) if self.row_of(leaf) >= 0 else (BlockKind.PARAGRAPH, 0)
        if around.item >= 0 and self.item_leaves[around.item] <= ITEM_LEAVES_MAX:
            return BlockKind.ITEM, max(1, around.lists)
        return BlockKind.PARAGRAPH, 0


def _all_but_captions(page: Leaves) -> list[int]:
    return [place for place, captioned in enumerate(in_captions(page)) if not captioned]


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


def _pictures(
    page: Leaves, form: _Form, *, chosen: Sequence[int], starts: Sequence[int], url: str
) -> tuple[Picture, ...]:
    """The pictures between the first and the last chosen leaf, and one that stands right before the first."""
    if not chosen or not page.images:
        return ()
    figures = [around.figure for around in form.around]
    captions = _captions(page, figures)
    found: dict[str, Picture] = {}
    before = 0
    for image in page.images:
        address = absolute(image.url, url) if _of_article(image, chosen[0], chosen[-1]) else ""
        if not address or address in found:
            continue
        while before < len(starts) and starts[before] < image.leaf:
            before += 1
        caption, credit = captions.get(figures[image.element] if image.element >= 0 else -1, ("", ""))
        found[address] = Picture(url=address, caption=caption, credit=credit, before=before)
    return tuple(found.values())[:PICTURES_MAX]


def _of_article(image: Image, first: int, last: int) -> bool:
    sizes = [size for size in (image.width, image.height) if size]
    return first - LEAVES_AROUND_MAX <= image.leaf <= last + 1 and all(size >= PICTURE_PIXELS_MIN for size in sizes)


def _captions(page: Leaves, figures: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Caption and credit of each figure."""
    words: dict[int, list[str]] = {}
    credits_: dict[int, list[str]] = {}
    for leaf in page.leaves:
        figure = figures[leaf.element]
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


def _stands_in(node: Node, places: Collection[int]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in places:
            return True
        above = above.parent
    return False


def _moved(picture: Picture, blocks: int) -> Picture:
    return Picture(url=picture.url, caption=picture.caption, credit=picture.credit, before=picture.before + blocks)

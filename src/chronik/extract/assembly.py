"""How the blocks that a reader found become an article's text, with their form beside it (decides)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik.extract.encoding import clean_line
from chronik.model import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chronik.extract.candidates import Body, TextBlock
    from chronik.model import Link, Picture

LINKS_MAX = 2_000
PICTURES_MAX = 200

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A text and its form, as `model.Article` holds them."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()


def assembled(body: Body, *, kept: Sequence[str]) -> Assembled:
    """The body's blocks whose texts are kept, a part of them in their order, joined by blank lines."""
    numbers = _numbers([block.text for block in body.blocks], kept)
    blocks = [body.blocks[number] for number in numbers]
    return Assembled(
        text=_BETWEEN.join(block.text for block in blocks),
        blocks=tuple(Block(kind=block.kind, level=block.level) for block in blocks),
        links=tuple(_links(blocks))[:LINKS_MAX],
        pictures=tuple(_pictures(body.pictures[:PICTURES_MAX], numbers)),
    )


def cleaned(body: Body) -> Body:
    """The body with every block in one clean line, and without those that then hold nothing."""
    return replace(body, blocks=tuple(block for block in map(_cleaned, body.blocks) if block.text))


def _cleaned(block: TextBlock) -> TextBlock:
    """Where cleaning changes the words' places, their links are given up."""
    text = clean_line(block.text)
    return block if text == block.text else replace(block, text=text, links=())


def _numbers(texts: Sequence[str], kept: Sequence[str]) -> list[int]:
    """Which of the texts are kept. What is left out stands at the beginning, so they are told from the end."""
    numbers: list[int] = []
    at = len(texts)
    for wanted in reversed(kept):
        at -= 1
        while at >= 0 and texts[at] != wanted:
            at -= 1
        if at < 0:
            break
        numbers.append(at)
    return numbers[::-1]


def _links(blocks: Iterable[TextBlock]) -> Iterator[Link]:
    start = 0
    for block in blocks:
        for link in block.links:
            yield replace(link, start=start + link.start, end=start + link.end)
        start += len(block.text) + len(_BETWEEN)


def _pictures(pictures: Iterable[Picture], numbers: Sequence[int]) -> Iterator[Picture]:
    for picture in pictures:
        yield replace(picture, before=sum(number < picture.before for number in numbers))

"""What a form of its own says as an article (decides): the shape in which every module of this package answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.extract.encoding import clean_line
from chronik.model import ArticleKind, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chronik.extract.candidates import TextBlock
    from chronik.model import Picture

BLOCKS_MAX = 50_000
"""Paragraphs of one article; one more is refused."""
TITLE_CHARACTERS_MAX = 200
"""Longer than this is no title."""

_SENTENCE_END = re.compile(r"[.!?…。！？।۔:;,]['\"”’»)\]]*$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """An article read out of a form of its own, its fields final."""

    kind: ArticleKind = ArticleKind.DOCUMENT
    origin: str
    """Which reader and version it comes from."""
    blocks: tuple[TextBlock, ...] = ()
    url: str = ""
    """Where it was published, as the form itself says; empty where it does not."""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    """ISO 8601 as precise as known."""
    modified: str = ""
    source: str = ""
    language: str = ""
    """BCP 47, as declared."""
    pictures: tuple[Picture, ...] = ()
    truncated: str = ""
    """By what sign the text is held to be cut short."""


def addressed(found_at: str, own: str) -> str:
    """Where a page is from: where it was found on the web, else where it says itself; a file is found nowhere."""
    return found_at if found_at.startswith(("http://", "https://")) or not own else own


def titled(blocks: tuple[TextBlock, ...]) -> tuple[str, tuple[TextBlock, ...]]:
    """The title that the first block is, and the blocks behind it; no title where the first one does not look so."""
    if len(blocks) < 2 or blocks[0].kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING}:
        return "", blocks
    text = clean_line(blocks[0].text)
    fits = len(text) <= TITLE_CHARACTERS_MAX and any(map(str.isalpha, text))
    if blocks[0].kind is BlockKind.HEADING:
        return (text, blocks[1:]) if fits else ("", blocks)
    shorter = len(text) < max(len(block.text) for block in blocks[1:])
    return (text, blocks[1:]) if fits and shorter and not _SENTENCE_END.search(text) else ("", blocks)


def joined(lines: Iterable[str]) -> str:
    """The lines of one paragraph as one: between signs of scripts that write no spaces none is put."""
    pieces: list[str] = []
    for line in lines:
        if line and pieces:
            pieces.append("" if _WIDE.match(pieces[-1][-1]) and _WIDE.match(line) else " ")
        if line:
            pieces.append(line)
    return "".join(pieces)

"""A piece of HTML that is all content (a post, a message) as paragraphs with their links (decides)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from chronik.extract.burden import too_heavy
from chronik.extract.candidates import TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.tree import parsed
from chronik.model import BlockKind, Link

if TYPE_CHECKING:
    from chronik.extract.tree import Node

LINKS_MAX = 2_000
NODES_MAX = 200_000
DEPTH_MAX = 400

_PARTING_TAGS = "p div section article header footer blockquote ul ol li table tr h1 h2 h3 h4 h5 h6 pre hr figure"
_UNSHOWN_TAGS = "script style noscript template svg button select textarea iframe object head title"
_PARTING = frozenset(_PARTING_TAGS.split())
_UNSHOWN = frozenset(_UNSHOWN_TAGS.split())
_BREAK = "\n"
_KINDS = {"li": BlockKind.ITEM, "blockquote": BlockKind.QUOTE, "pre": BlockKind.CODE, "tr": BlockKind.ROW}
_BLANK_LINE = re.compile(r"(\n[^\S\n]*\n\s*)")
_LINE = re.compile(r"(\n\s*)")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Writer:
    """The blocks so far, and the pieces and links of the open one."""

    url: str
    lines: bool
    """Whether each line is a paragraph, as in posts; else two line breaks part paragraphs."""
    found: list[TextBlock] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    length: int = 0
    nodes: int = 0

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def close(self, kind: BlockKind, level: int) -> None:
        """End the open block."""
        raw = "".join(self.pieces)
        at = 0
        for part in (_LINE if self.lines else _BLANK_LINE).split(raw):
            block = self._block(raw, at, at + len(part), kind, level) if part.strip() else None
            if block is not None and block.text:
                self.found.append(block)
            at += len(part)
        self.pieces, self.links, self.length = [], [], 0

    def _block(self, raw: str, start: int, end: int, kind: BlockKind, level: int) -> TextBlock:
        links: list[Link] = []
        text, at = "", start
        for first, last, url in self.links:
            if start <= first < last <= end:
                before = clean_line(f"|{raw[at:first]}|")[1:-1]
                text = _appended(text, before)
                words = clean_line(raw[first:last])
                links.append(Link(start=len(text), end=len(text) + len(words), url=url))
                text, at = text + words, last
        text = _appended(text, clean_line(f"|{raw[at:end]}|")[1:-1]).rstrip()
        return TextBlock(
            text=text, kind=kind, level=level, links=tuple(link for link in links if link.end > link.start)
        )


def blocks(html: str, *, url: str = "", lines: bool = False) -> tuple[TextBlock, ...]:
    """The paragraphs of a piece of HTML; addresses are made absolute with `url`, `lines` makes each line one."""
    octets = html.encode("utf-8", "surrogatepass")
    if too_heavy(octets):
        return ()
    body = parsed(octets).body
    return node_blocks(body, url=url, lines=lines) if body is not None else ()


def node_blocks(node: Node, *, url: str = "", lines: bool = False) -> tuple[TextBlock, ...]:
    """The paragraphs within an element."""
    writer = _Writer(url=url, lines=lines)
    _walk(node, writer, depth=0)
    writer.close(BlockKind.PARAGRAPH, 0)
    return tuple(writer.found)


def _appended(text: str, more: str) -> str:
    return text + (more.lstrip() if not text or text.endswith(" ") else more)


def _walk(node: Node, writer: _Writer, *, depth: int) -> None:
    """Write what an element holds; elements nested deeper than the limit are left out."""
    if depth > DEPTH_MAX:
        return
    for child in node.iter(include_text=True):
        writer.nodes += 1
        if writer.nodes > NODES_MAX:
            return
        tag = child.tag
        if tag == "-text":
            writer.write(_SPACE.sub(" ", child.text(deep=False)))
        elif tag == "br":
            writer.write(_BREAK)
        elif tag in _PARTING:
            writer.close(BlockKind.PARAGRAPH, 0)
            _walk(child, writer, depth=depth + 1)
            writer.close(*_form(tag))
        elif tag not in _UNSHOWN:
            _inline(child, writer, depth=depth)


def _form(tag: str) -> tuple[BlockKind, int]:
    if tag[0] == "h" and tag[1:].isdecimal():
        return BlockKind.HEADING, int(tag[1:])
    kind = _KINDS.get(tag, BlockKind.PARAGRAPH)
    return kind, int(kind is BlockKind.ITEM)


def _inline(node: Node, writer: _Writer, *, depth: int) -> None:
    start = writer.length
    count = len(writer.found)
    _walk(node, writer, depth=depth + 1)
    address = _address(node, writer.url) if node.tag == "a" else ""
    if address and count == len(writer.found) and writer.length > start and len(writer.links) < LINKS_MAX:
        writer.links.append((start, writer.length, address))


def _address(node: Node, url: str) -> str:
    try:
        address = urljoin(url, (node.attributes.get("href") or "").strip())
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""

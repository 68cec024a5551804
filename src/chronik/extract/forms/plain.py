"""Plain text and Markdown as paragraphs (decides)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from chronik.extract import dates
from chronik.extract.candidates import TextBlock
from chronik.extract.encoding import clean, clean_line
from chronik.extract.forms.reading import BLOCKS_MAX, FormReading, joined, titled
from chronik.model import BlockKind, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LONG_LINE_CHARACTERS = 120
"""Lines beyond this are paragraphs of their own; shorter ones may be a paragraph broken to fit a window."""
FRONT_MATTER_LINES_MAX = 100
LINKS_MAX = 2_000

_FRONT_FIELD = re.compile(r"([A-Za-z_-]{1,30}):\s*(.*)")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"(=+|-+)\s*$")
_RULE = re.compile(r"\s*([-*_=~])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"(\s{0,12})(?:[-*+•‣▪–]|\d{1,3}[.)])\s+(?=\S)")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\((?:<)?([^\s()<>]{1,2000})(?:>)?(?:\s+\"[^\"]{0,500}\")?\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*_`]{1,1000}?)(?<=\S)\1")


def plain(text: str) -> FormReading:
    """The paragraphs of a text, with its first line as title where that looks like one."""
    title, blocks = titled(tuple(islice(_paragraphs(clean(text).split("\n")), BLOCKS_MAX + 1)))
    return FormReading(origin="plain text", title=title, blocks=blocks)


def markdown(text: str) -> FormReading:
    """The paragraphs, headings, lists, quotations and links of a Markdown text; its front matter gives the fields."""
    lines = clean(text).split("\n")
    fields, lines = _front_matter(lines)
    title, blocks = titled(tuple(islice(_elements(lines), BLOCKS_MAX + 1)))
    heading = blocks if not fields.get("title") else tuple(b for b in (*_as_block(title), *blocks))
    return FormReading(
        origin="markdown",
        title=fields.get("title") or title,
        authors=tuple(name for name in re.split(r"\s*[,;]\s*", fields.get("author", "").strip("[]")) if name),
        published=dates.moment(fields.get("date", "")),
        language=fields.get("lang") or fields.get("language", ""),
        url=address if (address := fields.get("url", "")).startswith(("http://", "https://")) else "",
        blocks=tuple(block for block in heading if block.text != fields.get("title")),
    )


def _as_block(title: str) -> Iterator[TextBlock]:
    if title:
        yield TextBlock(text=title, kind=BlockKind.HEADING, level=1)


def _paragraphs(lines: list[str]) -> Iterator[TextBlock]:
    """The paragraphs of a text: blank lines part them; where there are none, long lines are paragraphs."""
    written = [line for line in lines if line.strip()]
    unbroken = sum(len(line) > LONG_LINE_CHARACTERS for line in written) * 2 > len(written)
    pending: list[str] = []
    for line in [*lines, ""]:
        text = clean_line(line)
        if pending and (not text or unbroken or _ITEM.match(line)):
            yield _block(joined(pending))
            pending = []
        if text:
            pending.append(text)


def _block(text: str) -> TextBlock:
    item = _ITEM.match(text)
    if _RULE.match(text):
        return TextBlock(text="")
    if item and not text[: item.end()].strip().rstrip(".)").isdecimal():
        return TextBlock(text=text[item.end() :], kind=BlockKind.ITEM, level=1)
    return TextBlock(text=text)


def _front_matter(lines: list[str]) -> tuple[Mapping[str, str], list[str]]:
    """The fields at the head of a Markdown file, between two lines of three hyphens, and the lines behind them."""
    if not lines or lines[0].strip() != "---":
        return {}, lines
    for at, line in enumerate(lines[1:FRONT_MATTER_LINES_MAX], start=1):
        if line.strip() in {"---", "..."}:
            found = (_FRONT_FIELD.match(line) for line in lines[1:at])
            return {match[1].lower(): clean_line(match[2]).strip("\"'") for match in found if match}, lines[at + 1 :]
    return {}, lines


def _elements(lines: list[str]) -> Iterator[TextBlock]:
    """The blocks of a Markdown text."""
    pending: list[str] = []
    fenced = False
    for line in [*lines, ""]:
        if _FENCE.match(line):
            fenced = not fenced
            yield from _flushed(pending)
        elif fenced:
            if clean_line(line):
                yield TextBlock(text=clean_line(line), kind=BlockKind.CODE)
        elif len(pending) == 1 and _UNDERLINE.match(line):
            yield _inline(pending.pop(), BlockKind.HEADING, 1 if line.startswith("=") else 2)
        elif not line.strip() or _RULE.match(line):
            yield from _flushed(pending)
        elif heading := _HEADING.match(line):
            yield from _flushed(pending)
            yield _inline(heading[2], BlockKind.HEADING, len(heading[1]))
        else:
            starts = _ITEM.match(line) or (line.startswith(">") and not (pending and pending[0].startswith(">")))
            if starts:
                yield from _flushed(pending)
            pending.append(line)
    yield from _flushed(pending)


def _flushed(pending: list[str]) -> Iterator[TextBlock]:
    """The block that the pending lines make; they are pending no more."""
    if not pending:
        return
    first = pending[0]
    if first.startswith(">"):
        block = _inline(_together(line.lstrip("> ") for line in pending), BlockKind.QUOTE)
    elif item := _ITEM.match(first):
        level = 1 + len(item[1].expandtabs(4)) // 2
        block = _inline(_together([first[item.end() :], *pending[1:]]), BlockKind.ITEM, min(level, 6))
    else:
        block = _inline(_together(pending))
    pending.clear()
    if block.text:
        yield block


def _together(lines: Iterable[str]) -> str:
    return clean_line(" ".join(lines))


def _inline(text: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> TextBlock:
    """A block of Markdown text without its marks, with its links."""
    plain_text, links, at = "", [], 0
    for found in list(_LINK.finditer(text))[:LINKS_MAX]:
        plain_text += _unmarked(text[at : found.start()])
        at = found.end()
        if found[0].startswith("!"):
            continue
        words = _unmarked(found[1])
        if words and found[2].startswith(("http://", "https://")):
            links.append(Link(start=len(plain_text), end=len(plain_text) + len(words), url=found[2]))
        plain_text += words
    return TextBlock(text=(plain_text + _unmarked(text[at:])).rstrip(), kind=kind, level=level, links=tuple(links))


def _unmarked(text: str) -> str:
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))

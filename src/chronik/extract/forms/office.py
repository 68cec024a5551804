"""Documents of word processors (Office Open XML, OpenDocument) as paragraphs (decides).

Only the two or three files of the container that hold text and properties are unpacked, each within a limit.
"""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from chronik.extract import dates
from chronik.extract.candidates import TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.forms import foreign
from chronik.extract.forms.reading import BLOCKS_MAX, FormReading, titled
from chronik.extract.forms.stated import stated_day
from chronik.model import BlockKind, Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chronik.model import Page

ENTRIES_MAX = 10_000
ENTRY_BYTES_MAX = 32 * 2**20
"""Of one file of the container, unpacked."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ANNOTATION = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
_BLANKS = frozenset({f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr", f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"})
_PARAGRAPHS = frozenset({f"{_WORD}p", f"{_TEXT}p", f"{_TEXT}h"})
_UNSHOWN = frozenset(
    {_FALLBACK, _ANNOTATION, f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_WORD}del", f"{_WORD}instrText"}
)
_HEADINGS = ("heading", "title", "berschrift", "titre", "titel", "ttulo", "titolo", "nagłówek", "заголовок")
_END_OF_DIRECTORY = b"PK\x05\x06"
_KINDS = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "content.xml"),
    (b"word/document.xml", "word/document.xml"),
)
_OTHERS = (
    (b"mimetypeapplication/epub+zip", "application/epub+zip"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation"),
    (b"xl/workbook.xml", "application/vnd.ms-excel"),
    (b"ppt/presentation.xml", "application/vnd.ms-powerpoint"),
)


def document(page: Page) -> FormReading | Failure:
    """What a document says; another container is named and refused."""
    text_file = next((name for mark, name in _KINDS if mark in page.body), "")
    if not text_file:
        return foreign.refusal(next((kind for mark, kind in _OTHERS if mark in page.body), "application/zip"))
    if _entries(page.body) > ENTRIES_MAX:
        detail = f"The document holds more than {ENTRIES_MAX:,} files, the limit."
        return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
    try:
        with zipfile.ZipFile(BytesIO(page.body)) as container:
            content = _unpacked(container, text_file)
            properties = _unpacked(container, "meta.xml" if text_file == "content.xml" else "docProps/core.xml")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return Failure(kind=FailureKind.UNREADABLE, detail="The document is damaged or encrypted.")
    if content is None or properties is None:
        detail = f"The document's text is larger than {ENTRY_BYTES_MAX // 2**20} MiB, the limit."
        return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
    return _reading(content, properties, is_word=text_file != "content.xml")


def _entries(body: bytes) -> int:
    """How many files the container says it holds."""
    at = body.rfind(_END_OF_DIRECTORY)
    return int(struct.unpack_from("<H", body, at + 10)[0]) if 0 <= at <= len(body) - 12 else 0


def _unpacked(container: zipfile.ZipFile, name: str) -> bytes | None:
    """One file of the container; empty where there is none, None where it exceeds the limit."""
    try:
        with container.open(name) as file:
            data = file.read(ENTRY_BYTES_MAX + 1)
    except KeyError:
        return b""
    return data if len(data) <= ENTRY_BYTES_MAX else None


def _reading(content: bytes, properties: bytes, *, is_word: bool) -> FormReading | Failure:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
        facts = etree.fromstring(properties, parser) if properties.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        return Failure(kind=FailureKind.UNREADABLE, detail="The document's text is damaged.")
    if root is None:
        return Failure(kind=FailureKind.UNREADABLE, detail="The document's text is damaged.")
    blocks = tuple(islice(_blocks(root, is_word=is_word), BLOCKS_MAX + 1))
    stated = (
        {etree.QName(each).localname: clean_line(each.text or "") for each in facts.iter("*")}
        if facts is not None
        else {}
    )
    text = "\n".join(block.text for block in blocks[:100])
    title, rest = titled(blocks)
    own = stated.get("title", "")
    if own and own.casefold() in text.casefold():
        title, rest = own, tuple(block for block in blocks if block.text != own)
    return FormReading(
        origin="office document",
        title=title,
        authors=_authors(stated, text),
        published=stated_day(text, dates.moment(stated.get("created") or stated.get("creation-date", ""))),
        language=stated.get("language", ""),
        blocks=rest,
    )


def _authors(stated: Mapping[str, str], text: str) -> tuple[str, ...]:
    """Who is said to have made the document, where its text names that person too."""
    name = stated.get("creator") or stated.get("initial-creator", "")
    return (name,) if " " in name and name in text else ()


def _blocks(root: etree._Element, *, is_word: bool) -> Iterator[TextBlock]:
    """The paragraphs, headings, list items and table rows in order."""
    row = f"{_WORD}tr" if is_word else f"{_TABLE}table-row"
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == row:
            cells = (_words(cell) for cell in element)
            yield TextBlock(text=clean_line(" ".join(cell for cell in cells if cell)), kind=BlockKind.ROW)
        elif element.tag in _PARAGRAPHS:
            block = _paragraph(element)
            if block.text:
                yield block
        elif element.tag not in _UNSHOWN:
            waiting += list(element)[::-1]


def _paragraph(element: etree._Element) -> TextBlock:
    text = clean_line(_words(element))
    level = element.get(f"{_TEXT}outline-level") or ""
    style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
    name = str(style.get(f"{_WORD}val") or "").lower() if style is not None else ""
    if element.tag == f"{_TEXT}h" or any(word in name for word in _HEADINGS):
        digit = level or name[-1:]
        return TextBlock(text=text, kind=BlockKind.HEADING, level=min(int(digit), 6) if digit in set("123456") else 1)
    parent = element.getparent()
    listed = element.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    if listed or (parent is not None and parent.tag == f"{_TEXT}list-item"):
        return TextBlock(text=text, kind=BlockKind.ITEM, level=1)
    return TextBlock(text=text)


def _words(element: etree._Element) -> str:
    """The text within an element, without what is deleted or noted; a blank behind each paragraph within it."""
    pieces: list[str] = []
    waiting: list[etree._Element | str] = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            pieces.append(each)
        elif each.tag in _BLANKS:
            pieces.append(" ")
        elif each.tag not in _UNSHOWN and isinstance(each.tag, str):
            inner: list[etree._Element | str] = [each.text or ""]
            for child in each:
                inner += [child, child.tail or ""]
            inner += [" "] if each.tag in _PARAGRAPHS else []
            waiting += inner[::-1]
    return "".join(pieces)

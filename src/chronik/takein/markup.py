"""Wraps lxml: what the tags of a foreign file say, with entities, network and depth closed off. Decides."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html.entities import name2codepoint
from typing import TYPE_CHECKING, Any

from lxml import etree

from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Mapping


_NAMED_BY_XML = frozenset({"lt", "gt", "amp", "quot", "apos"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One element: its name and its attributes, both in lower case."""

    name: str
    line: int
    attributes: Mapping[str, str]


def xml_tags(data: bytes) -> tuple[Tag, ...]:
    """Every element of an XML document in order, the root first; raises RefusedInputError where it is no XML."""
    try:
        root = etree.fromstring(data, _xml_parser(recover=False))
    except etree.XMLSyntaxError as error:
        raise RefusedInputError(f"no valid XML: {error.msg}") from None
    return _tags(_without_entities(root))


def mended_xml_tags(data: bytes) -> tuple[Tag, ...]:
    """Every element that can be had of a document with mistakes; raises RefusedInputError where there is none.

    An ampersand that means nothing stands for itself, the named characters of HTML for theirs.
    """
    mended = _REFERENCE.sub(_character, data.removeprefix(codecs.BOM_UTF8).lstrip())
    try:
        root = etree.fromstring(mended, _xml_parser(recover=True))
    except etree.XMLSyntaxError as error:
        raise RefusedInputError(f"no XML at all: {error.msg}") from None
    if root is None:
        raise RefusedInputError("no XML at all")
    return _tags(_without_entities(root))


def _xml_parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover)


def _without_entities(root: etree._Element) -> etree._Element:
    document_type: Any = root.getroottree().docinfo.internalDTD
    if document_type is not None and document_type.entities():
        raise RefusedInputError("it declares entities of its own, which no such file needs")
    return root


_REFERENCE = re.compile(rb"&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")


def _character(match: re.Match[bytes]) -> bytes:
    name = (match[1] or b"").decode()
    if name.startswith("#") or name in _NAMED_BY_XML:
        return match[0]
    number = name2codepoint.get(name)
    return b"&#%d;" % number if number else b"&amp;" + match[0][1:]


def html_tags(data: bytes) -> tuple[Tag, ...]:
    """Every element of a page in order, as well as a page with mistakes can be read."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return ()
    return () if root is None else _tags(root)


def _tags(root: etree._Element) -> tuple[Tag, ...]:
    return tuple(
        Tag(
            name=str(element.tag).rpartition("}")[2].lower(),
            line=_line(element),
            attributes={str(name).lower(): str(value) for name, value in element.attrib.items()},
        )
        for element in root.iter(etree.Element)
    )


def _line(element: etree._Element) -> int:
    """Line on which an element begins, 0 where the library does not know."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0

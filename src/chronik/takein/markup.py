"""Wraps lxml: what the tags of a foreign file say, with entities, network and depth closed off. Decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One element: its name and its attributes, both in lower case."""

    name: str
    line: int
    attributes: Mapping[str, str]


def xml_tags(data: bytes) -> tuple[Tag, ...]:
    """Every element of an XML document in order, the root first; raises RefusedInputError where it is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedInputError(f"no valid XML: {error.msg}") from None
    document_type: Any = root.getroottree().docinfo.internalDTD
    if document_type is not None and document_type.entities():
        raise RefusedInputError("it declares entities of its own, which no such file needs")
    return _tags(root)


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

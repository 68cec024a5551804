"""What a published page shows of each clip, to be held against `dossier.json`. Decides; wraps lxml for our own pages.

The pages may have been changed by anybody, so nothing is taken for granted but limits of size and depth.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from chronik.model import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE_BYTES_MAX = 2**26
_UNSEEN = frozenset({"Cc", "Cn", "Cs"})
"""Categories of signs that a page cannot carry, or not everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one clip."""

    title: str
    credit: str
    passage: str

    def differing(self, other: Words) -> list[str]:
        """In what two differ, white space and signs that nobody sees aside."""
        return [name for name in self.__slots__ if _seen(getattr(self, name)) != _seen(getattr(other, name))]


def expected(clip: Mapping[str, str]) -> Words:
    """What a page must show of a clip of `dossier.json`."""
    return Words(title=clip["title"], credit=clip["credit"], passage="\n".join(paragraphs(clip["excerpt"])))


def shown(page: bytes) -> list[tuple[str, Words]]:
    """Name (of its anchor; empty where it has none) and words of each clip on a page, in order."""
    if len(page) > PAGE_BYTES_MAX:
        return []
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = etree.fromstring(page.replace(b"\0", b""), parser) if page.strip(b"\0 \t\r\n") else None
    if root is None:
        return []
    return [
        ((one.get("id") or "").removeprefix("c-"), _words(one))
        for one in _outermost(root, "article")
        if "clip" in (one.get("class") or "").split()
    ]


def _words(article: etree._Element) -> Words:
    heading = next(article.iter("h1", "h2", "h3"), None)
    untitled = heading is None or "untitled" in (heading.get("class") or "").split()
    credit = next((one for one in article.iter("span") if one.get("class") == "credit"), None)
    credited = next(credit.iter("bdi"), None) if credit is not None else None
    return Words(
        title="" if untitled or heading is None else _text(heading),
        credit="" if credited is None else _text(credited),
        passage="\n".join(_text(quote) for quote in _outermost(article, "blockquote")),
    )


def _outermost(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Elements of this kind that lie in no other of it: nothing is read twice, however deep a page is built."""
    return (one for one in root.iter(tag) if next(one.iterancestors(tag), None) is None)


def _text(element: etree._Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for piece in element.itertext():
        yield str(piece)


def _seen(text: str) -> str:
    """The signs that readers see, in one run."""
    return "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in _UNSEEN)

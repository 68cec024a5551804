"""What readers hand to the decider (decides): candidates for each field, with their origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.model import BlockKind

if TYPE_CHECKING:
    from chronik.model import Alternate, Link, Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value that a reader found for a field."""

    value: str
    origin: str
    """Which reader or which declaration it comes from: `json-ld`, `og:title`, `trafilatura`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names that a page gives as its authors."""

    values: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a page declares about itself, the most trustworthy first in each field. Values as they stand there."""

    titles: tuple[Candidate, ...] = ()
    authors: tuple[Names, ...] = ()
    published: tuple[Candidate, ...] = ()
    modified: tuple[Candidate, ...] = ()
    canonical: tuple[Candidate, ...] = ()
    sources: tuple[Candidate, ...] = ()
    languages: tuple[Candidate, ...] = ()
    paywalled: bool | None = None
    types: frozenset[str] = frozenset()
    """The schema.org and OpenGraph types under which the page presents itself, lower case."""
    bodies: tuple[Candidate, ...] = ()
    """Whole article texts that stand in structured data."""
    amp_url: str = ""
    alternates: tuple[Alternate, ...] = ()
    """The same article in other languages (`link rel=alternate hreflang`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """One paragraph of a body, in its form."""

    text: str
    """In one line; a row's cells are separated by a space."""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """As in `model.Block`."""
    links: tuple[Link, ...] = ()
    """Their offsets count within this block's text; their addresses are absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The article's text as one reader found it."""

    blocks: tuple[TextBlock, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """`before` counts the blocks of this body."""
    origin: str
    """Reader and version."""
    trusted: bool = True
    """False where the reader itself holds its finding for doubtful: another one is asked too."""

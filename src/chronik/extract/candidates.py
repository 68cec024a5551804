"""What readers hand to the decider (decides): candidates for each field, with their origin."""

from __future__ import annotations

from dataclasses import dataclass


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

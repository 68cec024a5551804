"""What a reading process can be given (decides nothing; loads no parser, for who gives it out need not)."""

from __future__ import annotations

from dataclasses import dataclass

from chronik.model import Article, Page

ENTRY_READER = "chronik: feed"
"""Part of the id of every reading of an entry: a new version of the program reads the same text as the same article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text that a feed gives of a page, as it stands there."""

    text: str
    characters_min: int
    """Of what is left of it without markup; a shorter text is a teaser."""
    is_markup: bool | None = None
    base: str = ""
    """From where its relative addresses are resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryText:
    """A feed's entry that may say something at length."""

    head: Article
    """Everything but the text; its authors are bylines as the feed gives them, its language what the feed declares."""
    said: tuple[Said, ...]
    """The best first."""


Work = Page | EntryText | Article
"""A page to be read, an entry of a feed to be read, an article in whose text names and so on are to be found."""

"""What a reader made of a page beyond its text: its form, and what stands where in it.

All places are offsets in characters (Unicode code points) of `Article.text`, the end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ArticleKind(StrEnum):
    """What was read."""

    ARTICLE = "article"
    LIVE_BLOG = "live-blog"
    GALLERY = "gallery"
    VIDEO = "video"
    AUDIO = "audio"
    POST = "post"
    """A post of a network: Mastodon, Telegram."""
    DOCUMENT = "document"
    """A PDF file, or plain text."""
    SUBTITLES = "subtitles"
    FEED_ENTRY = "feed-entry"
    """What a feed said of a page; the page itself may say more."""


class BlockKind(StrEnum):
    """What a paragraph of the text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The form of one paragraph of the text."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """Of a heading 1 to 6, of a list item how deep its list lies, from 1; else 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words of the text that lead to another page."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the article."""

    url: str
    caption: str = ""
    credit: str = ""
    before: int = 0
    """How many paragraphs of the text stand before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same article elsewhere: in another language, or in a form for telephones."""

    url: str
    language: str = ""
    """BCP 47, or empty where it is another form in the same language."""


class NameKind(StrEnum):
    """What a name is the name of."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in the text."""

    start: int
    end: int
    kind: NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody is quoted or reported to have said."""

    start: int
    end: int
    """The words said, without quotation marks."""
    quoted: bool
    """Word for word, in quotation marks; else reported in the paper's own words."""
    speaker: Span | None = None
    cue: Span | None = None
    """The word that says that somebody said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date that the text names."""

    start: int
    end: int
    date: str
    """ISO 8601 as precise as named: a year, a month or a day; two with a slash between are an interval."""
    relative: bool = False
    """Told from the day of publication: "yesterday", "on Tuesday"."""

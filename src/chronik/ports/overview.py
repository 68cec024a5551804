"""The part of the socket `Catalogue` that a dossier's overview needs: many rows with little in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from chronik.model import StoryLink


class Belonging(NamedTuple):
    """A placed report that belongs to a dossier: suggested and not refused, or of a story that a clip is of.

    A named tuple, as there are tens of thousands of them on one page.
    """

    report: str
    article: str
    """The version that is shown."""
    story: str
    copy_of: str
    """Id of the report that it copies, or empty."""
    language: str
    source_id: str
    credit: str
    """The source as credited."""
    published: str
    """ISO 8601 as precise as known, or empty."""
    captured_at: datetime | None


class Clipped(NamedTuple):
    """What an overview counts of a clip."""

    clip: str
    article: str
    """Id of the reading that it was clipped from, or empty."""
    report: str
    """The report that its page was placed as, or empty."""
    story: str
    copy_of: str
    language: str
    source_id: str
    credit: str
    published: str
    happened: date | None
    captured_at: datetime | None
    excerpt: str
    start: int
    """Where the passage stands in the article's text; -1 where nobody knows."""
    end: int


class Saying(NamedTuple):
    """A statement word for word in a text."""

    start: int
    end: int
    speaker: str
    """As the text names who speaks, or empty."""
    words: int


class Heard(NamedTuple):
    """What was found in an article's text."""

    sayings: tuple[Saying, ...]
    """Word for word only."""
    places: tuple[str, ...]
    """Names of places as the text has them, once for each mention."""


class OverviewCatalogue(Protocol):
    """What an overview asks for; each method takes the same number of questions however much there is."""

    def belonging(self, dossier: str, *, limit: int) -> list[Belonging]:
        """Reports that belong to a dossier, without those that an editor refused, the likeliest first."""
        ...

    def clipped(self, dossier: str, *, limit: int) -> list[Clipped]:
        """The clips of a dossier that were not removed, the last clipped first."""
        ...

    def heard(self, articles: Iterable[str]) -> dict[str, Heard]:
        """What was found in these articles; takes a question for some hundreds of them."""
        ...

    def links_within(self, stories: Iterable[str]) -> list[StoryLink]:
        """Which of these stories goes on from which, editors' words included; takes as many questions as `heard`."""
        ...

"""The part of the socket `Catalogue` that a dossier's overview needs: many rows with little in each.

They are given by column: there are tens of thousands of them on one page, and a list of texts costs far less than as
many objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from chronik.model import StoryLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Placed reports that belong to a dossier: suggested and not refused, or of a story that a clip is of."""

    reports: Sequence[str]
    articles: Sequence[str]
    """Ids of the versions that are shown."""
    stories: Sequence[str]
    copies_of: Sequence[str]
    """Ids of the reports that they copy, or empty."""
    languages: Sequence[str]
    source_ids: Sequence[str]
    credits: Sequence[str]
    """The sources as credited."""
    published: Sequence[str]
    """ISO 8601 as precise as known, or empty."""
    captured_at: Sequence[datetime | None]
    """Empty where nobody asked."""


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
    """Where the passage, or the first of several, stands in the article's text; -1 where nobody knows."""
    end: int
    further: tuple[tuple[int, int], ...] = ()
    """Where the other passages stand."""


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

    def belonging(self, dossier: str, *, limit: int, captured: bool = False) -> Belonging:
        """Reports that belong to a dossier, without those that an editor refused."""
        ...

    def clipped(self, dossier: str, *, limit: int, captured: bool = False) -> list[Clipped]:
        """The clips of a dossier that were not removed, the last clipped first."""
        ...

    def heard(self, articles: Iterable[str]) -> dict[str, Heard]:
        """What was found in these articles; takes a question for some hundreds of them."""
        ...

    def links_within(self, stories: Iterable[str]) -> list[StoryLink]:
        """Which of these stories goes on from which, editors' words included; takes as many questions as `heard`."""
        ...

"""The part of the socket `Catalogue` that pages about stories need: many things of one kind in one question each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from chronik.model import Act, Clip, Judgement
    from chronik.ports.relating import Side, StoryHead, StoryReport, SuggestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a report stands, without what was read in it."""

    report: str
    article: str
    """The version that is shown."""
    story: str
    number: int
    """Grows from report to report in the order of placing."""
    when: datetime
    copy_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Who speaks in an article: its source, and whom it quotes."""

    language: str
    source: str
    """As credited."""
    source_id: str
    speakers: tuple[str, ...] = ()
    """As the text names them, once for each statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An act by which an editor said something of stories, and whether it still holds."""

    act: Act
    standing: bool
    undone: Act | None = None
    """The act that took it back."""


class LookingUpCatalogue(Protocol):
    """What pages ask for by the hundred. Each method takes as many questions as it is asked of hundreds of ids."""

    def spots(self, identities: Iterable[str]) -> dict[str, Spot]:
        """Placed reports by what they were asked by: their own ids, or those of the articles that are shown."""
        ...

    def spots_in(self, stories: Iterable[str]) -> dict[str, Spot]:
        """Every placed report of these stories, by its id."""
        ...

    def voices(self, articles: Iterable[str]) -> dict[str, Voices]:
        """Who speaks in these articles; unknown ones are left out."""
        ...

    def clips_by_id(self, ids: Iterable[str]) -> dict[str, Clip]:
        """Clips that were not removed; unknown ones are left out."""
        ...

    def story_heads(self, stories: Iterable[str]) -> dict[str, StoryHead]:
        """Stories by their ids, former ones left out."""
        ...

    def story_reports(self, reports: Iterable[str]) -> dict[str, StoryReport]:
        """Placed reports by their ids."""
        ...

    def proposed_scores(self, dossier: str, *, state: SuggestionState, limit: int) -> dict[str, float]:
        """Report → score of what `proposed` gives, without the rest."""
        ...

    def judgements_on(self, reports: Iterable[str], *, limit: int = 200) -> list[Judgement]:
        """What machines judged of these reports and others outside of them, best first."""
        ...

    def said_on(self, reports: Iterable[str], *, limit: int = 100) -> list[Said]:
        """What editors said of these reports, taken back or not, latest first."""
        ...

    def sides_on(self, articles: Iterable[str]) -> list[Side]:
        """The sides of every dossier that has a clip of one of these articles, by dossier."""
        ...

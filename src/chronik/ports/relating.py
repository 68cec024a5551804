"""The part of the socket `Catalogue` that relating needs: places of reports, stories, words, suggestions.

A report is a page as relating knows it, whatever versions of it come: its id is that of the article by which it was
placed first, and stays. `Relation.article` is the version that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from chronik.model import UNDETERMINED
from chronik.ports.looking_up import LookingUpCatalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from chronik.model import Act, Article, Judgement, Placement, Reason, StoryLink, Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReport:
    """An article that relating has not been at yet."""

    article: Article
    report: str
    """Id under which it is placed: its own, or that of the earlier version whose place it takes."""
    when: datetime
    """Published, or taken in where that is unknown."""
    placed: bool = False
    """An earlier version was placed: this one takes over its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """What relating read in an article."""

    traits: bytes = b""
    vector: bytes = b""
    """Half-precision numbers, little-endian; empty without encoder."""
    encoder: str = ""
    """What made the vector."""
    credits: tuple[str, ...] = ()
    """Agencies that its text credits."""
    agency: str = ""
    """The agency whose own text it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptGist:
    """What is kept of a story so that later ones find it."""

    story: str
    first_at: datetime
    last_at: datetime
    keys: tuple[int, ...]
    """What it is found by: numbers below 2^63."""
    content: bytes
    vector: bytes = b""
    encoder: str = ""
    """What made the vector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWord:
    """What an editor said of one story going on from another."""

    earlier: str
    later: str
    goes_on: bool
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """What relating found out about one article."""

    due: DueReport
    traced: Traced
    placement: Placement | None
    """None where it takes over a place."""
    gist: KeptGist | None = None
    """Of its story, where that has grown: then what the placement says that it follows is all that it does."""
    weighed: bytes = b""
    """What placing knew of it then, so that it can be put back quickly (`relate.keeping`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A placed report, as the catalogue keeps it."""

    report: str
    article: str
    number: int
    """Grows from report to report in the order of placing."""
    when: datetime
    traced: Traced
    placement: Placement
    """Without judgements; its story is the one it is in now, editors' words included."""
    weighed: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What tells whether somebody else placed a report or said a word meanwhile."""

    placed: int
    """The highest number of a relation."""
    said: tuple[int, int]
    """The highest number of a word, and how many are withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead:
    """What a list shows of a story."""

    id: str
    title: str
    """Of its first report."""
    language: str
    """Of the title."""
    article: str
    """Id of the first report's article."""
    first_at: datetime
    last_at: datetime
    reports: int
    origins: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReport:
    """One report of a story, and why it is there."""

    report: str
    article: str
    title: str
    url: str
    language: str = UNDETERMINED
    source: str = ""
    source_id: str = ""
    published: str = ""
    when: datetime
    score: float = 1.0
    certain: bool = False
    anchor: str = ""
    """The report that it was judged to go with; empty for the first."""
    copy_of: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeStory:
    """A story with its reports and the stories around it."""

    head: StoryHead
    reports: tuple[StoryReport, ...]
    """Oldest first."""
    earlier: tuple[StoryLink, ...] = ()
    """Links to stories that it goes on from."""
    later: tuple[StoryLink, ...] = ()


class SuggestionState(StrEnum):
    """What an editor did with a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A suggestion and what became of it."""

    suggestion: Suggestion
    """Its article is the id of the version that is shown."""
    report: str
    state: SuggestionState = SuggestionState.OPEN
    story: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggesting:
    """How far suggesting has come for a dossier."""

    number: int = 0
    """The highest number of a relation that was looked at."""
    knew: str = ""
    """Digest of what was known of the dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party of a dossier: whose sources and speakers count as one."""

    dossier: str
    key: str
    """Short name, one of its kind in the dossier."""
    names: Mapping[str, str]
    """Language → name."""
    sources: tuple[str, ...] = ()
    """Ids of sources, or names as they are credited."""
    speakers: tuple[str, ...] = ()
    """Persons and bodies, in any spelling."""
    words: tuple[str, ...] = ()
    """Its country or party: whoever is introduced with such a word speaks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """What an editor says of spellings: that they name one entity, or that two name different ones."""

    number: int
    spellings: tuple[str, ...]
    same: bool = True
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryQuery:
    """Which stories a list shows, latest first."""

    since: datetime | None = None
    until: datetime | None = None
    language: str = ""
    """Told in this language, among others."""
    dossier: str = ""
    """With a clip in this dossier."""
    reports_min: int = 1
    limit: int = 50
    offset: int = 0


class RelatingCatalogue(LookingUpCatalogue, Protocol):
    """What we know of stories, in SQL. Every method is one transaction; each may be repeated without harm."""

    # Placing
    def unrelated(self, *, limit: int) -> list[DueReport]:
        """Shown articles that relating has not been at, oldest first."""
        ...

    def record_related(self, related: Sequence[Related], *, at: datetime) -> None:
        """Keep places, judgements, stories and marks together.

        A report goes where its anchor is now; what editors said of it is applied.
        """
        ...

    def relations(self, begin: datetime, end: datetime, *, after: int = 0) -> Iterator[Relation]:
        """Placed reports from `begin` until before `end` whose number is above `after`, in the order of placing."""
        ...

    def latest_relations(self, *, after: int = 0, limit: int) -> list[Relation]:
        """The last placed whose number is above `after`, in the order of placing."""
        ...

    def relation(self, identity: str) -> Relation | None:
        """A placed report by its id, or by the id of one of its articles."""
        ...

    def traced(self, reports: Iterable[str]) -> dict[str, Traced]:
        """What relating read in these reports when it was last there."""
        ...

    def span(self) -> tuple[datetime, datetime] | None:
        """Times of the earliest and of the latest placed report."""
        ...

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        """Articles by their ids; unknown ones are left out."""
        ...

    def marks(self) -> Marks:
        """What changes when somebody places a report or says a word."""
        ...

    def forget_places(self) -> int:
        """Every report is due again, what was read in it is kept, and so are editors' words; how many there are."""
        ...

    # Stories of months and years ago
    def gists_holding(self, keys: Iterable[int], *, limit: int) -> dict[int, list[int]]:
        """Key → numbers of the gists that have it, the latest first, `limit` a key at most."""
        ...

    def gist_count(self) -> int:
        """About how many gists there are."""
        ...

    def gists(self, numbers: Sequence[int], *, ended: datetime, begun: datetime) -> list[KeptGist]:
        """Gists in the order given, of stories that had ended by `ended` or began after `begun`."""
        ...

    def say_link(self, word: LinkWord, act: Act) -> None:
        """Keep what an editor said of a link; the last word on two stories counts."""
        ...

    def unsay_link(self, said: str, act: Act) -> int:
        """Take back the words on links of the act with this id; how many there were."""
        ...

    # Judgements and words
    def judgements(self, report: str) -> list[Judgement]:
        """What machines judged about a report and others, best first."""
        ...

    def words(self) -> list[Judgement]:
        """What editors said and did not take back, in the order of saying."""
        ...

    def say(self, words: Sequence[Judgement], act: Act) -> None:
        """Keep what an editor said, and derive the stories that it touches anew."""
        ...

    def unsay(self, said: str, act: Act) -> int:
        """Take back the words of the act with this id; how many there were."""
        ...

    # Stories
    def stories(self, query: StoryQuery) -> list[StoryHead]:
        """Stories, the one with the latest report first."""
        ...

    def story(self, identity: str) -> WholeStory | None:
        """A story by its id, a former id, or an unambiguous beginning of 8 characters or more."""
        ...

    def story_now(self, identity: str) -> str:
        """The id under which a story is now found; empty where there is none."""
        ...

    # Suggestions
    def suggesting(self, dossier: str) -> Suggesting:
        """How far suggesting has come for this dossier."""
        ...

    def record_suggestions(
        self, dossier: str, suggestions: Iterable[Suggestion], *, seen: Suggesting, anew: bool, at: datetime
    ) -> None:
        """Keep suggestions, their articles given as reports; `anew` drops the open ones of before.

        What an editor decided stays.
        """
        ...

    def proposed(
        self, dossier: str, *, state: SuggestionState = SuggestionState.OPEN, limit: int = 200
    ) -> list[Proposed]:
        """Suggestions in this state, best first; of the open ones those that are not clipped in the dossier."""
        ...

    def decide(self, dossier: str, reports: Sequence[str], *, state: SuggestionState, act: Act) -> None:
        """Keep what an editor did with these suggestions, made or not. Raises NotFoundError for unknown ones."""
        ...

    def suggestion_states(self, dossier: str, reports: Iterable[str]) -> dict[str, SuggestionState]:
        """The states of these reports' suggestions, as far as there are any."""
        ...

    # Sides and spellings
    def sides(self, dossier: str) -> list[Side]:
        """The sides of a dossier, in the order in which they were defined."""
        ...

    def put_side(self, side: Side, act: Act) -> None:
        """Define a side, or define it anew. Raises NotFoundError without dossier."""
        ...

    def remove_side(self, dossier: str, key: str, *, act: Act) -> None:
        """Raises NotFoundError."""
        ...

    def spellings(self) -> list[Spellings]:
        """What editors said of spellings, in the order of saying."""
        ...

    def add_spellings(self, spellings: Sequence[str], *, same: bool, act: Act) -> Spellings:
        """Keep what an editor says of spellings."""
        ...

    def remove_spellings(self, number: int, act: Act) -> None:
        """Take it back. Raises NotFoundError."""
        ...

    def restore_spellings(self, number: int, act: Act) -> None:
        """Say it again as it was. Raises NotFoundError."""
        ...

    # Acts, and what waits
    def act(self, act_id: str) -> Act | None:
        """One act by its id or an unambiguous beginning of it (8 characters or more)."""
        ...

    def record_waiting(self, step: str, reason: str, *, at: datetime) -> None:
        """Keep why a step cannot go on, for `status`; an empty reason says that it goes on."""
        ...

"""What tells the same story, and what belongs where: judgements with their reasons, derived stories, suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.model.identity import UNDETERMINED, content_id

if TYPE_CHECKING:
    from datetime import datetime


class Verdict(StrEnum):
    """Whether two reports tell of one happening."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class ReasonKind(StrEnum):
    """What speaks for or against it."""

    COPY = "copy"
    """The texts have this share of their words in common: 0 to 1."""
    VECTORS = "vectors"
    """Cosine of the two sentence vectors: -1 to 1."""
    NAMES = "names"
    NUMBERS = "numbers"
    DATES = "dates"
    PLACES = "places"
    WORDS = "words"
    HOURS_APART = "hours-apart"
    OTHER_NAMES = "other-names"
    """Each names somebody whom the other does not."""
    OTHER_NUMBERS = "other-numbers"
    OTHER_PLACES = "other-places"
    OTHER_DATES = "other-dates"
    SAME_SOURCE = "same-source"
    DOSSIER_NAMES = "dossier-names"
    """Words of the dossier's names or introductions."""
    LIKE_CLIPS = "like-clips"
    """Near to what was clipped before; the value is the cosine to the nearest clip."""
    LIKE_REFUSED = "like-refused"
    IN_STORY = "in-story"
    """The dossier holds another report of this story."""
    EDITOR = "editor"
    """Somebody said so; the words are the user's name."""


REASONS_SHARED = (ReasonKind.NAMES, ReasonKind.NUMBERS, ReasonKind.PLACES, ReasonKind.DATES)
"""What both have: told together."""
REASONS_OTHER = (ReasonKind.OTHER_NAMES, ReasonKind.OTHER_NUMBERS, ReasonKind.OTHER_PLACES, ReasonKind.OTHER_DATES)
"""What one has and the other has not."""
REASONS_IN_ORDER = (
    ReasonKind.EDITOR,
    ReasonKind.COPY,
    ReasonKind.HOURS_APART,
    ReasonKind.IN_STORY,
    ReasonKind.DOSSIER_NAMES,
    *REASONS_SHARED,
    ReasonKind.VECTORS,
    ReasonKind.WORDS,
    ReasonKind.LIKE_CLIPS,
    ReasonKind.SAME_SOURCE,
    *REASONS_OTHER,
    ReasonKind.LIKE_REFUSED,
)
"""As people are told them: who said so, time, what is shared, what else speaks for it, what against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that speaks for or against, ready to be put in words."""

    kind: ReasonKind
    words: tuple[str, ...] = ()
    """Verbatim from the texts; two spellings of one name are joined by a slash: `Stepanakert/Степанакерт`."""
    value: float | None = None
    weight: float = 0.0
    """How much it moved the score, in log-odds; negative speaks against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article as relating sees it; it may have a headline only."""

    id: str
    title: str
    text: str = ""
    language: str = UNDETERMINED
    published: datetime | None = None
    """Aware, in UTC."""
    source: str = ""
    """Name or id of who speaks."""
    names: tuple[str, ...] = ()
    """Names that a reader found in the text, as written there; relating looks for itself too."""
    dates: tuple[str, ...] = ()
    """Days, months and years that the text names, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether two reports tell of one happening, with score and reasons. An editor's word beats a machine's."""

    first: str
    second: str
    """Ids; `first` sorts before `second`."""
    verdict: Verdict
    score: float
    """Probability that they do, 0 to 1; an editor's is 0 or 1."""
    reasons: tuple[Reason, ...] = ()
    made_by: str = ""
    """Name and version of what judged, or the editor's user name."""
    by_editor: bool = False
    judged_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a report was placed when it came."""

    report: str
    story: str
    score: float
    """Probability that it belongs to the story; 1 where it is the story's first."""
    anchor: str = ""
    """Id of the report it was judged to go with; empty where it began a story."""
    certain: bool = False
    """Sure enough to be shown as certain; not said of a story's first, where nothing was judged."""
    copy_of: str = ""
    """Id of the earliest report, or the agency's, that it copies; empty where it is an origin of its own."""
    original_of: tuple[str, ...] = ()
    """Ids of earlier reports that turn out to be copies of this one: it is the agency's own text."""
    reasons: tuple[Reason, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    """On its neighbours in time, best first, doubtful ones included."""
    follows: tuple[StoryLink, ...] = ()
    """Earlier stories that a newly begun one goes on from."""
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """A later story goes on from an earlier one."""

    earlier: str
    later: str
    score: float
    reasons: tuple[Reason, ...] = ()
    made_by: str = ""
    by_editor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles, in any language, that report one happening."""

    id: str
    members: tuple[str, ...]
    """Ids of reports, earliest placed first."""
    origins: int = 1
    """Independent origins: copies count once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An article that seems to belong to a dossier."""

    dossier: str
    article: str
    score: float
    """0 to 1; comparable within one dossier."""
    reasons: tuple[Reason, ...] = ()


def story_id(founder: str) -> str:
    """Identity of the story that this report begins: the same on every machine."""
    return content_id({"story": founder})

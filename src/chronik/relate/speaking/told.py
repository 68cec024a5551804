"""The values of accounts: reports with what is said in them, sides, and the statements side by side (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.model import Mention, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report with what a reader found in it; all places are offsets in `text`."""

    article: str
    """Id."""
    text: str
    title: str = ""
    language: str = UNDETERMINED
    published: datetime | None = None
    credit: str = ""
    """The source as it is credited."""
    source_id: str = ""
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party, as editors define it."""

    name: str
    sources: frozenset[str] = frozenset()
    """Ids or credits of sources that speak for it."""
    speakers: tuple[str, ...] = ()
    """Persons and bodies that speak for it, in any spelling."""
    words: tuple[str, ...] = ()
    """Its country or party: whoever is introduced with such a word (`the Armenian minister`) speaks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the same words stand again, or nearly the same."""

    article: str
    start: int
    end: int
    credit: str
    language: str
    published: datetime | None
    confidence: float = 1.0
    """How surely it is the same statement: 1 for the same words, less where they are cut or a word is changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A passage in which somebody is quoted or reported, verbatim."""

    article: str
    start: int
    end: int
    words: str
    """The text from `start` to `end`, unchanged."""
    quoted: bool = False
    """Word for word; else in the paper's own words."""
    speaker: str = ""
    """As written at the statement; empty where the text names nobody."""
    name: str = ""
    """How the same text calls the speaker most fully; empty where the text does not tell whom it means."""
    cue: str = ""
    language: str
    published: datetime | None
    credit: str
    own_words: bool = False
    """The source speaks for itself, in the first person."""
    confidence: float = 1.0
    """How surely it is the statement that it stands under as a translation."""
    again: tuple[Place, ...] = ()
    """The same words in other reports."""
    translations: tuple[Utterance, ...] = ()
    """The same statement in other languages, where that is certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one party says, oldest first."""

    side: str
    """Name of the side that editors defined; empty for others."""
    speaker: str
    """Without a side: the speaker, by the fullest name; empty where the texts name none."""
    credit: str
    """Without side and speaker: the source."""
    utterances: tuple[Utterance, ...]

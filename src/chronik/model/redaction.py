"""The nouns of takedown: why something is hidden or redacted, what that reaches, what is left. Decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class TakedownReason(StrEnum):
    """The class of a reason: the only thing that readers are told of it."""

    COURT_ORDER = "court-order"
    PRIVACY = "privacy"
    COPYRIGHT = "copyright"
    SAFETY = "safety"
    ERROR = "error"


class HiddenKind(StrEnum):
    """What can be hidden."""

    CAPTURE = "capture"
    ARTICLE = "article"
    CLIP = "clip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """One thing that readers do not see for the time being."""

    kind: HiddenKind
    id: str
    reason: TakedownReason
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a takedown concerns, by id."""

    captures: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    clips: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    """Unread entries of press pages."""
    dossiers: tuple[str, ...] = ()
    """Slugs of those that the clips stand in."""
    addresses: tuple[str, ...] = field(default=(), repr=False)
    """Addresses of the pages; never written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is said in the place of what was redacted."""

    id: str
    """Of the clip, capture or article that was there."""
    at: datetime
    reason: TakedownReason
    second_person: bool
    """Whether a second person confirmed it."""

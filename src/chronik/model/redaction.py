"""The nouns of takedown: why something is hidden or redacted, what that reaches, what is left. Decides."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from chronik.model.dossiers import Act, Clip, Verb
from chronik.model.records import WRITTEN_WHEN_SET

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    feeds: tuple[str, ...] = ()
    """Addresses of feeds that may have announced them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is said in the place of what was redacted."""

    id: str
    """Of the clip, capture or article that was there."""
    at: datetime
    reason: TakedownReason
    second_person: bool
    """Whether a second person confirmed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedClip:
    """A clip of which nothing but its place is left."""

    id: str
    dossier: str
    stood: bool
    """It had not been taken out of its dossier before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenAct:
    """An act that quoted what was redacted, as it stands now."""

    was: str
    """Its id before."""
    now: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """Everything that one redaction destroys, in ids: enough to do it again in an older copy of the archive."""

    reason: TakedownReason
    asked_by: str
    asked_at: datetime
    second_person: bool
    captures: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    """Captures of other things that hold a copy: feeds, packages, press pages, mementos."""
    articles: tuple[str, ...] = ()
    clips: tuple[RedactedClip, ...] = ()
    entries: tuple[str, ...] = ()
    acts: tuple[RewrittenAct, ...] = ()
    leaves: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    """In the vault's quarantine, by name."""
    folders: tuple[tuple[str, str], ...] = ()
    """(Dossier, folder) of what was published elsewhere than in the archive's own site."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Everything of which a tombstone tells."""
        return (*self.captures, *self.carriers, *self.articles, *(clip.id for clip in self.clips))


def redaction_detail(redaction: Redaction) -> dict[str, Any]:
    """A redaction as its act holds it."""
    return {
        "reason": str(redaction.reason),
        "asked_by": redaction.asked_by,
        "asked_at": redaction.asked_at.isoformat(),
        "second_person": redaction.second_person,
        "captures": list(redaction.captures),
        "carriers": list(redaction.carriers),
        "articles": list(redaction.articles),
        "clips": [{"id": one.id, "dossier": one.dossier, "stood": one.stood} for one in redaction.clips],
        "entries": list(redaction.entries),
        "acts": [{"was": one.was, "now": _fields(one.now)} for one in redaction.acts],
        "leaves": list(redaction.leaves),
        "files": list(redaction.files),
        "folders": [list(one) for one in redaction.folders],
    }


def redaction_of(act: Act) -> Redaction:
    """What an act of redacting destroys. Raises ValueError, KeyError or TypeError where it is none of ours."""
    told = act.detail
    return Redaction(
        reason=TakedownReason(told["reason"]),
        asked_by=told["asked_by"],
        asked_at=datetime.fromisoformat(told["asked_at"]),
        second_person=told["second_person"],
        captures=tuple(told["captures"]),
        carriers=tuple(told["carriers"]),
        articles=tuple(told["articles"]),
        clips=tuple(RedactedClip(**one) for one in told["clips"]),
        entries=tuple(told["entries"]),
        acts=tuple(RewrittenAct(was=one["was"], now=_act(one["now"])) for one in told["acts"]),
        leaves=tuple(told["leaves"]),
        files=tuple(told["files"]),
        folders=tuple((slug, folder) for slug, folder in told["folders"]),
    )


def _fields(act: Act) -> dict[str, Any]:
    return {
        "at": act.at.isoformat(),
        "by": act.by,
        "verb": str(act.verb),
        "subject": act.subject,
        "detail": dict(act.detail),
    }


def _act(told: dict[str, Any]) -> Act:
    return Act(
        at=datetime.fromisoformat(told["at"]),
        by=told["by"],
        verb=Verb(told["verb"]),
        subject=told["subject"],
        detail=told["detail"],
    )


def taken_out(act: Act, redaction: Redaction) -> tuple[Act, ...]:
    """The acts that take redacted clips out of their dossiers, always the same for one redaction."""
    return tuple(
        Act(
            at=act.at,
            by=act.by,
            verb=Verb.REMOVE_CLIP,
            subject=clip.id,
            detail={"dossier": clip.dossier, "redaction": act.id},
        )
        for clip in redaction.clips
        if clip.stood
    )


KEPT_OF_A_CLIP = ("id", "dossier", "position", "clipped_at", "section")
NO_CONTENT = "zxx"
"""ISO 639-2: no linguistic content."""


def skeleton(record: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of a clip's record (see `model.records`), whole or in part: where it stood, and since when."""
    strings = {field.name: field.default for field in fields(Clip) if isinstance(field.default, str)}
    empty: dict[str, Any] = {name: value for name, value in strings.items() if name not in WRITTEN_WHEN_SET}
    empty |= {"passage": None, "happened": None, "language": NO_CONTENT}
    return {**empty, **{name: record[name] for name in KEPT_OF_A_CLIP if name in record}}

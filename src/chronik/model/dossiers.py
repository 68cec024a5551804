"""Dossiers and clips, what people do to them, and what readers see."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from chronik.model.captures import paragraphs
from chronik.model.identity import UNDETERMINED, content_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from chronik.model.arrangement import Section, TimelineEvent
    from chronik.model.collecting import Source


class DossierOrder(StrEnum):
    """In which order readers see the clips."""

    NEWEST_FIRST = "newest-first"
    OLDEST_FIRST = "oldest-first"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A topic kept for years: names and introductions in several languages, an ordered list of clips."""

    slug: str
    names: Mapping[str, str]
    """Language → name; the first is the main one."""
    introductions: Mapping[str, str] = field(default_factory=dict)
    years: str = ""
    """As the heading gives it (`2020`), or empty."""
    order: DossierOrder = DossierOrder.NEWEST_FIRST
    notes: str = ""
    """Private: never published."""
    heading_as_received: str = ""
    """Verbatim head of the press page that the dossier was taken in from."""
    created_at: datetime | None = None
    sections: tuple[Section, ...] = ()
    """In the order in which readers see them."""
    pinned: tuple[str, ...] = ()
    """Clips that are key documents, by id, in their order."""
    timeline: tuple[TimelineEvent, ...] = ()
    """Oldest first; those that begin on one date by hand."""


class TextQuoteSelector(TypedDict):
    """W3C Web Annotation §4.2.4: the passage by its words."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(TypedDict):
    """W3C Web Annotation §4.2.5: the passage by its place, in characters, end exclusive."""

    type: Literal["TextPositionSelector"]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a quotation stands in a text, as W3C Web Annotation selectors (§4.2.4, §4.2.5).

    Positions count characters (Unicode code points) of `Article.text`, end exclusive.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int
    end: int

    @property
    def selectors(self) -> list[TextQuoteSelector | TextPositionSelector]:
        """Both selectors, ready for JSON."""
        return [
            {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix},
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A verbatim passage that an editor chose from an article for a dossier."""

    id: str
    dossier: str
    """Slug."""
    position: int = 0
    """Place in the dossier's order by hand; small is first."""
    title: str = ""
    """Original title, in the original language."""
    language: str = UNDETERMINED
    credit: str = ""
    """The source as it was credited, verbatim."""
    source_id: str = ""
    """Empty when the credit names nobody we know."""
    excerpt: str = ""
    """Verbatim passage, or several with an ellipsis between them; blank lines separate paragraphs."""
    url: str = ""
    """Address of the original, where known."""
    article_id: str = ""
    capture_id: str = ""
    text_digest: str = ""
    """Digest of the article's text that the passage's positions refer to."""
    passage: Passage | None = None
    """The first, where there are several."""
    further: tuple[Passage, ...] = ()
    """The other passages of a clip that has several, in the order of the text."""
    happened: date | None = None
    published: str = ""
    """ISO 8601, as in `Article.published`."""
    clipped_at: datetime
    note: str = ""
    """Private: never published."""
    quotation_reason: str = ""
    """Why more is quoted than the source's limit allows, in an editor's words. Private."""
    as_received: str = ""
    """Verbatim entry of the press page it was taken in from, or as it was mended; empty once the clip was changed."""
    section: str = ""
    """The section of its dossier that it stands in, by id; one that is not there any more counts as none."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The excerpt's paragraphs, in order."""
        return paragraphs(self.excerpt)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage that is anchored in a text, in its order; none where the excerpt is not."""
        return (self.passage, *self.further) if self.passage else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadEntry:
    """An entry of a press page that could not be understood, kept as text for mending."""

    id: str
    dossier: str
    position: int
    line: int
    """Line in the file it came from, counted from 1."""
    reason: str
    text: str
    """Verbatim, line ends included."""


class Verb(StrEnum):
    """What people do."""

    CREATE_DOSSIER = "create-dossier"
    EDIT_DOSSIER = "edit-dossier"
    REMOVE_DOSSIER = "remove-dossier"
    SET_ACCESS = "set-access"
    CLIP = "clip"
    EDIT_CLIP = "edit-clip"
    MOVE_CLIP = "move-clip"
    REMOVE_CLIP = "remove-clip"
    RESTORE_CLIP = "restore-clip"
    MEND_ENTRY = "mend-entry"
    FILE_CLIP = "file-clip"
    PIN_CLIP = "pin-clip"
    MOVE_PIN = "move-pin"
    UNPIN_CLIP = "unpin-clip"
    ADD_SECTION = "add-section"
    EDIT_SECTION = "edit-section"
    MOVE_SECTION = "move-section"
    REMOVE_SECTION = "remove-section"
    ADD_EVENT = "add-event"
    EDIT_EVENT = "edit-event"
    MOVE_EVENT = "move-event"
    REMOVE_EVENT = "remove-event"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    SEAL_EDITION = "seal-edition"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    ADD = "add"
    IMPORT = "import"
    ADD_SOURCE = "add-source"
    EDIT_SOURCE = "edit-source"
    MERGE_SOURCES = "merge-sources"
    NAME_CREDIT = "name-credit"
    PUT_CREDIT_ASIDE = "put-credit-aside"
    REMOVE_SAMPLE = "remove-sample"
    REPAIR = "repair"
    JUDGE = "judge"
    MERGE_STORIES = "merge-stories"
    SPLIT_STORY = "split-story"
    LINK_STORIES = "link-stories"
    UNLINK_STORIES = "unlink-stories"
    ACCEPT_SUGGESTION = "accept-suggestion"
    REFUSE_SUGGESTION = "refuse-suggestion"
    DEFINE_SIDE = "define-side"
    REMOVE_SIDE = "remove-side"
    ADD_SPELLINGS = "add-spellings"
    REMOVE_SPELLINGS = "remove-spellings"
    NOTE_SIGHTING = "note-sighting"
    TRUST_WITNESS = "trust-witness"
    DISTRUST_WITNESS = "distrust-witness"
    HEAR_WITNESS = "hear-witness"
    SETTLE_WITNESS = "settle-witness"
    HIDE = "hide"
    UNHIDE = "unhide"
    ASK_REDACTION = "ask-redaction"
    REFUSE_REDACTION = "refuse-redaction"
    REDACT = "redact"
    SEND_PAGE = "send-page"
    MAKE_TOKEN = "make-token"  # noqa: S105 - what is done, no secret
    REVOKE_TOKEN = "revoke-token"  # noqa: S105 - what is done, no secret
    INVITE = "invite"
    WITHDRAW_INVITATION = "withdraw-invitation"
    JOIN = "join"
    ADD_ACCOUNT = "add-account"
    CHANGE_ROLE = "change-role"
    CLOSE_ACCOUNT = "close-account"
    REOPEN_ACCOUNT = "reopen-account"
    RESET_PASSWORD = "reset-password"  # noqa: S105 - what is done, no secret
    END_SESSIONS = "end-sessions"
    ADD_FACTOR = "add-second-factor"
    REMOVE_FACTOR = "remove-second-factor"
    LINK_SIGN_ON = "link-single-sign-on"
    UNLINK_SIGN_ON = "unlink-single-sign-on"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that a person did. Append-only."""

    at: datetime
    by: str
    """User name at the desk, or the operator's login name on the command line."""
    verb: Verb
    subject: str
    """What it was done to: a dossier's slug, a clip's id, an address."""
    detail: Mapping[str, Any] = field(default_factory=dict)
    """A JSON object: enough to understand the act, and to undo it."""

    @property
    def id(self) -> str:
        """Digest of the act's content."""
        return content_id(
            {
                "at": self.at.isoformat(),
                "by": self.by,
                "detail": dict(self.detail),
                "subject": self.subject,
                "verb": str(self.verb),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A dossier frozen at one moment: what readers see, cite and verify."""

    dossier: Dossier
    clips: tuple[Clip, ...]
    """In the order in which readers see them."""
    sources: Mapping[str, Source]
    """The sources of the clips, by id."""
    published_at: datetime

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which the dossier has a name, the main one first."""
        return tuple(self.dossier.names)

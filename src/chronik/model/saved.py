"""Decides what a saved view, its alerts and what is told by them are."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class ViewKind(StrEnum):
    """What a saved view is a view of."""

    INBOX = "inbox"
    SEARCH = "search"


class Way(StrEnum):
    """How somebody is told."""

    DESK = "desk"
    MAIL = "mail"
    WEBHOOK = "webhook"


class Pace(StrEnum):
    """How soon somebody is told."""

    AT_ONCE = "at-once"
    HOURLY = "hourly"
    DAILY = "daily"


class NoticeKind(StrEnum):
    """What somebody is told of."""

    MATCH = "match"
    """A new article that fits a saved view."""
    ALARM = "alarm"
    """Something that somebody has to look at."""
    TROUBLE = "trouble"
    """Mails or webhooks of this person do not arrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """Filters of the inbox, or a query, under a name."""

    id: str
    owner: str
    """User name of who made it."""
    name: str
    shared: bool = False
    """Whether everybody at the desk sees it; only its owner changes it."""
    kind: ViewKind = ViewKind.INBOX
    terms: Mapping[str, str] = field(default_factory=dict)
    """What is asked for, as the page's address names it, without what says nothing."""
    created: datetime
    changed: datetime
    revision: int = 1
    """Counts changes, so that two who change it at once do not undo each other."""

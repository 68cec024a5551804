"""What became of a clipped passage on its page, seen again and again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class PassageState(StrEnum):
    """What a later look at a page found of a passage. Each is a state of the page, none a fault of the archive."""

    STANDS = "stands"
    """Word for word, whatever else changed on the page."""
    CHANGED = "changed"
    """Its words were altered."""
    REMOVED = "removed"
    """The page is there and says nothing like it."""
    PAYWALLED = "paywalled"
    """The page shows a part only, and the passage is not in it."""
    UNREAD = "unread"
    """The page came, and no article could be read in it."""
    GONE = "gone"
    """The server says that there is no such page (404, 410)."""
    REFUSED = "refused"
    """The page is not shown to us (401, 402, 403, 451), or its site asks not to look (robots.txt)."""
    UNREACHABLE = "unreachable"
    """No usable answer, also after several tries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One state of a clipped passage, for as long as it was seen unchanged."""

    clip: str
    """Id."""
    state: PassageState
    first_at: datetime
    """When it was seen first."""
    last_at: datetime
    """When it was seen last."""
    times: int = 1
    """How often it was seen."""
    status: int | None = None
    """HTTP status of the last answer, if any came."""
    capture: str = ""
    """Id of the capture that shows it first; empty where no answer came."""
    article: str = ""
    """Id of the reading that was looked at."""
    wording: str = ""
    """What stands in the passage's place, verbatim; empty where it stands, or nothing like it does."""
    detail: str = ""
    """One line for people, where the state alone does not say it."""
    number: int = 0
    """Grows from sighting to sighting; 0 before it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """An address that is looked at again because passages of it were clipped."""

    url: str
    since: datetime
    """When a passage of it was clipped last."""
    due: datetime
    tries: int = 0
    """Looks in a row that brought no usable answer."""

"""Says when a clipped page is looked at again.

Decides. The clock is an argument. Most silent edits come soon, and pages vanish slowly: the looks thin out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LOOKS_AFTER = (timedelta(hours=1), timedelta(days=1), timedelta(weeks=1), timedelta(days=30))
"""How long after the clipping it is looked at first."""
THEN_EVERY = timedelta(days=91)
CONFIRMED_AFTER = timedelta(days=1)
"""What was seen otherwise than the time before is looked at once more so soon: servers are wrong at times."""


def next_look(since: datetime, *, after: datetime, is_new: bool = False) -> datetime:
    """The first look later than `after` at a page clipped at `since`; sooner where what was seen is new."""
    due = _by_schedule(since, after)
    return min(due, after + CONFIRMED_AFTER) if is_new else due


def _by_schedule(since: datetime, after: datetime) -> datetime:
    soon = next((since + wait for wait in LOOKS_AFTER if since + wait > after), None)
    if soon is not None:
        return soon
    last = since + LOOKS_AFTER[-1]
    return last + THEN_EVERY * ((after - last) // THEN_EVERY + 1)

"""Decides whether the machine's clock can be believed at the moment when something is recorded.

Order is what the ledger's indices say, and age what its stamps say. A time that the clock alone says is marked in its
leaf where something speaks against it: the clock was set while Chronik ran, it says less than the leaf before, or a
capture does not fit to the moment of its recording.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.model import Capture

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from chronik.model import Act

TOLERANCE = timedelta(minutes=5)
"""Clocks are put right by small steps all the time."""
RECORDED_WITHIN = timedelta(days=1)
"""A capture is recorded within a minute; after a crash with the next start."""
_RUNNING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def running_s() -> float:
    """Seconds by a clock that nobody can set, and that goes on while the machine sleeps."""
    return time.clock_gettime(_RUNNING)


@dataclass(slots=True, kw_only=True)
class ClockWatch:
    """Remembers when this process first looked at the clock, and notes when it was set since."""

    running_s: Callable[[], float] = running_s
    _first: tuple[datetime, float] | None = field(default=None, init=False)

    def shift(self, now: datetime) -> timedelta:
        """How far the clock was set since the first look; below zero where it was set back."""
        here = self.running_s()
        if self._first is None:
            self._first = (now, here)
        return (now - self._first[0]) - timedelta(seconds=here - self._first[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What is known of the clock when leaves are recorded."""

    now: datetime
    before: datetime | None = None
    """When the leaf before was recorded, as it says."""
    shift: timedelta = timedelta(0)
    """How far the clock was set since Chronik was started."""

    @property
    def recorded_at(self) -> datetime:
        """Never before the leaf before: a clock that was set back shows no false order."""
        return max(self.now, self.before) if self.before else self.now

    def suspicion(self, subject: Capture | Act) -> str:
        """What speaks against the times that this leaf says, in words for people; empty where nothing does."""
        now = self.now
        if abs(self.shift) > TOLERANCE:
            way = "back" if self.shift < timedelta(0) else "forward"
            return f"the clock was set {way} by {abs(self.shift)} while Chronik ran"
        if self.before is not None and self.before - now > TOLERANCE:
            return f"the clock says {now.isoformat()}, before the {self.before.isoformat()} of the leaf before"
        if not isinstance(subject, Capture) or subject.origin:
            return ""
        if subject.captured_at - now > TOLERANCE:
            return "it says that it was captured after it was recorded"
        if now - subject.captured_at > RECORDED_WITHIN:
            return f"it was recorded {(now - subject.captured_at).days} days after the time that it says"
        return ""

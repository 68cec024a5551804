"""Acts: asks the network in somebody's presence: whatever is not there by then is a failure, not a wait."""

from __future__ import annotations

import threading
import time
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from chronik.model import Exchange, Failure, FailureKind

if TYPE_CHECKING:
    from chronik.ports import Ask, Fetch

PAUSE_S = 0.3
"""Between two requests: a person asks for a handful of addresses, and so often a browser would ask."""


class WithinDeadline:
    """A `ports.Fetch` that answers by a moment of the monotonic clock, whatever the network does."""

    def __init__(self, fetch: Fetch, *, limit_s: float) -> None:
        self._fetch = fetch
        self._limit_s = limit_s
        self._until = time.monotonic() + limit_s
        self._free_at = 0.0

    @property
    def remaining_s(self) -> float:
        """How much time is left; 0 where none is."""
        return max(self._until - time.monotonic(), 0.0)

    def __call__(self, ask: Ask) -> Exchange:
        """What the other fetch answers in time."""
        time.sleep(max(min(self._free_at - time.monotonic(), self.remaining_s), 0.0))
        self._free_at = time.monotonic() + PAUSE_S
        remaining_s = self.remaining_s
        if not remaining_s:
            return self._late(ask)
        answer: SimpleQueue[Exchange] = SimpleQueue()
        threading.Thread(target=lambda: answer.put(self._fetch(ask)), daemon=True).start()
        try:
            return answer.get(timeout=remaining_s)
        except Empty:
            return self._late(ask)

    def _late(self, ask: Ask) -> Exchange:
        detail = f"no answer within {self._limit_s:.0f} s"
        return Exchange(asked_url=ask.url, failure=Failure(kind=FailureKind.TIMEOUT, detail=detail))

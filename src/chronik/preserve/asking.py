"""What is remembered of those that are asked again and again, and when one that failed is asked next.

Acts: reads and writes one small file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chronik.errors import LedgerError
from chronik.preserve.ledger import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME = "asked.json"
FILE_BYTES_MAX = 2**20
PAUSE_MIN, PAUSE_MAX = timedelta(minutes=1), timedelta(hours=6)
"""Until one that failed is asked again: doubled each time."""
DOUBLINGS_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How one of them has answered lately."""

    answered_at: datetime | None = None
    """When it last gave what it was asked for."""
    silent_since: datetime | None = None
    """First question since then that it did not answer."""
    tries: int = 0
    """Questions since then."""
    next_try: datetime | None = None
    reason: str = ""
    """Why nothing came the last time."""

    def failed(self, reason: str, *, now: datetime) -> Asked:
        """The same after one more question in vain."""
        pause = min(PAUSE_MAX, PAUSE_MIN * 2 ** min(self.tries, DOUBLINGS_MAX))
        since = self.silent_since or now
        return replace(self, silent_since=since, tries=self.tries + 1, next_try=now + pause, reason=reason)

    def waits(self, now: datetime) -> bool:
        """Whether it is not to be asked yet; a clock that was set back makes nobody wait longer."""
        return self.next_try is not None and self.next_try - PAUSE_MAX <= now < self.next_try


def remembered(folder: Path) -> dict[str, Asked]:
    """What is remembered of each by its name. What cannot be read is forgotten: then all are asked again."""
    try:
        data = files.read(folder / FILE_NAME) or b"{}"
        table = json.loads(data[:FILE_BYTES_MAX])
        return {str(name): _asked(values) for name, values in table.items()}
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, LedgerError):
        return {}


def remember(folder: Path, asked: Mapping[str, Asked]) -> None:
    """Keep what was learned. Raises LedgerError."""
    table = {name: _values(one) for name, one in sorted(asked.items())}
    files.write(folder / FILE_NAME, json.dumps(table, indent=1).encode())


def _values(one: Asked) -> dict[str, Any]:
    moments = {name: getattr(one, name) for name in ("answered_at", "silent_since", "next_try")}
    return {"tries": one.tries, "reason": one.reason} | {
        name: moment.isoformat() if moment else None for name, moment in moments.items()
    }


def _asked(values: Mapping[str, Any]) -> Asked:
    return Asked(
        answered_at=_moment(values["answered_at"]),
        silent_since=_moment(values["silent_since"]),
        tries=int(values["tries"]),
        next_try=_moment(values["next_try"]),
        reason=str(values["reason"]),
    )


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without zone")
    return moment

"""The stamps that an archive holds, and what each authority said last. Acts: reads and writes `ledger/stamps/`.

A stamp's name ends with its digest: parts of a token are not signed, and a flipped bit there is found too.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chronik.errors import DamagedCaptureError, LedgerError
from chronik.preserve.ledger import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chronik.model import Stamp

FOLDER, SUFFIX = "stamps", ".tsr"
STATE_NAME = "asked.json"
DIGEST_SIGNS = 16
STATE_BYTES_MAX = 2**20

NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,38}[a-z0-9])?")
"""What an authority may be called: it is part of a file's name."""
_FILE = re.compile(rf"(0|[1-9][0-9]{{0,18}})-({NAME.pattern})-([0-9a-f]{{{DIGEST_SIGNS}}})\.tsr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A stamp on the disk, not checked."""

    path: Path
    size: int
    """Of the checkpoint."""
    authority: str
    digest: str

    def token(self) -> bytes:
        """The authority's answer. Raises DamagedCaptureError where the bytes are not those that were kept."""
        data = files.read(self.path)
        if data is None or _digest(data) != self.digest:
            raise DamagedCaptureError("the bytes are not those that were kept")
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How an authority has answered lately."""

    answered_at: datetime | None = None
    """When it last gave a good stamp."""
    silent_since: datetime | None = None
    """First question since then that it did not answer."""
    tries: int = 0
    """Questions since then."""
    next_try: datetime | None = None
    reason: str = ""
    """Why there was no stamp the last time."""


class StampFolder:
    """The folder `stamps` of a ledger."""

    def __init__(self, ledger: Path) -> None:
        self.folder = ledger / FOLDER

    def keep(self, stamp: Stamp) -> None:
        """Write a stamp that was found good; it is synced then. Raises LedgerError."""
        name = f"{stamp.size}-{stamp.authority}-{_digest(stamp.token)}{SUFFIX}"
        files.write_once(self.folder / name, stamp.token)

    def kept(self) -> list[Kept]:
        """All stamps, those over the smallest checkpoints first."""
        paths = [(path, _FILE.fullmatch(path.name)) for path in self.folder.glob(f"*{SUFFIX}")]
        found = [
            Kept(path=path, size=int(match[1]), authority=match[2], digest=match[4]) for path, match in paths if match
        ]
        return sorted(found, key=lambda kept: (kept.size, kept.path.name))

    def asked(self) -> dict[str, Asked]:
        """What is remembered of each authority. What cannot be read is forgotten: then all are asked again."""
        try:
            data = files.read(self.folder / STATE_NAME) or b"{}"
            table = json.loads(data[:STATE_BYTES_MAX])
            return {str(name): _asked(values) for name, values in table.items()}
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, LedgerError):
            return {}

    def remember(self, asked: Mapping[str, Asked]) -> None:
        """Keep what was learned of the authorities. Raises LedgerError."""
        table = {name: _values(one) for name, one in sorted(asked.items())}
        files.write(self.folder / STATE_NAME, json.dumps(table, indent=1).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:DIGEST_SIGNS]


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

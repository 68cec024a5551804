"""The stamps that an archive holds, and what each authority said last. Acts: reads and writes `ledger/stamps/`.

A stamp's name ends with its digest: parts of a token are not signed, and a flipped bit there is found too.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.errors import DamagedCaptureError
from chronik.preserve import asking
from chronik.preserve.ledger import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chronik.model import Stamp
    from chronik.preserve.asking import Asked

FOLDER, SUFFIX = "stamps", ".tsr"
DIGEST_SIGNS = 16

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
        """What is remembered of each authority."""
        return asking.remembered(self.folder)

    def remember(self, asked: Mapping[str, Asked]) -> None:
        """Keep what was learned of the authorities. Raises LedgerError."""
        asking.remember(self.folder, asked)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:DIGEST_SIGNS]

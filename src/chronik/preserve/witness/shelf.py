"""The co-signatures that others gave on our checkpoints: kept for ever. Acts: reads and writes files.

A file holds the witness's key and its line, and its name ends with its digest: a flipped bit is found.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.errors import DamagedCaptureError, RefusedInputError
from chronik.preserve import asking
from chronik.preserve.ledger import files, note
from chronik.preserve.witness import cosigning
from chronik.preserve.witness.places import COSIGNATURES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chronik.model import Checkpoint
    from chronik.preserve.asking import Asked
    from chronik.preserve.witness.cosigning import Cosignature

DIGEST_SIGNS = 16
_FILE = re.compile(rf"(0|[1-9][0-9]{{0,18}})-([0-9a-f]{{8}})-([0-9a-f]{{{DIGEST_SIGNS}}})\.cosig")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A co-signature on the disk, not checked."""

    path: Path
    size: int
    """Of the checkpoint."""
    key_id: str
    digest: str

    def checked(self, checkpoint: Checkpoint) -> Cosignature:
        """The co-signature, held against its checkpoint. Raises DamagedCaptureError."""
        data = files.read(self.path)
        if data is None or _digest(data) != self.digest:
            raise DamagedCaptureError("the bytes are not those that were kept")
        key_text, _, line = data.decode("utf-8", "replace").partition("\n")
        try:
            key = note.verifier_key(key_text, algorithm=note.COSIGNATURE)
            [found] = cosigning.cosignatures(line, checkpoint=checkpoint, keys=[key])
        except RefusedInputError as error:
            raise DamagedCaptureError(str(error)) from error
        except ValueError as error:
            raise DamagedCaptureError("it is not by the key that it names") from error
        return found


class Shelf:
    """The folder of co-signatures of a ledger."""

    def __init__(self, ledger: Path) -> None:
        self.folder = ledger / COSIGNATURES

    def keep(self, size: int, made: Cosignature) -> None:
        """Write a co-signature that was found good; it is synced then. Raises LedgerError."""
        data = f"{made.by}\n{made.line}".encode()
        files.write_once(self.folder / f"{size}-{made.by.id.hex()}-{_digest(data)}.cosig", data)

    def kept(self) -> list[Kept]:
        """All of them, those over the smallest checkpoints first."""
        paths = [(path, _FILE.fullmatch(path.name)) for path in self.folder.glob("*.cosig")]
        found = [
            Kept(path=path, size=int(match[1]), key_id=match[2], digest=match[3]) for path, match in paths if match
        ]
        return sorted(found, key=lambda kept: (kept.size, kept.path.name))

    def asked(self) -> dict[str, Asked]:
        """What is remembered of each witness."""
        return asking.remembered(self.folder)

    def remember(self, asked: Mapping[str, Asked]) -> None:
        """Keep what was learned of the witnesses. Raises LedgerError."""
        asking.remember(self.folder, asked)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:DIGEST_SIGNS]

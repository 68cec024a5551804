"""Where in the vault each capture lies, in a file beside the new database: a vault has more captures than memory. Acts.

Wraps sqlite3, as far as an archive in the making has no catalogue yet.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Self

from chronik.model import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from chronik.model import Capture

_TABLE = """
CREATE TABLE places (
    id TEXT, digest TEXT, file TEXT, "offset" INTEGER, length INTEGER, told INTEGER DEFAULT 0,
    PRIMARY KEY (id, digest)
) WITHOUT ROWID
"""


class Places:
    """Capture and digest of its records → where it lies. Close it, or use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(_TABLE)

    def __enter__(self) -> Self:
        """The places themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self._database.close()

    def add(self, found: Iterable[tuple[Capture, str]]) -> int:
        """Note where captures lie, the first place of each; how many there were."""
        count = 0
        for capture, digest in found:
            place = capture.location
            values = (capture.id, digest, place.file, place.offset, place.length)
            self._database.execute(
                'INSERT OR IGNORE INTO places (id, digest, file, "offset", length) VALUES (?, ?, ?, ?, ?)', values
            )
            count += 1
        return count

    def of(self, capture: str, *, digest: str) -> Location | None:
        """Where a capture with exactly these records lies; None where it does not."""
        asked = 'SELECT file, "offset", length FROM places WHERE id = ? AND digest = ?'
        row = self._database.execute(asked, (capture, digest)).fetchone()
        if row is None:
            return None
        self._database.execute("UPDATE places SET told = 1 WHERE id = ?", (capture,))
        return Location(file=row[0], offset=row[1], length=row[2])

    def holds(self, capture: str) -> bool:
        """Whether the vault has a capture of this id, whatever its bytes are."""
        return self._database.execute("SELECT 1 FROM places WHERE id = ?", (capture,)).fetchone() is not None

    def untold(self) -> Iterator[str]:
        """Ids of captures that nobody asked for."""
        for (identity,) in self._database.execute("SELECT DISTINCT id FROM places WHERE told = 0 ORDER BY id"):
            yield identity

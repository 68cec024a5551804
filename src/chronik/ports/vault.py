"""The socket towards the place where captures live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chronik.model import Capture, Connection, Exchange, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRecord:
    """A response or resource found in somebody else's WARC file."""

    url: str
    captured_at: datetime
    record: str
    """`response` or `resource`."""
    block: bytes
    """The record block as it stands there: for a response, HTTP head and body."""
    request: bytes = b""
    """The request's block, where the file holds one."""
    media_type: str = ""
    truncated: str = ""
    origin: str = ""
    """Name of the file."""
    origin_offset: int = 0
    origin_record_id: str = ""


class Vault(Protocol):
    """Where captures live. Written once, never changed. What `keep` returned survives a crash."""

    def keep(self, exchange: Exchange, *, by_hand: bool = False) -> Capture:
        """Write every hop, sync, read back, compare. Raises VaultError; then nothing counts as kept."""
        ...

    def keep_resource(  # noqa: PLR0913 - what a capture is made of, each by name
        self, body: bytes, *, url: str, media_type: str, taken_at: datetime, origin: str, by_hand: bool = False
    ) -> Capture:
        """Keep the bytes of a file that a person gave, `by_hand` a page that somebody sent out of a browser."""
        ...

    def keep_foreign(self, record: ForeignRecord) -> Capture:
        """Keep a record of another archive, its time and block unchanged."""
        ...

    def page(self, capture: Capture, *, size_bytes_max: int = 64 * 2**20) -> Page:
        """What the capture holds, codings taken off. Raises DamagedCaptureError, TooLargeError or RefusedInputError."""
        ...

    def recovered(self) -> Iterator[Capture]:
        """Captures of WARC files that a writer left unsealed, torn tails moved to quarantine.

        Files that a living writer holds are left alone; the others are sealed once the iterator is exhausted.
        """
        ...

    def captures(self) -> Iterator[Capture]:
        """Every capture that the vault holds, file by file."""
        ...

    def digests(self) -> Iterator[tuple[Capture, str]]:
        """Every whole capture with the SHA-256 of its records, file by file."""
        ...

    def records(self, capture: Capture) -> bytes:
        """A capture's records as they stand in their file: requests, answers, notes. Raises DamagedCaptureError."""
        ...

    def connection(self, capture: Capture) -> Connection | None:
        """What was noted of the connection over which a capture came. Raises DamagedCaptureError."""
        ...

    def damages(self) -> Iterator[tuple[str, str]]:
        """Re-read all bytes: (WARC file or record, what is wrong with it) for each damage found."""
        ...

    def size_bytes(self) -> int:
        """Bytes on disk."""
        ...

    def close(self) -> None:
        """Seal the files written. A vault that was only read from is left as it is."""
        ...

    def release(self) -> None:
        """Let go without sealing: what was kept and is not recorded yet is recovered next time."""
        ...

"""The records of one capture as they stand in their WARC file. Acts: reads a file and its index."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chronik.errors import DamagedCaptureError
from chronik.preserve import cdxj
from chronik.preserve.writer import WARC_SUFFIX, index_path, open_index_path

if TYPE_CHECKING:
    from pathlib import Path

    from chronik.model import Capture

GROUP_BYTES_MAX = 2**31
"""Longer than any capture: the vault's limit a record, times its redirects, compressed."""


def record_bytes(folder: Path, capture: Capture) -> bytes:
    """The gzip members of a capture's records, first to last. Raises DamagedCaptureError."""
    name = f"Capture {capture.id} of {capture.url} ({capture.location.file})"
    path = folder / capture.location.file
    if path.parent != folder or not path.name.endswith(WARC_SUFFIX):
        raise DamagedCaptureError(f"{name}: no file of the vault is called so.")
    place = _place(path, capture.id)
    if place is None or not 0 <= place[1] <= GROUP_BYTES_MAX:
        raise DamagedCaptureError(f"{name}: the index of the file does not name it. Restore it from a backup.")
    try:
        with path.open("rb") as file:
            file.seek(place[0])
            data = file.read(place[1])
    except (OSError, ValueError) as error:
        raise DamagedCaptureError(f"{name}: {error}. Restore the file from a backup.") from error
    if len(data) != place[1]:
        raise DamagedCaptureError(f"{name}: the file is shorter than its index says. Restore it from a backup.")
    return data


def _place(path: Path, capture_id: str) -> tuple[int, int] | None:
    """Where the records stand, by the index. A living writer may seal between two looks: then it is at the third."""
    for index in (index_path(path), open_index_path(path), index_path(path)):
        with suppress(FileNotFoundError):
            return cdxj.place_of(capture_id, index.read_text(encoding="ascii", errors="replace"))
    return None

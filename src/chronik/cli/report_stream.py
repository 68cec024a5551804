"""Acts: reads the lines of a file, or of standard input as they come, some at a time without waiting for more."""

from __future__ import annotations

import queue
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from chronik.errors import UsageError
from chronik.takein.jsonl import ROW_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES_A_BATCH_MAX = 32
LINES_AHEAD_MAX = 256
STANDARD_INPUT = "-"


def batches(name: str) -> Iterator[list[tuple[int, bytes]]]:
    """Lines with their numbers, counted from 1: those that are there, at least one. Raises UsageError.

    A line that is too long comes cut, one byte longer than the limit.
    """
    lines: queue.Queue[tuple[int, bytes] | OSError | None] = queue.Queue(LINES_AHEAD_MAX)
    threading.Thread(target=_read, args=(_opened(name), lines), daemon=True).start()
    while True:
        batch, end = _waiting(lines)
        if batch:
            yield batch
        if isinstance(end, OSError):
            raise UsageError(f"{name}: cannot be read: {end.strerror or end}.") from end
        if end is not _GOES_ON:
            return


_GOES_ON = (0, b"")


def _waiting(
    lines: queue.Queue[tuple[int, bytes] | OSError | None],
) -> tuple[list[tuple[int, bytes]], tuple[int, bytes] | OSError | None]:
    """The lines that are there, and what comes after them, if that is an end."""
    batch: list[tuple[int, bytes]] = []
    with suppress(queue.Empty):
        item = lines.get()
        while isinstance(item, tuple):
            batch.append(item)
            if len(batch) >= LINES_A_BATCH_MAX:
                return batch, _GOES_ON
            item = lines.get_nowait()
        return batch, item
    return batch, _GOES_ON


def _opened(name: str) -> BinaryIO:
    if name == STANDARD_INPUT:
        return sys.stdin.buffer
    path = Path(name)
    if path.is_dir():
        raise UsageError(f"{name}: this is a folder; name a file in it.")
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(f"{name}: cannot be opened: {error.strerror or error}.") from error


def _read(file: BinaryIO, lines: queue.Queue[tuple[int, bytes] | OSError | None]) -> None:
    try:
        for number, line in enumerate(_lines(file), start=1):
            lines.put((number, line))
    except OSError as error:
        lines.put(error)
    else:
        lines.put(None)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(ROW_BYTES_MAX + 2):
        yield line.rstrip(b"\r\n")
        while line and not line.endswith(b"\n"):
            line = file.readline(ROW_BYTES_MAX)

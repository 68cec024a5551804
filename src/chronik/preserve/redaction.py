"""Destroys captures in the vault's files: the only code that removes kept bytes. Acts: overwrites files in place.

The records of a capture are overwritten by `metadata` records of exactly the same length, so that nothing else in the
file moves. Whoever has the file open to append goes on. Killed in the middle, it is done again to the same bytes.
"""

from __future__ import annotations

import json
import struct
import uuid
import zlib
from typing import TYPE_CHECKING

from chronik.errors import VaultError
from chronik.preserve import cdxj, warc
from chronik.preserve.scan import GONE_FIELD
from chronik.preserve.stopping import passing
from chronik.preserve.syncing import sync
from chronik.preserve.writer import advice, index_path, open_index_path, seal, warc_files, write_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

PART_BYTES_MAX = 2**26
"""Of one record that stands in the place of a long capture."""
STORED_BYTES_MAX = 65_535
"""Of one block of deflate that is not compressed (RFC 1951 §3.2.4)."""
SLACK_BYTES = 64
"""The length of a record has more digits, the longer it is: so the right padding is looked for downwards."""
ROUNDS_MAX = 5
"""A writer may seal its file while we look at it: then it is looked at again."""
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_GZIP_HEAD_NAMED = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff"
_GZIP_BYTES = 18
"""Head and end of a member."""
_BLOCK_BYTES = 5
"""Head of a stored block."""


def destroy(folder: Path, captures: Collection[str], *, at: datetime, said: Mapping[str, str]) -> list[str]:
    """Overwrite these captures wherever the folder holds them; names of the files in which it did, sorted.

    `said` stands in their place, with the time. Raises VaultError; then it may be repeated.
    """
    found = set()
    for path in warc_files(folder):
        for _ in range(ROUNDS_MAX):
            if not _destroyed_in(path, captures, at, said):
                break
            found.add(path.name)
        else:
            raise VaultError(f"{path}: the records to be redacted are written again and again. Stop Chronik there.")
    return sorted(found)


def _destroyed_in(path: Path, captures: Collection[str], at: datetime, said: Mapping[str, str]) -> bool:
    """Whether there was anything to overwrite."""
    index = index_path(path) if index_path(path).exists() else open_index_path(path)
    try:
        text = index.read_text(encoding="ascii", errors="backslashreplace")
        places = _places(text, captures)
        if not places:
            return False
        with path.open("r+b") as file:
            for offset, length in sorted(places):
                data = b"".join(_records(path.name, offset, length, at=at, said=said))
                write_at(file.fileno(), data, offset=offset)
                passing("records overwritten")
            sync(file.fileno(), path)
        passing("overwriting synced")
        if index == index_path(path):
            seal(path, [line for line in _lines(text) if not _is_of(line, places)])
        else:
            _blank(index, text, places)
    except FileNotFoundError:
        return index_path(path).exists()  # sealed meanwhile, or taken away
    except OSError as error:
        raise VaultError(f"{advice(error, path)} The redaction is not finished.") from error
    passing("vault redacted")
    return True


def _places(text: str, captures: Collection[str]) -> set[tuple[int, int]]:
    """First byte and length of the groups of these captures."""
    return {
        (entry.group_offset, entry.group_length) for entry in cdxj.entries(text) if entry.capture_id in set(captures)
    }


def _lines(text: str) -> list[str]:
    """The lines of an index but for the one about the file."""
    return [line for line in text.split("\n") if line and not line.startswith(cdxj.META_KEY)]


def _is_of(line: str, places: Collection[tuple[int, int]]) -> bool:
    return any((entry.group_offset, entry.group_length) in places for entry in cdxj.entries(line))


def _blank(index: Path, text: str, places: Collection[tuple[int, int]]) -> None:
    """Overwrite lines of an index to which somebody may still append: each keeps its length."""
    with index.open("r+b") as file:
        offset = 0
        for line in text.split("\n")[:-1]:
            if _is_of(line, places):
                write_at(file.fileno(), cdxj.GONE_KEY.ljust(len(line)).encode("ascii"), offset=offset)
            offset += len(line) + 1
        sync(file.fileno(), index)


def _records(name: str, offset: int, length: int, *, at: datetime, said: Mapping[str, str]) -> Iterator[bytes]:
    """Gzip members that are together as long as what stood there."""
    end, parts = offset + length, -(-length // PART_BYTES_MAX)
    for left in range(parts, 0, -1):
        part = (end - offset) // left
        yield _member(name, offset, part, at=at, said=said)
        offset += part


def _member(name: str, offset: int, length: int, *, at: datetime, said: Mapping[str, str]) -> bytes:
    """One gzip member of exactly this length that holds a record saying what was here."""
    text = f"{GONE_FIELD}: {json.dumps({'at': at.isoformat(), **said}, sort_keys=True)}"
    beside = len(_record(name, offset, text, at=at)) - len(text)
    room = length - _GZIP_BYTES - _stored_heads(length) - beside
    for padded in range(room, room - SLACK_BYTES, -1):
        content = _record(name, offset, text.ljust(padded), at=at) if padded >= len(text) else b""
        left = length - _GZIP_BYTES - _stored_heads(len(content)) - len(content)
        if content and left >= 0:
            return _wrapped(_stored(content), content, left)
    content = _record(name, offset, text, at=at)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = packer.compress(content) + packer.flush()
    left = length - _GZIP_BYTES - len(deflated)
    if left < 0:
        raise VaultError(f"{name}: {length} bytes at {offset} are no capture of ours; nothing of them was overwritten.")
    return _wrapped(deflated, content, left)


def _record(name: str, offset: int, text: str, *, at: datetime) -> bytes:
    """A WARC record as it stands in its file, always the same for the same place."""
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"chronik:redacted:{name}:{offset}")
    found = warc.record(
        "metadata",
        block=f"{text}\r\n".encode("ascii"),
        fields=(
            ("WARC-Record-ID", f"<urn:uuid:{identity}>"),
            ("WARC-Date", warc.date(at)),
            ("WARC-Warcinfo-ID", warc.file_id(name)),
            ("Content-Type", "application/warc-fields"),
        ),
    )
    head = "".join(f"{key}: {value}\r\n" for key, value in found.fields)
    return f"{warc.VERSION}\r\n{head}\r\n".encode("ascii") + found.block + b"\r\n\r\n"


def _stored_heads(size_bytes: int) -> int:
    return -(-size_bytes // STORED_BYTES_MAX) * _BLOCK_BYTES


def _stored(content: bytes) -> bytes:
    """Deflate's form of bytes that are not compressed."""
    pieces = []
    for start in range(0, len(content), STORED_BYTES_MAX):
        piece = content[start : start + STORED_BYTES_MAX]
        is_last = start + STORED_BYTES_MAX >= len(content)
        pieces.append(struct.pack("<BHH", is_last, len(piece), len(piece) ^ 0xFFFF) + piece)
    return b"".join(pieces)


def _wrapped(deflated: bytes, content: bytes, left: int) -> bytes:
    """A gzip member (RFC 1952); bytes that are left over become the name of a file that never was."""
    head = _GZIP_HEAD_NAMED + b"-" * (left - 1) + b"\0" if left else _GZIP_HEAD
    return head + deflated + struct.pack("<II", zlib.crc32(content), len(content))

"""Reads a ZIP file that nobody vouches for: every byte belongs to one file, or it is refused. Acts: reads one file.

Written by hand because `zipfile` takes names twice, sizes that lie and files that lie upon each other (APPNOTE 6.3.10).
"""

from __future__ import annotations

import os
import stat
import struct
import tempfile
import unicodedata
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES_MAX = 10_000
NAME_BYTES_MAX = 255
DIRECTORY_BYTES_MAX = 8 * 2**20
TOTAL_BYTES_MAX = 2**36
"""All files together, decompressed."""
RATIO_MAX = 200
"""Text and indexes stay far below; bombs do not."""
RATIO_FREE_BYTES = 2**20
"""Below this size the ratio is not asked."""
STEP_BYTES = 2**18
STORED, DEFLATED = 0, 8

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_HEAD = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ZIP64_EXTRA = 1
_ENCRYPTED, _DESCRIBED_LATER = 0x2041, 0x8
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_DESCRIPTOR_SIZES = (12, 16, 20, 24)
_UNIX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file in the ZIP."""

    name: str
    offset: int
    """First byte of its local header."""
    size: int
    packed_size: int
    method: int
    checksum: int
    described_later: bool
    start: int = 0
    """First byte of its data."""


class Zip:
    """A ZIP file whose directory was checked. Raises RefusedInputError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        size = file.seek(0, os.SEEK_END)
        count, start, length, end = _directory_place(file, size)
        _need(count <= ENTRIES_MAX, f"it names {count} files, more than {ENTRIES_MAX}")
        _need(length <= DIRECTORY_BYTES_MAX, "its directory is too large")
        _need(start + length == end, "its directory is not where its end says")
        found = _entries(_at(file, start, length), count)
        self.entries = {entry.name: entry for entry in self._placed(found, until=start)}

    def _placed(self, found: list[Entry], *, until: int) -> Iterator[Entry]:
        """Entries with the place of their data; together they fill the file up to its directory without overlap."""
        position = 0
        for entry in sorted(found, key=lambda one: one.offset):
            _need(entry.offset >= position, f"{entry.name!r} lies upon another file")
            _need(entry.offset == position, f"{entry.offset - position} bytes before {entry.name!r} belong to no file")
            start = _data_start(self._file, entry)
            position = start + entry.packed_size
            _need(position <= until, f"{entry.name!r} reaches beyond the end")
            if entry.described_later:
                position += _descriptor_size(self._file, entry, position, until)
            yield replace(entry, start=start)
        _need(position == until, f"{until - position} bytes before the directory belong to no file")

    def pieces(self, name: str) -> Iterator[bytes]:
        """What a file holds, piece by piece; size and checksum are checked at the end. Raises RefusedInputError."""
        entry = self.entries[name]
        checksum = size = 0
        for piece in self._inflated(entry) if entry.method == DEFLATED else self._stored(entry):
            checksum, size = zlib.crc32(piece, checksum), size + len(piece)
            _need(size <= entry.size, f"{name!r} is longer than it says")
            yield piece
        _need(size == entry.size, f"{name!r} is shorter than it says")
        _need(checksum == entry.checksum, f"{name!r} is not what its checksum says")

    def _stored(self, entry: Entry) -> Iterator[bytes]:
        position, left = entry.start, entry.packed_size
        while left:
            piece = _at(self._file, position, min(left, STEP_BYTES))
            position, left = position + len(piece), left - len(piece)
            yield piece

    def _inflated(self, entry: Entry) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for data in self._stored(entry):
            rest = data
            while rest and not inflater.eof:
                yield _inflate(inflater, rest, entry)
                rest = inflater.unconsumed_tail
            _need(not (inflater.eof and (rest or inflater.unused_data)), f"{entry.name!r} holds more than its data")
        while not inflater.eof:
            piece = _inflate(inflater, b"", entry)
            _need(piece or inflater.eof, f"{entry.name!r} is cut short")
            yield piece

    def read(self, name: str, *, size_bytes_max: int) -> bytes:
        """A small file whole. Raises RefusedInputError."""
        _need(self.entries[name].size <= size_bytes_max, f"{name!r} is larger than {size_bytes_max} bytes")
        return b"".join(self.pieces(name))

    def spooled(self, name: str) -> BinaryIO:
        """A large file as a temporary one, at its beginning. Raises RefusedInputError."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        try:
            for piece in self.pieces(name):
                file.write(piece)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file


def _need(holds: object, words: str) -> None:
    if not holds:
        raise RefusedInputError(f"the ZIP file cannot be trusted: {words}")


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    data = file.read(length)
    _need(len(data) == length, "it is cut short")
    return data


def _directory_place(file: BinaryIO, size: int) -> tuple[int, int, int, int]:
    """Number of entries, first byte and length of the directory, and where it has to end."""
    _need(size >= _END.size, "it is too short to be one")
    place = size - _END.size
    magic, disk, first_disk, here, count, length, start, comment = _END.unpack(_at(file, place, _END.size))
    _need(magic == b"PK\x05\x06" and comment == 0, "it does not end like one: it is cut short, or bytes follow it")
    if _FULL16 in {here, count} or _FULL32 in {length, start}:
        return _place64(file, place)
    _need((disk, first_disk) == (0, 0) and here == count, "it is one of several")
    return count, start, length, place


def _place64(file: BinaryIO, place: int) -> tuple[int, int, int, int]:
    _need(place >= _END64_LOCATOR.size + _END64.size, "its ZIP64 end is missing")
    magic, disk, offset, disks = _END64_LOCATOR.unpack(_at(file, place - _END64_LOCATOR.size, _END64_LOCATOR.size))
    expected = place - _END64_LOCATOR.size - _END64.size
    _need(magic == b"PK\x06\x07" and disk == 0 and disks == 1 and offset == expected, "its ZIP64 end is not in place")
    magic, _, _, _, disk, first_disk, here, count, length, start = _END64.unpack(_at(file, offset, _END64.size))
    _need(magic == b"PK\x06\x06" and disk == first_disk == 0 and here == count, "its ZIP64 end cannot be read")
    return count, start, length, offset


def _entries(data: bytes, count: int) -> list[Entry]:
    found: list[Entry] = []
    names: set[str] = set()
    position = total = 0
    for _ in range(count):
        _need(position + _HEAD.size <= len(data), "its directory is cut short")
        fields = _HEAD.unpack_from(data, position)
        name_end = position + _HEAD.size + fields[10]
        end = name_end + fields[11] + fields[12]
        _need(fields[0] == b"PK\x01\x02" and end <= len(data), "its directory cannot be read")
        raw, extra = data[position + _HEAD.size : name_end], data[name_end : name_end + fields[11]]
        entry = _entry(fields, _name(raw), extra)
        key = unicodedata.normalize("NFC", entry.name).casefold()
        _need(key not in names, f"the name {entry.name!r} stands in it twice")
        names.add(key)
        total += entry.size
        _need(total <= TOTAL_BYTES_MAX, "its files are too large")
        found.append(entry)
        position = end
    _need(position == len(data), "its directory holds more than it says")
    return found


def _name(raw: bytes) -> str:
    """A name that leads nowhere else, whatever the system."""
    _need(0 < len(raw) <= NAME_BYTES_MAX, "a name in it is empty or too long")
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = ""
    shown = raw[:80]
    _need(name, f"the name {shown!r} is not UTF-8")
    plain = all(unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for letter in name)
    _need(plain, f"the name {shown!r} holds characters that cannot be seen")
    parts = name.removesuffix("/").split("/")
    safe = "\\" not in name and ":" not in parts[0] and not {"", ".", ".."} & set(parts)
    _need(safe, f"the name {name!r} leads out of the folder")
    return name


def _entry(fields: tuple[object, ...], name: str, extra: bytes) -> Entry:
    _, made_by, _, flags, method, _, _, checksum, packed, size, _, _, _, disk, _, attributes, offset = fields
    assert isinstance(flags, int)  # struct's H and L are numbers
    assert isinstance(made_by, int)
    assert isinstance(attributes, int)
    assert isinstance(method, int)
    assert isinstance(checksum, int)
    size, packed, offset = _wide(extra, size, packed, offset)
    _need(not flags & _ENCRYPTED, f"{name!r} is encrypted")
    _need(method in {STORED, DEFLATED}, f"{name!r} is compressed in an unknown way")
    _need(disk == 0, f"{name!r} lies in another file")
    mode = attributes >> 16 if made_by >> 8 == _UNIX else 0
    kind = stat.S_IFMT(mode)
    _need(kind in {0, stat.S_IFREG, stat.S_IFDIR}, f"{name!r} is a link or a device, no file")
    _need(method == DEFLATED or size == packed, f"{name!r} has two sizes")
    _need(not name.endswith("/") or size == 0, f"{name!r} is a folder that holds bytes")
    bomb = size > RATIO_FREE_BYTES and size > packed * RATIO_MAX
    _need(not bomb, f"{name!r} grows more than {RATIO_MAX} times when it is decompressed")
    later = bool(flags & _DESCRIBED_LATER)
    return Entry(
        name=name,
        offset=offset,
        size=size,
        packed_size=packed,
        method=method,
        checksum=checksum,
        described_later=later,
    )


def _wide(extra: bytes, *values: object) -> tuple[int, int, int]:
    """Size, packed size and offset, from the ZIP64 field where the short fields are full (APPNOTE 4.5.3)."""
    wide = _extra(extra, _ZIP64_EXTRA)
    found: list[int] = []
    for value in values:
        assert isinstance(value, int)  # struct's L is a number
        if value == _FULL32:
            _need(len(wide) >= 8, "a ZIP64 size is missing")
            value, wide = int.from_bytes(wide[:8], "little"), wide[8:]  # noqa: PLW2901 - the short one says nothing
        found.append(value)
    return found[0], found[1], found[2]


def _extra(data: bytes, wanted: int) -> bytes:
    while len(data) >= 4:
        kind, length = struct.unpack_from("<2H", data)
        if kind == wanted:
            return data[4 : 4 + length]
        data = data[4 + length :]
    return b""


def _data_start(file: BinaryIO, entry: Entry) -> int:
    """Where the data begin; the local header has to say what the directory says."""
    fields = _LOCAL.unpack(_at(file, entry.offset, _LOCAL.size))
    name = _at(file, entry.offset + _LOCAL.size, fields[9])
    same = fields[0] == b"PK\x03\x04" and name == entry.name.encode() and fields[3] == entry.method
    _need(same and not fields[2] & _ENCRYPTED, f"{entry.name!r} is called otherwise where it stands")
    extra = _at(file, entry.offset + _LOCAL.size + fields[9], fields[10])
    if not entry.described_later:
        size, packed, _ = _wide(extra, fields[8], fields[7], 0)
        told = (fields[6], size, packed)
        _need(told == (entry.checksum, entry.size, entry.packed_size), f"{entry.name!r} has two sizes or checksums")
    return entry.offset + _LOCAL.size + len(name) + len(extra)


def _descriptor_size(file: BinaryIO, entry: Entry, position: int, until: int) -> int:
    """Length of the descriptor behind the data, with or without its mark, with short or long sizes."""
    for length in _DESCRIPTOR_SIZES:
        if position + length > until:
            break
        data = _at(file, position, length)
        if length in {16, 24}:
            if not data.startswith(b"PK\x07\x08"):
                continue
            data = data[4:]
        form = "<3L" if len(data) == 12 else "<L2Q"
        if struct.unpack(form, data) == (entry.checksum, entry.packed_size, entry.size):
            return length
    raise RefusedInputError(f"the ZIP file cannot be trusted: what follows {entry.name!r} is not its description")


def _inflate(inflater: zlib._Decompress, data: bytes, entry: Entry) -> bytes:
    try:
        return inflater.decompress(data, STEP_BYTES)
    except zlib.error as error:
        raise RefusedInputError(f"the ZIP file cannot be trusted: {entry.name!r} cannot be decompressed") from error

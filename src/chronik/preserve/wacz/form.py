"""The one form in which Chronik writes a WACZ, down to the headers of the ZIP. Decides, reading an open file.

Digests and signature cover what the files of a package hold. What stands between them carries no content, and any
program may fill it otherwise; in a package that Chronik wrote, each bit of it is known beforehand.
"""

from __future__ import annotations

import base64
import binascii
import json
import struct
from typing import TYPE_CHECKING, Any

from chronik.preserve.wacz.package import DATAPACKAGE, DIGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from chronik.preserve.wacz.zipped import Entry

MAKER = "chronik "
"""How `software` begins in a package of ours."""
DIRECTORY = "the ZIP's directory"
EPOCH = (1980, 1, 1, 0, 0, 0)
MODE = 0o100644 << 16
UNIX = 3
SIGNED_NAMES = ("hash", "created", "software", "signature", "publicKey")

_EPOCH_DAY = 1 << 5 | 1
_ZIP_VERSION, _ZIP64_VERSION = 20, 45
_ZIP64_FROM = 2**31
"""From this offset on Python's `zipfile` writes the wide form."""
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF


def json_bytes(values: dict[str, Any]) -> bytes:
    """JSON as it stands in a package."""
    return json.dumps(values, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def digest_file(signed: dict[str, Any]) -> bytes:
    """`datapackage-digest.json` with this signature (wacz-auth 0.1.0)."""
    values = {name: signed.get(name) for name in SIGNED_NAMES}
    return json_bytes({"path": DATAPACKAGE, "hash": values["hash"], "signedData": values})


def digest_fault(raw: bytes, *, software: str) -> str:
    """What is wrong with the form of a `datapackage-digest.json` of ours; empty where nothing is."""
    try:
        found = json.loads(raw)
        signed = found["signedData"]
        plain = all(_is_base64(signed[name]) for name in ("signature", "publicKey"))
        same = plain and signed["software"] == software and digest_file(signed) == raw
    except (ValueError, KeyError, TypeError, RecursionError):
        same = False
    return "" if same else "is not written as Chronik writes it"


def _is_base64(text: str) -> bool:
    """Whether the bits that base64 leaves free are as they are written."""
    try:
        return base64.b64encode(base64.b64decode(text, validate=True)).decode("ascii") == text
    except (binascii.Error, ValueError):
        return False


def header_faults(file: BinaryIO, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Headers of the ZIP that Chronik would have written otherwise: whose, and what is wrong."""
    ordered = sorted(entries, key=lambda one: one.offset)
    for entry in ordered:
        if _bytes(file, entry.offset, entry.start - entry.offset) != _local_header(entry):
            yield entry.name, "its header in the ZIP is not as Chronik writes it"
    place = max((entry.start + entry.packed_size for entry in ordered), default=0)
    start = place
    for entry in ordered:
        wanted = _directory_header(entry)
        if _bytes(file, place, len(wanted)) != wanted:
            yield entry.name, f"its line in {DIRECTORY} is not as Chronik writes it"
        place += len(wanted)
    wanted = _end(len(ordered), start=start, length=place - start)
    if _bytes(file, place, len(wanted) + 1) != wanted:
        yield DIRECTORY, "does not end as Chronik writes it"
    if not {DIGEST, DATAPACKAGE} <= {entry.name for entry in ordered[-2:]}:
        yield DIRECTORY, "is not in the order in which Chronik writes"


def _bytes(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


def _local_header(entry: Entry) -> bytes:
    name = entry.name.encode()
    sizes = (entry.checksum, entry.size, entry.size, len(name), 0)
    return struct.pack("<4s5H3L2H", b"PK\x03\x04", _ZIP_VERSION, 0, 0, 0, _EPOCH_DAY, *sizes) + name


def _directory_header(entry: Entry) -> bytes:
    name = entry.name.encode()
    wide = entry.offset >= _ZIP64_FROM
    extra = struct.pack("<2HQ", 1, 8, entry.offset) if wide else b""
    version = _ZIP64_VERSION if wide else _ZIP_VERSION
    head = struct.pack("<4s4B4H", b"PK\x01\x02", version, UNIX, version, 0, 0, 0, 0, _EPOCH_DAY)
    sizes = (entry.checksum, entry.size, entry.size, len(name), len(extra), 0, 0, 0, MODE)
    return head + struct.pack("<3L5H2L", *sizes, _FULL32 if wide else entry.offset) + name + extra


def _end(count: int, *, start: int, length: int) -> bytes:
    wide = b""
    if max(start, length) >= _ZIP64_FROM or count > _FULL16:
        fields = (44, _ZIP64_VERSION, _ZIP64_VERSION, 0, 0, count, count, length, start)
        wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", *fields)
        wide += struct.pack("<4sLQL", b"PK\x06\x07", 0, start + length, 1)
    counts = (min(count, _FULL16), min(count, _FULL16), min(length, _FULL32), min(start, _FULL32), 0)
    return wide + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *counts)

"""The index of a WACZ: CDXJ lines, and blocks of them. Decides: lines in, faults out."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from chronik.model import sha256_hex
from chronik.preserve import warc
from chronik.preserve.wacz.package import INDEX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LINE_BYTES_MAX = 2**20
LINES_MAX = 10_000_000
_KNOWN_DIGEST = "sha256:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record that stands in a WARC file of the package."""

    url: str
    moment: str
    """Its WARC-Date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an index."""

    number: int
    moment: str
    url: str
    path: str
    offset: int
    length: int


def lines(file: BinaryIO, *, compressed: bool) -> Iterator[Line | str]:
    """The lines of an index, a text for each that cannot be read."""
    source: Any = gzip.GzipFile(fileobj=file) if compressed else file
    try:
        for number in range(1, LINES_MAX):
            raw = source.readline(LINE_BYTES_MAX)
            if not raw:
                return
            if raw.strip() and not raw.startswith((b"!", b" CDX")):
                yield _line(raw, number)
    except (OSError, EOFError, zlib.error) as error:
        yield f"cannot be decompressed: {error}"


def _line(raw: bytes, number: int) -> Line | str:
    try:
        _, moment, text = raw.decode("utf-8").split(" ", 2)
        found = json.loads(text)
        name = str(found["filename"])
        return Line(
            number=number,
            moment=moment,
            url=str(found["url"]),
            path=name if name.startswith("archive/") else f"archive/{name}",
            offset=int(found["offset"]),
            length=int(found["length"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return f"line {number} cannot be read"


def fault(line: Line, held: Mapping[tuple[str, int], Held]) -> str:
    """Why a line does not lead to the record that it names; empty where it does."""
    found = held.get((line.path, line.offset))
    if found is None:
        return f"{line.url[:200]}: no record begins at byte {line.offset} of {line.path[:200]}"
    if warc.uri(line.url) != warc.uri(found.url.strip("<>")):
        return f"{line.url[:200]}: the record there is of {found.url[:200]}"
    moment = "".join(letter for letter in found.moment if letter.isdigit())
    return "" if moment.startswith(line.moment[:14]) else f"{line.url[:200]}: the record there is of another moment"


def block_faults(file: BinaryIO, block: Callable[[str, int, int], bytes | None]) -> Iterator[tuple[str, str]]:
    """Blocks of a compressed index that are not where or what the `.idx` file says: place, and what is wrong."""
    for number in range(1, LINES_MAX):
        raw = file.readline(LINE_BYTES_MAX)
        if not raw:
            return
        if raw.startswith(b"!") or not raw.strip():
            continue
        try:
            found = json.loads(raw[raw.index(b"{") :])
            name = str(found.get("filename", INDEX.rpartition("/")[2]))
            offset, length = int(found["offset"]), int(found["length"])
            digest = str(found.get("digest", ""))
        except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
            yield f"line {number}", "cannot be read"
            continue
        data = block(name, offset, length) if min(offset, length) >= 0 else None
        if data is None or len(data) != length:
            yield f"line {number}", f"its block is not in {name[:200]}"
        elif digest.startswith(_KNOWN_DIGEST) and warc.labelled(sha256_hex(data)) != digest:
            yield f"line {number}", f"its block in {name[:200]} is not what its digest says"

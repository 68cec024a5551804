"""Tiles and entry bundles of C2SP tlog-tiles. Decides: names, bytes and hashes in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.preserve.ledger.tree import HASH_BYTES, leaf_hash, root_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chronik.preserve.ledger.tree import Read

WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""
HEIGHT = 8
ENTRY_BYTES_MAX = 2**16 - 1
ENTRIES = "tile/entries"

FileBytes = Callable[[str], bytes]
"""The bytes of a file of the ledger, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A tile's place: level, index in the level, and how many hashes it holds."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def name(self) -> str:
        """Its path below the ledger's prefix."""
        return f"tile/{self.level}/{numbered(self.index, width=self.width)}"

    @property
    def bundle_name(self) -> str:
        """Path of the entry bundle beside a tile of level 0."""
        return f"{ENTRIES}/{numbered(self.index, width=self.width)}"


def numbered(index: int, *, width: int = WIDTH) -> str:
    """A tile's number as path elements of three digits, with its width where it is partial."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"


def hashes_at(level: int, size: int) -> int:
    """How many hashes the tiles of one level hold together in a tree of this size."""
    return size >> (HEIGHT * level)


def tile_at(level: int, index: int, *, size: int) -> Tile:
    """A tile as wide as it is in the tree of this size."""
    return Tile(level=level, index=index, width=min(WIDTH, hashes_at(level, size) - index * WIDTH))


def tiles_between(old_size: int, new_size: int) -> Iterator[Tile]:
    """Every tile that is new or wider in the larger tree, lowest level first; with 0, every tile of the tree."""
    level = 0
    while (count := hashes_at(level, new_size)) > 0:
        before = hashes_at(level, old_size)
        if count > before:
            for index in range(before // WIDTH, -(-count // WIDTH)):
                yield tile_at(level, index, size=new_size)
        level += 1


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each behind its length."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def entries_in(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError where it is torn or longer than a bundle may be."""
    found: list[bytes] = []
    place = 0
    while place < len(data):
        start = place + 2
        end = start + int.from_bytes(data[place:start], "big")
        if end > len(data) or len(found) >= WIDTH:
            raise ValueError("the bundle is torn" if end > len(data) else "the bundle holds too many entries")
        found.append(data[start:end])
        place = end
    return found


def hashes_in(data: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [data[place : place + HASH_BYTES] for place in range(0, len(data), HASH_BYTES)]


def tile_bytes(tile: Tile, below: FileBytes, *, known: int = 0) -> bytes:
    """What a tile must hold by the files below it, but for its first `known` hashes.

    Below a tile of level 0 lies the bundle beside it, below others the 256 tiles that each of their hashes is of.
    """
    if tile.level == 0:
        return b"".join(leaf_hash(entry) for entry in entries_in(below(tile.bundle_name))[known:])
    first = tile.index * WIDTH
    under = (Tile(level=tile.level - 1, index=first + number) for number in range(known, tile.width))
    return b"".join(root_of(hashes_in(below(lower.name))) for lower in under)


def reader(file_bytes: FileBytes, *, size: int) -> Read:
    """The hashes of whole subtrees, out of the tiles of a tree of this size. The reader raises what reading raises."""
    held: dict[tuple[int, int], Sequence[bytes]] = {}

    def read(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        first = index << height
        place = (tile_level, first // WIDTH)
        if place not in held:
            held[place] = hashes_in(file_bytes(tile_at(*place, size=size).name))
        start = first % WIDTH
        return root_of(held[place][start : start + (1 << height)])

    return read

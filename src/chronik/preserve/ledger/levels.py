"""The whole tree in memory, to check what stands on the disk against. Decides: hashes in, hashes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.preserve.ledger import tiles, tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.preserve.ledger.tiles import Tile


class Levels:
    """The hashes of a tree of known leaves: 64 bytes a leaf."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self.size = len(hashes)
        self._levels = [list(hashes)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            self._levels.append([tree.node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])

    def read(self, level: int, index: int) -> bytes:
        """The hash of a whole subtree, as `tree.Read` asks for it."""
        return self._levels[level][index]

    def root(self, size: int) -> bytes:
        """The root over the first leaves."""
        return tree.root(self.read, size)

    def tile_bytes(self, tile: Tile) -> bytes:
        """What a tile must hold."""
        first = tile.index * tiles.WIDTH
        level = tile.level * tiles.HEIGHT
        return b"".join(self._levels[level][first : first + tile.width])

"""The ledger's folder: what it holds, and proofs out of it. Acts: reads files."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.errors import LedgerError, NotFoundError, RefusedInputError
from chronik.model import Leaf
from chronik.preserve.ledger import files, note, tiles, tree
from chronik.preserve.ledger.openings import FOLDER as OPENINGS_FOLDER
from chronik.preserve.ledger.openings import Openings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chronik.model import Checkpoint
    from chronik.preserve.ledger.note import VerifierKey
    from chronik.preserve.ledger.tree import Read
    from chronik.preserve.ledger.writing import Writer

CHECKPOINT, CHECKPOINTS, KEYS = "checkpoint", "checkpoints", "keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTerm:
    """From which size on a key signs the checkpoints."""

    size: int
    key: VerifierKey

    def __str__(self) -> str:
        """As the file `keys` holds it."""
        return f"{self.size} {self.key}"


def terms_in(text: str) -> list[KeyTerm]:
    """The lines of the file `keys`. Raises RefusedInputError."""
    found = []
    for line in text.splitlines():
        size, _, key = line.partition(" ")
        if not (size.isascii() and size.isdigit()) or size != str(int(size[:19])):
            raise RefusedInputError("The ledger's list of keys cannot be read.")
        found.append(KeyTerm(size=int(size), key=note.verifier_key(key)))
    if "".join(f"{term}\n" for term in found) != text:
        raise RefusedInputError("The ledger's list of keys is not what was written.")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """One archive's ledger. Opening it costs nothing; each method reads what it needs."""

    folder: Path
    state_base: Path
    """Folder outside the archive: key and high-water mark lie in a folder of it."""
    key_path: Path | None = None
    """Where the operator keeps the private key, if elsewhere."""
    name: str = ""
    """What the origin of a new ledger begins with."""

    @property
    def openings(self) -> Openings:
        """What the leaves commit to."""
        return Openings(self.folder / OPENINGS_FOLDER)

    def terms(self) -> list[KeyTerm]:
        """The ledger's public keys, first to last; empty before the first leaf. Raises LedgerError."""
        data = files.read(self.folder / KEYS)
        try:
            return terms_in(data.decode("utf-8", "replace")) if data is not None else []
        except RefusedInputError as error:
            raise LedgerError(f"{self.folder / KEYS}: {error} Restore the file from a backup.") from error

    def key_at(self, size: int) -> VerifierKey:
        """The public key that signs a checkpoint of this size. Raises LedgerError."""
        found = [term.key for term in self.terms() if term.size <= size]
        if not found:
            raise LedgerError("The ledger has no key yet: nothing was recorded.")
        return found[-1]

    def checkpoint(self) -> Checkpoint | None:
        """The latest checkpoint, its signature not checked; None before the first. Raises LedgerError."""
        return self._checkpoint(CHECKPOINT)

    def checkpoint_at(self, size: int) -> Checkpoint | None:
        """The checkpoint that was signed at this size, if one was."""
        return self._checkpoint(f"{CHECKPOINTS}/{tiles.numbered(size)}")

    def _checkpoint(self, name: str) -> Checkpoint | None:
        data = files.read(self.folder / name)
        try:
            return note.checkpoint(data) if data is not None else None
        except RefusedInputError as error:
            raise LedgerError(f"{self.folder / name}: {error} Run: chronik verify") from error

    def checkpoint_sizes(self) -> list[int]:
        """Sizes at which checkpoints were signed, smallest first."""
        root = self.folder / CHECKPOINTS
        names = ("".join(path.relative_to(root).parts).replace("x", "") for path in root.rglob("*") if path.is_file())
        return sorted(int(name) for name in names if name.isdigit())

    @property
    def size(self) -> int:
        """Leaves under the latest checkpoint."""
        head = self.checkpoint()
        return head.size if head else 0

    def file_bytes(self, name: str) -> bytes:
        """A file of the ledger. Raises LedgerError where it is missing."""
        data = files.read(self.folder / name)
        if data is None:
            raise LedgerError(f"{self.folder / name} is missing. Run: chronik verify")
        return data

    def read(self, size: int) -> Read:
        """The hashes of the tree as its tiles stand on the disk, which hold this many leaves."""
        return tiles.reader(self.file_bytes, size=size)

    def leaf(self, index: int) -> Leaf:
        """One leaf. Raises NotFoundError or LedgerError."""
        size = self.size
        if not 0 <= index < size:
            raise NotFoundError(f"There is no leaf {index}; the ledger has {size}.")
        tile = tiles.tile_at(0, index // tiles.WIDTH, size=size)
        try:
            return Leaf(index=index, entry=tiles.entries_in(self.file_bytes(tile.bundle_name))[index % tiles.WIDTH])
        except (ValueError, IndexError) as error:
            raise LedgerError(f"{tile.bundle_name} is damaged. Run: chronik verify") from error

    def inclusion_proof(self, index: int, *, size: int | None = None) -> tuple[bytes, ...]:
        """The audit path of a leaf in the tree of this size, or in the latest. Raises NotFoundError or LedgerError."""
        latest = self.size
        wanted = latest if size is None else size
        if not 0 <= index < wanted <= latest:
            raise NotFoundError(f"There is no leaf {index} in a tree of {wanted}; the ledger has {latest}.")
        return tree.inclusion_proof(self.read(latest), index, size=wanted)

    def consistency_proof(self, first: int, second: int) -> tuple[bytes, ...]:
        """That the tree of the second size begins with that of the first. Raises NotFoundError or LedgerError."""
        latest = self.size
        if not 0 <= first <= second <= latest:
            raise NotFoundError(f"Sizes {first} and {second} are not in order, or the ledger has only {latest} leaves.")
        return tree.consistency_proof(self.read(latest), first, second=second)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The one writer; what a killed one left is finished first. Raises BusyError, LedgerError, RefusesToSignError.

        Where there is no ledger yet, one is begun.
        """
        from chronik.preserve.ledger.writing import opened_writer  # noqa: PLC0415 - the two know each other

        with opened_writer(self) as writer:
            yield writer

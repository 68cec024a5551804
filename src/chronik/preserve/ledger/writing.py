"""Appends to the ledger and signs it: one writer at a time. Acts: writes files.

Openings are synced first; bundles and tiles follow from them, the high-water mark is raised, and only then a checkpoint
is signed. Killed anywhere in between, the next writer makes the same bytes again. No full tile is ever rewritten.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from chronik.errors import LedgerError, RefusedInputError, RefusesToSignError
from chronik.model import Checkpoint, LeafKind, Opening
from chronik.preserve.ledger import files, note, rotation, tiles, tree
from chronik.preserve.ledger.note import SignerKey
from chronik.preserve.ledger.state import Mark, State, new_origin
from chronik.preserve.ledger.store import CHECKPOINT, CHECKPOINTS, KEYS, KeyTerm
from chronik.preserve.signing import new_seed
from chronik.preserve.stopping import passing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chronik.preserve.ledger.store import Ledger
    from chronik.preserve.ledger.tiles import Tile

NEXT_SUFFIX = ".next"
"""Of the key that a rotation is about to put in place."""


@contextmanager
def opened_writer(ledger: Ledger) -> Iterator[Writer]:
    """The writer of a ledger, under its lock, with everything finished that a killed one left."""
    terms = ledger.terms()
    state = State(ledger.state_base, terms[0].key.name, key=ledger.key_path) if terms else _fresh_state(ledger)
    with state.turn():
        if not ledger.terms():
            term = KeyTerm(size=0, key=state.begin().verifier)
            files.write(ledger.folder / KEYS, f"{term}\n".encode())
        writer = Writer(ledger, state)
        writer.recover()
        yield writer


def _fresh_state(ledger: Ledger) -> State:
    """The state of a ledger that has no leaf: of the key that the operator has put there, else under a new name."""
    data = files.read(ledger.key_path) if ledger.key_path else None
    origin = note.signer_key(data.decode("utf-8", "replace").strip()).name if data else new_origin(ledger.name)
    state = State(ledger.state_base, origin, key=ledger.key_path)
    mark = state.mark()
    if (mark and mark.size) or (ledger.folder / CHECKPOINT).exists():
        raise RefusesToSignError(
            f"{ledger.folder / KEYS} is missing although the ledger was begun. Restore the folder from a backup."
        )
    return state


class Writer:
    """Appends leaves and signs checkpoints."""

    def __init__(self, ledger: Ledger, state: State) -> None:
        self._ledger = ledger
        self._state = state
        self._head: Checkpoint | None = None

    @property
    def size(self) -> int:
        """Leaves under the latest checkpoint."""
        return self._head.size if self._head else 0

    def recover(self) -> None:
        """Check that this is the ledger that was signed last, and finish what a killed writer left."""
        self._head = self._ledger.checkpoint()
        key, mark = self._state.key(), self._state.mark()
        if self._head and not self._is_ours(self._head, key):
            raise RefusesToSignError(
                f"{self._ledger.folder / CHECKPOINT} is not signed by this ledger's key. Run: chronik verify"
            )
        if mark is None:
            raise RefusesToSignError(
                f"The high-water mark is not at {self._state.mark_path}: nobody can know what was signed already. Put "
                "it back there, or set state_directory; if it is lost for good: chronik ledger renew --reason TEXT"
            )
        end = self._ledger.openings.repair(self.size)
        if mark.size > end:
            raise RefusesToSignError(_rolled_back(end, mark))
        if end > self.size:
            self._write_tiles(self.size, end)
        self._check_root(mark, end)
        if end > self.size:
            self._sign(end)

    def _is_ours(self, head: Checkpoint, key: SignerKey) -> bool:
        """Whether the latest checkpoint is by the key in place, or by the one that was handing over to it."""
        last, signing = self._ledger.terms()[-1], self._ledger.key_at(head.size)
        in_place = key.verifier in {signing, last.key if last.size == head.size + 1 else signing}
        return in_place and not note.fault(head, signing)

    def append(self, drafts: Sequence[tuple[bytes, Mapping[str, Any]]]) -> Checkpoint:
        """Append a leaf for each salt and payload, and sign. Raises LedgerError; what was synced keeps its place."""
        first = self.size
        openings = [
            Opening(index=first + number, salt=salt, payload=payload) for number, (salt, payload) in enumerate(drafts)
        ]
        assert openings, "nothing is signed where nothing is new"
        self._ledger.openings.append(openings)
        passing("openings kept")
        end = first + len(openings)
        self._write_tiles(first, end, fresh=[one.leaf.entry for one in openings])
        return self._sign(end)

    def rotate_key(self, *, salt: bytes, at: str) -> Checkpoint:
        """Hand over to a new key by a leaf that both sign; the checkpoint over it carries both signatures."""
        old = self._state.key()
        new = SignerKey(name=old.name, seed=new_seed())
        self._state.keep_key(new, suffix=NEXT_SUFFIX)
        return self.append([(salt, rotation.payload(old, new, size=self.size, at=at))])

    def _write_tiles(self, start: int, end: int, *, fresh: Sequence[bytes] = ()) -> None:
        """Bundles and tiles that the tree of size `end` has and that of size `start` has not."""
        entries = list(fresh) or [self._entry(one) for one in self._ledger.openings.between(start, end)]
        for tile in tiles.tiles_between(start, end):
            if tile.level == 0:
                first = tile.index * tiles.WIDTH
                new = entries[max(first - start, 0) : first + tile.width - start]
                data = self._before(tile, start, "bundle_name") + tiles.bundle(new)
                self._write(tile.bundle_name, data)
            self._write(tile.name, self._tile_bytes(tile, start))

    @staticmethod
    def _entry(opening: object) -> bytes:
        if not isinstance(opening, Opening):
            raise LedgerError(f"An opening of the ledger is damaged ({opening}). Run: chronik verify")
        return opening.leaf.entry

    def _before(self, tile: Tile, size: int, name: str) -> bytes:
        """What the narrower file of a tile held in the smaller tree; nothing where there was none."""
        width = tiles.hashes_at(tile.level, size) - tile.index * tiles.WIDTH
        if width <= 0:
            return b""
        earlier = tiles.Tile(level=tile.level, index=tile.index, width=width)
        return self._ledger.file_bytes(getattr(earlier, name))

    def _tile_bytes(self, tile: Tile, size: int) -> bytes:
        before = self._before(tile, size, "name")
        return before + tiles.tile_bytes(tile, self._ledger.file_bytes, known=len(before) // tree.HASH_BYTES)

    def _write(self, name: str, data: bytes) -> None:
        files.write_once(self._ledger.folder / name, data)
        passing("tile kept")

    def _check_root(self, mark: Mark, end: int) -> None:
        """The tree must begin with what was signed, or it is another one."""
        read = self._ledger.read(end)
        if tree.root(read, mark.size) != mark.root:
            raise RefusesToSignError(
                f"The tree of the first {mark.size} leaves is not the one that was signed: the ledger was changed, or "
                "an older copy of it went its own way. Run: chronik verify; restore the folder from the newest backup."
            )
        if self._head and tree.root(read, self._head.size) != self._head.root:
            raise RefusesToSignError(
                f"The tiles of the ledger do not give the root of its checkpoint of {self._head.size} leaves. Run: "
                "chronik verify; restore the folder from the newest backup."
            )

    def _sign(self, size: int) -> Checkpoint:
        root = tree.root(self._ledger.read(size), size)
        if self._head and tree.root(self._ledger.read(size), self._head.size) != self._head.root:
            raise LedgerError("The ledger's tiles changed while they were written. Run: chronik verify")
        self._state.raise_mark(Mark(size=size, root=root))
        passing("mark raised")
        successor = self._successor(size)
        signed = self._note(size, root, successor)
        self._write(f"{CHECKPOINTS}/{tiles.numbered(size)}", signed)
        if successor:
            self._hand_over(successor, size)
        passing("checkpoint kept")
        files.write(self._ledger.folder / CHECKPOINT, signed)
        passing("checkpoint signed")
        before, self._head = self.size, note.checkpoint(signed)
        self._sweep(before, size)
        return self._head

    def _note(self, size: int, root: bytes, successor: note.VerifierKey | None) -> bytes:
        """The signed checkpoint; one that was signed before a crash is taken as it stands."""
        key = self._state.key()
        text = note.checkpoint_text(origin=key.name, size=size, root=root)
        held = self._ledger.checkpoint_at(size)
        if held and note.parsed(held.note)[0] == text and not note.fault(held, key.verifier):
            return held.note
        keys = [key]
        if successor and successor != key.verifier:
            keys.append(self._next_key(successor))
        return note.signed(text, *keys)

    def _successor(self, size: int) -> note.VerifierKey | None:
        """The key that takes over with the last leaf, if that is what the leaf says."""
        last = self._ledger.openings.at(size - 1)
        if not isinstance(last, Opening) or last.kind != LeafKind.KEY_ROTATION:
            return None
        try:
            return rotation.handed_over(last.payload, index=size - 1, old=self._ledger.key_at(size - 1))
        except RefusedInputError as error:
            raise LedgerError(f"Leaf {size - 1}, a change of keys: {error}. Run: chronik verify") from error

    def _next_key(self, successor: note.VerifierKey) -> SignerKey:
        path = self._state.key_path.with_name(self._state.key_path.name + NEXT_SUFFIX)
        data = files.read(path)
        found = note.signer_key(data.decode("utf-8", "replace")) if data else None
        if found is None or found.verifier != successor:
            raise RefusesToSignError(f"{path} is not the key that leaf {self.size} hands over to. Put it back there.")
        return found

    def _hand_over(self, successor: note.VerifierKey, size: int) -> None:
        terms = self._ledger.terms()
        if terms[-1].key != successor:
            text = "".join(f"{term}\n" for term in [*terms, KeyTerm(size=size, key=successor)])
            files.write(self._ledger.folder / KEYS, text.encode())
        if self._state.key().verifier != successor:
            self._state.keep_key(self._next_key(successor))
        with suppress(OSError):
            self._state.key_path.with_name(self._state.key_path.name + NEXT_SUFFIX).unlink(missing_ok=True)

    def _sweep(self, start: int, end: int) -> None:
        """Partial tiles may go once the full one is there (tlog-tiles, Partial Tiles)."""
        for tile in tiles.tiles_between(start, end):
            if tile.width == tiles.WIDTH:
                for name in (tile.name, tile.bundle_name) if tile.level == 0 else (tile.name,):
                    shutil.rmtree(self._ledger.folder / f"{name}.p", ignore_errors=True)


def _rolled_back(size: int, mark: Mark) -> str:
    return (
        f"A checkpoint over {mark.size} leaves was signed here, and this ledger ends at {size}: an older backup was "
        "restored, or files are missing. Nothing is signed, so that no two checkpoints contradict each other. Restore "
        "the newest backup; if what was signed is lost for good: chronik ledger renew --reason TEXT"
    )

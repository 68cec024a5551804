"""Inclusion proofs as text (C2SP tlog-proof). Decides: values in, text out, and back."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.errors import RefusedInputError
from chronik.preserve.ledger import note, tree

if TYPE_CHECKING:
    from chronik.model import Checkpoint

HEADER = "c2sp.org/tlog-proof@v1"
EXTRA, INDEX = "extra ", "index "


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That a leaf stands at its place under a checkpoint."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint
    extra: bytes = b""

    def holds(self, entry: bytes) -> bool:
        """Whether this entry is that leaf. The checkpoint's signature is another question: `note.fault`."""
        head = self.checkpoint
        entry_hash = tree.leaf_hash(entry)
        return tree.includes(entry_hash, self.index, size=head.size, root_hash=head.root, proof=self.path)


def written(proof: Proof) -> str:
    """The proof as a file `NAME.tlog-proof` holds it."""
    lines = [HEADER]
    if proof.extra:
        lines.append(EXTRA + _base64(proof.extra))
    lines += [f"{INDEX}{proof.index}", *(_base64(step) for step in proof.path)]
    return "\n".join(lines) + "\n\n" + proof.checkpoint.note.decode()


def read(text: str) -> Proof:
    """Read a proof, nothing of it checked yet. Raises RefusedInputError."""
    top, separator, rest = text.partition("\n\n")
    lines = top.split("\n")
    if not separator or lines.pop(0) != HEADER or not lines:
        raise RefusedInputError(f"This is no proof: it does not begin with {HEADER}.")
    extra = _bytes(lines.pop(0).removeprefix(EXTRA)) if lines[0].startswith(EXTRA) else b""
    number = lines.pop(0).removeprefix(INDEX) if lines and lines[0].startswith(INDEX) else ""
    path = tuple(_bytes(line) for line in lines)
    if not number.isascii() or not number.isdigit() or number != str(int(number[:19])):
        raise RefusedInputError("The proof does not say which leaf it is of.")
    if len(path) > tree.PROOF_HASHES_MAX or any(len(step) != tree.HASH_BYTES for step in path):
        raise RefusedInputError("The proof's path is not one of SHA-256 digests.")
    return Proof(index=int(number), path=path, checkpoint=note.checkpoint(rest.encode()), extra=extra)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RefusedInputError("A line of the proof is not base64.") from error
    if _base64(data) != text:
        raise RefusedInputError("A line of the proof is not base64 in its one right form.")
    return data

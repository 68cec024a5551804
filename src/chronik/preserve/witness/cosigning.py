"""Co-signatures of checkpoints, and how they are asked for (C2SP tlog-cosignature, tlog-witness).

Decides: bytes in, values out.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from chronik.errors import RefusedInputError
from chronik.preserve.ledger import note, tree
from chronik.preserve.signing import is_signed, signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.model import Checkpoint
    from chronik.preserve.ledger.note import SignerKey, VerifierKey
    from chronik.preserve.ledger.state import Mark

PROOF_LINES_MAX = 63
REQUEST_BYTES_MAX = note.NOTE_BYTES_MAX + 8 * 2**10
ANSWER_BYTES_MAX = note.NOTE_BYTES_MAX
SIZE_MEDIA_TYPE = "text/x.tlog.size"
PATH = "/add-checkpoint"
_TIME_BYTES, _SIGNATURE_BYTES = 8, 64
_TIME_MAX = 253_402_300_799
"""The last second of the year 9999, the last that a date can be made of."""
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """That a witness saw a checkpoint as the largest consistent one at a moment."""

    by: VerifierKey
    at: datetime
    line: str
    """The signature line of the note, with its line end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What `add-checkpoint` is sent."""

    old_size: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a checkpoint is not co-signed, as HTTP says it."""

    status: int
    words: str
    is_fork: bool = False
    """Two heads of one size, both signed: the ledger contradicts itself, and the two notes prove it."""


def cosigned(checkpoint: Checkpoint, *, key: SignerKey, at_s: int) -> str:
    """The line by which a witness co-signs a checkpoint at a moment, in seconds since 1970."""
    made = signature(_message(checkpoint, at_s), seed=key.seed)
    return note.line(key.verifier, at_s.to_bytes(_TIME_BYTES, "big") + made)


def _message(checkpoint: Checkpoint, at_s: int) -> bytes:
    text, _ = note.parsed(checkpoint.note)
    return f"cosignature/v1\ntime {at_s}\n{text}".encode()


def cosignatures(lines: str, *, checkpoint: Checkpoint, keys: Iterable[VerifierKey]) -> list[Cosignature]:
    """Those of these signature lines that these witnesses made over this checkpoint; others are passed over.

    Raises RefusedInputError where the lines are no signature lines, or one that names a witness is not by it.
    """
    text, _ = note.parsed(checkpoint.note)
    _, found = note.parsed(f"{text}\n{lines}".encode("utf-8", "surrogatepass"))
    known = {(key.name, key.id): key for key in keys}
    made = []
    for one, line in zip(found, lines.splitlines(keepends=True), strict=True):
        key = known.get((one.name, one.key_id))
        if key is not None:
            made.append(Cosignature(by=key, at=_moment(one.signature, checkpoint, key), line=line))
    return made


def _moment(data: bytes, checkpoint: Checkpoint, key: VerifierKey) -> datetime:
    at_s = int.from_bytes(data[:_TIME_BYTES], "big")
    whole = len(data) == _TIME_BYTES + _SIGNATURE_BYTES and at_s <= _TIME_MAX
    if not whole or not is_signed(_message(checkpoint, at_s), data[_TIME_BYTES:], key=key.key):
        raise RefusedInputError(f"the co-signature of {key.name} does not belong to this checkpoint")
    return datetime.fromtimestamp(at_s, UTC)


def written(request: Request) -> bytes:
    """The body of a request."""
    proof = "".join(f"{base64.b64encode(step).decode('ascii')}\n" for step in request.proof)
    return f"old {request.old_size}\n{proof}\n".encode() + request.checkpoint.note


def read(body: bytes) -> Request:
    """Read the body of a request, nothing of it checked yet. Raises RefusedInputError."""
    if len(body) > REQUEST_BYTES_MAX:
        raise RefusedInputError(f"the request has more than {REQUEST_BYTES_MAX} bytes")
    top, separator, rest = body.partition(b"\n\n")
    lines = top.split(b"\n")
    old = _OLD.fullmatch(lines[0].decode("ascii", "replace"))
    if not separator or old is None or len(lines) > PROOF_LINES_MAX + 1:
        raise RefusedInputError("the request does not begin with the old size, a proof and an empty line")
    proof = tuple(_hash(line) for line in lines[1:])
    return Request(old_size=int(old[1]), proof=proof, checkpoint=note.checkpoint(rest))


def _hash(line: bytes) -> bytes:
    try:
        data = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RefusedInputError("a line of the proof is not base64") from error
    if len(data) != tree.HASH_BYTES or base64.b64encode(data) != line:
        raise RefusedInputError("a line of the proof is no SHA-256 digest in base64")
    return data


def distrusted(checkpoint: Checkpoint, keys: Sequence[VerifierKey]) -> Refusal | None:
    """Why a checkpoint does not come from a ledger that is trusted, if it does not; `keys` are those of its origin."""
    if not keys:
        return Refusal(status=404, words="no ledger of this name is known here")
    if all(note.fault(checkpoint, key) for key in keys):
        return Refusal(status=403, words="no trusted key signed this checkpoint")
    return None


def refused(request: Request, *, held: Mark) -> Refusal | None:
    """Why a trusted ledger's checkpoint is not co-signed after the one that was last, if it is not."""
    head, old = request.checkpoint, request.old_size
    if old > head.size:
        return Refusal(status=400, words="the old size is larger than the checkpoint")
    if head.size == held.size and head.root != held.root:
        return Refusal(status=409, words=f"{held.size}\n", is_fork=True)
    if old != held.size:
        return Refusal(status=409, words=f"{held.size}\n")
    empty = head.size == 0 and head.root != tree.EMPTY_ROOT
    extends = tree.extends(old, head.size, first_root=held.root, second_root=head.root, proof=request.proof)
    if empty or not extends:
        return Refusal(status=422, words="the proof does not lead from the old tree to this one")
    return None


def size_in(answer: bytes) -> int | None:
    """The size that a witness says it knows, in the body of its 409."""
    text = answer.decode("ascii", "replace")
    known = re.fullmatch(r"(0|[1-9][0-9]{0,18})\n", text)
    return int(known[1]) if known else None

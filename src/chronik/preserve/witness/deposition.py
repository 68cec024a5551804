"""What one archive says, signed, of its own captures of an address. Decides: values in, bytes out, and back.

A deposition is canonical JSON: the words, and a signature by the archive's co-signing key. It holds the openings of the
captures' leaves with their way to a checkpoint, and of the passages that the archive has published their digests only.
What co-signing signs begins with other words (C2SP tlog-cosignature), so that neither can pass for the other.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chronik.errors import RefusedInputError
from chronik.model import LeafKind, RecordKind, canonical, leaf_entry
from chronik.preserve.ledger import note, tree
from chronik.preserve.ledger.store import KeyTerm
from chronik.preserve.signing import is_signed, signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chronik.model import Checkpoint, Opening
    from chronik.preserve.ledger.note import SignerKey, VerifierKey

FORMAT = "chronik-deposition/1"
MEDIA_TYPE = "application/vnd.chronik.deposition+json"
BYTES_MAX = 2**20
CAPTURES_MAX = 16
PASSAGES_MAX = 64
"""Of one capture."""
TERMS_MAX = 64
AHEAD_MAX = timedelta(minutes=10)
"""No deposition is believed that was made later than this from now."""
_PARTS = frozenset({"format", "by", "at", "address", "keys", "checkpoint", "captures"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposed:
    """One capture of another archive, as it says."""

    captured_at: datetime
    payload_digest: str
    status: int | None
    leaf: int
    passages: tuple[tuple[int, str], ...]
    """Words and digest of each published passage: see `extract.sealed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposition:
    """What a witness says of an address, its signature and proofs checked."""

    by: VerifierKey
    at: datetime
    address: str
    origin: str
    """Of the witness's own ledger."""
    captures: tuple[Deposed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A capture about which something is to be said."""

    opening: Opening
    path: tuple[bytes, ...]
    passages: tuple[tuple[int, str], ...]


def written(  # noqa: PLR0913 - what a deposition is made of
    drafts: Iterable[Draft],
    *,
    key: SignerKey,
    address: str,
    at: datetime,
    terms: Iterable[KeyTerm],
    checkpoint: Checkpoint,
) -> bytes:
    """The signed deposition as a file."""
    words = canonical(
        {
            "format": FORMAT,
            "by": str(key.verifier),
            "at": at.isoformat(),
            "address": address,
            "keys": [{"size": term.size, "key": str(term.key)} for term in terms],
            "checkpoint": checkpoint.note.decode(),
            "captures": [_written(draft) for draft in drafts],
        }
    )
    signed = _base64(signature(_message(words), seed=key.seed))
    return canonical({"deposition": words.decode(), "signature": signed})


def _written(draft: Draft) -> dict[str, Any]:
    return {
        "index": draft.opening.index,
        "salt": draft.opening.salt.hex(),
        "payload": dict(draft.opening.payload),
        "path": [_base64(step) for step in draft.path],
        "passages": [{"words": count, "sha256": digest} for count, digest in draft.passages],
    }


def _message(words: bytes) -> bytes:
    return FORMAT.encode() + b"\n" + words


def checked(data: bytes, *, keys: Iterable[VerifierKey], now: datetime) -> Deposition:
    """Read a deposition by one of these witnesses. Raises RefusedInputError saying what does not hold."""
    _need(len(data) <= BYTES_MAX, f"it has more than {BYTES_MAX} bytes")
    outer = _json(data)
    _need(outer.keys() == {"deposition", "signature"}, "it is no deposition")
    text = outer["deposition"]
    _need(isinstance(text, str), "it is no deposition")
    words = text.encode("utf-8", "surrogatepass")
    told = _json(words)
    _need(told.keys() == _PARTS and told["format"] == FORMAT, f"it is not of the format {FORMAT}")
    by = next((key for key in keys if str(key) == told["by"]), None)
    if by is None:
        raise RefusedInputError(f"it is by {str(told['by'])[:120]!r}, which is not in the setting witnesses")
    _need(is_signed(_message(words), _bytes(outer["signature"]), key=by.key), f"the signature of {by.name} is wrong")
    at = _moment(told["at"])
    _need(at <= now + AHEAD_MAX, f"it is dated {at.isoformat()}, which is yet to come")
    head = _head(told)
    items = told["captures"]
    _need(isinstance(items, list) and len(items) <= CAPTURES_MAX, f"it tells of more than {CAPTURES_MAX} captures")
    address = str(told["address"])
    captures = tuple(_deposed(item, head=head, address=address) for item in items)
    return Deposition(by=by, at=at, address=address, origin=head.origin, captures=captures)


def _head(told: Mapping[str, Any]) -> Checkpoint:
    """The witness's own checkpoint, signed by the ledger key that it names."""
    _need(isinstance(told["keys"], list) and 1 <= len(told["keys"]) <= TERMS_MAX, "it names no ledger's key")
    _need(isinstance(told["checkpoint"], str), "it holds no checkpoint")
    head = note.checkpoint(told["checkpoint"].encode("utf-8", "replace"))
    terms = [_term(item) for item in told["keys"]]
    signing = [term.key for term in terms if term.size <= head.size]
    _need(signing and head.origin == signing[-1].name, "its checkpoint is of another ledger than its key")
    fault = note.fault(head, signing[-1])
    _need(not fault, f"its checkpoint: {fault}")
    return head


def _term(item: object) -> KeyTerm:
    shaped = isinstance(item, dict) and item.keys() == {"size", "key"} and type(item["size"]) is int
    _need(shaped and isinstance(item["key"], str), "a key in it cannot be read")  # type: ignore[index]  # `shaped`
    assert isinstance(item, dict), "said in the line before"
    return KeyTerm(size=item["size"], key=note.verifier_key(item["key"]))


def _deposed(item: object, *, head: Checkpoint, address: str) -> Deposed:
    parts = {"index", "salt", "payload", "path", "passages"}
    _need(isinstance(item, dict) and item.keys() == parts, "a capture in it cannot be read")
    assert isinstance(item, dict), "said in the line before"
    index, payload, path = item["index"], item["payload"], item["path"]
    shaped = type(index) is int and isinstance(payload, dict) and isinstance(path, list)
    _need(shaped and len(path) <= tree.PROOF_HASHES_MAX, "a capture in it cannot be read")
    entry_hash = tree.leaf_hash(leaf_entry(_salt(item["salt"]), payload))
    proof = [_bytes(step) for step in path]
    holds = tree.includes(entry_hash, index, size=head.size, root_hash=head.root, proof=proof)
    _need(holds, f"its leaf {index} does not lead to the root of its checkpoint")
    fields = payload.get("capture")
    _need(payload.get("kind") == LeafKind.CAPTURE and isinstance(fields, dict), f"its leaf {index} is of no capture")
    assert isinstance(fields, dict), "said in the line before"
    own = fields.get("record") == RecordKind.RESPONSE and fields.get("origin") == ""
    _need(own, f"its leaf {index} is of something that it did not fetch itself")
    _need(fields.get("url") == address, f"its leaf {index} is of another address")
    status = fields.get("status")
    return Deposed(
        captured_at=_moment(fields.get("captured_at")),
        payload_digest=str(fields.get("payload_sha256", "")),
        status=status if type(status) is int else None,
        leaf=index,
        passages=_passages(item["passages"]),
    )


def _passages(items: object) -> tuple[tuple[int, str], ...]:
    _need(isinstance(items, list) and len(items) <= PASSAGES_MAX, "its passages cannot be read")
    assert isinstance(items, list), "said in the line before"
    found = []
    for item in items:
        _need(isinstance(item, dict) and item.keys() == {"words", "sha256"}, "a passage in it cannot be read")
        count, digest = item["words"], item["sha256"]
        _need(type(count) is int and isinstance(digest, str), "a passage in it cannot be read")
        found.append((count, digest))
    return tuple(found)


def _json(data: bytes) -> dict[str, Any]:
    try:
        values = json.loads(data)
        same = canonical(values) == data
    except (ValueError, RecursionError) as error:
        raise RefusedInputError("it is not JSON") from error
    _need(same and isinstance(values, dict), "it is not canonical JSON")
    found: dict[str, Any] = values
    return found


def _moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
        _need(moment.tzinfo is not None, "a moment in it has no zone")
    except ValueError as error:
        raise RefusedInputError("a moment in it cannot be read") from error
    return moment


def _salt(text: object) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError as error:
        raise RefusedInputError("a salt in it cannot be read") from error


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise RefusedInputError("a value in it is not base64") from error


def _need(holds: object, words: str) -> None:
    if not holds:
        raise RefusedInputError(words)

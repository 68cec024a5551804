"""Proof bundles: one file by which anybody can check captures and acts. Decides: values in, bytes out, and back.

A bundle is canonical JSON (RFC 8785): the ledger's keys, one checkpoint, and for each leaf its opening and its path to
the root; the WARC records of each capture; the stamps over the checkpoint. `tools/verify_bundle.py` checks the same
rules without a line of this package. Co-signatures of the checkpoint may stand beside it: they prove nothing to who has
not the witness's key from elsewhere, and a bundle without them, or with false ones, proves what it proved before.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chronik.errors import ChronikError, DamagedCaptureError, RefusedInputError
from chronik.model import LeafKind, RecordKind, canonical, capture_id, leaf_entry, sha256_hex
from chronik.preserve import warc
from chronik.preserve.ledger import note, rotation, tree
from chronik.preserve.ledger.store import KeyTerm
from chronik.preserve.witness import cosigning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chronik.model import Checkpoint, Opening
    from chronik.preserve.ledger.note import VerifierKey

FORMAT = "chronik-bundle/1"
BUNDLE_BYTES_MAX = 2**29
RECORDS_MAX = 1_000
_PARTS = {"format": str, "keys": list, "checkpoint": str, "leaves": list, "records": dict, "stamps": list}
_BESIDE = "cosignatures"
_MOMENT = re.compile(rb"\x18[\x0f-\x1b](\d{14})(?:\.\d+)?Z")
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLeaf:
    """A leaf with what it commits to and the way to the root."""

    opening: Opening
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What a bundle is made of."""

    terms: tuple[KeyTerm, ...]
    checkpoint: Checkpoint
    leaves: tuple[BundleLeaf, ...]
    """With every change of keys up to the checkpoint, in the order of the ledger."""
    records: Mapping[str, bytes]
    """Capture → its WARC records."""
    stamps: Sequence[tuple[str, bytes]] = ()
    """Authority → token over the checkpoint."""
    cosignatures: Sequence[str] = ()
    """Signature lines of witnesses over the checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a bundle proves, or why it proves nothing."""

    fault: str = ""
    proved: tuple[str, ...] = ()
    """`capture ID` and `act ID`, in the order of the ledger."""
    key: str = ""
    """Verifier key that signed the checkpoint."""
    stamped: tuple[str, ...] = field(default=())
    """`AUTHORITY TIME` of the stamps that name the checkpoint; their signatures are not checked here."""
    cosigned: tuple[str, ...] = field(default=())
    """`WITNESS TIME` of the co-signatures by witnesses whose keys were named."""


def written(bundle: Bundle) -> bytes:
    """The bundle as a file."""
    beside = {"cosignatures": list(bundle.cosignatures)} if bundle.cosignatures else {}
    return canonical(
        {
            **beside,
            "format": FORMAT,
            "keys": [{"size": term.size, "key": str(term.key)} for term in bundle.terms],
            "checkpoint": bundle.checkpoint.note.decode(),
            "leaves": [
                {
                    "index": leaf.opening.index,
                    "salt": leaf.opening.salt.hex(),
                    "payload": canonical(dict(leaf.opening.payload)).decode(),
                    "path": [_base64(step) for step in leaf.path],
                }
                for leaf in bundle.leaves
            ],
            "records": {identity: _base64(data) for identity, data in bundle.records.items()},
            "stamps": [{"authority": name, "token": _base64(token)} for name, token in bundle.stamps],
        }
    )


def checked(data: bytes, *, key: VerifierKey | None = None, witnesses: Sequence[VerifierKey] = ()) -> Checked:
    """Re-derive everything in a bundle; the ledger's public key and the witnesses' are as known from elsewhere."""
    try:
        values = _values(data)
        found = _Check(values, key).done()
        return replace(found, cosigned=tuple(_cosigned(values, witnesses)))
    except (ChronikError, DamagedCaptureError) as error:
        return Checked(fault=str(error))


def _values(data: bytes) -> dict[str, Any]:
    _need(len(data) <= BUNDLE_BYTES_MAX, "the bundle is too large")
    try:
        values = json.loads(data)
        same = canonical(values) == data
    except (ValueError, RecursionError) as error:
        raise RefusedInputError("the bundle is not JSON") from error
    _need(same and isinstance(values, dict), "the bundle is not canonical JSON")
    shaped = values.keys() - {_BESIDE} == _PARTS.keys() and all(
        isinstance(values[name], kind) for name, kind in _PARTS.items()
    )
    _need(shaped and values["format"] == FORMAT, f"the bundle is not of the format {FORMAT}")
    found: dict[str, Any] = values
    return found


def _need(holds: object, words: str) -> None:
    if not holds:
        raise RefusedInputError(words)


def _cosigned(values: Mapping[str, Any], witnesses: Sequence[VerifierKey]) -> Iterator[str]:
    """Those co-signatures that are by these witnesses; what is false says nothing."""
    lines = values.get(_BESIDE)
    head = note.checkpoint(values["checkpoint"].encode())
    for line in lines[: note.SIGNATURES_MAX] if isinstance(lines, list) else ():
        with suppress(RefusedInputError):
            found = cosigning.cosignatures(str(line), checkpoint=head, keys=witnesses)
            yield from (f"{one.by.name} {one.at.isoformat()}" for one in found)


class _Check:
    """One bundle while it is checked."""

    def __init__(self, values: dict[str, Any], key: VerifierKey | None) -> None:
        self._values = values
        self._terms = [self._term(item) for item in values["keys"]]
        sizes = [term.size for term in self._terms]
        one_name = len({term.key.name for term in self._terms}) == 1
        _need(one_name and sizes == sorted(set(sizes)) and sizes[0] == 0, "the keys are not in order")
        _need(key is None or key in {term.key for term in self._terms}, "the trusted key is none of the bundle's")
        self._head = note.checkpoint(values["checkpoint"].encode())
        self._payloads: dict[int, dict[str, Any]] = {}

    @staticmethod
    def _term(item: object) -> KeyTerm:
        _need(isinstance(item, dict) and item.keys() == {"size", "key"}, "a key of the bundle cannot be read")
        assert isinstance(item, dict), "said in the line before"
        _need(type(item["size"]) is int and isinstance(item["key"], str), "a key of the bundle cannot be read")
        found = note.verifier_key(item["key"])
        _need(str(found) == item["key"], "a key of the bundle cannot be read")
        return KeyTerm(size=item["size"], key=found)

    def done(self) -> Checked:
        signing = self._checkpoint()
        for item in self._values["leaves"]:
            self._leaf(item)
        self._rotations()
        self._records()
        told = tuple(f"{one['kind']} {one['id']}" for one in self._payloads.values())
        return Checked(proved=told, key=str(signing), stamped=tuple(self._stamps()))

    def _checkpoint(self) -> VerifierKey:
        head, terms = self._head, self._terms
        _need(terms[-1].size <= head.size, "a key of the bundle signs only later checkpoints")
        due = [terms[-1].key, *(term.key for term in terms[-2:-1] if terms[-1].size == head.size)]
        for key in due:
            _need(head.origin == key.name, "the checkpoint is of another ledger than the key")
            fault = note.fault(head, key)
            _need(not fault, f"the checkpoint: {fault}")
        return terms[-1].key

    def _leaf(self, item: object) -> None:
        _need(isinstance(item, dict) and item.keys() == {"index", "salt", "payload", "path"}, "a leaf cannot be read")
        assert isinstance(item, dict), "said in the line before"
        index, salt, text, path = item["index"], item["salt"], item["payload"], item["path"]
        shaped = type(index) is int and isinstance(salt, str) and isinstance(text, str) and isinstance(path, list)
        _need(shaped and _HEX.fullmatch(salt), "a leaf cannot be read")
        _need(index > max(self._payloads, default=-1), "the leaves are not in order")
        try:
            payload = json.loads(text)
            same = canonical(payload) == text.encode()
        except (ValueError, RecursionError) as error:
            raise RefusedInputError(f"leaf {index}: its payload is not canonical JSON") from error
        named = isinstance(payload, dict) and all(isinstance(payload.get(name), str) for name in ("kind", "id"))
        _need(named and same, f"leaf {index}: its payload is not canonical JSON, or does not say of what it is")
        entry_hash = tree.leaf_hash(leaf_entry(bytes.fromhex(salt), payload))
        proof = [_bytes(step) for step in path]
        head = self._head
        holds = tree.includes(entry_hash, index, size=head.size, root_hash=head.root, proof=proof)
        _need(holds, f"leaf {index}: it does not lead to the root of the checkpoint")
        self._payloads[index] = payload

    def _rotations(self) -> None:
        for before, after in zip(self._terms, self._terms[1:], strict=False):
            payload = self._payloads.get(after.size - 1, {})
            _need(payload.get("kind") == LeafKind.KEY_ROTATION, "a change of keys has no leaf in the bundle")
            new = rotation.handed_over(payload, index=after.size - 1, old=before.key)
            _need(new == after.key, "a change of keys names another key")

    def _records(self) -> None:
        captures = {one["id"]: one for one in self._payloads.values() if one["kind"] == LeafKind.CAPTURE}
        _need(captures.keys() == self._values["records"].keys(), "records and captures of the bundle do not agree")
        for identity, payload in captures.items():
            data = _bytes(self._values["records"][identity])
            about = {"sha256": sha256_hex(data), "bytes": len(data)}
            _need(payload.get("records") == about, f"capture {identity}: its records are not what the leaf says")
            _need(_holds(data, payload), f"capture {identity}: no record in it is what the leaf says")

    def _stamps(self) -> Iterator[str]:
        digest = bytes.fromhex(sha256_hex(self._head.note))
        for item in self._values["stamps"]:
            _need(isinstance(item, dict) and item.keys() == {"authority", "token"}, "a stamp cannot be read")
            token = _bytes(item["token"])
            place = token.find(digest)
            moment = _MOMENT.search(token, place) if place >= 0 else None
            _need(moment, f"the stamp of {item['authority']} is not over this checkpoint")
            assert moment, "said in the line before"
            yield f"{item['authority']} {moment[1].decode()}Z"


def _holds(data: bytes, payload: Mapping[str, Any]) -> bool:
    """Whether one of these WARC records is the capture that the payload describes."""
    wanted = payload.get("capture")
    if not isinstance(wanted, dict):
        return False
    for record in _warc_records(data):
        if record.kind != wanted.get("record") or record.url != wanted.get("url"):
            continue
        moment = warc.instant(record.field("WARC-Date"))
        digest = sha256_hex(record.block)
        same = digest == wanted.get("block_sha256") and moment is not None
        if same and moment == datetime.fromisoformat(str(wanted.get("captured_at"))):
            kind = RecordKind(record.kind)
            return capture_id(record=kind, url=record.url, captured_at=moment, block_digest=digest) == str(
                payload["id"]
            )
    return False


def _warc_records(data: bytes) -> Iterator[warc.Record]:
    file, place = io.BytesIO(data), 0
    for _ in range(RECORDS_MAX):
        if place >= len(data):
            return
        record, length = warc.member_at(file, place)
        place += length
        yield record


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: object) -> bytes:
    try:
        data = base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise RefusedInputError("a value of the bundle is not base64") from error
    _need(isinstance(text, str) and _base64(data) == text, "a value of the bundle is not base64 in its one right form")
    return data

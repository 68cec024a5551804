"""The seal of a published edition: what a bundle proves of the act by which its manifest was sealed. Decides."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chronik.errors import RefusedInputError
from chronik.model import LeafKind, Verb
from chronik.preserve.ledger import bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.preserve.ledger.note import VerifierKey

PROOF_BYTES_MAX = 2**24


class SealError(RefusedInputError):
    """A proof does not prove what it should; `leaf` is the one at fault, if one is.

    `of_another_manifest` where it holds, and is of the dossier: then nobody knows which of the two is wrong.
    """

    def __init__(self, words: str, *, leaf: int | None = None, of_another_manifest: bool = False) -> None:
        super().__init__(words)
        self.leaf = leaf
        self.of_another_manifest = of_another_manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """An edition that the ledger holds."""

    leaf: int
    recorded_at: str
    """By the archive's own clock."""
    key: str
    """That signed the checkpoint."""
    ledger: str
    """The ledger's first key: which ledger it is, however its keys were changed."""
    stamped: tuple[str, ...]
    """`AUTHORITY TIME` of each stamp that names the checkpoint; their signatures are not checked here."""
    note: bytes = field(repr=False)
    """Of the checkpoint: what the stamps are over."""
    stamps: tuple[tuple[str, bytes], ...] = field(repr=False)
    """Authority and answer, in the order of `stamped`."""


def seal(proof: bytes, *, slug: str, edition: str, manifest: str, key: VerifierKey | None = None) -> Seal:
    """The seal of the manifest with this digest. Raises SealError where the proof does not hold or is of another."""
    if len(proof) > PROOF_BYTES_MAX:
        raise SealError("proves nothing: it is too large")
    found = bundle.checked(proof, key=key)
    if found.fault:
        raise SealError(f"proves nothing: {found.fault}")
    values = json.loads(proof)
    faults: list[SealError] = []
    for leaf, payload in _sealings(values["leaves"]):
        act = payload["act"]
        detail = act.get("detail")
        if act.get("subject") == slug and detail == {"edition": edition, "manifest": manifest}:
            return Seal(
                leaf=leaf,
                recorded_at=str(payload.get("recorded_at", "")),
                key=found.key,
                ledger=values["keys"][0]["key"],
                stamped=found.stamped,
                note=values["checkpoint"].encode(),
                stamps=tuple((one["authority"], base64.b64decode(one["token"])) for one in values["stamps"]),
            )
        faults.append(_other(leaf, act, slug=slug))
    raise faults[0] if faults else SealError("proves no sealing of an edition")


def _sealings(leaves: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    for leaf in leaves:
        payload = json.loads(leaf["payload"])
        act = payload.get("act")
        if payload["kind"] == LeafKind.ACT and isinstance(act, dict) and act.get("verb") == Verb.SEAL_EDITION:
            yield leaf["index"], payload


def _other(leaf: int, act: dict[str, Any], *, slug: str) -> SealError:
    subject = str(act.get("subject", ""))[:100]
    if subject != slug:
        return SealError(f"is the proof of another dossier: leaf {leaf} seals {subject!r}", leaf=leaf)
    words = f"is not the one that leaf {leaf} seals: it was changed, or the proof beside it is of another edition"
    return SealError(words, leaf=leaf, of_another_manifest=True)

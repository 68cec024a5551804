"""The leaf by which a key hands over to the next, signed by both. Decides: values in, values out."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from chronik.errors import RefusedInputError
from chronik.model import LeafKind, canonical
from chronik.preserve.ledger.note import VerifierKey, verifier_key
from chronik.preserve.signing import is_signed, signature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.preserve.ledger.note import SignerKey

PURPOSE = "chronik/key-rotation/v1"


def payload(old: SignerKey, new: SignerKey, *, size: int, at: str) -> dict[str, Any]:
    """The payload of the leaf that is appended to a ledger of this size."""
    message = _message(old.verifier, new.verifier, size=size, at=at)
    return {
        "kind": str(LeafKind.KEY_ROTATION),
        "id": f"{new.name}+{new.verifier.id.hex()}",
        "at": at,
        "old": str(old.verifier),
        "new": str(new.verifier),
        "signatures": {
            "old": base64.b64encode(signature(message, seed=old.seed)).decode("ascii"),
            "new": base64.b64encode(signature(message, seed=new.seed)).decode("ascii"),
        },
    }


def handed_over(found: Mapping[str, Any], *, index: int, old: VerifierKey) -> VerifierKey:
    """The key that follows `old` by this payload of leaf `index`. Raises RefusedInputError saying what is wrong."""
    new = verifier_key(str(found.get("new", "")))
    if found.get("old") != str(old) or new.name != old.name:
        raise RefusedInputError("it does not name the key that signed before it")
    message = _message(old, new, size=index, at=str(found.get("at", "")))
    signatures = found.get("signatures")
    for whose, key in (("old", old), ("new", new)):
        text = signatures.get(whose) if isinstance(signatures, dict) else ""
        if not is_signed(message, _bytes(text), key=key.key):
            raise RefusedInputError(f"the {whose} key did not sign it")
    return new


def _message(old: VerifierKey, new: VerifierKey, *, size: int, at: str) -> bytes:
    return canonical({"purpose": PURPOSE, "at": at, "size": size, "old": str(old), "new": str(new)})


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError):
        return b""

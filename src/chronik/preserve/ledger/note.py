"""Signed notes, their keys, and checkpoints (C2SP signed-note, tlog-checkpoint). Decides: text in, values out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

from chronik.errors import RefusedInputError
from chronik.model import Checkpoint, Signature
from chronik.preserve.ledger.tree import HASH_BYTES
from chronik.preserve.signing import is_signed, public_key, signature

ED25519, COSIGNATURE = b"\x01", b"\x04"
"""Kinds of keys: one signs notes, the other co-signs checkpoints of others (C2SP tlog-cosignature)."""
NOTE_BYTES_MAX = 64 * 2**10
SIGNATURES_MAX = 64
KEY_ID_BYTES = 4
PRIVATE_START = "PRIVATE+KEY+"
_DASH = "— "
_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """Who may check a note: name and public key."""

    name: str
    key: bytes
    algorithm: bytes = ED25519

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.algorithm + self.key).digest()[:KEY_ID_BYTES]

    def __str__(self) -> str:
        """As C2SP writes it: `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{_base64(self.algorithm + self.key)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerKey:
    """Who may sign a note: name and secret seed."""

    name: str
    seed: bytes = field(repr=False)
    algorithm: bytes = ED25519

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(name=self.name, key=public_key(self.seed), algorithm=self.algorithm)

    @property
    def secret(self) -> str:
        """As Go's note package writes it; whoever reads this can sign."""
        return f"{PRIVATE_START}{self.name}+{self.verifier.id.hex()}+{_base64(self.algorithm + self.seed)}"


def verifier_key(text: str, *, algorithm: bytes = ED25519) -> VerifierKey:
    """Read a verifier key of this kind. Raises RefusedInputError."""
    name, key_id, key = _key_parts(text, algorithm)
    found = VerifierKey(name=name, key=key, algorithm=algorithm)
    if found.id.hex() != key_id:
        raise RefusedInputError(f"The verifier key of {name!r} is damaged: its id does not belong to it.")
    return found


def signer_key(text: str, *, algorithm: bytes = ED25519) -> SignerKey:
    """Read a private key of this kind. Raises RefusedInputError; its words do not repeat the key."""
    if not text.startswith(PRIVATE_START):
        raise RefusedInputError(f"This is no private key of a ledger: it does not begin with {PRIVATE_START}.")
    name, key_id, seed = _key_parts(text.removeprefix(PRIVATE_START), algorithm)
    found = SignerKey(name=name, seed=seed, algorithm=algorithm)
    if found.verifier.id.hex() != key_id:
        raise RefusedInputError(f"The private key of {name!r} is damaged: its id does not belong to it.")
    return found


def _key_parts(text: str, algorithm: bytes) -> tuple[str, str, bytes]:
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    key = _bytes(encoded)
    if not _NAME.fullmatch(name) or len(key) != HASH_BYTES + 1 or key[:1] != algorithm:
        of = "ledger" if algorithm == ED25519 else "witness"
        raise RefusedInputError(f"This is no Ed25519 key of a {of}, which looks like name+1234abcd+base64.")
    return name, key_id, key[1:]


def signed(text: str, *keys: SignerKey) -> bytes:
    """A note: a text that ends with a line end, and a signature by each key."""
    message = text.encode()
    lines = [line(key.verifier, signature(message, seed=key.seed)) for key in keys]
    return f"{text}\n{''.join(lines)}".encode()


def line(key: VerifierKey, signature_bytes: bytes) -> str:
    """One signature line of a note."""
    return f"{_DASH}{key.name} {_base64(key.id + signature_bytes)}\n"


def parsed(note: bytes) -> tuple[str, tuple[Signature, ...]]:
    """Text and signatures of a note, none of them checked yet. Raises RefusedInputError."""
    if len(note) > NOTE_BYTES_MAX:
        raise RefusedInputError(f"The note has {len(note)} bytes; the limit is {NOTE_BYTES_MAX}.")
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise RefusedInputError(f"The note is not UTF-8 (byte {error.start}).") from error
    text, separator, lines = whole.rpartition("\n\n")
    found = lines.split("\n")
    if not separator or found.pop() or any(sign < " " and sign != "\n" for sign in whole):
        raise RefusedInputError("This is no signed note: text, empty line, signatures, each line ended.")
    if not 1 <= len(found) <= SIGNATURES_MAX:
        raise RefusedInputError(f"The note has {len(found)} signatures; there must be 1 to {SIGNATURES_MAX}.")
    return text + "\n", tuple(_signature(one) for one in found)


def _signature(text: str) -> Signature:
    name, _, encoded = text.removeprefix(_DASH).partition(" ")
    data = _bytes(encoded)
    if not text.startswith(_DASH) or not _NAME.fullmatch(name) or len(data) <= KEY_ID_BYTES:
        raise RefusedInputError("A signature line of the note cannot be read.")
    return Signature(name=name, key_id=data[:KEY_ID_BYTES], signature=data[KEY_ID_BYTES:])


def checkpoint_text(*, origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint, to be signed."""
    return f"{origin}\n{size}\n{_base64(root)}\n"


def checkpoint(note: bytes) -> Checkpoint:
    """Read a checkpoint, its signatures not checked yet. Raises RefusedInputError."""
    text, signatures = parsed(note)
    origin, size, root = head(text)
    return Checkpoint(origin=origin, size=size, root=root, signatures=signatures, note=note)


def head(text: str) -> tuple[str, int, bytes]:
    """Origin, size and root in the text of a checkpoint. Raises RefusedInputError."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines) or not text.endswith("\n"):
        raise RefusedInputError("A checkpoint has three lines: origin, size, root.")
    origin, size, encoded = lines[:3]
    root = _bytes(encoded)
    if not _SIZE.fullmatch(size) or len(root) != HASH_BYTES:
        raise RefusedInputError("Size or root of the checkpoint cannot be read.")
    return origin, int(size), root


def fault(found: Checkpoint, key: VerifierKey) -> str:
    """Why a checkpoint is not one that this key signed, or an empty text where it is."""
    mine = [one for one in found.signatures if (one.name, one.key_id) == (key.name, key.id)]
    if not mine:
        return f"it is not signed by the key {key.name}+{key.id.hex()}"
    message = parsed(found.note)[0].encode()
    if not all(is_signed(message, one.signature, key=key.key) for one in mine):
        return f"the signature of {key.name}+{key.id.hex()} does not belong to it"
    return ""


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    """Strictly decoded: one text for one value, so that no bit can be changed unseen. Empty where it cannot be."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if _base64(data) == text else b""

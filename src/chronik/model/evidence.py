"""The nouns of what can be proved: leaves and what they commit to, checkpoints, stamps, grades. Decides."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from chronik.model.identity import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LEAF_VERSION = 1
SALT_BYTES = 32


class LeafKind(StrEnum):
    """What a leaf is about. It stands in the opening only: a leaf alone tells nothing."""

    CAPTURE = "capture"
    ACT = "act"
    KEY_ROTATION = "key-rotation"
    SUCCESSION = "succession"
    """The first leaf of a ledger that goes on where another one was lost."""


class Grade(StrEnum):
    """What is proved of a capture or clip. None of them follows from another."""

    UNCHANGED_SINCE = "unchanged-since"
    """Ledger and stamp: these bytes stood here at that time, and have not been changed since."""
    SEEN_BY_OTHERS = "seen-by-others"
    """A witness outside this archive saw the same."""
    SAID_BY_THE_SITE = "said-by-the-site"
    """The site's own certificate stood at the other end of the connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One entry of the ledger. It holds no personal data, so it outlives a redaction."""

    index: int
    """Counted from 0."""
    entry: bytes
    """RFC 8785 JSON of version and commitment: what the Merkle tree hashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a leaf commits to: who has it can check the leaf, who has the leaf alone learns nothing."""

    index: int
    salt: bytes = field(repr=False)
    """32 random bytes; without them nobody can guess the payload from the leaf."""
    payload: Mapping[str, Any]
    """A JSON object with at least `kind` and `id`."""

    @property
    def kind(self) -> str:
        """A `LeafKind`, or what a later version of Chronik calls it."""
        return str(self.payload.get("kind", ""))

    @property
    def subject(self) -> str:
        """The id of the capture or act that the leaf is about."""
        return str(self.payload.get("id", ""))

    @property
    def leaf(self) -> Leaf:
        """The leaf that this opens."""
        return Leaf(index=self.index, entry=leaf_entry(self.salt, self.payload))


def leaf_entry(salt: bytes, payload: Mapping[str, Any]) -> bytes:
    """The bytes of a leaf: a salted commitment (HMAC-SHA-256) to a payload in canonical form."""
    commitment = hmac.new(salt, canonical(dict(payload)), "sha256").hexdigest()
    return canonical({"commitment": commitment, "version": LEAF_VERSION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature line of a note (C2SP signed-note)."""

    name: str
    key_id: bytes
    """Four bytes."""
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The head of the Merkle tree at one size, signed (C2SP tlog-checkpoint)."""

    origin: str
    """The ledger's own name, the same for ever."""
    size: int
    """Leaves in the tree."""
    root: bytes
    """RFC 6962 tree hash, 32 bytes."""
    signatures: tuple[Signature, ...] = ()
    note: bytes = b""
    """The whole signed note, byte for byte: what a stamp is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A trusted time for a checkpoint: an RFC 3161 token over the SHA-256 of its note."""

    size: int
    """Of the checkpoint."""
    authority: str
    """Name of the one who stamped."""
    at: datetime
    """Time in the token."""
    token: bytes
    """The DER bytes of the authority's answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What was noted of the connection over which a page came."""

    address: str
    """IP address at the other end."""
    elapsed_s: float
    """From the start, which the capture names by the wall clock, to the end, by the monotonic clock."""
    certificate: str = ""
    """SHA-256 of the site's certificate; empty without TLS."""
    chain: tuple[bytes, ...] = ()
    """The certificates that the site sent (DER), its own first; empty where only the digest was noted."""
    tls_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCertificate:
    """What a certificate says of itself. That it says so is no proof of anything."""

    subject: str
    """Whose it is."""
    issuer: str
    """Who vouches for that."""
    valid_from: datetime
    valid_until: datetime
    digest: str
    """SHA-256 of its bytes."""
    hosts: tuple[str, ...] = ()
    """Names and IP addresses that it is for; `*.example.org` is every name one step below."""


class ProofState(StrEnum):
    """How far one grade is proved."""

    PROVED = "proved"
    WAITING = "waiting"
    """On its way: the leaf, the checkpoint or the stamp is due."""
    NOTHING = "nothing"
    """Nobody said anything."""
    CONTRADICTED = "contradicted"
    """Somebody said something else, or the bytes are not what was committed to."""


class Witness(StrEnum):
    """Who outside this archive may have seen the same. Nothing that this archive makes alone is one."""

    ARCHIVE = "archive"
    """Another Chronik, which co-signed a checkpoint and holds a capture of the same address."""
    MEMENTO = "memento"
    """A capture in another web archive (RFC 7089)."""
    PACKAGE = "package"
    """A WACZ that somebody else signed and handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """What one witness says of a capture, checked here: its signature held, and the passage was compared."""

    witness: Witness
    name: str
    """Who it is: the host of the archive, or the name in the signature."""
    seen_at: datetime
    """When the witness saw the page, as it says itself."""
    address: str = ""
    """Where its copy can be looked at; empty where it was handed in."""
    agrees: bool = True
    """The passage, or the text where none was asked about, stands there word for word."""
    detail: str = ""
    """What differs, or what was not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedProof:
    """One grade of one capture or clip, and what it rests on."""

    grade: Grade
    state: ProofState
    since: datetime | None = None
    """The time that is proved; for `unchanged-since` that of the earliest stamp over its leaf."""
    leaf: int | None = None
    by: tuple[str, ...] = ()
    """Authorities, witnesses, or the certificates of the site, by name."""
    reason: str = ""
    """What is waited for, or what contradicts, in words for people."""

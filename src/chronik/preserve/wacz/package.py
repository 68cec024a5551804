"""What a WACZ is made of, and what is said about one. Decides: values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

WACZ_VERSION = "1.2.0"
DATAPACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
ARCHIVE, INDEXES = "archive/", "indexes/"
PAGES = "pages/pages.jsonl"
INDEX, INDEX_OF_INDEX = "indexes/index.cdx.gz", "indexes/index.idx"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPage:
    """One page of the list that a reader chooses from."""

    capture_id: str
    url: str
    captured_at: datetime
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is to be written."""

    title: str
    description: str = ""
    created: datetime
    software: str
    records: Iterable[bytes]
    """The WARC records of each capture, as gzip members; asked for one after the other."""
    pages: tuple[PackedPage, ...]


class SignatureState(StrEnum):
    """What the signature of a WACZ is worth."""

    UNSIGNED = "unsigned"
    BY_KEY = "signed by a key"
    """By a key that names nobody: compare it with what its owner published."""
    BY_DOMAIN = "signed for a domain"
    """By the key of a certificate that leads to a known authority. When it was signed, it says itself."""
    WRONG = "wrongly signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed a WACZ, as it says itself."""

    state: SignatureState
    key: str = ""
    """Public key (SPKI, base64) for BY_KEY."""
    domain: str = ""
    software: str = ""
    created: str = ""
    fault: str = ""
    """Why it is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with a WACZ."""

    where: str
    """The file in it, with line or offset where that helps."""
    what: str
    breaks_seal: bool = False
    """The bytes are not those that were packed; else the package was made like this, or carries no valid signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What is known of a WACZ after every byte was read."""

    faults: tuple[Fault, ...]
    signature: Signature
    title: str = ""
    version: str = ""
    software: str = ""
    created: str = ""
    records: int = 0
    pages: int = 0
    digest: str = ""
    """SHA-256 of datapackage.json, which leads to every byte."""

"""Which captures came in a WACZ, who signed it, and whether that counts. Acts: reads packages that are kept whole.

A package signed by this archive's own key is its own word. One signed by a key that nobody knows is anybody's word, for
everybody can make a key: it counts once the operator has said whose it is. A domain is vouched for by an authority.
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chronik.archive import known_witnesses
from chronik.archive.known_witnesses import KeyKind
from chronik.archive.taking_wacz import WACZ_MEDIA_TYPE
from chronik.errors import ChronikError, DamagedCaptureError
from chronik.model import RecordKind, Verb, capture_id, sha256_hex
from chronik.preserve import foreign
from chronik.preserve.wacz import verifying
from chronik.preserve.wacz.package import Signature, SignatureState
from chronik.preserve.wacz.zipped import Zip

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.archive.known_witnesses import TrustedKey
    from chronik.model import Capture
    from chronik.ports import ForeignRecord

PACKAGE_BYTES_MAX = 64 * 2**20
"""Larger packages are not looked into again: each look reads all of one."""
PACKAGES_MAX = 1_000
KEY_SHOWN_LENGTH = 24
_REMEMBERED = "packages of others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a kept package holds, after every byte was checked."""

    signature: Signature
    captures: frozenset[str] = frozenset()
    """Ids of the captures in it; none where its seal is broken."""
    readable: bool = True
    """False where it is too large to be looked into again, or damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed a package, shown as what it is."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """The package in which a capture came, and what its signature is worth."""

    file: str
    taken_at: datetime
    identity: str
    """Id of the capture that keeps the package whole; empty where it is not checked."""
    signature: Signature
    counts_as: str = ""
    """Whose word it counts as under “seen by others”; empty where it does not count."""
    own: bool = False
    """Signed by this archive itself."""
    checked: bool = True
    """Checked now; else it says what was found when the package was taken in."""


def came_in(archive: Archive, capture: Capture) -> tuple[Came, ...]:
    """The packages in which a capture came, the latest first, each checked again from its first byte to its last.

    Of one that cannot be checked again, because it is too large or damaged, what stands in the act of taking it in.
    """
    if not capture.origin or not _is_its_id(capture):
        return ()
    known = known_witnesses.trusted(archive)
    looked = [(package, look(archive, package)) for package in _named_alike(archive, capture)]
    held = [
        _came(archive, package, found.signature, known) for package, found in looked if capture.id in found.captures
    ]
    settled = {package.url for package, found in looked if found.readable}
    return (*held, *_recorded(archive, capture.origin, settled=settled))


def _recorded(archive: Archive, file: str, *, settled: Container[str]) -> Iterator[Came]:
    """What acts say of packages of a name that cannot be checked again."""
    for act in archive.catalogue.acts_of({Verb.IMPORT}, subject=file, limit=PACKAGES_MAX):
        state, url = str(act.detail.get("signature", "")), f"urn:{act.detail.get('wacz', '')}"
        if state not in set(SignatureState) or url in settled:
            continue
        by = str(act.detail.get("signed_by", ""))
        of_domain = state == SignatureState.BY_DOMAIN
        signature = Signature(
            state=SignatureState(state),
            key="" if of_domain else by,
            domain=by if of_domain else "",
            created=str(act.detail.get("signed_at", "")),
            software=str(act.detail.get("signing_software", "")),
        )
        own = _is_own(archive, signature)
        yield Came(file=file, taken_at=act.at, identity="", signature=signature, own=own, checked=False)


def _came(archive: Archive, package: Capture, signature: Signature, known: Mapping[str, TrustedKey]) -> Came:
    signer = _signer(archive, signature, known)
    return Came(
        file=package.origin,
        taken_at=package.captured_at,
        identity=package.id,
        signature=signature,
        counts_as=signer.name if signer else "",
        own=_is_own(archive, signature),
    )


def _named_alike(archive: Archive, capture: Capture) -> Iterator[Capture]:
    """Packages that came under the name that stands with the capture."""
    packages = archive.catalogue.captures_of_kind(WACZ_MEDIA_TYPE, limit=PACKAGES_MAX)
    return (package for package in packages if package.origin == capture.origin)


def holding(archive: Archive, capture: Capture, *, known: Mapping[str, TrustedKey]) -> Iterator[Signer]:
    """Who else signed packages that hold this capture; nobody twice."""
    names: set[str] = set()
    if not _is_its_id(capture):
        return
    for package in _named_alike(archive, capture):
        looked = look(archive, package)
        signer = _signer(archive, looked.signature, known) if capture.id in looked.captures else None
        if signer is not None and signer.name not in names:
            names.add(signer.name)
            yield signer


def _is_its_id(capture: Capture) -> bool:
    """Whether a capture bears the id of what it says of itself: a row can be written by anybody with the database."""
    made = capture_id(
        record=capture.record, url=capture.url, captured_at=capture.captured_at, block_digest=capture.block_digest
    )
    return made == capture.id


def look(archive: Archive, package: Capture) -> Looked:
    """What a kept package holds; read once in a process."""
    remembered: dict[str, Looked] = archive.kept.setdefault(_REMEMBERED, {})
    if package.id not in remembered:
        remembered[package.id] = _looked(archive, package)
    return remembered[package.id]


def _looked(archive: Archive, package: Capture) -> Looked:
    nothing = Looked(signature=Signature(state=SignatureState.UNSIGNED), readable=False)
    with suppress(ChronikError, DamagedCaptureError):
        body = archive.vault_of(package.url).page(package, size_bytes_max=PACKAGE_BYTES_MAX).body
        found = verifying.verified(io.BytesIO(body))
        if not any(fault.breaks_seal for fault in found.faults):
            return Looked(signature=found.signature, captures=frozenset(_ids(body, package.origin)))
    return nothing


def _ids(body: bytes, origin: str) -> Iterator[str]:
    package = Zip(io.BytesIO(body))
    for name in verifying.warcs(package):
        with package.spooled(name) as file:
            found = [item for item in foreign.inside(file, name=origin) if not isinstance(item, foreign.Damage)]
            yield from map(_id, found)


def _id(item: ForeignRecord) -> str:
    """As `taking_wacz.keep` tells whether it is known."""
    digest = sha256_hex(item.block)
    return capture_id(record=RecordKind(item.record), url=item.url, captured_at=item.captured_at, block_digest=digest)


def _signer(archive: Archive, signature: Signature, known: Mapping[str, TrustedKey]) -> Signer | None:
    """Who signed, where that is somebody else whom anybody can name."""
    if _is_own(archive, signature):
        return None
    if signature.state is SignatureState.BY_DOMAIN:
        return Signer(name=signature.domain, words=f"signed for the domain {signature.domain}")
    trusted = known.get(signature.key) if signature.state is SignatureState.BY_KEY else None
    if trusted is None or trusted.kind is not KeyKind.PACKAGES:
        return None
    shown = signature.key[-KEY_SHOWN_LENGTH:]
    return Signer(name=trusted.name, words=f"signed by the key …{shown}, which the operator says is of {trusted.name}")


def _is_own(archive: Archive, signature: Signature) -> bool:
    """Whether this archive itself signed."""
    if signature.state is SignatureState.BY_DOMAIN:
        return signature.domain == urlsplit(archive.config.public_url).hostname
    return signature.state is SignatureState.BY_KEY and signature.key == known_witnesses.package_key(archive.config)

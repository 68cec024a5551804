"""Acts: takes in a WACZ that others made: verified first, kept whole with its signature, its captures as evidence."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.errors import RefusedInputError
from chronik.model import RecordKind, capture_id, sha256_hex
from chronik.preserve import foreign, warc
from chronik.preserve.ledger import files
from chronik.preserve.recovery import QUARANTINE
from chronik.preserve.wacz import verifying
from chronik.preserve.wacz.package import SignatureState
from chronik.preserve.wacz.zipped import Zip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chronik.ports import ForeignRecord
    from chronik.preserve.wacz.package import Verified

WACZ_MEDIA_TYPE = "application/wacz+zip"
WHOLE_BYTES_MAX = warc.RECORD_BYTES_MAX
"""A larger WACZ is not kept whole: its captures are, and its digests stand in the act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenWacz:
    """What a WACZ brought."""

    new: int
    known: int
    notes: tuple[tuple[str, str], ...]
    """Where, and what is to be known of it: who signed it, what in it does not hold."""
    about: dict[str, object]
    """What the act of taking it in keeps: signature, signer, software, digests."""


def take(archive: Archive, path: Path, *, progress: Progress = unseen) -> TakenWacz:
    """Take in the captures of a WACZ whose files are what it says they are.

    Raises RefusedInputError for any other: then nothing was taken in, and the file lies in quarantine.
    """
    with path.open("rb") as file:
        found = _verified(archive, file, path)
        digest, size_bytes = _digest(file)
        kept = size_bytes <= WHOLE_BYTES_MAX
        if kept:
            _keep_whole(archive, file, digest=digest, origin=path.name)
        new, known, damages = _captures(archive, Zip(file), path.name, progress)
    faults = [(fault.where, fault.what) for fault in found.faults]
    about = {
        "wacz": f"sha256:{digest}",
        "kept_whole": kept,
        "datapackage": found.digest,
        "signature": str(found.signature.state),
        "signed_by": found.signature.domain or found.signature.key,
        "signing_software": found.signature.software,
        "signed_at": found.signature.created,
        "software": found.software,
        "title": found.title,
        "faults": [f"{where}: {what}" for where, what in faults],
    }
    return TakenWacz(new=new, known=known, notes=(_signature_note(found), *faults, *damages), about=about)


def _verified(archive: Archive, file: BinaryIO, path: Path) -> Verified:
    try:
        found = verifying.verified(file)
    except RefusedInputError as error:
        place = _quarantined(archive, file, path, str(error))
        raise RefusedInputError(f"{error}. Nothing was taken in{place}.") from error
    if broken := next((fault for fault in found.faults if fault.breaks_seal), None):
        reason = f"{broken.where}: {broken.what}"
        raise RefusedInputError(f"{reason}. Nothing was taken in{_quarantined(archive, file, path, reason)}.")
    return found


def _digest(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of an open file."""
    digest = hashlib.sha256()
    file.seek(0)
    while data := file.read(warc.READ_BYTES):
        digest.update(data)
    return digest.hexdigest(), file.tell()


def _quarantined(archive: Archive, file: BinaryIO, path: Path, reason: str) -> str:
    """Keep what was refused beside its reason, under its own digest; where it lies, in words."""
    digest, size_bytes = _digest(file)
    if size_bytes > WHOLE_BYTES_MAX:
        return f" (SHA-256 {digest}; too large for the quarantine)"
    place = archive.config.vault / QUARANTINE / f"refused-{digest}.wacz"
    files.make_folder(place.parent)
    file.seek(0)
    with place.open("wb") as kept:
        shutil.copyfileobj(file, kept)
    told = f"{path.name}\nsha256:{digest}\n{reason}\n"
    place.with_suffix(".txt").write_text(told, encoding="utf-8", errors="backslashreplace")
    return f"; it lies in {place}"


def _keep_whole(archive: Archive, file: BinaryIO, *, digest: str, origin: str) -> None:
    """The file itself is what its signature can be checked against in years."""
    now, url = archive.clock(), f"urn:sha256:{digest}"
    identity = capture_id(record=RecordKind.RESOURCE, url=url, captured_at=now, block_digest=digest)
    if not archive.catalogue.known_captures([identity]):
        file.seek(0)
        data = file.read(WHOLE_BYTES_MAX)
        kept = archive.vault.keep_resource(data, url=url, media_type=WACZ_MEDIA_TYPE, taken_at=now, origin=origin)
        archive.catalogue.record_capture(kept, to_read=False)


def _captures(
    archive: Archive, package: Zip, origin: str, progress: Progress
) -> tuple[int, int, list[tuple[str, str]]]:
    new = known = 0
    damages: list[tuple[str, str]] = []
    for name, item in _contents(package, origin):
        if isinstance(item, foreign.Damage):
            damages.append((f"{name} at byte {item.offset}", item.reason))
            continue
        is_new = keep(archive, item)
        new, known = new + is_new, known + (not is_new)
        progress(Step(stage="import", done=new + known, total=0, failed=len(damages)))
    return new, known, damages


def _contents(package: Zip, origin: str) -> Iterator[tuple[str, ForeignRecord | foreign.Damage]]:
    for name in verifying.warcs(package):
        with package.spooled(name) as file:
            for item in foreign.inside(file, name=origin):
                yield name, item


def keep(archive: Archive, item: ForeignRecord) -> bool:
    """Keep a record of another archive unless it is known; False then."""
    identity = capture_id(
        record=RecordKind(item.record),
        url=item.url,
        captured_at=item.captured_at,
        block_digest=sha256_hex(item.block),
    )
    if archive.catalogue.known_captures([identity]):
        return False
    return archive.catalogue.record_capture(archive.vault.keep_foreign(item))


def _signature_note(found: Verified) -> tuple[str, str]:
    signature = found.signature
    by = {
        SignatureState.UNSIGNED: "not signed: nobody vouches for it",
        SignatureState.BY_KEY: f"signed by the key {signature.key}; compare it with what its owner published",
        SignatureState.BY_DOMAIN: f"signed for the domain {signature.domain} with {signature.software}",
        SignatureState.WRONG: f"wrongly signed: {signature.fault}",
    }
    return ("signature", by[signature.state])

"""Says of a WACZ whether it is what it claims to be, naming each file that is not. Acts: reads one file."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from chronik.errors import DamagedCaptureError, RefusedInputError
from chronik.model import sha256_hex
from chronik.preserve import foreign, signing, warc
from chronik.preserve.wacz import form, indexes
from chronik.preserve.wacz.package import (
    ARCHIVE,
    DATAPACKAGE,
    DIGEST,
    INDEXES,
    PAGES,
    Fault,
    Signature,
    SignatureState,
    Verified,
)
from chronik.preserve.wacz.zipped import STORED, Zip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JSON_BYTES_MAX = 16 * 2**20
PAGES_BYTES_MAX = 256 * 2**20
FAULTS_MAX = 1_000
"""What a report names; more are no news."""
WARC_SUFFIXES = (".warc", ".warc.gz")
_OWN = frozenset({DATAPACKAGE, DIGEST})


def verified(file: BinaryIO, *, key: str = "") -> Verified:
    """Everything re-derived from the bytes; `key` is the public key (SPKI, base64) that has to have signed.

    Raises RefusedInputError for what is no WACZ at all, or a ZIP file that cannot be trusted.
    """
    return _Check(file, key).done()


def warcs(package: Zip) -> list[str]:
    """The WARC files of a WACZ, by name."""
    return sorted(name for name in package.entries if name.startswith(ARCHIVE) and name.endswith(WARC_SUFFIXES))


def values(data: bytes, *, name: str) -> dict[str, Any]:
    """A JSON object. Raises RefusedInputError."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RefusedInputError(f"{name} is not JSON") from error
    if not isinstance(found, dict):
        raise RefusedInputError(f"{name} is no JSON object")
    return found


class _Check:
    """One WACZ while it is checked."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        package = Zip(file)
        if DATAPACKAGE not in package.entries:
            raise RefusedInputError("it holds no datapackage.json, so it is no WACZ")
        self._file, self._zip, self._key = file, package, key
        self._raw = package.read(DATAPACKAGE, size_bytes_max=JSON_BYTES_MAX)
        self._about = values(self._raw, name=DATAPACKAGE)
        if not isinstance(self._about.get("resources"), list):
            raise RefusedInputError("its datapackage.json lists no resources")
        self._faults: list[Fault] = []
        self._digest = warc.labelled(sha256_hex(self._raw))
        self._held: dict[tuple[str, int], indexes.Held] = {}

    def done(self) -> Verified:
        signature = self._signature()
        self._resources()
        names = warcs(self._zip)
        if not names:
            self._fault(ARCHIVE, "holds no WARC file", breaks_seal=True)
        for name in names:
            self._guarded(name, lambda name=name: self._records(name))  # type: ignore[misc]  # a default binds it
        lines: list[indexes.Line] = []
        for name in sorted(one for one in self._zip.entries if one.startswith(INDEXES)):
            self._guarded(name, lambda name=name: lines.extend(self._lines(name)))  # type: ignore[misc]  # as above
        pages = self._pages({line.url for line in lines})
        self._form()
        told = [self._told(name) for name in ("title", "wacz_version", "software", "created")]
        return Verified(
            faults=tuple(self._faults),
            signature=signature,
            title=told[0],
            version=told[1],
            software=told[2],
            created=told[3],
            records=len(self._held),
            pages=pages,
            digest=self._digest,
        )

    def _form(self) -> None:
        """In a package of ours every bit between the files is known, too."""
        software = self._told("software")
        if not software.startswith(form.MAKER) or any(one.method != STORED for one in self._zip.entries.values()):
            return
        for where, what in form.header_faults(self._file, tuple(self._zip.entries.values())):
            self._fault(where, what, breaks_seal=True)
        if DIGEST in self._zip.entries:
            what = form.digest_fault(self._zip.read(DIGEST, size_bytes_max=JSON_BYTES_MAX), software=software)
            if what:
                self._fault(DIGEST, what, breaks_seal=True)

    def _told(self, name: str) -> str:
        found = self._about.get(name)
        return found[:1000] if isinstance(found, str) else ""

    def _fault(self, where: str, what: str, *, breaks_seal: bool = False) -> None:
        if len(self._faults) < FAULTS_MAX:
            self._faults.append(Fault(where=where, what=what, breaks_seal=breaks_seal))

    def _guarded(self, name: str, step: Callable[[], object]) -> None:
        try:
            step()
        except (RefusedInputError, DamagedCaptureError) as error:
            self._fault(name, str(error), breaks_seal=True)

    def _signature(self) -> Signature:
        unsigned = Signature(state=SignatureState.UNSIGNED)
        if DIGEST not in self._zip.entries:
            self._fault(DIGEST, "is missing: nothing says what datapackage.json has to be")
            return unsigned
        try:
            stated = values(self._zip.read(DIGEST, size_bytes_max=JSON_BYTES_MAX), name=DIGEST)
        except RefusedInputError as error:
            self._fault(DIGEST, str(error))
            return unsigned
        if stated.get("path") != DATAPACKAGE or stated.get("hash") != self._digest:
            self._fault(DATAPACKAGE, "is not what datapackage-digest.json says", breaks_seal=True)
        signed = stated.get("signedData")
        found = _signature(signed, self._digest, created=self._about.get("created")) if signed else unsigned
        if found.state is SignatureState.WRONG:
            self._fault(DIGEST, found.fault)
        elif self._key and found.key != self._key:
            found = replace(found, state=SignatureState.WRONG, fault="it was not signed by the key that was named")
            self._fault(DIGEST, found.fault)
        return found

    def _resources(self) -> None:
        listed: set[str] = set()
        for item in self._about["resources"]:
            path = item.get("path") if isinstance(item, dict) else None
            if not isinstance(path, str) or path in listed:
                self._fault(DATAPACKAGE, "lists a resource without a name, or one twice", breaks_seal=True)
                continue
            listed.add(path)
            if path not in self._zip.entries:
                self._fault(path, "is listed in datapackage.json and missing", breaks_seal=True)
            else:
                self._guarded(path, lambda path=path, item=item: self._resource(path, item))  # type: ignore[misc]  # as above
        for name in self._zip.entries:
            if name not in listed and name not in _OWN and not name.endswith("/"):
                self._fault(name, "is not listed in datapackage.json", breaks_seal=True)

    def _resource(self, path: str, item: dict[str, Any]) -> None:
        old = item.get("stats") if isinstance(item.get("stats"), dict) else None
        digest, size = (
            (f"{item.get('hashing')}:{old.get('hash')}", old.get("bytes"))
            if old
            else (
                item.get("hash"),
                item.get("bytes"),
            )
        )
        if type(size) is not int or size != self._zip.entries[path].size:
            self._fault(path, f"has {self._zip.entries[path].size} bytes; datapackage.json says {size!s:.30}")
        algorithm, _, wanted = str(digest).partition(":")
        if algorithm != "sha256":
            self._fault(path, f"its digest is of a kind that is not known here ({algorithm[:20]!r})")
            return
        found = hashlib.sha256()
        for piece in self._zip.pieces(path):
            found.update(piece)
        if found.hexdigest() != wanted.lower():
            self._fault(path, "is not what its digest in datapackage.json says", breaks_seal=True)

    def _records(self, name: str) -> None:
        """Every record of a WARC file, held against its own digests."""
        with self._zip.spooled(name) as file:
            for step in foreign.every(file, name=name):
                if isinstance(step, foreign.Damage):
                    self._fault(f"{name} at byte {step.offset}", step.reason)
                    continue
                self._held[name, step.offset] = indexes.Held(url=step.record.url, moment=step.record.field("WARC-Date"))
                if step.record.block and foreign.contradicts_itself(step.record):
                    self._fault(f"{name} at byte {step.offset}", f"{step.record.url}: is not what its own digest says")
            if name.endswith(".gz"):
                self._members(name, file)

    def _members(self, name: str, file: BinaryIO) -> None:
        """Each gzip member held against its own checksum, which readers of WARC pass over."""
        offset, size = 0, self._zip.entries[name].size
        try:
            while offset < size:
                offset = warc.member_end(file, offset)
        except DamagedCaptureError as error:
            self._fault(f"{name} at byte {offset}", str(error))

    def _lines(self, name: str) -> Iterator[indexes.Line]:
        if name.endswith(".idx"):
            with self._zip.spooled(name) as file:
                for where, what in indexes.block_faults(file, self._index_bytes):
                    self._fault(f"{name}, {where}", what)
            return
        if not name.endswith((".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz")):
            return
        with self._zip.spooled(name) as file:
            for found in indexes.lines(file, compressed=name.endswith(".gz")):
                if isinstance(found, str):
                    self._fault(name, found)
                    continue
                if what := indexes.fault(found, self._held):
                    self._fault(f"{name}, line {found.number}", what)
                yield found

    def _index_bytes(self, file_name: str, offset: int, length: int) -> bytes | None:
        path = INDEXES + file_name
        if path not in self._zip.entries or length > JSON_BYTES_MAX or offset > self._zip.entries[path].size:
            return None
        with self._zip.spooled(path) as file:
            file.seek(offset)
            return file.read(length)

    def _pages(self, known: set[str]) -> int:
        if PAGES not in self._zip.entries:
            self._fault(PAGES, "is missing")
            return 0
        count = 0
        try:
            rows = self._zip.read(PAGES, size_bytes_max=PAGES_BYTES_MAX).splitlines()
            for number, row in enumerate(rows, start=1):
                page = values(row, name=f"line {number}") if row.strip() else {"format": ""}
                if "format" in page:
                    continue
                count += 1
                url = str(page.get("url", ""))
                if warc.uri(url) not in known and url not in known:
                    self._fault(f"{PAGES}, line {number}", f"{url[:200]} is not in the index")
        except RefusedInputError as error:
            self._fault(PAGES, str(error))
        return count


def _signature(signed: object, digest: str, *, created: object) -> Signature:
    """wacz-auth 0.1.0: by a bare key, or by the key of a domain's certificate."""
    if not isinstance(signed, dict):
        return Signature(state=SignatureState.WRONG, fault="signedData is no JSON object")
    told = {name: value for name, value in signed.items() if isinstance(value, str)}
    about = Signature(
        state=SignatureState.WRONG,
        key=told.get("publicKey", "")[:1000],
        domain=told.get("domain", "")[:255],
        software=told.get("software", "")[:200],
        created=told.get("created", "")[:40],
    )
    if told.get("hash") != digest:
        return replace(about, fault="what was signed is the digest of another datapackage.json")
    if told.get("created") != created:
        return replace(about, fault="the signature and datapackage.json name two moments")
    try:
        made = base64.b64decode(told.get("signature", ""), validate=True)
        public = base64.b64decode(told.get("publicKey", ""), validate=True)
    except (binascii.Error, ValueError):
        return replace(about, fault="the signature is not base64")
    text = digest.encode("ascii")
    if public:
        fits = signing.is_p384_signed(text, made, public=public)
        fault = "" if fits else "the signature is not by the key that it names"
        return replace(about, state=SignatureState.BY_KEY if fits else SignatureState.WRONG, fault=fault)
    moment = warc.instant(about.created)
    if moment is None or not about.domain:
        return replace(about, fault="the signature names no key, or no domain and moment")
    chain = told.get("domainCert", "")
    fault = signing.certificate_fault(text, made, chain=chain, domain=about.domain, moment=moment)
    return replace(about, state=SignatureState.WRONG if fault else SignatureState.BY_DOMAIN, fault=fault)

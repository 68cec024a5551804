"""Writes a WACZ: the same captures, pages and moment give the same bytes. Acts: writes one seekable stream."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import uuid
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from chronik.errors import TooLargeError
from chronik.model import RecordKind, sha256_hex
from chronik.preserve import cdxj, message, signing, warc
from chronik.preserve.wacz import form
from chronik.preserve.wacz.package import (
    ARCHIVE,
    DATAPACKAGE,
    DIGEST,
    INDEX,
    INDEX_OF_INDEX,
    PAGES,
    WACZ_VERSION,
    Package,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

WARC_BYTES_MAX = 2**30
"""A WARC file of this size gets no further capture."""
GROUP_BYTES_MAX = 2**30
LINES_A_BLOCK = 3_000
"""Of the index; each block is one gzip member."""
_WWW = re.compile(r"^(https?://)www\d*\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resource:
    path: str
    hash: str
    bytes: int


class _Writer:
    """One WACZ while it is written."""

    def __init__(self, stream: BinaryIO, package: Package) -> None:
        self._zip = zipfile.ZipFile(stream, "w", allowZip64=True)
        self._package = package
        self._resources: list[_Resource] = []
        self._lines: list[str] = []

    def write(self, *, key: bytes) -> None:
        with self._zip:
            self._archive()
            self._index()
            self._put(PAGES, _pages(self._package))
            datapackage = form.json_bytes(self._datapackage())
            self._put(DATAPACKAGE, datapackage)
            self._put(DIGEST, _digest(datapackage, self._package, key))

    def _put(self, path: str, data: bytes) -> None:
        self._zip.writestr(_info(path), data)
        self._resources.append(_Resource(path=path, hash=warc.labelled(sha256_hex(data)), bytes=len(data)))

    def _archive(self) -> None:
        groups = iter(self._package.records)
        waiting = next(groups, None)
        number = 0
        while waiting is not None or number == 0:
            number += 1
            waiting = self._warc(f"data-{number:04}.warc.gz", waiting, groups)

    def _warc(self, name: str, first: bytes | None, groups: Iterator[bytes]) -> bytes | None:
        """One WARC file; gives back the capture that did not fit any more."""
        digest, size = hashlib.sha256(), 0
        waiting = first
        with self._zip.open(_info(ARCHIVE + name), "w") as file:
            head = warc.member(_warcinfo(name, self._package))
            file.write(head)
            digest.update(head)
            size = len(head)
            while waiting is not None and (size + len(waiting) <= WARC_BYTES_MAX or size == len(head)):
                if len(waiting) > GROUP_BYTES_MAX:
                    raise TooLargeError(f"A capture has {len(waiting)} bytes; a WACZ takes up to {GROUP_BYTES_MAX}.")
                self._lines += _lines(waiting, name, size)
                file.write(waiting)
                digest.update(waiting)
                size += len(waiting)
                waiting = next(groups, None)
        path = ARCHIVE + name
        self._resources.append(_Resource(path=path, hash=warc.labelled(digest.hexdigest()), bytes=size))
        return waiting

    def _index(self) -> None:
        lines = sorted(line.encode("ascii") for line in self._lines)
        index = io.BytesIO()
        name = INDEX.rpartition("/")[2]
        about = [_line("!meta 0", {"format": "cdxj-gzip-1.0", "filename": name})]
        for first in range(0, len(lines), LINES_A_BLOCK):
            block = lines[first : first + LINES_A_BLOCK]
            data = gzip.compress(b"".join(line + b"\n" for line in block), mtime=0)
            start = b" ".join(block[0].split(b" ", 2)[:2]).decode("ascii")
            place = {"offset": index.tell(), "length": len(data), "digest": warc.labelled(sha256_hex(data))}
            about.append(_line(start, {**place, "filename": name}))
            index.write(data)
        self._put(INDEX, index.getvalue())
        self._put(INDEX_OF_INDEX, "".join(f"{line}\n" for line in about).encode("ascii"))

    def _datapackage(self) -> dict[str, Any]:
        package = self._package
        main = package.pages[0] if package.pages else None
        return {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "title": package.title,
            "description": package.description,
            "created": _second(package.created),
            "software": package.software,
            **({"mainPageUrl": main.url, "mainPageDate": _moment(main.captured_at)} if main else {}),
            "resources": [
                {"name": item.path.rpartition("/")[2], "path": item.path, "hash": item.hash, "bytes": item.bytes}
                for item in sorted(self._resources, key=lambda one: one.path)
            ],
        }


def write(stream: BinaryIO, package: Package, *, key: bytes) -> None:
    """Write a package; `key` is the PEM of the P-384 key that signs it (wacz-auth, anonymous).

    Raises DamagedCaptureError or TooLargeError; then the stream holds no WACZ.
    """
    _Writer(stream, package).write(key=key)


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, date_time=form.EPOCH)
    info.external_attr, info.create_system = form.MODE, form.UNIX
    return info


def _warcinfo(name: str, package: Package) -> warc.Record:
    about = f"software: {package.software}\r\nformat: WARC File Format 1.1\r\n"
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"chronik:wacz:{_second(package.created)}:{name}")
    return warc.record(
        "warcinfo",
        block=about.encode("ascii", "replace"),
        fields=(
            ("WARC-Record-ID", f"<urn:uuid:{identity}>"),
            ("WARC-Date", warc.date(package.created)),
            ("WARC-Filename", name),
            ("Content-Type", "application/warc-fields"),
        ),
    )


def _lines(group: bytes, name: str, offset: int) -> Iterator[str]:
    """A CDXJ line for each response and resource of a capture."""
    file, position = io.BytesIO(group), 0
    while position < len(group):
        record, length = warc.member_at(file, position)
        if record.kind in set(RecordKind):
            digest = warc.labelled(sha256_hex(group[position : position + length]))
            place = {"offset": offset + position, "length": length, "recordDigest": digest, "filename": name}
            moment = "".join(letter for letter in record.field("WARC-Date") if letter.isdigit())[:14]
            yield _line(f"{surt(record.url)} {moment}", {**_about(record), **place})
        position += length


def _about(record: warc.Record) -> dict[str, Any]:
    response = record.kind == RecordKind.RESPONSE
    head = message.message(record.block)
    content_type = head.header("content-type") if response else record.field("Content-Type")
    return {
        "url": record.url,
        "mime": message.media_type(content_type) or "unk",
        "status": head.status if response and head.status is not None else 200,
        "digest": record.field("WARC-Payload-Digest") or record.field("WARC-Block-Digest"),
    }


def surt(url: str) -> str:
    """The sorting key of an address as players of WACZ compute it: `www2.` falls away like `www.`."""
    return cdxj.key(_WWW.sub(r"\1", url))


def _line(start: str, values: dict[str, Any]) -> str:
    return f"{start} {json.dumps(values, ensure_ascii=True)}"


def _pages(package: Package) -> bytes:
    head: dict[str, Any] = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
    rows = [
        {
            "id": page.capture_id[:32],
            "url": page.url,
            "ts": _moment(page.captured_at),
            "title": page.title,
            "text": page.text,
        }
        for page in package.pages
    ]
    return b"".join(_row(row) for row in (head, *rows))


def _row(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _digest(datapackage: bytes, package: Package, key: bytes) -> bytes:
    """wacz-auth 0.1.0: the text of the digest is what is signed."""
    digest = warc.labelled(sha256_hex(datapackage))
    about = {"hash": digest, "created": _second(package.created), "software": package.software}
    return form.digest_file({**about, **signing.p384_signed(digest.encode("ascii"), pem=key)})


def _second(moment: datetime) -> str:
    return warc.date(moment)[:19] + "Z"


def _moment(moment: datetime) -> str:
    return warc.date(moment)[:23] + "Z"

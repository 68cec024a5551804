"""One capture as a group of WARC records, and back. Decides: values in, values out.

A group is a request and a response for every hop (or one resource), closed by a metadata record that names them all:
what lacks its metadata record was never acknowledged.
"""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chronik.errors import DamagedCaptureError, TooLargeError, VaultError
from chronik.model import Capture, Location, RecordKind, capture_id, sha256_hex
from chronik.preserve import connections, message, warc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from chronik.model import Connection, Exchange, Hop
    from chronik.ports import ForeignRecord

METADATA_FIELD = "chronik-capture"
WARC_FIELDS = "application/warc-fields"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One request with its response, or one resource, before it is written."""

    kind: RecordKind
    url: str
    captured_at: datetime
    block: bytes
    request: bytes = b""
    content_type: str = "application/http; msgtype=response"
    address: str = ""
    truncated: str = ""
    protocols: tuple[str, ...] = ()
    certificates: tuple[bytes, ...] = ()
    """What the site showed of itself, its own certificate first (DER)."""
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What no WARC field holds: elapsed time, certificate, origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The records of one capture in the order of writing, and the capture they hold (but for its location)."""

    records: tuple[warc.Record, ...]
    main: int
    """Index of the response or resource record that the capture is."""
    capture: Capture


def exchange_contents(exchange: Exchange) -> tuple[Content, ...]:
    """Every hop of an exchange. Raises VaultError when nothing was received."""
    if not exchange.hops:
        raise VaultError(f"Nothing was received from {exchange.asked_url!r}, so there is nothing to keep.")
    return tuple(_hop_content(hop) for hop in exchange.hops)


def _hop_content(hop: Hop) -> Content:
    return Content(
        kind=RecordKind.RESPONSE,
        url=hop.url,
        captured_at=hop.started_at,
        block=hop.response,
        request=hop.request,
        address=hop.address,
        truncated=hop.truncated,
        protocols=connections.warc_protocols(hop.tls_version),
        certificates=hop.tls_chain,
        notes=connections.hop_notes(hop),
    )


def resource_content(body: bytes, *, url: str, media_type: str, taken_at: datetime) -> Content:
    """The bytes of a file that a person gave."""
    kind = message.media_type(media_type)
    charset = message.charset(media_type)
    content_type = f"{kind}; charset={charset}" if kind and charset else kind
    return Content(kind=RecordKind.RESOURCE, url=url, captured_at=taken_at, block=body, content_type=content_type)


def foreign_content(foreign: ForeignRecord) -> Content:
    """A record of another archive, its time and block unchanged."""
    notes = {"origin_offset": foreign.origin_offset, "origin_record_id": foreign.origin_record_id}
    if foreign.record == RecordKind.RESOURCE:
        content = resource_content(
            foreign.block, url=foreign.url, media_type=foreign.media_type, taken_at=foreign.captured_at
        )
        return Content(
            kind=content.kind,
            url=content.url,
            captured_at=content.captured_at,
            block=content.block,
            request=foreign.request,
            content_type=content.content_type,
            truncated=foreign.truncated,
            notes=notes,
        )
    return Content(
        kind=RecordKind.RESPONSE,
        url=foreign.url,
        captured_at=foreign.captured_at,
        block=foreign.block,
        request=foreign.request,
        truncated=foreign.truncated,
        notes=notes,
    )


def group(
    contents: Sequence[Content], *, file_id: str, asked_url: str = "", origin: str = "", by_hand: bool = False
) -> Group:
    """The records that hold these contents; the last one is what was captured. Raises TooLargeError or VaultError."""
    records: list[warc.Record] = []
    notes: list[dict[str, Any]] = []
    for content in contents:
        pair = _pair(content, file_id=file_id)
        records.extend(pair)
        notes.append({"record": pair[-1].id, **content.notes})
    last, main, asked = contents[-1], len(records) - 1, warc.uri(asked_url)
    about = {
        **_read_from(last),
        **connections.certificate_notes(content.certificates for content in contents),
        "asked_url": asked if asked != records[main].url else "",
        "by_hand": by_hand,
        "hops": notes,
        "kind": str(last.kind),
        "origin": origin.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
        "records": [record.id for record in records],
        "truncated": last.truncated,
    }
    records.append(_metadata(records[main], about))
    return Group(records=tuple(records), main=main, capture=_capture(records[main], about))


def _pair(content: Content, *, file_id: str) -> list[warc.Record]:
    if not content.url:
        raise VaultError("A record without an address cannot be kept: WARC 1.1 §5.11 asks for one.")
    size = max(len(content.block), len(content.request))
    if size > warc.RECORD_BYTES_MAX:
        raise TooLargeError(f"{content.url}: {size} bytes; the vault takes up to {warc.RECORD_BYTES_MAX}.")
    same = (
        ("WARC-Target-URI", warc.uri(content.url)),
        ("WARC-Date", warc.date(content.captured_at)),
        ("WARC-Warcinfo-ID", file_id),
        ("WARC-IP-Address", _ip_address(content.address)),
        *(("WARC-Protocol", protocol) for protocol in content.protocols),
    )
    response_id = warc.record_id()
    response = warc.record(
        str(content.kind),
        block=content.block,
        fields=(
            ("WARC-Record-ID", response_id),
            *same,
            ("WARC-Truncated", _truncated(content.truncated)),
            ("WARC-Payload-Digest", _payload_field(content)),
            ("Content-Type", content.content_type),
        ),
    )
    if not content.request:
        return [response]
    request = warc.record(
        "request",
        block=content.request,
        fields=(
            ("WARC-Record-ID", warc.record_id()),
            *same,
            ("WARC-Concurrent-To", response_id),
            ("Content-Type", "application/http; msgtype=request"),
        ),
    )
    return [request, response]


def _metadata(main: warc.Record, about: Mapping[str, Any]) -> warc.Record:
    text = json.dumps(about, ensure_ascii=True, sort_keys=True)
    return warc.record(
        "metadata",
        block=f"{METADATA_FIELD}: {text}\r\n".encode("ascii"),
        fields=(
            ("WARC-Record-ID", warc.record_id()),
            ("WARC-Target-URI", main.url),
            ("WARC-Date", main.field("WARC-Date")),
            ("WARC-Warcinfo-ID", main.field("WARC-Warcinfo-ID")),
            ("WARC-Concurrent-To", main.id),
            ("WARC-Refers-To", main.id),
            ("Content-Type", WARC_FIELDS),
        ),
    )


def _read_from(content: Content) -> dict[str, Any]:
    if content.kind is RecordKind.RESOURCE:
        return {"media_type": message.media_type(content.content_type), "status": None}
    head = message.message(content.block)
    return {"media_type": message.media_type(head.header("content-type")), "status": head.status}


def _ip_address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return ""


def _truncated(reason: str) -> str:
    return reason if not reason or reason in warc.TRUNCATED_REASONS else "unspecified"


def _payload_field(content: Content) -> str:
    """Left out where readers do not agree on where the body begins: the block's digest holds in any case."""
    if content.kind is RecordKind.RESOURCE:
        return warc.labelled(sha256_hex(content.block))
    start = message.message(content.block).body_start
    is_http = content.block and content.url.startswith(("http:", "https:"))
    agreed = is_http and start == warc.body_start_elsewhere(content.block)
    return warc.labelled(sha256_hex(content.block[start:])) if agreed else ""


def _capture(main: warc.Record, about: Mapping[str, Any]) -> Capture:
    """The capture in a main record. Raises DamagedCaptureError where a field makes no sense."""
    kind, captured_at = RecordKind(main.kind), warc.instant(main.field("WARC-Date"))
    if captured_at is None:
        raise DamagedCaptureError(f"{main.url}: the record has no readable WARC-Date")
    block_digest = sha256_hex(main.block)
    start = message.message(main.block).body_start if kind is RecordKind.RESPONSE else 0
    return Capture(
        id=capture_id(record=kind, url=main.url, captured_at=captured_at, block_digest=block_digest),
        url=main.url,
        captured_at=captured_at,
        record=kind,
        status=about["status"],
        media_type=about["media_type"],
        block_digest=block_digest,
        payload_digest=sha256_hex(main.block[start:]) if start else block_digest,
        location=Location(file="", offset=0, length=0),
        asked_url=about["asked_url"],
        truncated=about["truncated"],
        origin=about["origin"],
        by_hand=about["by_hand"],
    )


def connection(metadata: warc.Record, capture: Capture) -> Connection | None:
    """What the record that closes a capture says of its connection; None where it says nothing, or is another's."""
    same = metadata.kind == "metadata" and metadata.url == warc.uri(capture.url)
    return connections.connection_in(metadata, field=METADATA_FIELD) if same else None


def group_of(records: Sequence[warc.Record]) -> Group:
    """The group that these records are, the metadata record last. Raises DamagedCaptureError unless it is whole."""
    about = _about(records[-1])
    main_id = records[-1].field("WARC-Refers-To")
    if about["records"] != [record.id for record in records[:-1]] or main_id != about["records"][-1]:
        raise DamagedCaptureError(f"records that belong to {records[-1].url} are missing or damaged")
    main = len(records) - 2
    return Group(records=tuple(records), main=main, capture=_capture(records[main], about))


def _about(metadata: warc.Record) -> dict[str, Any]:
    name, _, text = metadata.block.decode("ascii", "replace").partition(": ")
    try:
        about = json.loads(text)
    except ValueError:
        about = None
    wanted = {"asked_url": str, "by_hand": bool, "media_type": str, "origin": str, "records": list, "truncated": str}
    sound = name == METADATA_FIELD and isinstance(about, dict)
    if not sound or not all(isinstance(about.get(key), kind) for key, kind in wanted.items()) or not about["records"]:
        raise DamagedCaptureError(f"the metadata record of {metadata.url} cannot be read")
    if about.get("status") is not None and not isinstance(about["status"], int):
        raise DamagedCaptureError(f"the metadata record of {metadata.url} cannot be read")
    about.setdefault("status", None)
    result: dict[str, Any] = about
    return result

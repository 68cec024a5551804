"""What a leaf says of a capture or an act. Decides: nouns in, JSON objects out, and back.

The part under `capture` or `act` follows from the catalogue's row alone; `records` follows from the vault's bytes; only
`recorded_at` stands nowhere else.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from chronik.model import Act, Capture, LeafKind, RecordKind, Verb, sha256_hex

CLOCK_SUSPECT = "clock_suspect"
"""What speaks against the times in a payload; only where something does."""

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.model import Location


def of_capture(capture: Capture, *, records: bytes, recorded_at: datetime) -> dict[str, Any]:
    """The payload of a capture's leaf; `records` are the bytes of its WARC records."""
    return {
        "kind": str(LeafKind.CAPTURE),
        "id": capture.id,
        "recorded_at": recorded_at.isoformat(),
        "records": {"sha256": sha256_hex(records), "bytes": len(records)},
        "capture": capture_fields(capture),
    }


def of_act(act: Act, *, recorded_at: datetime) -> dict[str, Any]:
    """The payload of an act's leaf: the whole act."""
    return {
        "kind": str(LeafKind.ACT),
        "id": act.id,
        "recorded_at": recorded_at.isoformat(),
        "act": act_fields(act),
    }


def capture_fields(capture: Capture) -> dict[str, Any]:
    """All that is known of a capture but for its place in the vault, which may change."""
    return {
        "url": capture.url,
        "asked_url": capture.asked_url,
        "captured_at": capture.captured_at.isoformat(),
        "record": str(capture.record),
        "status": capture.status,
        "media_type": capture.media_type,
        "block_sha256": capture.block_digest,
        "payload_sha256": capture.payload_digest,
        "truncated": capture.truncated,
        "origin": capture.origin,
        "by_hand": capture.by_hand,
    }


def act_fields(act: Act) -> dict[str, Any]:
    """A whole act."""
    return {
        "at": act.at.isoformat(),
        "by": act.by,
        "verb": str(act.verb),
        "subject": act.subject,
        "detail": dict(act.detail),
    }


def row_part(payload: Mapping[str, Any]) -> object:
    """What a payload says that must follow from the catalogue's row."""
    return payload.get(str(payload.get("kind", "")))


def act_in(payload: Mapping[str, Any]) -> Act:
    """The act that a leaf tells of, as it was. Raises ValueError or KeyError where the payload is none of an act."""
    fields = payload["act"]
    act = Act(
        at=datetime.fromisoformat(fields["at"]),
        by=fields["by"],
        verb=Verb(fields["verb"]),
        subject=fields["subject"],
        detail=fields["detail"],
    )
    if act.id != payload["id"]:
        raise ValueError("the act is not the one that the leaf names")
    return act


def capture_in(payload: Mapping[str, Any], *, location: Location) -> Capture:
    """The capture that a leaf tells of, as it was. Raises ValueError or KeyError where the payload is none of one."""
    fields = payload["capture"]
    return Capture(
        id=payload["id"],
        url=fields["url"],
        captured_at=datetime.fromisoformat(fields["captured_at"]),
        record=RecordKind(fields["record"]),
        status=fields["status"],
        media_type=fields["media_type"],
        block_digest=fields["block_sha256"],
        payload_digest=fields["payload_sha256"],
        location=location,
        asked_url=fields["asked_url"],
        truncated=fields["truncated"],
        origin=fields["origin"],
        by_hand=fields["by_hand"],
    )

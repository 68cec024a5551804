"""Decides the JSON shapes of the nouns that commands print."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from chronik.errors import UsageError
from chronik.extract import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from chronik.model import Clip, Dossier, GradedProof, Source, UnreadEntry
    from chronik.model.arrangement import TimelineEvent
    from chronik.public.freeze import Frozen

LANGUAGE_TAG_LENGTH_MAX = 35


def json_bytes(value: Any) -> bytes:
    """A JSON document as a file holds it."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def named_languages(names: Sequence[str]) -> dict[str, str]:
    """Language → name from `de=Der Streik` or plain names, whose language is detected. Raises UsageError."""
    told: dict[str, str] = {}
    plain: list[str] = []
    for name in names:
        tag, separator, rest = name.partition("=")
        if separator and tag.replace("-", "").isalpha() and len(tag) <= LANGUAGE_TAG_LENGTH_MAX:
            told[tag.lower()] = rest.strip()
        else:
            plain.append(name.strip())
    detected = dict(zip(language.languages_of(plain), plain, strict=True)) if plain else {}
    result = {**detected, **told}
    if not all(result.values()) or len(result) != len(names):
        raise UsageError("Each name needs a language of its own; write for example: de='Der Streik' en='The strike'")
    return result


def dossier(noun: Dossier, *, clip_count: int) -> dict[str, Any]:
    """A dossier without its clips."""
    return {
        "slug": noun.slug,
        "names": dict(noun.names),
        "years": noun.years,
        "introductions": dict(noun.introductions),
        "order": str(noun.order),
        "notes": noun.notes,
        "created": noun.created_at.isoformat() if noun.created_at else None,
        "sections": [{"id": one.id, "names": dict(one.names)} for one in noun.sections],
        "pinned": list(noun.pinned),
        "timeline": [event(one) for one in noun.timeline],
        "clip_count": clip_count,
    }


def event(noun: TimelineEvent) -> dict[str, Any]:
    """An event of a timeline."""
    return {
        "id": noun.id,
        "begins": noun.begins,
        "ends": noun.ends or None,
        "labels": dict(noun.labels),
        "clips": list(noun.clips),
    }


def clip(noun: Clip, *, source: Source | None, zone: ZoneInfo) -> dict[str, Any]:
    """A clip with all its fields; its three clocks are `happened`, `published` and `clipped`."""
    return {
        "id": noun.id,
        "dossier": noun.dossier,
        "position": noun.position,
        "section": noun.section or None,
        "title": noun.title,
        "language": noun.language,
        "credit": noun.credit,
        "source_id": noun.source_id or None,
        "source": dict(source.names) if source else None,
        "excerpt": noun.excerpt,
        "paragraphs": list(noun.paragraphs),
        "url": noun.url or None,
        "happened": noun.happened.isoformat() if noun.happened else None,
        "published": noun.published or None,
        "clipped": local_time(noun.clipped_at, zone),
        "article_id": noun.article_id or None,
        "capture_id": noun.capture_id or None,
        "text_digest": noun.text_digest or None,
        "selectors": noun.passage.selectors if noun.passage else [],
        **({"passages": [{"selectors": one.selectors} for one in noun.passages]} if noun.further else {}),
        "note": noun.note,
        **({"quotation_reason": noun.quotation_reason} if noun.quotation_reason else {}),
        "as_received": noun.as_received or None,
    }


def proof(one: GradedProof) -> dict[str, Any]:
    """One grade of what is proved."""
    return {
        "grade": str(one.grade),
        "state": str(one.state),
        "since": one.since.isoformat() if one.since else None,
        "leaf": one.leaf,
        "by": list(one.by),
        "reason": one.reason,
    }


def local_time(instant: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 in the archive's zone; in UTC where the zone's offset of that time had seconds, which ISO lacks."""
    local = instant.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    return (local if offset.total_seconds() % 60 == 0 else instant.astimezone(UTC)).isoformat()


def unread_entry(noun: UnreadEntry) -> dict[str, Any]:
    """An entry that waits for mending."""
    return {"id": noun.id, "position": noun.position, "line": noun.line, "reason": noun.reason, "text": noun.text}


def frozen(outcome: Frozen) -> dict[str, int | str]:
    """What freezing did, counted, and why the edition has no seal, if so."""
    return {
        "files": len(outcome.files),
        "changed": len(outcome.changed),
        "removed": len(outcome.removed),
        "unsealed": outcome.unsealed,
    }

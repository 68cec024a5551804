"""Decides how rows of the tables become nouns, and nouns rows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chronik.catalogue import findings
from chronik.model import (
    Act,
    Article,
    ArticleKind,
    Capture,
    Clip,
    Dossier,
    DossierOrder,
    Feed,
    FeedHealth,
    FeedKind,
    Lead,
    Location,
    Passage,
    PassageState,
    RecordKind,
    Source,
    SourceKind,
    UnreadEntry,
    Verb,
)
from chronik.model.arranging import events_of, sections_of
from chronik.ports import Document, HostState

if TYPE_CHECKING:
    from chronik.catalogue import models

DAY_LENGTH = len("2020-09-27")


def instant_of(iso: str) -> datetime | None:
    """The instant that an ISO 8601 day or time stands for (a day: its first moment in UTC), or None."""
    try:
        parsed = datetime.fromisoformat(iso)
    except ValueError:
        return None
    try:
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except OverflowError:
        return None


def source(row: models.SourceRow) -> Source:
    """A source out of its row."""
    return Source(
        id=row.id,
        names=dict(row.names),
        aliases=tuple(row.aliases),
        kind=SourceKind(row.kind),
        country=row.country,
        home_page=row.home_page,
        hosts=tuple(row.hosts),
        made_by=row.made_by,
        owner=row.owner,
        credit_style=row.credit_style,
        quotation_characters=row.quotation_characters,
        quotation_percent=row.quotation_percent,
        quotation_reason=row.quotation_reason,
    )


def source_fields(noun: Source) -> dict[str, Any]:
    """A source's columns."""
    return {
        "names": dict(noun.names),
        "aliases": list(noun.aliases),
        "kind": str(noun.kind),
        "country": noun.country,
        "home_page": noun.home_page,
        "hosts": list(noun.hosts),
        "made_by": noun.made_by,
        "owner": noun.owner,
        "credit_style": noun.credit_style,
        "quotation_characters": noun.quotation_characters,
        "quotation_percent": noun.quotation_percent,
        "quotation_reason": noun.quotation_reason,
    }


def feed_health(row: models.FeedRow) -> FeedHealth:
    """A feed and its health out of its row."""
    feed = Feed(
        url=row.url,
        kind=FeedKind(row.kind),
        title=row.title,
        site_url=row.site_url,
        language=row.language,
        source_id=row.source_id or "",
        added_at=row.added_at,
    )
    return FeedHealth(
        feed=feed,
        next_due=row.next_due,
        etag=row.etag,
        last_modified=row.last_modified,
        payload_digest=row.payload_digest,
        last_polled=row.last_polled,
        last_success=row.last_success,
        failures=row.failures,
        failure=row.failure,
        stopped=row.stopped,
        asks_url=row.asks_url,
        moved_url=row.moved_url,
        moved_since=row.moved_since,
        moved_times=row.moved_times,
    )


def feed_fields(feed: Feed) -> dict[str, Any]:
    """A feed's own columns, without its health and address."""
    return {
        "kind": str(feed.kind),
        "title": feed.title,
        "site_url": feed.site_url,
        "language": feed.language,
        "source_id": feed.source_id or None,
    }


def health_fields(health: FeedHealth) -> dict[str, Any]:
    """A feed's health as columns."""
    return {
        "next_due": health.next_due,
        "etag": health.etag,
        "last_modified": health.last_modified,
        "payload_digest": health.payload_digest,
        "last_polled": health.last_polled,
        "last_success": health.last_success,
        "failures": health.failures,
        "failure": health.failure,
        "stopped": health.stopped,
        "asks_url": health.asks_url,
        "moved_url": health.moved_url,
        "moved_since": health.moved_since,
        "moved_times": health.moved_times,
    }


def lead(row: models.LeadRow) -> Lead:
    """A lead out of its row."""
    return Lead(
        url=row.url,
        found_in=row.found_in,
        title=row.title,
        published=row.published,
        updated=row.updated,
        language=row.language,
        by_hand=row.by_hand,
        found_at=row.found_at,
    )


def host(row: models.HostRow) -> HostState:
    """What is remembered of a host, out of its row."""
    return HostState(
        host=row.host,
        not_before=row.not_before,
        robots=row.robots,
        robots_disallow_all=row.robots_disallow_all,
        robots_fetched_at=row.robots_fetched_at,
    )


def capture(row: models.CaptureRow) -> Capture:
    """A capture out of its row."""
    return Capture(
        id=row.id,
        url=row.url,
        captured_at=row.captured_at,
        record=RecordKind(row.record),
        status=row.status,
        media_type=row.media_type,
        block_digest=row.block_digest,
        payload_digest=row.payload_digest,
        location=Location(file=row.file, offset=row.offset, length=row.length),
        asked_url=row.asked_url,
        truncated=row.truncated,
        origin=row.origin,
        by_hand=row.by_hand,
    )


def capture_fields(noun: Capture) -> dict[str, Any]:
    """A capture's columns."""
    fields = asdict(noun)
    fields["record"] = str(noun.record)
    fields.update(fields.pop("location"))
    return fields


def article(row: models.ArticleRow) -> Article:
    """An article out of its row."""
    return Article(
        id=row.id,
        capture_id=row.capture_id or "",
        url=row.url,
        canonical_url=row.canonical_url,
        title=row.title,
        authors=tuple(row.authors),
        published=row.published,
        modified=row.modified,
        language=row.language,
        source=row.source_name,
        source_id=row.source_id or "",
        text=row.text,
        paywalled=row.paywalled,
        made_by=row.made_by,
        read_at=row.read_at,
        kind=ArticleKind(row.kind),
        truncated=row.truncated,
        **findings.formed(row.form),
        **findings.annotated(row.annotations),
    )


def article_fields(noun: Article) -> dict[str, Any]:
    """An article's columns, without those that the catalogue derives."""
    return {
        "id": noun.id,
        "capture_id": noun.capture_id or None,
        "url": noun.url,
        "canonical_url": noun.canonical_url,
        "title": noun.title,
        "authors": list(noun.authors),
        "published": noun.published,
        "modified": noun.modified,
        "language": noun.language,
        "source_name": noun.source,
        "source_id": noun.source_id or None,
        "text": noun.text,
        "text_digest": noun.text_digest,
        "paywalled": noun.paywalled,
        "made_by": noun.made_by,
        "read_at": noun.read_at,
        "kind": str(noun.kind),
        "truncated": noun.truncated,
        "form": findings.form_fields(noun),
        "annotations": findings.annotation_fields(noun),
    }


def dossier(row: models.DossierRow) -> Dossier:
    """A dossier out of its row."""
    return Dossier(
        slug=row.slug,
        names=dict(row.names),
        introductions=dict(row.introductions),
        years=row.years,
        order=DossierOrder(row.order),
        notes=row.notes,
        heading_as_received=row.heading_as_received,
        created_at=row.created_at,
        sections=sections_of(row.sections),
        pinned=tuple(row.pinned),
        timeline=events_of(row.timeline),
    )


def dossier_fields(noun: Dossier) -> dict[str, Any]:
    """A dossier's columns, without its slug."""
    fields = asdict(noun)
    del fields["slug"]
    fields["order"] = str(noun.order)
    return fields


def clip(row: models.ClipRow) -> Clip:
    """A clip out of its row."""
    return Clip(
        id=row.id,
        dossier=row.dossier_id,
        position=row.position,
        title=row.title,
        language=row.language,
        credit=row.credit,
        source_id=row.source_id or "",
        excerpt=row.excerpt,
        url=row.url,
        article_id=row.article_id or "",
        capture_id=row.capture_id,
        text_digest=row.text_digest,
        passage=Passage(**row.passage) if row.passage else None,
        further=tuple(Passage(**one) for one in row.further),
        happened=row.happened,
        published=row.published,
        clipped_at=row.clipped_at,
        note=row.note,
        quotation_reason=row.quotation_reason,
        as_received=row.as_received,
        section=row.section,
    )


def clip_fields(noun: Clip) -> dict[str, Any]:
    """A clip's columns."""
    fields = asdict(noun)
    fields["dossier_id"] = fields.pop("dossier")
    fields["source_id"] = noun.source_id or None
    fields["article_id"] = noun.article_id or None
    return fields


def unread_entry(row: models.UnreadEntryRow) -> UnreadEntry:
    """An unread entry out of its row."""
    return UnreadEntry(
        id=row.id, dossier=row.dossier_id, position=row.position, line=row.line, reason=row.reason, text=row.text
    )


def act(row: models.ActRow) -> Act:
    """An act out of its row."""
    return Act(at=row.at, by=row.by, verb=Verb(row.verb), subject=row.subject, detail=row.detail)


def article_document(row: models.ArticleRow) -> Document:
    """What the index knows of an article."""
    return Document(
        id=row.id,
        kind="article",
        title=row.title,
        text=row.text,
        language=row.language,
        source=row.source_name,
        source_id=row.source_id or "",
        authors=tuple(row.authors),
        day=row.published[:DAY_LENGTH],
    )


def clip_document(row: models.ClipRow, *, seen: str = "") -> Document:
    """What the index knows of a clip; `seen` is what its passage was seen in last."""
    return Document(
        id=row.id,
        kind="clip",
        title=row.title,
        text=row.excerpt,
        language=row.language,
        source=row.credit,
        source_id=row.source_id or "",
        dossier=row.dossier_id,
        states=("altered", seen) if seen and seen != PassageState.STANDS else (),
        day=row.published[:DAY_LENGTH] or row.clipped_at.date().isoformat(),
    )

"""Dumps what the archive knows as sorted lines of JSON, so that two states can be held against each other. Acts: asks.

Left out is what says when something was computed or asked (times of reading, schedules of feeds), what nobody can prove
(accounts, sessions, marks of reading), and what a better reading replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chronik.catalogue import convert
from chronik.catalogue.models import (
    ActRow,
    ArticleRow,
    CaptureRow,
    ClipRow,
    DossierRow,
    FeedRow,
    HiddenRow,
    LeafRow,
    RelationRow,
    SideRow,
    SightingRow,
    SourceRow,
    SpellingsRow,
    StoryLinkRow,
    StoryRow,
    SuggestionRow,
    UnreadEntryRow,
    WordRow,
)
from chronik.catalogue.story_models import LinkWordRow
from chronik.model import ArticleKind, canonical, content_id, sha256_hex
from chronik.model.records import clip_record, dossier_record, feed_record
from chronik.model.source_records import source_record
from chronik.ports.relating import SuggestionState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION = 1
ROWS_A_QUERY = 500
SCORE_DIGITS = 6


def dump(*, derived: bool = False) -> Iterator[bytes]:
    """Lines of canonical JSON (RFC 8785) with `kind`, `id` and `fields`, by kind and by id; each ends with a newline.

    `derived` adds what machines conclude: places in stories, links, open suggestions, sightings.
    """
    tables = {**_TOLD, **_DERIVED} if derived else _TOLD
    yield canonical({"kind": "", "id": "", "fields": {"version": VERSION, "derived": derived}}) + b"\n"
    for kind in sorted(tables):
        for identity, fields in tables[kind]():
            yield canonical({"kind": kind, "id": identity, "fields": fields}) + b"\n"


def _acts() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in ActRow.objects.order_by("id").iterator(chunk_size=ROWS_A_QUERY):
        yield (
            row.id,
            {"at": row.at.isoformat(), "by": row.by, "verb": row.verb, "subject": row.subject, "detail": row.detail},
        )


def _articles() -> Iterator[tuple[str, dict[str, Any]]]:
    rows = ArticleRow.objects.filter(replaced=False).order_by("id")
    for row in rows.iterator(chunk_size=ROWS_A_QUERY):
        fields = convert.article_fields(convert.article(row))
        del fields["read_at"], fields["text"], fields["id"]
        for large in ("form", "annotations"):
            fields[large] = content_id(fields[large])
        yield row.id, {**fields, "superseded": row.superseded}


def _captures() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in CaptureRow.objects.order_by("id").iterator(chunk_size=ROWS_A_QUERY):
        fields = convert.capture_fields(convert.capture(row))
        fields["captured_at"] = row.captured_at.isoformat()
        yield fields.pop("id"), {**fields, "reading": row.reading}


def _clips() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in ClipRow.objects.select_related("article").order_by("id").iterator(chunk_size=ROWS_A_QUERY):
        record = clip_record(convert.clip(row))
        del record["id"]
        if row.article is not None and row.article.replaced:
            standing = ArticleRow.objects.filter(capture_id=row.capture_id, replaced=False)
            standing = standing.exclude(kind=ArticleKind.FEED_ENTRY)
            record["article_id"] = standing.values_list("id", flat=True).first() or ""
        yield row.id, {**record, "removed": row.removed}


def _dossiers() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in DossierRow.objects.order_by("slug"):
        published = row.published_at.isoformat() if row.published_at else None
        record = dossier_record(convert.dossier(row))
        access = {"access": row.access} if row.access else {}
        yield row.slug, {**record, **access, "removed": row.removed, "published_at": published}


def _entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in UnreadEntryRow.objects.order_by("id"):
        entry = convert.unread_entry(row)
        told = {name: getattr(entry, name) for name in ("dossier", "position", "line", "reason", "text")}
        yield row.id, {**told, "mended": row.mended}


def _feeds() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in FeedRow.objects.order_by("url"):
        record = feed_record(convert.feed_health(row).feed)
        del record["added_at"]
        yield row.url, {**record, "stopped": row.stopped}


def _hidden() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in HiddenRow.objects.order_by("kind", "subject"):
        yield f"{row.kind} {row.subject}", {"reason": row.reason, "since": row.since.isoformat()}


def _leaves() -> Iterator[tuple[str, dict[str, Any]]]:
    rows = LeafRow.objects.exclude(index=None).order_by("kind", "subject")
    for row in rows.iterator(chunk_size=ROWS_A_QUERY):
        yield f"{row.kind} {row.subject}", {"index": row.index, "salt_sha256": sha256_hex(bytes(row.salt))}


def _sources() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in SourceRow.objects.order_by("id"):
        record = source_record(convert.source(row))
        merged = {"merged_into": row.merged_into} if row.merged_into else {}
        yield record.pop("id"), {**record, **merged}


def _said() -> Iterator[tuple[str, dict[str, Any]]]:
    """Words on reports, by the act that said them."""
    for row in sorted(WordRow.objects.iterator(), key=lambda row: (row.act, row.first, row.second)):
        fields = {"verdict": row.verdict, "by": row.by, "at": row.at.isoformat(), "withdrawn": row.withdrawn}
        yield f"{row.act} {row.first} {row.second}", fields


def _said_of_links() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in LinkWordRow.objects.order_by("act"):
        ends = {"earlier": row.earlier, "later": row.later, "goes_on": row.goes_on}
        yield row.act, {**ends, "by": row.by, "at": row.at.isoformat(), "withdrawn": row.withdrawn}


def _sides() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in SideRow.objects.order_by("dossier_id", "key"):
        lists = {"sources": row.sources, "speakers": row.speakers, "words": row.words}
        yield f"{row.dossier_id} {row.key}", {"names": row.names, "languages": list(row.names), **lists}


def _spellings() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in SpellingsRow.objects.order_by("number"):
        told = {"spellings": row.spellings, "same": row.same, "by": row.by, "at": row.at.isoformat()}
        yield f"{row.pk:012}", {**told, "withdrawn": row.withdrawn}


def _decisions() -> Iterator[tuple[str, dict[str, Any]]]:
    """What editors accepted or refused."""
    rows = SuggestionRow.objects.exclude(state=SuggestionState.OPEN).order_by("dossier_id", "relation_id")
    for row in rows.values("dossier_id", "relation_id", "state", "decided_at"):
        decided = row["decided_at"].isoformat() if row["decided_at"] else None
        yield f"{row['dossier_id']} {row['relation_id']}", {"state": row["state"], "decided_at": decided}


_TOLD: dict[str, Callable[[], Iterator[tuple[str, dict[str, Any]]]]] = {
    "act": _acts,
    "article": _articles,
    "capture": _captures,
    "clip": _clips,
    "decision": _decisions,
    "dossier": _dossiers,
    "feed": _feeds,
    "hidden": _hidden,
    "leaf": _leaves,
    "link-word": _said_of_links,
    "side": _sides,
    "source": _sources,
    "spellings": _spellings,
    "unread-entry": _entries,
    "word": _said,
}


def _reports() -> Iterator[tuple[str, dict[str, Any]]]:
    rows = RelationRow.objects.filter(number__gt=0).defer(*RelationRow.LARGE, "reasons").order_by("report")
    for row in rows.iterator(chunk_size=ROWS_A_QUERY):
        yield (
            row.report,
            {
                "article": row.article_id,
                "number": row.number,
                "story": row.story,
                "anchor": row.anchor,
                "copy_of": row.copy_of,
                "certain": row.certain,
                "score": round(row.score, SCORE_DIGITS),
                "encoder": row.encoder,
                "made_by": row.made_by,
            },
        )


def _stories() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in StoryRow.objects.order_by("id").iterator(chunk_size=ROWS_A_QUERY):
        span = {"first_at": row.first_at.isoformat(), "last_at": row.last_at.isoformat()}
        counts = {"reports": row.reports, "origins": row.origins, "languages": row.languages}
        yield row.id, {"founder": row.founder, **span, **counts}


def _links() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in StoryLinkRow.objects.order_by("earlier", "later").iterator(chunk_size=ROWS_A_QUERY):
        yield f"{row.earlier} {row.later}", {"score": round(row.score, SCORE_DIGITS), "made_by": row.made_by}


def _suggestions() -> Iterator[tuple[str, dict[str, Any]]]:
    rows = SuggestionRow.objects.filter(state=SuggestionState.OPEN).order_by("dossier_id", "relation_id")
    for row in rows.values("dossier_id", "relation_id", "score"):
        yield f"{row['dossier_id']} {row['relation_id']}", {"score": round(row["score"], SCORE_DIGITS)}


def _sightings() -> Iterator[tuple[str, dict[str, Any]]]:
    """What became of passages, as far as a capture shows it."""
    rows = SightingRow.objects.exclude(capture="").order_by("clip_id", "number")
    place, clip = 0, ""
    for row in rows.iterator(chunk_size=ROWS_A_QUERY):
        place, clip = (place + 1 if row.clip_id == clip else 0), row.clip_id
        told = {"state": row.state, "status": row.status, "wording": row.wording, "noted_by": row.noted_by}
        yield f"{row.clip_id} {place:06}", {**told, "detail": row.detail}


_DERIVED: dict[str, Callable[[], Iterator[tuple[str, dict[str, Any]]]]] = {
    "report": _reports,
    "sighting": _sightings,
    "story": _stories,
    "story-link": _links,
    "suggestion": _suggestions,
}

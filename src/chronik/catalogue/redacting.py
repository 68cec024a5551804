"""Acts: destroys the rows of a redaction, in one transaction, and what SQLite would leave of them in its files.

The one place that lifts the trigger by which the database forbids changing acts.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q

from chronik.catalogue import convert, redacting_derived
from chronik.catalogue.collecting import QUERY_IDS_MAX
from chronik.catalogue.dossiers import keep_act
from chronik.catalogue.models import (
    ActRow,
    ArticleRow,
    CaptureRow,
    ClipRow,
    DossierRow,
    HiddenRow,
    LeadRow,
    LeafRow,
    SightingRow,
    UnreadEntryRow,
    WatchRow,
)
from chronik.errors import BusyError
from chronik.model import LeafKind
from chronik.model.arranging import STEPS, event_record, timeline_told
from chronik.model.records import WRITTEN_WHEN_SET, clip_values
from chronik.model.redaction import redaction_of, skeleton, taken_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.model import Act
    from chronik.model.redaction import Redaction

SCRUBBING_TRIES_MAX = 120
SCRUBBING_PAUSE_S = 0.25
"""For half a minute others are waited for that still read an older state of the database."""
GONE_SALT = b""
"""In the mark of a leaf that was redacted."""


class RedactingTables:
    """The part of `ports.Catalogue` that redacting needs."""

    def redact(self, act: Act) -> None:
        """Destroy what an act of redacting names, so far as it is here, and keep the act. May be repeated."""
        redaction = redaction_of(act)
        _delete_securely()
        with transaction.atomic():
            with _acts_changeable():
                _rewrite_acts(redaction)
            _forget_salts(LeafKind.CAPTURE, [*redaction.captures, *redaction.carriers])
            _tell_timelines(redaction)
            _empty_clips(redaction)
            UnreadEntryRow.objects.filter(pk__in=redaction.entries).delete()
            _delete_readings(redaction)
            HiddenRow.objects.filter(subject__in=redaction.ids).delete()
            for one in (act, *taken_out(act, redaction)):
                keep_act(one)

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the database's files. Raises BusyError where somebody keeps reading."""
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            return
        _delete_securely()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            for _ in range(SCRUBBING_TRIES_MAX):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                if not cursor.fetchone()[0]:
                    return
                time.sleep(SCRUBBING_PAUSE_S)
        raise BusyError("Another process keeps reading the database, so that its log cannot be cut. Try again later.")


def _delete_securely() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


@contextmanager
def _acts_changeable() -> Iterator[None]:
    """Without the triggers that forbid changing acts; they stand again at the end of the same transaction."""
    if connection.vendor != "sqlite":
        yield
        return
    table = ActRow._meta.db_table  # noqa: SLF001 - Django's public way to a table's name
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in triggers:
            cursor.execute(statement)


def _rewrite_acts(redaction: Redaction) -> None:
    for one in redaction.acts:
        fields = {"id": one.now.id, "subject": one.now.subject, "detail": dict(one.now.detail)}
        if ActRow.objects.filter(id=one.was).update(**fields):
            LeafRow.objects.filter(kind=LeafKind.ACT, subject=one.was).update(subject=one.now.id, salt=GONE_SALT)


def _forget_salts(kind: LeafKind, subjects: Iterable[str]) -> None:
    for part in _parts(subjects):
        LeafRow.objects.filter(kind=kind, subject__in=part).update(salt=GONE_SALT)


def _tell_timelines(redaction: Redaction) -> None:
    """Timelines as their acts tell them now: what an event quoted is gone from it."""
    told = {one.now.subject for one in redaction.acts if one.now.verb in STEPS}
    for slug in sorted(told):
        rows = ActRow.objects.filter(subject=slug).order_by("number")
        events = timeline_told(convert.act(row) for row in rows)
        DossierRow.everything.filter(pk=slug).update(timeline=[event_record(event) for event in events])


def _empty_clips(redaction: Redaction) -> None:
    """A redacted clip keeps its dossier, its place and its time, so that the acts on its dossier can be replayed."""
    for clip in redaction.clips:
        row = ClipRow.objects.filter(pk=clip.id).first()
        if row is not None:
            place = {"id": row.id, "dossier": row.dossier_id, "position": row.position, "section": row.section}
            left = clip_values(skeleton(place))
            for name in ("id", "dossier", "source_id", "article_id", "clipped_at"):
                left.pop(name, None)
            left = {**WRITTEN_WHEN_SET, **left, "source": None, "article": None, "removed": True, "indexed": False}
            ClipRow.objects.filter(pk=row.pk).update(**left)
    SightingRow.objects.filter(clip__in=[clip.id for clip in redaction.clips]).delete()
    redacting_derived.forget_suggestions({clip.dossier for clip in redaction.clips})


def _delete_readings(redaction: Redaction) -> None:
    """Captures with what was read out of them, what follows from that, and the addresses themselves."""
    for part in _parts(redaction.articles):
        rows = ArticleRow.objects.filter(pk__in=part)
        _forget_addresses({url for pair in rows.values_list("url", "canonical_url") for url in pair})
        redacting_derived.forget(rows)
        ClipRow.objects.filter(article__in=part).update(article=None)
        rows.delete()
    for part in _parts(redaction.captures):
        urls = CaptureRow.objects.filter(pk__in=part).values_list("url", "asked_url")
        _forget_addresses({url for pair in urls for url in pair})
    for part in _parts([*redaction.captures, *redaction.carriers]):
        # What else a feed said is kept; only its evidence is gone.
        ArticleRow.objects.filter(capture__in=part).update(capture=None)
        CaptureRow.objects.filter(pk__in=part).delete()


def _forget_addresses(urls: Iterable[str]) -> None:
    for part in _parts(url for url in urls if url):
        LeadRow.objects.filter(Q(url__in=part) | Q(found_in__in=part)).delete()
        WatchRow.objects.filter(url__in=part).delete()


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), QUERY_IDS_MAX):
        yield wanted[start : start + QUERY_IDS_MAX]

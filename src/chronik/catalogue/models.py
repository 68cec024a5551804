"""The tables: columns, constraints and named querysets, nothing that decides.

Each row mirrors a noun of `chronik.model`; `store` converts. Ids are digests, so they are the same in every archive.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from chronik.catalogue.account_models import InvitationRow, SignInRow
from chronik.catalogue.bounded_rows import OfSeenDossiers, SeenDossiers
from chronik.catalogue.factor_models import SecondFactorRow
from chronik.catalogue.fixity_models import FixityRow
from chronik.catalogue.hiding_models import HiddenRow
from chronik.catalogue.ledger_models import LeafRow
from chronik.catalogue.naming_models import LearnedNameRow, NamesLearnedRow
from chronik.catalogue.passkey_models import PasskeyRow
from chronik.catalogue.saved_models import (
    AlarmRow,
    AlertRow,
    ArrivalRow,
    ChannelRow,
    DeliveryRow,
    FeedAddressRow,
    NoticeRow,
    SavedViewRow,
    ToldRow,
)
from chronik.catalogue.sign_on_models import SignOnRow
from chronik.catalogue.source_models import CreditAsideRow, SourceMoveRow, SourceRow
from chronik.catalogue.story_models import (
    FormerStoryRow,
    JudgementRow,
    RelationRow,
    SideRow,
    SpellingsRow,
    StoryLinkRow,
    StoryRow,
    SuggestingRow,
    SuggestionRow,
    WaitingRow,
    WordRow,
)
from chronik.catalogue.token_models import TokenRow
from chronik.catalogue.watching_models import SightingRow, WatchRow

__all__ = [
    "ActRow",
    "AlarmRow",
    "AlertRow",
    "ArrivalRow",
    "ArticleRow",
    "CaptureRow",
    "ChannelRow",
    "ClipRow",
    "CreditAsideRow",
    "DeliveryRow",
    "DossierRow",
    "FeedAddressRow",
    "FeedRow",
    "FixityRow",
    "FormerStoryRow",
    "HiddenRow",
    "HostRow",
    "InvitationRow",
    "JudgementRow",
    "LeadRow",
    "LeafRow",
    "LearnedNameRow",
    "NamesLearnedRow",
    "NoticeRow",
    "PasskeyRow",
    "RelationRow",
    "SavedViewRow",
    "SecondFactorRow",
    "SideRow",
    "SightingRow",
    "SignInLinkRow",
    "SignInRow",
    "SignOnRow",
    "SourceMoveRow",
    "SourceRow",
    "SpellingsRow",
    "StoryLinkRow",
    "StoryRow",
    "SuggestingRow",
    "SuggestionRow",
    "TokenRow",
    "ToldRow",
    "UnreadEntryRow",
    "WaitingRow",
    "WatchRow",
    "WordRow",
]

ID_LENGTH = 64


class FeedRow(models.Model):
    """A followed address and its health."""

    url = models.TextField(unique=True)
    kind = models.CharField(max_length=20, default="unknown")
    title = models.TextField(blank=True)
    site_url = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    source = models.ForeignKey(SourceRow, null=True, blank=True, on_delete=models.SET_NULL, related_name="feeds")
    added_at = models.DateTimeField(null=True)
    next_due = models.DateTimeField(db_index=True)
    etag = models.TextField(blank=True)
    last_modified = models.TextField(blank=True)
    payload_digest = models.CharField(max_length=ID_LENGTH, blank=True)
    last_polled = models.DateTimeField(null=True)
    last_success = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    stopped = models.BooleanField(default=False)
    asks_url = models.TextField(blank=True, db_index=True)
    """Where it is asked since it moved for good; empty while it is asked at its own address."""
    moved_url = models.TextField(blank=True)
    """Where its answers say that it moved to."""
    moved_since = models.DateTimeField(null=True)
    moved_times = models.PositiveIntegerField(default=0)


class LeadRow(models.Model):
    """An address somebody named; `state` says how far it got."""

    class State(models.TextChoices):
        """Where a lead stands."""

        WAITING = "waiting"
        FETCHED = "fetched"
        GIVEN_UP = "given-up"

    url = models.TextField(unique=True)
    found_in = models.TextField(blank=True)
    title = models.TextField(blank=True)
    published = models.DateTimeField(null=True)
    updated = models.DateTimeField(null=True)
    language = models.CharField(max_length=35, blank=True)
    by_hand = models.BooleanField(default=False)
    found_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        """Leads are asked for by state and time."""

        indexes: ClassVar = [models.Index(fields=["state", "next_try"], name="lead_due")]


class HostRow(models.Model):
    """What is remembered of a host."""

    host = models.TextField(primary_key=True)
    not_before = models.DateTimeField(null=True)
    robots = models.TextField(null=True)  # noqa: DJ001 - null says "not asked yet", empty "nothing forbidden"
    robots_disallow_all = models.BooleanField(default=False)
    robots_fetched_at = models.DateTimeField(null=True)


class CaptureRow(models.Model):
    """Where the bytes lie, and whether a reader has been at them."""

    class Reading(models.TextChoices):
        """How reading went."""

        DUE = "due"
        READ = "read"
        FAILED = "failed"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    url = models.TextField(db_index=True)
    asked_url = models.TextField(blank=True)
    captured_at = models.DateTimeField(db_index=True)
    record = models.CharField(max_length=10)
    status = models.PositiveIntegerField(null=True)
    media_type = models.CharField(max_length=120, blank=True)
    block_digest = models.CharField(max_length=ID_LENGTH, blank=True)
    payload_digest = models.CharField(max_length=ID_LENGTH, blank=True, db_index=True)
    file = models.CharField(max_length=120)
    offset = models.PositiveBigIntegerField()
    length = models.PositiveBigIntegerField()
    truncated = models.CharField(max_length=20, blank=True)
    origin = models.TextField(blank=True)
    by_hand = models.BooleanField(default=False)
    reading = models.CharField(max_length=6, choices=Reading.choices, default=Reading.DUE)
    failure = models.TextField(blank=True)

    class Meta:
        """Readers ask for what is due."""

        indexes: ClassVar = [models.Index(fields=["captured_at"], name="capture_unread", condition=Q(reading="due"))]


class ArticleQuerySet(models.QuerySet["ArticleRow"]):
    """Named ways to ask for articles."""

    def newest_first(self) -> ArticleQuerySet:
        """By the day it was published, or taken in where that is unknown; ties by id, so that pages never overlap."""
        return self.order_by("-sort_at", "id")

    def inbox(self) -> ArticleQuerySet:
        """What no editor has put aside yet; of several versions of one address the latest only."""
        return self.filter(done_at__isnull=True, superseded=False).newest_first()

    def done(self) -> ArticleQuerySet:
        """What an editor put aside."""
        return self.filter(done_at__isnull=False, superseded=False).newest_first()

    def of_source(self, source: str) -> ArticleQuerySet:
        """Those of one source, found by walking along an index in the order asked for.

        Asked for plainly, the database would go to every article that the source ever had.
        """
        return self.alias(of_source=Coalesce("source", Value(""))).filter(of_source=source)


_WALKED = (F("sort_at").desc(), "id", "language", "source")


class ArticleRow(models.Model):
    """A reading of a capture."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    capture = models.ForeignKey(CaptureRow, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    url = models.TextField(db_index=True)
    canonical_url = models.TextField(blank=True, db_index=True)
    title = models.TextField(blank=True)
    authors = models.JSONField(default=list)
    published = models.CharField(max_length=40, blank=True)
    modified = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=35)
    source_name = models.TextField(blank=True)
    source = models.ForeignKey(SourceRow, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    text = models.TextField()
    text_digest = models.CharField(max_length=ID_LENGTH)
    paywalled = models.BooleanField(null=True)
    kind = models.CharField(max_length=20, default="article")
    truncated = models.TextField(blank=True)
    form = models.JSONField(default=dict)
    """See `findings.form_fields`."""
    annotations = models.JSONField(default=dict)
    """See `findings.annotation_fields`."""
    made_by = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    sort_at = models.DateTimeField()
    """Published instant (start of day where only the day is known), else when it was read."""
    superseded = models.BooleanField(default=False)
    """A later version of the same address with another text is there."""
    replaced = models.BooleanField(default=False)
    """The same capture was read again: this reading is kept for the clips that were made of it."""
    indexed = models.BooleanField(default=False)
    related = models.BooleanField(default=False)
    """Relating was at it: `RelationRow` says with what outcome."""
    done_at = models.DateTimeField(null=True)
    """When an editor put it aside."""
    starred = models.BooleanField(default=False)

    objects = ArticleQuerySet.as_manager()
    LARGE: ClassVar = ("text", "form", "annotations")
    """Columns that lists leave in the database."""

    class Meta:
        """The inbox is a walk along one small index, which knows what it is narrowed by: articles are large."""

        indexes: ClassVar = [
            models.Index(F("sort_at").desc(), "id", name="article_newest"),
            models.Index(*_WALKED, name="article_open", condition=Q(done_at__isnull=True, superseded=False)),
            models.Index(*_WALKED, name="article_done", condition=Q(done_at__isnull=False, superseded=False)),
            models.Index(*_WALKED, name="article_starred", condition=Q(starred=True)),
            models.Index(fields=["id"], name="article_unindexed", condition=Q(indexed=False, superseded=False)),
            models.Index(fields=["id"], name="article_withdrawn", condition=Q(indexed=True, superseded=True)),
            models.Index(
                fields=["sort_at", "id"], name="article_unrelated", condition=Q(related=False, superseded=False)
            ),
        ]


class DossierRow(models.Model):
    """A topic kept for years."""

    slug = models.SlugField(primary_key=True, max_length=80)
    names = models.JSONField(default=dict)
    introductions = models.JSONField(default=dict)
    years = models.CharField(max_length=40, blank=True)
    order = models.CharField(max_length=12, default="newest-first")
    notes = models.TextField(blank=True)
    heading_as_received = models.TextField(blank=True)
    created_at = models.DateTimeField(null=True)
    removed = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    """When the edition that readers see was frozen; empty while nothing is published."""
    access = models.JSONField(default=dict)
    """Who may read, edit and publish it; empty where the roles decide."""
    sections = models.JSONField(default=list)
    pinned = models.JSONField(default=list)
    timeline = models.JSONField(default=list)

    objects = SeenDossiers["DossierRow"]()
    everything = models.Manager["DossierRow"]()


class ClipQuerySet(models.QuerySet["ClipRow"]):
    """Named ways to ask for clips."""

    def standing(self) -> ClipQuerySet:
        """Those that were not removed, in the order by hand."""
        return self.filter(removed=False).order_by("position", "id")


SeenClips = OfSeenDossiers.from_queryset(ClipQuerySet)


class ClipRow(models.Model):
    """A verbatim passage in a dossier."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="clips")
    position = models.IntegerField(default=0)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=35)
    credit = models.TextField(blank=True)
    source = models.ForeignKey(SourceRow, null=True, blank=True, on_delete=models.SET_NULL, related_name="clips")
    excerpt = models.TextField(blank=True)
    url = models.TextField(blank=True)
    article = models.ForeignKey(ArticleRow, null=True, blank=True, on_delete=models.PROTECT, related_name="clips")
    capture_id = models.CharField(max_length=ID_LENGTH, blank=True)
    text_digest = models.CharField(max_length=ID_LENGTH, blank=True)
    passage = models.JSONField(null=True)
    further = models.JSONField(default=list)
    happened = models.DateField(null=True)
    published = models.CharField(max_length=40, blank=True)
    clipped_at = models.DateTimeField()
    note = models.TextField(blank=True)
    quotation_reason = models.TextField(blank=True)
    as_received = models.TextField(blank=True)
    section = models.CharField(max_length=20, blank=True)
    removed = models.BooleanField(default=False)
    indexed = models.BooleanField(default=False)

    objects = SeenClips()
    everything = ClipQuerySet.as_manager()

    class Meta:
        """A dossier is read in its order; search asks for what it lacks."""

        indexes: ClassVar = [
            models.Index(fields=["dossier", "position"], name="clip_order"),
            models.Index(fields=["url"], name="clip_address", condition=~Q(url="")),
            models.Index(fields=["id"], name="clip_unindexed", condition=Q(indexed=False, removed=False)),
            models.Index(fields=["id"], name="clip_withdrawn", condition=Q(indexed=True, removed=True)),
        ]


class UnreadEntryRow(models.Model):
    """Text of a press page that waits for mending."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="unread_entries")
    position = models.IntegerField()
    line = models.PositiveIntegerField()
    reason = models.TextField()
    text = models.TextField()
    mended = models.BooleanField(default=False)

    objects = OfSeenDossiers["UnreadEntryRow"]()


class ActRow(models.Model):
    """What a person did. A trigger of the database forbids changing or deleting rows (migration 0002)."""

    id = models.CharField(max_length=ID_LENGTH, unique=True)
    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    verb = models.CharField(max_length=20)
    subject = models.TextField(db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        """What somebody did last is asked for on every page that offers to take it back."""

        indexes: ClassVar = [models.Index(F("by"), F("number").desc(), name="act_of_person")]


class SignInLinkRow(models.Model):
    """A one-time sign-in link: only the digest of its secret is kept."""

    secret_digest = models.CharField(primary_key=True, max_length=ID_LENGTH)
    user_name = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

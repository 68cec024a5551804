"""The tables of relating: columns, constraints and indexes, nothing that decides.

All but words, decided suggestions, sides and spellings can be dropped and derived again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chronik.catalogue.bounded_rows import OfSeenDossiers

ID_LENGTH = 64
CREDITS_LENGTH = 200


class RelationRow(models.Model):
    """A report: what relating read in it, and where it was placed."""

    report = models.CharField(primary_key=True, max_length=ID_LENGTH)
    article = models.OneToOneField("catalogue.ArticleRow", on_delete=models.CASCADE, related_name="relation")
    number = models.BigIntegerField(default=0, db_index=True)
    """In the order of placing; 0 where it is to be placed again."""
    sort_at = models.DateTimeField(db_index=True)
    story = models.CharField(max_length=ID_LENGTH, blank=True, db_index=True)
    anchor = models.CharField(max_length=ID_LENGTH, blank=True)
    score = models.FloatField(default=1.0)
    certain = models.BooleanField(default=False)
    copy_of = models.CharField(max_length=ID_LENGTH, blank=True)
    reasons = models.JSONField(default=list)
    made_by = models.CharField(max_length=200, blank=True)
    related_at = models.DateTimeField(null=True)
    traits = models.BinaryField(default=b"")
    vector = models.BinaryField(default=b"")
    encoder = models.CharField(max_length=200, blank=True)
    weighed = models.BinaryField(default=b"")
    credits = models.CharField(max_length=CREDITS_LENGTH, blank=True)
    """Agencies that its text credits, between blanks."""
    agency = models.CharField(max_length=ID_LENGTH, blank=True)
    """The agency whose own text it is."""

    LARGE: ClassVar = ("traits", "vector", "weighed")
    """Columns that lists leave in the database."""


class JudgementRow(models.Model):
    """What a machine judged about two reports."""

    first = models.CharField(max_length=ID_LENGTH, db_index=True)
    second = models.CharField(max_length=ID_LENGTH, db_index=True)
    verdict = models.CharField(max_length=10)
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    made_by = models.CharField(max_length=200, blank=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        """One judgement a pair."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second"], name="judgement_pair")]


class WordRow(models.Model):
    """What an editor said about two reports; taken back, it stays as a row."""

    number = models.BigAutoField(primary_key=True)
    first = models.CharField(max_length=ID_LENGTH, db_index=True)
    second = models.CharField(max_length=ID_LENGTH, db_index=True)
    verdict = models.CharField(max_length=10)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    act = models.CharField(max_length=ID_LENGTH, db_index=True)
    withdrawn = models.BooleanField(default=False)


class StoryRow(models.Model):
    """What a list shows of a story, derived from its reports."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    founder = models.CharField(max_length=ID_LENGTH)
    """The report placed first."""
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    reports = models.PositiveIntegerField(default=1)
    origins = models.PositiveIntegerField(default=1)
    languages = models.TextField(blank=True)
    """Tags between blanks, a blank at both ends: ` de en `."""

    class Meta:
        """The list of stories is a walk along one index."""

        indexes: ClassVar = [models.Index(F("last_at").desc(), "id", name="story_latest")]


class FormerStoryRow(models.Model):
    """An id that a story had before it was merged; where its first report is now, there it is found."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    founder = models.CharField(max_length=ID_LENGTH, db_index=True)


class StoryLinkRow(models.Model):
    """A later story goes on from an earlier one."""

    earlier = models.CharField(max_length=ID_LENGTH, db_index=True)
    later = models.CharField(max_length=ID_LENGTH, db_index=True)
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    made_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """One link a pair."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["earlier", "later"], name="story_link_pair")]


class LinkWordRow(models.Model):
    """What an editor said of a story going on from another; taken back, it stays as a row."""

    number = models.BigAutoField(primary_key=True)
    earlier = models.CharField(max_length=ID_LENGTH, db_index=True)
    later = models.CharField(max_length=ID_LENGTH, db_index=True)
    goes_on = models.BooleanField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    act = models.CharField(max_length=ID_LENGTH, db_index=True)
    withdrawn = models.BooleanField(default=False)


class GistRow(models.Model):
    """What is kept of a story so that later ones find it: some three kilobytes, however long it is."""

    number = models.BigAutoField(primary_key=True)
    story = models.CharField(max_length=ID_LENGTH, unique=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    content = models.BinaryField()
    vector = models.BinaryField(default=b"")
    encoder = models.CharField(max_length=200, blank=True)
    keys = models.BinaryField(default=b"")
    """What it is found by: numbers of 8 bytes, little-endian."""


class GistKeyRow(models.Model):
    """A name, number or word, as a number, of the gist with this number."""

    key = models.BigIntegerField()
    gist = models.BigIntegerField()

    class Meta:
        """The stories with a key are a walk along one index."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "gist"], name="gist_key")]


class SuggestionRow(models.Model):
    """A report that seems to belong to a dossier, and what an editor did about it."""

    dossier = models.ForeignKey("catalogue.DossierRow", on_delete=models.CASCADE, related_name="suggestions")
    relation = models.ForeignKey(RelationRow, on_delete=models.CASCADE, related_name="suggestions")
    score = models.FloatField(default=0.0)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="open")
    suggested_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = OfSeenDossiers["SuggestionRow"]()

    class Meta:
        """A dossier's suggestions are read best first."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "relation"], name="suggestion_pair")]
        indexes: ClassVar = [models.Index(F("dossier"), F("state"), F("score").desc(), name="suggestion_best")]


class SuggestingRow(models.Model):
    """How far suggesting has come for a dossier."""

    dossier = models.OneToOneField("catalogue.DossierRow", primary_key=True, on_delete=models.CASCADE)
    number = models.BigIntegerField(default=0)
    knew = models.CharField(max_length=ID_LENGTH, blank=True)


class SideRow(models.Model):
    """A party of a dossier."""

    dossier = models.ForeignKey("catalogue.DossierRow", on_delete=models.CASCADE, related_name="sides")
    key = models.CharField(max_length=80)
    names = models.JSONField(default=dict)
    sources = models.JSONField(default=list)
    speakers = models.JSONField(default=list)
    words = models.JSONField(default=list)

    objects = OfSeenDossiers["SideRow"]()

    class Meta:
        """One side a key."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "key"], name="side_key")]


class SpellingsRow(models.Model):
    """What an editor said of spellings; taken back, it stays as a row."""

    number = models.BigAutoField(primary_key=True)
    spellings = models.JSONField(default=list)
    same = models.BooleanField(default=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        """Those that stand are asked for."""

        indexes: ClassVar = [models.Index(fields=["number"], name="spellings_standing", condition=Q(withdrawn=False))]


class WaitingRow(models.Model):
    """Why a step cannot go on just now."""

    step = models.CharField(primary_key=True, max_length=40)
    reason = models.TextField()
    since = models.DateTimeField()

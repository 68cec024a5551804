"""The tables of sources: columns and constraints, nothing that decides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

ID_LENGTH = 64
SOURCE_LENGTH = 80


class SourceRow(models.Model):
    """Who speaks."""

    id = models.SlugField(primary_key=True, max_length=SOURCE_LENGTH)
    names = models.JSONField(default=dict)
    aliases = models.JSONField(default=list)
    kind = models.CharField(max_length=20, default="unknown")
    country = models.CharField(max_length=2, blank=True)
    home_page = models.TextField(blank=True)
    hosts = models.JSONField(default=list)
    made_by = models.CharField(max_length=80, blank=True)
    owner = models.TextField(blank=True)
    credit_style = models.TextField(blank=True)
    quotation_characters = models.PositiveIntegerField(default=0)
    quotation_percent = models.PositiveIntegerField(default=0)
    quotation_reason = models.TextField(blank=True)
    merged_into = models.CharField(max_length=SOURCE_LENGTH, blank=True, default="", db_index=True)
    """Id of the source that it was found to be; the row stays, so that the id still leads there."""


class SourceMoveRow(models.Model):
    """Something that an act gave another source: kept so that taking the act back restores exactly what was."""

    class Kind(models.TextChoices):
        """What was moved."""

        ARTICLE = "article"
        CLIP = "clip"
        FEED = "feed"
        SIDE = "side"

    act = models.CharField(max_length=ID_LENGTH)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.TextField()
    """Id of the article or clip, address of the feed, dossier and key of the side."""
    before = models.TextField(blank=True)
    """Id of its source until then, or empty where it had none; of a side its list of sources, as JSON."""

    class Meta:
        """Asked for by act."""

        indexes: ClassVar = [models.Index(fields=["act", "kind"], name="source_move_act")]


class CreditAsideRow(models.Model):
    """A credit that an editor said is no source."""

    key = models.CharField(primary_key=True, max_length=ID_LENGTH)
    """Digest of what of the credit counts when two are compared."""
    credit = models.TextField()
    act = models.CharField(max_length=ID_LENGTH)

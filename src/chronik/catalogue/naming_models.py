"""The tables of learned names: columns and constraints, nothing that decides. All of it can be learned again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

ID_LENGTH = 64


class LearnedNameRow(models.Model):
    """Two spellings that the archive's stories show as one name."""

    number = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=ID_LENGTH, unique=True)
    """Digest of the two spellings, whichever comes first."""
    first = models.TextField()
    second = models.TextField()
    languages = models.JSONField(default=list)
    stories = models.PositiveIntegerField()
    reports = models.PositiveIntegerField()
    against = models.PositiveIntegerField(default=0)
    rivals = models.PositiveIntegerField(default=0)
    score = models.FloatField(default=0.0)
    witnesses = models.JSONField(default=list)
    used = models.BooleanField(default=False)

    class Meta:
        """Those in use are asked for often."""

        indexes: ClassVar = [
            models.Index(fields=["number"], name="learned_names_used", condition=models.Q(used=True)),
        ]


class NamesLearnedRow(models.Model):
    """When names were learned last, and from what: one row."""

    at = models.DateTimeField()
    placed = models.BigIntegerField(default=0)
    said = models.BigIntegerField(default=0)
    withdrawn = models.BigIntegerField(default=0)

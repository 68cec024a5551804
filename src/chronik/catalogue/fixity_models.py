"""The table of fixity marks: columns and constraints, nothing that decides."""

from __future__ import annotations

from django.db import models

ID_LENGTH = 64


class FixityRow(models.Model):
    """When a file of the vault was last read again, and what was found."""

    file = models.TextField(primary_key=True)
    read_at = models.DateTimeField(db_index=True)
    digest = models.CharField(max_length=ID_LENGTH, default="")
    index_digest = models.CharField(max_length=ID_LENGTH, default="")
    damage = models.TextField(default="")

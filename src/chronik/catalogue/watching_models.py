"""The tables of watched pages: columns and constraints, nothing that decides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

ID_LENGTH = 64


class WatchRow(models.Model):
    """An address that is looked at again."""

    url = models.TextField(unique=True)
    since = models.DateTimeField()
    due = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField(default=0)


class SightingRow(models.Model):
    """One state of a clipped passage, for as long as it was seen unchanged."""

    number = models.BigAutoField(primary_key=True)
    clip = models.ForeignKey("catalogue.ClipRow", on_delete=models.CASCADE, related_name="sightings")
    latest = models.BooleanField(default=True)
    state = models.CharField(max_length=12)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    status = models.PositiveIntegerField(null=True)
    capture = models.CharField(max_length=ID_LENGTH, blank=True)
    article = models.CharField(max_length=ID_LENGTH, blank=True)
    wording = models.TextField(blank=True)
    detail = models.TextField(blank=True)
    noted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """One sighting of a clip is the latest; those that are no news are many."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clip"], condition=models.Q(latest=True), name="sighting_latest"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-first_at", "-number"],
                condition=models.Q(latest=True) & ~models.Q(state="stands"),
                name="sighting_altered",
            ),
        ]

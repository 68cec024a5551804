"""The table of what is hidden: columns and constraints, nothing that decides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

ID_LENGTH = 64


class HiddenRow(models.Model):
    """A capture, article or clip that readers do not see for the time being."""

    kind = models.CharField(max_length=8)
    subject = models.CharField(max_length=ID_LENGTH)
    reason = models.CharField(max_length=20)
    since = models.DateTimeField()

    class Meta:
        """What is hidden once is hidden."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "subject"], name="hidden_once")]

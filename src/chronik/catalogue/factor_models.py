"""The table of second factors: columns and constraints, nothing that decides."""

from __future__ import annotations

from django.db import models

KEY_BYTES_MAX = 64
USER_NAME_LENGTH = 150


class SecondFactorRow(models.Model):
    """What computes a person's one-time codes, and the digests of the codes for the day when it is lost."""

    user_name = models.CharField(max_length=USER_NAME_LENGTH, unique=True)
    key = models.BinaryField(max_length=KEY_BYTES_MAX)
    made_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=-1)
    """The step of time whose code was used last: none is good twice."""
    recovery_digests = models.JSONField(default=list)

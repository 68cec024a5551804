"""The table of passkeys: columns and constraints, nothing that decides."""

from __future__ import annotations

from django.db import models

USER_NAME_LENGTH = 150
NAME_LENGTH = 80


class PasskeyRow(models.Model):
    """What proves that a person's device is there: its public key."""

    user_name = models.CharField(max_length=USER_NAME_LENGTH, db_index=True)
    name = models.CharField(max_length=NAME_LENGTH)
    identity = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    uses = models.BigIntegerField(default=0)
    """As the device counts them; one that counts falls never back."""
    made_at = models.DateTimeField()

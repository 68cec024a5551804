"""The table of leaves: columns and constraints, nothing that decides."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

ID_LENGTH = 64
SALT_BYTES = 32


def new_salt() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


class LeafRow(models.Model):
    """That a capture or act has a leaf in the ledger, or is due."""

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=ID_LENGTH)
    salt = models.BinaryField(default=new_salt)
    index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        """What is due is asked for every few seconds."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "subject"], name="leaf_once")]
        indexes: ClassVar = [models.Index(fields=["number"], name="leaf_due", condition=Q(index=None))]

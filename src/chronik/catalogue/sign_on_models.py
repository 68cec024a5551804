"""The table of accounts at a provider of identities: columns and constraints, nothing that decides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

USER_NAME_LENGTH = 150
ISSUER_LENGTH = 500
SUBJECT_LENGTH = 255


class SignOnRow(models.Model):
    """Whoever the provider calls so is this person here."""

    user_name = models.CharField(max_length=USER_NAME_LENGTH, db_index=True)
    issuer = models.CharField(max_length=ISSUER_LENGTH)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    called = models.CharField(max_length=USER_NAME_LENGTH, blank=True)
    """Their name there when it was linked, so that they know it again."""
    linked_at = models.DateTimeField()

    class Meta:
        """Nobody is two people."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["issuer", "subject"], name="sign_on_subject")]

"""The table of tokens: columns and constraints, nothing that decides."""

from __future__ import annotations

from django.db import models

ID_LENGTH = 64
USER_NAME_LENGTH = 150
NAME_LENGTH = 80


class TokenRow(models.Model):
    """Lets a program do one thing in a person's name: only the digest of its secret is kept."""

    class Scope(models.TextChoices):
        """What a token is good for."""

        SEND_PAGES = "send-pages"

    secret_digest = models.CharField(max_length=ID_LENGTH, unique=True)
    scope = models.CharField(max_length=20, choices=Scope.choices, default=Scope.SEND_PAGES)
    user_name = models.CharField(max_length=USER_NAME_LENGTH, db_index=True)
    name = models.CharField(max_length=NAME_LENGTH)
    """What its person calls it, such as the browser that has it."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

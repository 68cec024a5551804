"""The tables of invitations and of who signed in: columns and constraints, nothing that decides."""

from __future__ import annotations

from django.db import models

ID_LENGTH = 64
USER_NAME_LENGTH = 150
DEVICE_LENGTH = 80


class InvitationRow(models.Model):
    """Lets somebody make an account of one role, once: only the digest of its secret is kept."""

    secret_digest = models.CharField(max_length=ID_LENGTH, unique=True)
    role = models.CharField(max_length=20)
    made_by = models.CharField(max_length=USER_NAME_LENGTH)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class SignInRow(models.Model):
    """Somebody came in, or tried to. A name is kept only where there is such an account."""

    class How(models.TextChoices):
        """What came of it."""

        PASSWORD = "password"  # noqa: S105 - what was used, no secret
        LINK = "link"
        INVITATION = "invitation"
        PROVIDER = "provider"
        REFUSED = "refused"
        TOO_OFTEN = "too-often"
        LINK_MADE = "link-made"
        CODE_REFUSED = "code-refused"

    at = models.DateTimeField(db_index=True)
    user_name = models.CharField(max_length=USER_NAME_LENGTH)
    how = models.CharField(max_length=20, choices=How.choices)
    device = models.CharField(max_length=DEVICE_LENGTH)

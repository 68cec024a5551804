"""The tables of saved views, alerts and notices: columns and constraints, nothing that decides.

None of it is evidence: it is carried over when an archive is rebuilt, and is in no dump.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

ID_LENGTH = 64
USER_NAME_LENGTH = 150
NAME_LENGTH = 120
WORD_LENGTH = 16


class SavedViewRow(models.Model):
    """Filters or a query under a name."""

    id = models.CharField(primary_key=True, max_length=32)
    owner = models.CharField(max_length=USER_NAME_LENGTH, db_index=True)
    name = models.CharField(max_length=NAME_LENGTH)
    shared = models.BooleanField(default=False, db_index=True)
    kind = models.CharField(max_length=WORD_LENGTH)
    terms = models.JSONField(default=dict)
    created = models.DateTimeField()
    changed = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    matched_to = models.BigIntegerField(default=0)
    """The arrival up to which new articles were looked at."""


class AlertRow(models.Model):
    """Somebody wants to be told of what fits a view; without a row they do not."""

    view = models.ForeignKey(SavedViewRow, on_delete=models.CASCADE, related_name="alerts")
    user_name = models.CharField(max_length=USER_NAME_LENGTH, db_index=True)
    way = models.CharField(max_length=WORD_LENGTH)
    pace = models.CharField(max_length=WORD_LENGTH)
    since = models.DateTimeField()
    """What was captured before is not told."""

    class Meta:
        """One a person and view."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["view", "user_name"], name="alert_of_person")]


class ArrivalRow(models.Model):
    """An article that can be found since now, in the order of arrival: what alerts are matched against."""

    number = models.BigAutoField(primary_key=True)
    article = models.CharField(max_length=ID_LENGTH, unique=True)
    at = models.DateTimeField()


class NoticeRow(models.Model):
    """One thing that one person is told, once."""

    user_name = models.CharField(max_length=USER_NAME_LENGTH)
    key = models.CharField(max_length=ID_LENGTH)
    """Digest of what it is about: nobody is told the same thing twice."""
    kind = models.CharField(max_length=WORD_LENGTH)
    way = models.CharField(max_length=WORD_LENGTH)
    view = models.ForeignKey(SavedViewRow, null=True, on_delete=models.CASCADE, related_name="notices")
    article = models.CharField(max_length=ID_LENGTH, blank=True)
    """Only its id: what is redacted is gone from notices too."""
    subject = models.TextField(blank=True)
    """Of an alarm: its kind. Of trouble: the way that fails."""
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    delivery = models.ForeignKey("DeliveryRow", null=True, on_delete=models.SET_NULL, related_name="notices")

    class Meta:
        """Each page of the desk counts what is unread; the worker asks for what is to be sent."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user_name", "key"], name="notice_once")]
        indexes: ClassVar = [
            models.Index(fields=["user_name", "due_at"], name="notice_unread", condition=Q(way="desk", read_at=None)),
            models.Index(fields=["user_name", "-made_at"], name="notice_newest"),
            models.Index(fields=["due_at"], name="notice_unsent", condition=Q(delivery=None) & ~Q(way="desk")),
        ]


class DeliveryRow(models.Model):
    """The outbox: one mail or one call of a webhook, until it is sent or given up."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        SENT = "sent"
        UNSURE = "unsure"
        GIVEN_UP = "given-up"

    id = models.CharField(primary_key=True, max_length=32)
    """Stands in the message, so that who gets it twice can tell."""
    user_name = models.CharField(max_length=USER_NAME_LENGTH)
    way = models.CharField(max_length=WORD_LENGTH)
    state = models.CharField(max_length=WORD_LENGTH, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    next_try = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        """The worker asks for what is due."""

        indexes: ClassVar = [models.Index(fields=["next_try"], name="delivery_due", condition=Q(state="waiting"))]


class ChannelRow(models.Model):
    """Where mails or calls of one person go, and how that went."""

    user_name = models.CharField(max_length=USER_NAME_LENGTH)
    way = models.CharField(max_length=WORD_LENGTH)
    address = models.TextField()
    salt = models.CharField(max_length=ID_LENGTH)
    """With the archive's key it gives the secret, which is kept nowhere."""
    secret_digest = models.CharField(max_length=ID_LENGTH, unique=True)
    """Of the secret by which mails are unsubscribed from, or calls are signed."""
    set_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    paused_at = models.DateTimeField(null=True)

    class Meta:
        """One a person and way."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user_name", "way"], name="channel_of_person")]


class ToldRow(models.Model):
    """How a person is told in general."""

    user_name = models.CharField(primary_key=True, max_length=USER_NAME_LENGTH)
    language = models.CharField(max_length=WORD_LENGTH, blank=True)
    alarms = models.CharField(max_length=WORD_LENGTH, blank=True)
    """The way by which alarms are told; empty where they are not."""


class AlarmRow(models.Model):
    """An alarm that stands, so that it is told when it begins and not again while it lasts."""

    key = models.CharField(primary_key=True, max_length=ID_LENGTH)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class FeedAddressRow(models.Model):
    """A secret address at which a view can be followed: only the digest of the secret is kept."""

    view = models.ForeignKey(SavedViewRow, on_delete=models.CASCADE, related_name="feed_addresses")
    user_name = models.CharField(max_length=USER_NAME_LENGTH, db_index=True)
    secret_digest = models.CharField(max_length=ID_LENGTH, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

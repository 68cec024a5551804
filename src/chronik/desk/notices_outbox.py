"""Acts: puts what is due into the outbox and sends it, by mail and to webhooks, so that nobody is told twice.

A mail that may have arrived is not sent again: its owner is told at the desk. A webhook may be called again with the
same id, by which its receiver knows it (Standard Webhooks).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from chronik.catalogue.models import ChannelRow, DeliveryRow, NoticeRow
from chronik.collect import mailing
from chronik.collect.mailing import Mail, Server, Unsent
from chronik.collect.posting import Posted
from chronik.desk import notices, notices_pace, notices_words
from chronik.model.saved import Way

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from chronik.archive import Archive
    from chronik.collect.posting import Poster
    from chronik.model import Failure

    SendMail = Callable[[Server, Mail], Unsent | None]

NOTICES_A_MAIL_MAX = 1_000
NOTICES_A_CALL_MAX = 100
DELIVERIES_A_ROUND_MAX = 100
LEASE = timedelta(minutes=5)
KEPT = timedelta(days=30)
ID_BYTES = 12
GOOD = range(200, 300)
GONE = 410
MAY_HAVE_ARRIVED = "a mail was being sent when the process ended; whether it arrived is not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What messages are sent with."""

    server: Server | None
    """None where no mail server is set."""
    post: Poster
    desk_url: str
    """Where the desk is, without a slash at the end."""
    send_mail: SendMail = mailing.send


def send_due(archive: Archive, means: Means) -> int:
    """Send what is due; messages that went out, counted."""
    now = archive.clock()
    _tell_of_broken_off(now)
    gather(now, mails=means.server is not None)
    due = DeliveryRow.objects.filter(state=DeliveryRow.State.WAITING, next_try__lte=now, leased_until=None)
    sent = 0
    for row in due.order_by("next_try", "id")[:DELIVERIES_A_ROUND_MAX]:
        leased = DeliveryRow.objects.filter(pk=row.pk, leased_until=None, state=DeliveryRow.State.WAITING)
        if leased.update(leased_until=now + LEASE):
            sent += _send(archive, means, row)
    DeliveryRow.objects.exclude(state=DeliveryRow.State.WAITING).filter(done_at__lt=now - KEPT).delete()
    return sent


@transaction.atomic
def gather(now: datetime, *, mails: bool = True) -> None:
    """Make one message of all that is due for one person and way."""
    ways = [Way.MAIL, Way.WEBHOOK] if mails else [Way.WEBHOOK]
    for channel in ChannelRow.objects.filter(paused_at=None, way__in=[str(way) for way in ways]):
        most = NOTICES_A_MAIL_MAX if channel.way == Way.MAIL else NOTICES_A_CALL_MAX
        due = NoticeRow.objects.filter(user_name=channel.user_name, way=channel.way, delivery=None, due_at__lte=now)
        wanted = list(due.order_by("made_at", "pk").values_list("pk", flat=True)[:most])
        if not wanted:
            continue
        row = DeliveryRow.objects.create(
            id=secrets.token_hex(ID_BYTES), user_name=channel.user_name, way=channel.way, made_at=now, next_try=now
        )
        NoticeRow.objects.filter(pk__in=wanted).update(delivery=row)


def _tell_of_broken_off(now: datetime) -> None:
    """What was being sent when a process was killed: a webhook is called again, a mail is not sent again."""
    lapsed = DeliveryRow.objects.filter(state=DeliveryRow.State.WAITING, leased_until__lt=now)
    for row in lapsed.filter(way=str(Way.MAIL)):
        _end(row, DeliveryRow.State.UNSURE, now, failure=MAY_HAVE_ARRIVED)
        notices.trouble(row.user_name, Way.MAIL, reason=MAY_HAVE_ARRIVED, now=now)
    lapsed.exclude(way=str(Way.MAIL)).update(leased_until=None)


def _send(archive: Archive, means: Means, row: DeliveryRow) -> int:
    """Send one message and note how it went; 1 where it went out."""
    channel = ChannelRow.objects.filter(user_name=row.user_name, way=row.way).first()
    rows = list(row.notices.select_related("view").order_by("view__name", "made_at", "pk"))
    now = archive.clock()
    if channel is None or not rows:
        _end(row, DeliveryRow.State.GIVEN_UP, now, failure="nobody wants it any more")
        return 0
    by_mail = row.way == Way.MAIL
    failure, is_over = (_mail if by_mail else _call)(archive, means, channel=channel, row=row, rows=rows)
    if not failure:
        _end(row, DeliveryRow.State.SENT, now)
        ChannelRow.objects.filter(pk=channel.pk).update(failures=0, failure="")
        return 1
    _failed(row, channel, failure=failure, is_over=is_over, now=now)
    return 0


def _mail(
    archive: Archive, means: Means, *, channel: ChannelRow, row: DeliveryRow, rows: Sequence[NoticeRow]
) -> tuple[str, bool]:
    """Why a mail was not taken, and whether it must not be tried again; empty where it was."""
    if means.server is None:
        return "the settings name no mail server (smtp_host)", False
    language = notices.told(row.user_name).language or archive.config.language
    unsubscribe_url = f"{means.desk_url}/unsubscribe/{notices.unsubscribe_secret(channel.salt)}"
    letter = notices_words.letter(
        rows,
        notices.articles(rows),
        language=language,
        archive_name=archive.config.name,
        desk_url=means.desk_url,
        unsubscribe_url=unsubscribe_url,
    )
    mail = Mail(
        identity=row.id,
        to=channel.address,
        subject=letter.subject,
        text=letter.text,
        language=language,
        at=archive.clock(),
        unsubscribe_url=unsubscribe_url,
    )
    unsent = means.send_mail(means.server, mail)
    return (unsent.failure.detail, unsent.may_have_arrived) if unsent else ("", False)


def _call(
    archive: Archive, means: Means, *, channel: ChannelRow, row: DeliveryRow, rows: Sequence[NoticeRow]
) -> tuple[str, bool]:
    """Why a webhook did not take it, and whether it is gone for good; empty where it did."""
    now = archive.clock()
    body = notices_words.body(rows, notices.articles(rows), at=row.made_at, desk_url=means.desk_url)
    key = notices.webhook_key(channel.salt)
    headers = signed(body, identity=f"msg_{row.id}", at=now, key=key)
    answer: Posted | Failure = means.post.answer(channel.address, body, headers=headers)
    if not isinstance(answer, Posted):
        return str(answer), False
    return ("", False) if answer.status in GOOD else (f"it answers {answer.status}", answer.status == GONE)


def signed(body: bytes, *, identity: str, at: datetime, key: bytes) -> list[tuple[str, str]]:
    """The headers of the Standard Webhooks: HMAC-SHA-256 over id, timestamp and body, joined by full stops."""
    seconds = str(int(at.timestamp()))
    content = b".".join((identity.encode(), seconds.encode(), body))
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return [
        ("Content-Type", "application/json"),
        ("webhook-id", identity),
        ("webhook-timestamp", seconds),
        ("webhook-signature", f"v1,{signature}"),
    ]


@transaction.atomic
def _failed(row: DeliveryRow, channel: ChannelRow, *, failure: str, is_over: bool, now: datetime) -> None:
    """Wait longer after each failure; after the last, pause the channel and say so at the desk."""
    pause = None if is_over else notices_pace.pause(row.tries + 1)
    fields = {"failures": F("failures") + 1, "failure": failure}
    if pause is not None:
        again = {"leased_until": None, "tries": row.tries + 1, "failure": failure, "next_try": now + pause}
        DeliveryRow.objects.filter(pk=row.pk).update(**again)
    elif is_over and channel.way == Way.MAIL:
        _end(row, DeliveryRow.State.UNSURE, now, failure=failure)
        notices.trouble(row.user_name, Way.MAIL, reason=f"{failure}; whether it arrived is not known", now=now)
    else:
        _end(row, DeliveryRow.State.GIVEN_UP, now, failure=failure)
        fields["paused_at"] = now
        notices.trouble(row.user_name, Way(channel.way), reason=failure, now=now)
    ChannelRow.objects.filter(pk=channel.pk).update(**fields)


def _end(row: DeliveryRow, state: DeliveryRow.State, now: datetime, *, failure: str = "") -> None:
    DeliveryRow.objects.filter(pk=row.pk).update(state=state, done_at=now, leased_until=None, failure=failure)

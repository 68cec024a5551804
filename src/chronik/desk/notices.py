"""Acts: who wants to be told of what and how, and what they were told at the desk."""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from chronik.catalogue.models import (
    AlertRow,
    ArrivalRow,
    ArticleRow,
    ChannelRow,
    NoticeRow,
    SavedViewRow,
    ToldRow,
)
from chronik.collect import addresses, mailing
from chronik.desk import checks, saved
from chronik.errors import ConflictError, RefusedInputError
from chronik.model import sha256_hex
from chronik.model.saved import NoticeKind, Pace, Way

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

COUNT_MAX = 99
SHOWN_MAX = 100
KEPT = timedelta(days=90)
ALERTS_A_PERSON_MAX = 100
ADDRESS_CHARACTERS_MAX = 2_000
SALT_BYTES = 16
SECRET_START = "whsec_"  # noqa: S105 - as the Standard Webhooks write it
_SECRET = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A notice, with what it is about if that is still there."""

    notice: NoticeRow
    article: ArticleRow | None
    view: SavedViewRow | None


# What somebody was told


def unread(user_name: str, now: datetime) -> int:
    """How many notices wait at the desk, up to one more than are shown."""
    return len(_at_desk(user_name, now).filter(read_at=None).values_list("pk", flat=True)[: COUNT_MAX + 1])


def shown(user_name: str, now: datetime) -> list[Shown]:
    """The newest notices of somebody, however they were told."""
    rows = NoticeRow.objects.filter(user_name=user_name, due_at__lte=now).select_related("view")
    listed = list(rows.order_by("-made_at", "-pk")[:SHOWN_MAX])
    found = articles(listed)
    seen = set(saved.rows(user_name).filter(pk__in={row.view_id for row in listed}).values_list("pk", flat=True))
    return [
        Shown(notice=row, article=found.get(row.article), view=row.view if row.view_id in seen else None)
        for row in listed
    ]


def articles(rows: Sequence[NoticeRow]) -> dict[str, ArticleRow]:
    """The articles that notices are about, without their text."""
    wanted = {row.article for row in rows if row.article}
    return ArticleRow.objects.filter(pk__in=wanted).select_related("source").defer(*ArticleRow.LARGE).in_bulk()


def mark_read(user_name: str, now: datetime, *, only: Collection[int] | None = None) -> int:
    """Let notices of somebody count no more, all or some; how many those were."""
    rows = _at_desk(user_name, now).filter(read_at=None)
    return (rows if only is None else rows.filter(pk__in=list(only))).update(read_at=now)


def mark_unread(user_name: str, notice: int) -> None:
    """Let a notice count again."""
    NoticeRow.objects.filter(user_name=user_name, pk=notice).update(read_at=None)


def forget_old(now: datetime) -> None:
    """Notices of long ago are nobody's news."""
    NoticeRow.objects.filter(made_at__lt=now - KEPT).delete()


def trouble(user_name: str, way: Way, *, reason: str, now: datetime) -> None:
    """Say at the desk that mails or calls of somebody do not arrive."""
    NoticeRow.objects.create(
        user_name=user_name,
        key=sha256_hex(secrets.token_bytes(SALT_BYTES)),
        kind=str(NoticeKind.TROUBLE),
        way=str(Way.DESK),
        subject=str(way),
        reason=reason,
        made_at=now,
        due_at=now,
    )


def _at_desk(user_name: str, now: datetime) -> QuerySet[NoticeRow]:
    return NoticeRow.objects.filter(user_name=user_name, way=str(Way.DESK), due_at__lte=now)


# What somebody wants to be told of


def alert(view_id: str, user_name: str) -> AlertRow | None:
    """How somebody is told of a view; None where they are not."""
    return AlertRow.objects.filter(view=view_id, user_name=user_name).first()


@transaction.atomic
def tell(view_id: str, user_name: str, *, way: Way | None, pace: Pace, now: datetime) -> None:
    """Tell somebody of what fits a view from now on, or no more. Raises NotFoundError, ConflictError."""
    found = saved.view(view_id, user_name)
    if way is None:
        AlertRow.objects.filter(view=found.id, user_name=user_name).delete()
        return
    if way is not Way.DESK and channel(user_name, way) is None:
        raise ConflictError(f"No address is set to which a {way} could go. Set it on the page of notices.")
    if AlertRow.objects.filter(user_name=user_name).exclude(view=found.id).count() >= ALERTS_A_PERSON_MAX:
        raise ConflictError(f"You are told of {ALERTS_A_PERSON_MAX} views already. Switch one off first.")
    if not AlertRow.objects.filter(view=found.id).exists():
        last = ArrivalRow.objects.order_by("-number").values_list("number", flat=True).first()
        SavedViewRow.objects.filter(pk=found.id).update(matched_to=last or 0)
    chosen = {"way": str(way), "pace": str(pace)}
    AlertRow.objects.update_or_create(
        view_id=found.id, user_name=user_name, defaults=chosen, create_defaults={**chosen, "since": now}
    )


def told(user_name: str) -> ToldRow:
    """Language and alarms of somebody; as nobody said it yet, not kept."""
    return ToldRow.objects.filter(pk=user_name).first() or ToldRow(user_name=user_name)


def has_said(user_name: str) -> bool:
    """Whether somebody chose how alarms reach them."""
    return ToldRow.objects.filter(pk=user_name).exists()


def set_told(user_name: str, *, language: str, alarms: Way | None) -> None:
    """In which language somebody is written to, and how alarms of the archive reach them."""
    fields = {"language": language, "alarms": str(alarms or "")}
    ToldRow.objects.update_or_create(user_name=user_name, defaults=fields)


# Where it goes


def channel(user_name: str, way: Way) -> ChannelRow | None:
    """Where mails or calls of somebody go."""
    return ChannelRow.objects.filter(user_name=user_name, way=str(way)).first()


@transaction.atomic
def set_channel(user_name: str, way: Way, *, address: str, now: datetime) -> str:
    """Send mails or calls of somebody there; for a webhook the secret, which is not shown again. Empty ends it.

    What was paused goes on. Raises RefusedInputError.
    """
    given = checks.line(address, what="The address", characters_max=ADDRESS_CHARACTERS_MAX)
    if not given:
        _end_channel(user_name, way)
        return ""
    normal = channel_address(way, given)
    salt = secrets.token_hex(SALT_BYTES)
    fields = {"address": normal, "salt": salt, "set_at": now, "failures": 0, "failure": "", "paused_at": None}
    fields["secret_digest"] = sha256_hex(_secret(salt).hex().encode())
    ChannelRow.objects.update_or_create(user_name=user_name, way=str(way), defaults=fields)
    return webhook_secret(salt) if way is Way.WEBHOOK else ""


def resume(user_name: str, way: Way) -> None:
    """Try again what was paused."""
    ChannelRow.objects.filter(user_name=user_name, way=str(way)).update(failures=0, failure="", paused_at=None)


def _end_channel(user_name: str, way: Way) -> None:
    """What would have gone there is told at the desk."""
    ChannelRow.objects.filter(user_name=user_name, way=str(way)).delete()
    AlertRow.objects.filter(user_name=user_name, way=str(way)).update(way=str(Way.DESK))
    ToldRow.objects.filter(user_name=user_name, alarms=str(way)).update(alarms=str(Way.DESK))
    NoticeRow.objects.filter(user_name=user_name, way=str(way), delivery=None).update(way=str(Way.DESK))


def channel_address(way: Way, text: str) -> str:
    """An address to which somebody's mails or calls may go. Raises RefusedInputError."""
    return mail_address(text) if way is Way.MAIL else web_address(text)


def mail_address(text: str) -> str:
    """An address of mail as it may stand in a header. Raises RefusedInputError."""
    if not mailing.is_address(text):
        raise RefusedInputError(f"{text[:80]!r} is no address of mail like eva@example.org.")
    return text


def web_address(text: str) -> str:
    """An address to which calls may go: https, or one inside the own network that the settings name."""
    url = addresses.normal(text)
    if addresses.scheme(url) != "https" and not _is_permitted(url):
        raise RefusedInputError("A webhook’s address begins with https://.")
    return url


def _is_permitted(url: str) -> bool:
    return f"{addresses.host(url)}:{addresses.port(url)}" in settings.CHRONIK.webhook_endpoints


# Secrets, which are kept nowhere: the archive's key and a salt give them


def _secret(salt: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"chronik notices\0" + salt.encode(), sha256).digest()


def webhook_secret(salt: str) -> str:
    """What a receiver checks signatures with, as the Standard Webhooks write it."""
    return SECRET_START + b64encode(_secret(salt)).decode()


def webhook_key(salt: str) -> bytes:
    """What calls are signed with."""
    return _secret(salt)


def unsubscribe_secret(salt: str) -> str:
    """What stands in the address by which mails are ended."""
    return _secret(salt).hex()


@transaction.atomic
def unsubscribe(secret: str) -> bool:
    """Send no more mails to whom this secret was sent; False where there is none."""
    if not _SECRET.fullmatch(secret):
        return False
    found = ChannelRow.objects.filter(secret_digest=sha256_hex(secret.encode()), way=str(Way.MAIL)).first()
    if found is None:
        return False
    _end_channel(found.user_name, Way.MAIL)
    return True


def is_subscribed(secret: str) -> bool:
    """Whether mails go out under this secret."""
    digest = sha256_hex(secret.encode("utf-8", "replace"))
    return bool(_SECRET.fullmatch(secret)) and ChannelRow.objects.filter(secret_digest=digest).exists()

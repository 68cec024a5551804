"""Acts: tells people of the archive's alarms when they begin; operators at the desk unless they chose otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction

from chronik.archive import alarming
from chronik.catalogue.models import AlarmRow, NoticeRow, ToldRow
from chronik.desk.rights import Role
from chronik.model import content_id
from chronik.model.saved import NoticeKind, Way

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.archive import Archive
    from chronik.archive.alarming import Alarm

OVER_AFTER = timedelta(hours=1)
"""An alarm that comes back sooner is the same one."""


@transaction.atomic
def tell_alarms(archive: Archive) -> int:
    """Tell everybody who wants to know of alarms that began; notices written, counted."""
    now = archive.clock()
    begun = [alarm for alarm in alarming.alarms(archive) if _begins(alarm, now)]
    AlarmRow.objects.filter(seen_at__lt=now - OVER_AFTER).delete()
    if not begun:
        return 0
    fresh = [_notice(alarm, name, way=way, now=now) for name, way in recipients().items() for alarm in begun]
    NoticeRow.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def recipients() -> dict[str, Way]:
    """Who is told of alarms, and how."""
    chosen = dict(ToldRow.objects.values_list("user_name", "alarms"))
    operators = set(User.objects.filter(groups__name=str(Role.OPERATOR)).values_list("username", flat=True))
    names = User.objects.filter(is_active=True, username__in={*chosen, *operators}).values_list("username", flat=True)
    ways = {name: chosen.get(name, str(Way.DESK)) for name in names}
    return {name: Way(way) for name, way in ways.items() if way}


def _begins(alarm: Alarm, now: datetime) -> bool:
    """Whether an alarm was not there a while ago; it is noted that it is now."""
    key = _key(alarm)
    row, created = AlarmRow.objects.get_or_create(key=key, defaults={"began_at": now, "seen_at": now})
    if created:
        return True
    is_new = row.seen_at < now - OVER_AFTER
    AlarmRow.objects.filter(pk=key).update(seen_at=now, began_at=now if is_new else row.began_at)
    return is_new


def _key(alarm: Alarm) -> str:
    return content_id([str(NoticeKind.ALARM), str(alarm.kind), alarm.subject])


def _notice(alarm: Alarm, name: str, *, way: Way, now: datetime) -> NoticeRow:
    return NoticeRow(
        user_name=name,
        key=content_id([_key(alarm), now.isoformat()]),
        kind=str(NoticeKind.ALARM),
        way=str(way),
        subject=str(alarm.kind),
        reason=f"{alarm.subject}: {alarm.reason}",
        made_at=now,
        due_at=now,
    )

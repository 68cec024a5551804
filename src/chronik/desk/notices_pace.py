"""Decides when somebody is told, and how long to wait before trying again."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from chronik.model.saved import Pace

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAILY_AT = time(7)
"""In the archive's zone."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 180, 360, 720))
"""After each failure; with one more failure it is given up."""
TRIES_MAX = len(PAUSES) + 1


def due(pace: Pace, now: datetime, *, zone: ZoneInfo) -> datetime:
    """When something that is known now is to be told: those of one hour, or day, together."""
    if pace is Pace.AT_ONCE:
        return now
    local = now.astimezone(zone)
    if pace is Pace.HOURLY:
        full = now.replace(minute=0, second=0, microsecond=0)
        return full if full == now else full + timedelta(hours=1)
    today = datetime.combine(local.date(), DAILY_AT, tzinfo=zone)
    if local <= today:
        return today.astimezone(now.tzinfo)
    return datetime.combine(local.date() + timedelta(days=1), DAILY_AT, tzinfo=zone).astimezone(now.tzinfo)


def pause(tries: int) -> timedelta | None:
    """How long to wait after so many failures; None where it is given up."""
    return PAUSES[tries - 1] if 0 < tries <= len(PAUSES) else None

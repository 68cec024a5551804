"""Dates as readers of a language write them, in the archive's zone. Decides; wraps Django's date formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import dateformat, translation

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FALLBACK = "en"
_DAYS = {"de": "d.m.Y", "en": "j M Y", "fr": "d/m/Y"}
_DAY_LENGTH, _YEAR_LENGTH = len("2020-01-01"), len("2020")


def interface(language: str) -> str:
    """The language of our own words on a page for this language: its own where we speak it, else English."""
    first = language.lower().split("-")[0]
    return first if first in _DAYS else FALLBACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time for people and for machines."""

    text: str
    machine: str
    """Value of HTML's datetime attribute; empty where the text is not understood."""


def day(value: date, language: str) -> Moment:
    """A day without a time."""
    with translation.override(interface(language)):
        return Moment(text=dateformat.format(value, _DAYS[interface(language)]), machine=value.isoformat())


def moment(value: datetime, language: str, zone: ZoneInfo) -> Moment:
    """Day and minute in the zone."""
    local = _local(value, zone)
    with translation.override(interface(language)):
        text = dateformat.format(local, f"{_DAYS[interface(language)]} – H:i")
    return Moment(text=text, machine=local.isoformat(timespec="seconds"))


def local_day(value: datetime, zone: ZoneInfo) -> date:
    """The day that it was in the zone."""
    return _local(value, zone).date()


def partial(text: str, language: str) -> Moment:
    """A day, a month or a year in ISO 8601, as precise as it is."""
    if len(text) == _DAY_LENGTH:
        return day(date.fromisoformat(text), language)
    if len(text) == _YEAR_LENGTH:
        return Moment(text=text, machine=text)
    with translation.override(interface(language)):
        return Moment(text=dateformat.format(date.fromisoformat(f"{text}-01"), "F Y"), machine=text)


def month(value: date, language: str) -> str:
    """Name of the month."""
    with translation.override(interface(language)):
        return dateformat.format(value, "F")


def stated(text: str, language: str, zone: ZoneInfo) -> Moment | None:
    """A time as precise as it is known: a day or an instant; what is neither is shown as it stands."""
    text = text.strip()
    if not text:
        return None
    try:
        if len(text) == _DAY_LENGTH:
            return day(date.fromisoformat(text), language)
        instant = datetime.fromisoformat(text)
    except ValueError:
        return Moment(text=text, machine="")
    if instant.tzinfo is None:
        return Moment(text=text.replace("T", " "), machine=text)
    return moment(instant, language, zone)


def _local(value: datetime, zone: ZoneInfo) -> datetime:
    """In the zone; as it was given at the very ends of the calendar, where that is no date."""
    try:
        return value.astimezone(zone)
    except OverflowError:
        return value

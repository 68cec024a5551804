"""Decides how nouns look in the desk's templates: language and direction, dates, ages, icons."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from chronik.desk import choices, context, role_words
from chronik.desk import languages as named
from chronik.desk.rights import Right
from chronik.model import UNDETERMINED
from chronik.model.arrangement import Precision, precision
from chronik.publish.direction import direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

register = template.Library()

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
AGE_DAYS_MAX = 7


@register.simple_tag
def lang(tag: str) -> SafeString:
    """The attributes lang and dir for text in a language."""
    return format_html('lang="{}" dir="{}"', tag or UNDETERMINED, direction(tag))


@register.simple_tag
def title(text: str, tag: str) -> SafeString:
    """A title kept apart from the text around it, whichever way it runs."""
    return format_html('<bdi dir="auto" lang="{}">{}</bdi>', tag or UNDETERMINED, text or _("Without title"))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A drawing out of our own file."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}?v={}#{}"></use></svg>',
        static("desk/icons.svg"),
        context.asset_stamp(),
        name,
    )


@register.simple_tag
def asset(path: str) -> str:
    """Address of one of our files, new whenever one of them changes."""
    return f"{static(path)}?v={context.asset_stamp()}"


@register.simple_tag
def who_may(right: str) -> SafeString:
    """Says for whom something is that this person does not see."""
    return format_html('<span class="quiet may-not">{}</span>', role_words.who_may(Right(right)))


@register.filter
def language_name(tag: str) -> str:
    """What a language is called."""
    return named.language_name(tag)


@register.filter
def name(names: Mapping[str, str]) -> str:
    """The name in the interface's language, else the main one."""
    return choices.name_in(names)


@register.filter
def source_kind(kind: str) -> str:
    """What sort of voice a source is."""
    return named.source_kind(kind)


@register.filter
def get(mapping: Mapping[str, str], key: str) -> str:
    """One value of a mapping, or empty."""
    return mapping.get(key, "")


@register.simple_tag
def age(moment: datetime | None, now: datetime) -> SafeString | str:
    """How long ago, briefly; the day where that was long ago."""
    if moment is None:
        return ""
    local = _local(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        _briefly(moment, now),
    )


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Day and time of an instant, in the archive's zone."""
    if value is None:
        return ""
    local = _local(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(local, "DATETIME_FORMAT"))


@register.filter
def partial(iso: str) -> SafeString:
    """A day, a month or a year, as precise as it is."""
    exact = precision(iso)
    words = iso
    if exact is Precision.MONTH:
        words = date_format(date.fromisoformat(f"{iso}-01"), "YEAR_MONTH_FORMAT")
    elif exact is Precision.DAY:
        words = date_format(date.fromisoformat(iso), "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', iso, words)


@register.filter
def published(iso: str) -> SafeString | str:
    """A publication date as precise as it is known: a day stays a day."""
    if not iso:
        return ""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        pass
    else:
        return format_html('<time datetime="{}">{}</time>', iso, date_format(day, "DATE_FORMAT"))
    try:
        instant = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return moment(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def _local(moment: datetime) -> datetime:
    """In the archive's zone; what falls out of the calendar there stays as it is."""
    try:
        return timezone.localtime(moment)
    except OverflowError:
        return moment


def _briefly(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    if seconds < -HOUR_S or seconds >= AGE_DAYS_MAX * DAY_S:
        return date_format(_local(moment), "SHORT_DATE_FORMAT")
    if seconds < MINUTE_S:
        return _("now")
    if seconds < HOUR_S:
        return _("%(count)d min") % {"count": seconds // MINUTE_S}
    if seconds < DAY_S:
        return _("%(count)d h") % {"count": seconds // HOUR_S}
    return _("%(count)d d") % {"count": seconds // DAY_S}

"""Decides how it is told what somebody should know before following a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from chronik.archive.feed_trials import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise

DOUBTS: Mapping[Doubt, _StrPromise] = {
    Doubt.NO_ENTRIES: _("The feed names no page at all."),
    Doubt.NO_DATES: _("The feed gives no dates: which pages are new is told by their addresses only."),
    Doubt.OLD: _("The newest entry is more than two months old."),
    Doubt.NO_ADDRESSES: _("The entries have no addresses that could be fetched."),
    Doubt.ROBOTS: _("The site asks not to be collected (robots.txt): its pages will not be fetched."),
    Doubt.NOT_REACHED: _("The newest page could not be fetched."),
    Doubt.NO_TEXT: _("No text was found in the newest page."),
    Doubt.LITTLE_TEXT: _("Very little text was found in the newest page."),
    Doubt.PAYWALL: _("The newest page is behind a paywall: texts may be cut short."),
}


def doubts(found: Iterable[Doubt]) -> list[str]:
    """Each in a sentence."""
    return [str(DOUBTS[one]) for one in found]

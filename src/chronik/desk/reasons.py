"""Decides how reasons are told in the interface's language: `same day; shares Stepanakert; vectors 0.91`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronik.model import REASONS_IN_ORDER, REASONS_OTHER, REASONS_SHARED, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from chronik.model import Reason

WORD_CHARACTERS_MAX = 80
HOURS_A_DAY = 24.0


def told(reasons: Iterable[Reason]) -> str:
    """Reasons in words: time, what is shared, what else speaks for it, what speaks against it."""
    listed = sorted(reasons, key=lambda reason: REASONS_IN_ORDER.index(reason.kind))
    shared = [word for reason in listed if reason.kind in REASONS_SHARED for word in reason.words]
    parts: list[str] = []
    for reason in listed:
        if reason.kind not in REASONS_SHARED:
            parts.append(_TOLD[reason.kind](reason))
        elif shared:
            parts.append(_("shares %(words)s") % {"words": _listed(dict.fromkeys(shared))})
            shared = []
    return "; ".join(part for part in parts if part)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(" ".join(word.split())[:WORD_CHARACTERS_MAX] for word in words)


def _copy(reason: Reason) -> str:
    if reason.value is None or reason.value >= 1:
        return _("a copy")
    return _("a copy (%(share)s of the words)") % {"share": f"{reason.value:.0%}"}


def _vectors(reason: Reason) -> str:
    return _("vectors %(value)s") % {"value": number_format(reason.value, 2)} if reason.value is not None else ""


def _hours(reason: Reason) -> str:
    if reason.value is None:
        return _("time unknown")
    if reason.value < HOURS_A_DAY:
        return _("same day")
    days = round(reason.value / HOURS_A_DAY)
    return ngettext("%(count)d day apart", "%(count)d days apart", days) % {"count": days}


def _words(reason: Reason) -> str:
    return _("words %(words)s") % {"words": _listed(reason.words)} if reason.words else ""


def _other(reason: Reason) -> str:
    return _("but: %(words)s") % {"words": _listed(reason.words)} if reason.words else ""


def _dossier(reason: Reason) -> str:
    if not reason.words:
        return _("near to the dossier's names")
    return _("names the dossier's %(words)s") % {"words": _listed(reason.words)}


def _editor(reason: Reason) -> str:
    return _("%(name)s said so") % {"name": _listed(reason.words) or _("an editor")}


_TOLD: Mapping[ReasonKind, Callable[[Reason], str]] = {
    ReasonKind.COPY: _copy,
    ReasonKind.VECTORS: _vectors,
    ReasonKind.WORDS: _words,
    ReasonKind.HOURS_APART: _hours,
    **dict.fromkeys(REASONS_OTHER, _other),
    ReasonKind.SAME_SOURCE: lambda _reason: _("same source"),
    ReasonKind.DOSSIER_NAMES: _dossier,
    ReasonKind.LIKE_CLIPS: lambda _reason: _("like what was clipped"),
    ReasonKind.LIKE_REFUSED: lambda _reason: _("like what was refused"),
    ReasonKind.IN_STORY: lambda _reason: _("the dossier holds a report of this story"),
    ReasonKind.EDITOR: _editor,
}

"""Decides how changes of sources are told: what was changed from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from chronik.archive.silence import DAYS_A_MONTH, DAYS_A_WEEK
from chronik.archive.sources import changes_told
from chronik.desk.history import SENTENCES, Change
from chronik.desk.languages import source_kind
from chronik.model import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from chronik.archive.silence import Silence
    from chronik.model import Act

FIELDS: Mapping[str, _StrPromise] = {
    "names": _("Names"),
    "aliases": _("Other names"),
    "kind": _("Kind"),
    "country": _("Country"),
    "owner": _("Owner"),
    "home_page": _("Home page"),
    "hosts": _("Hosts"),
    "credit_style": _("Credit style"),
    "quotation_characters": _("Characters that may be quoted of one report"),
    "quotation_percent": _("Percent that may be quoted of one report"),
    "quotation_reason": _("Why more than the usual may be quoted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An act in words."""

    act: Act
    sentence: str
    changes: tuple[Change, ...]
    merged: tuple[str, ...]
    """Sources that became part of this one, by name."""
    standing: bool
    """It was not taken back, and could be."""


def told(act: Act, *, taken_back: Iterable[str]) -> Told:
    """The act in words; only fields that people know are shown."""
    merged = act.detail.get("merged") or {}
    names = tuple(next(iter((record.get("names") or {}).values()), identity) for identity, record in merged.items())
    return Told(
        act=act,
        sentence=str(SENTENCES[act.verb]),
        changes=tuple(_changes(act)),
        merged=names,
        standing=act.verb is not Verb.UNDO and act.id not in set(taken_back),
    )


def differences(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Change]:
    """Where what somebody wrote differs from what is there now."""
    fields = [field for field in FIELDS if field in wanted and _alike(now.get(field)) != _alike(wanted[field])]
    return [_change(field, now.get(field), wanted[field]) for field in fields]


def _alike(value: Any) -> Any:
    """As it would be kept, so that an empty line is no difference."""
    if isinstance(value, Mapping):
        return {key: one for key, one in value.items() if one}
    return [one for one in value if one] if isinstance(value, list | tuple) else value


def _changes(act: Act) -> list[Change]:
    return [
        _change(field, old, new)
        for field, old, new in changes_told(act)
        if field in FIELDS and (act.verb is not Verb.ADD_SOURCE or new)
    ]


def _change(field: str, old: Any, new: Any) -> Change:
    """One field, before and after; of names and lists what is not in both."""
    parted: list[Any] = [old, new]
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        parted = [{tag: name for tag, name in one.items() if other.get(tag) != name} for one, other in _twice(old, new)]
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        parted = [[one for one in these if one not in those] for these, those in _twice(old, new)]
    return Change(field=str(FIELDS[field]), old=shown(field, parted[0]), new=shown(field, parted[1]))


def _twice(old: Any, new: Any) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    return (old, new), (new, old)


def shown(field: str, value: Any) -> str:
    """A value as people read it."""
    if not value:
        return ""
    if isinstance(value, Mapping):
        return "\n".join(f"{tag}: {name}" for tag, name in value.items() if name)
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    return source_kind(str(value)) if field == "kind" else str(value)


def silence(found: Silence) -> str:
    """How long a source has been silent, and why that is odd."""
    told = ngettext("nothing for %(count)d day", "nothing for %(count)d days", found.days) % {"count": found.days}
    if found.a_week >= 1:
        usual = _("usually %(count)d a week") % {"count": round(found.a_week)}
    else:
        usual = _("usually %(count)d a month") % {"count": round(found.a_week * DAYS_A_MONTH / DAYS_A_WEEK)}
    return f"{told}; {usual}"

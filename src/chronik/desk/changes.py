"""Decides what an edit changes, and how an act remembers it: old and new values, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from chronik.desk import checks
from chronik.model import DossierOrder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class DossierChanges(TypedDict, total=False):
    """What can be changed of a dossier; what is not named stays."""

    names: Mapping[str, str]
    introductions: Mapping[str, str]
    years: str
    order: DossierOrder
    notes: str


class ClipChanges(TypedDict, total=False):
    """What can be changed of a clip; what is not named stays."""

    title: str
    language: str
    credit: str
    excerpt: str | Sequence[str]
    """Where the clip has an article, the new passage, or each of several, must occur in it verbatim."""
    url: str
    happened: date | None
    published: str
    note: str
    quotation_reason: str


def introductions(given: Mapping[str, str]) -> dict[str, str]:
    """Introductions per language that can be kept."""
    return checks.texts(given, what="Introduction", characters_max=checks.TEXT_CHARACTERS_MAX)


def checked_dossier(changes: DossierChanges) -> dict[str, Any]:
    """The changed fields of a dossier, checked."""
    checked: dict[str, Any] = {}
    if "names" in changes:
        checked["names"] = checks.names(changes["names"])
    if "introductions" in changes:
        checked["introductions"] = introductions(changes["introductions"])
    if "years" in changes:
        limit = checks.YEARS_CHARACTERS_MAX
        checked["years"] = checks.line(changes["years"], what="Years", characters_max=limit)
    if "order" in changes:
        checked["order"] = DossierOrder(changes["order"])
    if "notes" in changes:
        checked["notes"] = checks.text(changes["notes"], what="Notes")
    return checked


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Old and new values of what differs; empty when nothing does."""
    # By their text too: names in another order are equal as dicts, and the first is the main one.
    changed = [key for key in old if repr(old[key]) != repr(new[key])]
    if not changed:
        return {}
    return {"old": {key: old[key] for key in changed}, "new": {key: new[key] for key in changed}}

"""Decides the JSON shapes of sources, and how the options of commands become changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from chronik.errors import UsageError
from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chronik.archive import Archive
    from chronik.archive.source_checks import SourceChanges
    from chronik.model import Act, Source


def source_shape(source: Source) -> dict[str, Any]:
    """A source with all its fields."""
    return {
        "id": source.id,
        "names": dict(source.names),
        "aliases": list(source.aliases),
        "kind": str(source.kind),
        "country": source.country or None,
        "owner": source.owner or None,
        "home_page": source.home_page or None,
        "hosts": list(source.hosts),
        "credit_style": source.credit_style or None,
        "quotation_characters": source.quotation_characters or None,
        "quotation_percent": source.quotation_percent or None,
        "quotation_reason": source.quotation_reason or None,
        "made_by": source.made_by,
    }


def profile_shape(archive: Archive, source: Source) -> dict[str, Any]:
    """A source with what it said in the archive."""
    from chronik.catalogue import source_profile

    reports, clips = source_profile.totals(source.id)
    months = source_profile.months(source.id, now=archive.clock())
    copies = source_profile.copies(source.id)
    return {
        **source_shape(source),
        "reports": reports,
        "clips": clips,
        "months": [
            {"month": month, "language": language, "reports": number}
            for (language, month), number in sorted(months.counts.items(), key=lambda item: item[0][::-1])
        ],
        "feeds": [
            {"url": one.feed.url, "stopped": one.stopped, "failure": one.failure or None}
            for one in source_profile.feeds_of(source)
        ],
        "dossiers": {one.dossier.slug: one.clips for one in source_profile.clipping(source.id)},
        "sides": [f"{side.dossier}: {side.key}" for side in source_profile.counting(source)],
        "copies": {
            "looked_at": copies.looked_at,
            "copies": copies.copies,
            "of_agencies": copies.of_agencies,
            "of": dict(copies.originals),
            "taken_over_by": dict(copies.takers),
        },
    }


def act_shape(act: Act) -> dict[str, Any]:
    """What was done."""
    return {
        "act": act.id,
        "at": act.at.isoformat(),
        "by": act.by,
        "verb": str(act.verb),
        "source": act.subject,
        "old": act.detail.get("old") or {},
        "new": act.detail.get("new") or {},
        "merged": sorted(act.detail.get("merged") or {}),
    }


def changes_of(
    given: Mapping[str, Any],
    *,
    names: Sequence[str] | None,
    aliases: Sequence[str] | None,
    hosts: Sequence[str] | None,
) -> SourceChanges:
    """The options that were given, as changes. Raises UsageError."""
    changes: dict[str, Any] = {field: value for field, value in given.items() if value is not None}
    if names is not None:
        changes["names"] = _names(names)
    if aliases is not None:
        changes["aliases"] = [one for one in aliases if one]
    if hosts is not None:
        changes["hosts"] = [one for one in hosts if one]
    return cast("SourceChanges", changes)


def _names(given: Sequence[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in given:
        tag, separator, name = one.partition("=")
        language = tag.strip() if separator else UNDETERMINED
        if language in told:
            raise UsageError(f"--name: there are two names in {language!r}.")
        told[language] = name if separator else one
    return told

"""A dossier frozen at one moment, and the digest that tells one state of it from another. Decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.errors import RefusedInputError
from chronik.model import UNDETERMINED, Clip, DossierOrder, Edition
from chronik.publish.addresses import is_language_tag, is_slug
from chronik.publish.exports import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from chronik.model import Dossier, Source
    from chronik.model.arrangement import Section


def edition(dossier: Dossier, clips: Sequence[Clip], sources: Iterable[Source], *, published_at: datetime) -> Edition:
    """What readers see: clips in the dossier's order, the sources they name, and no private note.

    A dossier without any name goes under its slug. Raises RefusedInputError where a slug or a language
    cannot be part of an address.
    """
    if not is_slug(dossier.slug):
        raise RefusedInputError(
            f"Dossier {dossier.slug!r} cannot be published: its short name may hold only a-z, digits and hyphens."
        )
    for tag in (*dossier.names, *dossier.introductions):
        if not is_language_tag(tag):
            raise RefusedInputError(
                f"Dossier {dossier.slug} cannot be published: {tag!r} is no language tag; use one like de or pt-BR."
            )
    named = {clip.source_id for clip in clips}
    shown = in_sections(ordered(clips, dossier.order), dossier.sections)
    names = {tag: name for tag, name in dossier.names.items() if name.strip()} or {UNDETERMINED: dossier.slug}
    return Edition(
        dossier=_arranged(replace(dossier, names=names, notes="", heading_as_received=""), shown),
        clips=tuple(replace(clip, note="", quotation_reason="", as_received="") for clip in shown),
        sources={source.id: source for source in sorted(sources, key=lambda source: source.id) if source.id in named},
        published_at=published_at,
    )


def ordered(clips: Sequence[Clip], order: DossierOrder) -> list[Clip]:
    """Clips as readers see them; those of one minute by hand, so that a page taken in comes out as it was."""
    by_hand = sorted(clips, key=lambda clip: (clip.position, clip.id))
    if order is DossierOrder.BY_HAND:
        return by_hand
    return sorted(by_hand, key=lambda clip: clip.clipped_at, reverse=order is DossierOrder.NEWEST_FIRST)


def in_sections(clips: Sequence[Clip], sections: Sequence[Section]) -> list[Clip]:
    """Clips under the sections in which they stand, in the order of these; those that stand in none come last."""
    places = {section.id: place for place, section in enumerate(sections)}
    known = [clip if not clip.section or clip.section in places else replace(clip, section="") for clip in clips]
    return sorted(known, key=lambda clip: places.get(clip.section, len(places)))


def _arranged(dossier: Dossier, clips: Sequence[Clip]) -> Dossier:
    """The dossier with what readers have something to see of: sections with clips, key documents, documented events."""
    ids, filled = {clip.id for clip in clips}, {clip.section for clip in clips}
    events = [
        replace(
            one,
            labels={tag: label for tag, label in one.labels.items() if label},
            clips=tuple(clip for clip in one.clips if clip in ids),
        )
        for one in dossier.timeline
    ]
    return replace(
        dossier,
        sections=tuple(section for section in dossier.sections if section.id in filled),
        pinned=tuple(clip for clip in dossier.pinned if clip in ids),
        timeline=tuple(event for event in events if event.clips and event.labels),
    )


def digest(edition: Edition) -> str:
    """Digest of what readers see, whenever it was published: an unchanged dossier keeps it."""
    return as_json(edition)["digest"]

"""Acts: gathers what an editor should look at before a dossier is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.archive import gathering, hiding, quoting
from chronik.publish.checklist import Around, Check, checks

if TYPE_CHECKING:
    from chronik.archive.archive import Archive


def checklist(archive: Archive, slug: str) -> tuple[Check, ...]:
    """What there is to look at, the gravest first. Raises NotFoundError."""
    dossier = archive.the_dossier(slug)
    clips = archive.catalogue.clips(slug)
    over = hiding.veil(archive)
    around = Around(
        states=archive.catalogue.latest_states(clip.id for clip in clips),
        unread=[entry.id for entry in archive.catalogue.unread_entries(slug)],
        hidden=[clip.id for clip in clips if over.covers(clip)],
        over_quoted=frozenset(quoting.beyond(archive, slug, clips=clips)),
        silent=[side.key for side in gathering.silent_sides(archive, slug)],
    )
    today = archive.clock().astimezone(archive.config.zone).date()
    return checks(dossier, clips, around=around, today=today)

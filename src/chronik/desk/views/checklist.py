"""Acts: shows what an editor should look at before a dossier is published, and how readers would see it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.archive import checklist as looking
from chronik.catalogue.models import DossierRow
from chronik.desk import checklist as worded
from chronik.desk.choices import name_in
from chronik.desk.views.dossiers import clip_place
from chronik.publish.checklist import CheckKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def checklist(request: HttpRequest, slug: str) -> HttpResponse:
    """The checklist, a preview in each language, and the button that publishes."""
    archive = wiring.current()
    dossier = archive.the_dossier(slug)
    clips = archive.catalogue.clips(slug)
    known = worded.Known(
        slug=slug,
        clips={clip.id: (clip.title, clip.language) for clip in clips},
        sides={side.key: side.names for side in archive.catalogue.sides(slug)},
        entries={
            entry.id: (entry.text.strip().splitlines() or [""])[0] for entry in archive.catalogue.unread_entries(slug)
        },
        events={one.id: name_in(one.labels) for one in dossier.timeline},
        sections={one.id: name_in(one.names) for one in dossier.sections},
        place=partial(clip_place, slug),
    )
    found = looking.checklist(archive, slug)
    shown = {
        "dossier": dossier,
        "row": DossierRow.objects.get(pk=slug),
        "languages": [tag for tag in dossier.names if dossier.names[tag]],
        "lines": worded.lines(found, known),
        "over_quoted": any(one.kind is CheckKind.OVER_QUOTED for one in found),
    }
    return render(request, "desk/checklist.html", shown)

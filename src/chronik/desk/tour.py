"""Acts: looks which of the first four steps were taken in this archive; the sample newsroom counts for none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from chronik.catalogue.models import ClipRow, DossierRow, FeedRow
from chronik.desk.rights import Right, may
from chronik.sample import newsroom

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from chronik.archive import Archive
    from chronik.desk.rights import Role

COOKIE = "chronik_tour"
OFF = "off"
KEPT_S = 365 * 24 * 3600
_DONE = "first steps done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the first steps."""

    words: _StrPromise
    help: _StrPromise
    address: str
    """Name of the page where it is taken; empty where this person may not take it."""
    done: bool


def steps(archive: Archive, *, role: Role) -> tuple[Step, ...]:
    """The four steps, for somebody who may edit; empty for others, and once all were taken."""
    if archive.kept.get(_DONE) or not may(role, Right.EDIT):
        return ()
    sample = newsroom.dossier().slug
    dossiers = DossierRow.objects.filter(removed=False).exclude(slug=sample)
    done = (
        any(not newsroom.is_sample(url) for url in FeedRow.objects.values_list("url", flat=True).iterator()),
        dossiers.exists(),
        ClipRow.objects.standing().exclude(dossier_id=sample).exists(),
        dossiers.exclude(published_at=None).exists(),
    )
    if all(done):
        archive.kept[_DONE] = True
        return ()
    return tuple(
        Step(words=words, help=told, address=address if may(role, right) else "", done=is_done)
        for (words, told, address, right), is_done in zip(_STEPS, done, strict=True)
    )


_STEPS = (
    (
        _("Follow a feed"),
        _("Name a newspaper’s or an agency’s site. New reports arrive here, grouped by story."),
        "desk:feeds",
        Right.FEEDS,
    ),
    (
        _("Open a dossier"),
        _("Give it a name in each language that matters, and two sentences on what it is about."),
        "desk:new-dossier",
        Right.EDIT,
    ),
    (
        _("Clip a passage"),
        _("Open a report, select the decisive words, press c. They are kept with their page as evidence."),
        "desk:inbox",
        Right.EDIT,
    ),
    (
        _("Publish it"),
        _("Look over the checklist, then publish: plain pages that any reader can verify."),
        "desk:dossiers",
        Right.PUBLISH,
    ),
)

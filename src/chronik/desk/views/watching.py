"""Acts: shows which clipped passages do not stand on their pages any more, and takes note that an editor saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import watching
from chronik.catalogue import convert
from chronik.catalogue.models import ArticleRow, ClipRow
from chronik.desk.views.answers import back, user_name
from chronik.extract import versions
from chronik.extract.standing import each_standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from chronik.extract.standing import Standing
    from chronik.extract.versions import Piece
    from chronik.model import Clip, Passage, Sighting

PAGE_ROWS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A clip whose passage does not stand any more."""

    sighting: Sighting
    clip: ClipRow
    pieces: tuple[Piece, ...]
    """The passage and what stands in its place, word by word; empty where nothing does."""
    reading: bool
    """Whether the reading that was looked at can be opened."""
    noted_by: str
    passages: tuple[tuple[Passage, Standing], ...]
    """Of a clip that has several: each, and what became of it; empty where no reading tells."""


@require_safe
def altered(request: HttpRequest) -> HttpResponse:
    """What does not stand any more, latest first."""
    page = _page(request.GET.get("page", ""))
    dossier, every = request.GET.get("dossier", "")[:80], request.GET.get("all") == "1"
    catalogue = wiring.current().catalogue
    found = catalogue.altered(dossier=dossier, noted=every, limit=PAGE_ROWS + 1, offset=(page - 1) * PAGE_ROWS)
    shown = {
        "rows": list(_rows(found[:PAGE_ROWS], catalogue.noted(found))),
        "dossier": dossier,
        "every": every,
        "page": page,
        "newer": page - 1,
        "older": page + 1 if len(found) > PAGE_ROWS else 0,
    }
    return render(request, "desk/altered.html", shown)


def _page(given: str) -> int:
    return max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 5 else 1


def _rows(found: Sequence[Sighting], noted: dict[int, str]) -> Iterator[Altered]:
    clips = ClipRow.objects.select_related("dossier", "source").in_bulk([sighting.clip for sighting in found])
    wanted = [sighting.article for sighting in found if sighting.article]
    readings = set(ArticleRow.objects.filter(pk__in=wanted).values_list("id", flat=True))
    several = [sighting.article for sighting in found if clips[sighting.clip].further]
    read = ArticleRow.objects.in_bulk([article for article in several if article in readings])
    for sighting in found:
        clip = clips[sighting.clip]
        yield Altered(
            sighting=sighting,
            clip=clip,
            pieces=versions.pieces(clip.excerpt, sighting.wording) if sighting.wording else (),
            reading=sighting.article in readings,
            noted_by=noted.get(sighting.number, ""),
            passages=_each(convert.clip(clip), read.get(sighting.article)) if clip.further else (),
        )


def _each(clip: Clip, reading: ArticleRow | None) -> tuple[tuple[Passage, Standing], ...]:
    if reading is None:
        return ()
    return tuple(zip(clip.passages, each_standing(clip, convert.article(reading)), strict=True))


@require_POST
def note(request: HttpRequest, clip_id: str) -> HttpResponse:
    """An editor has seen it."""
    archive = wiring.current()
    sighting = next(iter(archive.catalogue.sightings(clip_id)), None)
    if sighting is None:
        raise Http404
    watching.note(archive, sighting, by=user_name(request))
    messages.success(request, _("Noted. It is listed again when something else is seen."))
    return back(request, resolve_url("desk:altered"))


@require_POST
def look(request: HttpRequest, clip_id: str) -> HttpResponse:
    """Look at the page of a clip now."""
    archive = wiring.current()
    clip = archive.catalogue.clip(clip_id)
    if clip is None:
        raise Http404
    looked = watching.look(archive, [clip.url])
    if looked.failed:
        messages.warning(request, _("The page did not answer. It is tried again soon."))
    elif not looked.pages:
        messages.warning(request, _("This page is not watched: Chronik has not fetched it itself."))
    elif looked.altered:
        messages.info(request, _("Looked at it now: the passage does not stand there any more."))
    else:
        messages.success(request, _("Looked at it now: the passage stands there."))
    return back(request, resolve_url("desk:altered"))

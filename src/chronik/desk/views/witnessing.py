"""Acts: shows what witnesses say otherwise than this archive, and takes down what an editor makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import disagreeing, hearing
from chronik.archive.disagreeing import Verdict
from chronik.catalogue.models import ClipRow
from chronik.desk.views.answers import back, user_name
from chronik.errors import RefusedInputError
from chronik.extract import versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from chronik.archive.disagreeing import Disagreement
    from chronik.extract.versions import Piece

PAGE_ROWS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A disagreement as it is shown."""

    found: Disagreement
    clip: ClipRow | None
    pieces: tuple[Piece, ...]
    """Our passage and what stands in its place at the witness, word by word; empty where nothing does."""


@require_safe
def witnesses(request: HttpRequest) -> HttpResponse:
    """What witnesses say otherwise, latest first."""
    given, every = request.GET.get("page", ""), request.GET.get("all") == "1"
    page = max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    found = disagreeing.disagreements(wiring.current(), settled=every)
    start = (page - 1) * PAGE_ROWS
    shown = {
        "rows": list(_rows(found[start : start + PAGE_ROWS])),
        "every": every,
        "newer": page - 1,
        "older": page + 1 if len(found) > start + PAGE_ROWS else 0,
    }
    return render(request, "desk/witnesses.html", shown)


@require_POST
def ask(request: HttpRequest, clip_id: str) -> HttpResponse:
    """Ask every witness of the settings what it keeps of a clip's page, now."""
    archive = wiring.current()
    clip = archive.catalogue.clip(clip_id)
    if clip is None:
        raise Http404
    asked = list(hearing.look(archive, [clip], by=user_name(request)))
    heard = [one.heard for one in asked if one.heard]
    if any(one.agrees is False for one in heard):
        messages.warning(request, _("A witness says otherwise: see “Witnesses”."))
    elif same := [one.name for one in heard if one.agrees]:
        messages.success(request, _("The passage stands there, too: %(names)s.") % {"names": ", ".join(same)})
    elif asked:
        reasons = "; ".join(f"{one.name}: {one.reason or (one.heard.detail if one.heard else '')}" for one in asked)
        messages.info(request, _("Nobody could say: %(reasons)s.") % {"reasons": reasons})
    else:
        messages.info(request, _("No witness is set; see the how-to “witnesses”."))
    return back(request, resolve_url("desk:edit-clip", clip_id))


def _rows(found: Sequence[Disagreement]) -> Iterator[Row]:
    names = [one.heard.clip for one in found if one.heard.clip]
    clips = ClipRow.objects.filter(removed=False).select_related("dossier").in_bulk(names)
    for one in found:
        clip = clips.get(one.heard.clip)
        pieces = versions.pieces(clip.excerpt, one.heard.wording) if clip and one.heard.wording else ()
        yield Row(found=one, clip=clip, pieces=pieces)


@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """An editor says what a disagreement means."""
    verdict = request.POST.get("verdict", "")
    if verdict not in set(Verdict):
        raise RefusedInputError(_("Say what it means: dismissed or upheld."))
    name, note = request.POST.get("lead", ""), request.POST.get("note", "").strip()
    disagreeing.settle(wiring.current(), name, verdict=Verdict(verdict), by=user_name(request), note=note)
    messages.success(request, _("Taken down."))
    return back(request, resolve_url("desk:witnesses"))

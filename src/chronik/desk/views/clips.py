"""Acts: changes, moves, removes and restores clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chronik import wiring
from chronik.archive import quoting
from chronik.catalogue.models import ClipRow
from chronik.desk import actions, arrangement, proofs
from chronik.desk.forms import ClipEditForm
from chronik.desk.passage_fields import with_one_more
from chronik.desk.views.answers import back, user_name
from chronik.desk.views.articles import MORE
from chronik.desk.views.dossiers import clip_place
from chronik.errors import ChronikError, NotFoundError, QuoteNotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.model import Clip

PLACES = {"up": -1, "down": 1, "first": -1_000_000, "last": 1_000_000}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, clip_id: str) -> HttpResponse:
    """Change what a clip says."""
    archive = wiring.current()
    clip = _the_clip(clip_id)
    form = ClipEditForm(request.POST if request.method == "POST" else None, initial=ClipEditForm.of(clip))
    status = 200
    if MORE in request.POST:
        form = ClipEditForm(initial=with_one_more(request.POST, "excerpt"))
    elif request.method == "POST":
        status = 422
        if form.is_valid() and _edited(request, clip, form):
            messages.success(request, _("Saved."))
            return redirect(clip_place(clip.dossier, clip.id))
    dossier = archive.the_dossier(clip.dossier)
    shown = {
        "clip": clip,
        "dossier": dossier,
        "form": form,
        "proof": proofs.of_clip(archive, clip),
        "budget": quoting.budgets_of(archive, [clip], among=archive.catalogue.clips(clip.dossier)).get(clip.id),
    }
    return render(request, "desk/clip.html", shown, status=status)


@require_POST
def move(request: HttpRequest, clip_id: str) -> HttpResponse:
    """Move a clip in the order by hand."""
    archive = wiring.current()
    clip = _the_clip(clip_id)
    places = arrangement.places_within(archive.catalogue, clip_id, places=PLACES.get(request.POST.get("to", ""), 0))
    if places:
        actions.move_clip(archive.catalogue, clip_id, places=places, by=user_name(request), now=archive.clock())
    return redirect(clip_place(clip.dossier, clip.id))


@require_POST
def remove(request: HttpRequest, clip_id: str) -> HttpResponse:
    """Take a clip out of its dossier; the page that follows offers to undo it."""
    archive = wiring.current()
    clip = actions.remove_clip(archive.catalogue, clip_id, by=user_name(request), now=archive.clock())
    return redirect(resolve_url("desk:dossier", clip.dossier) + f"?removed={clip.id}")


@require_POST
def restore(request: HttpRequest, clip_id: str) -> HttpResponse:
    """Put a removed clip back."""
    archive = wiring.current()
    clip = actions.restore_clip(archive.catalogue, clip_id, by=user_name(request), now=archive.clock())
    messages.success(request, _("The clip is back."))
    return back(request, clip_place(clip.dossier, clip.id))


def _the_clip(clip_id: str) -> Clip:
    clip = wiring.current().catalogue.clip(clip_id)
    if clip is None:
        if ClipRow.objects.filter(pk=clip_id, removed=True).exists():
            raise NotFoundError(_("This clip was removed. Its dossier’s page can bring it back."))
        raise NotFoundError(_("There is no such clip."))
    return clip


def _edited(request: HttpRequest, clip: Clip, form: ClipEditForm) -> bool:
    archive = wiring.current()
    try:
        actions.edit_clip(archive.catalogue, clip.id, by=user_name(request), now=archive.clock(), **form.changes)
    except QuoteNotFoundError:
        form.add_error("excerpt", _("The article does not say this. Copy the passage from the text as it stands."))
    except ChronikError as error:
        form.add_error(None, str(error))
    else:
        return True
    return False

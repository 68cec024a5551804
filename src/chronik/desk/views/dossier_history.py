"""Acts: shows who did what to a dossier, word by word, and takes single acts back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.desk import dossier_history, reverting
from chronik.desk.history import SENTENCES
from chronik.desk.views.answers import local, user_name
from chronik.desk.views.dossiers import clip_place
from chronik.errors import ConflictError
from chronik.model import Verb

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did what to a dossier and its clips, newest first."""
    archive = wiring.current()
    wanted = dossier_history.asked(request.GET.dict())
    page = dossier_history.page(archive, slug, wanted=wanted)
    kept = {name: value for name, value in (("who", wanted.person), ("kind", wanted.kind)) if value}
    shown = {
        "dossier": archive.the_dossier(slug),
        "acts": page.told,
        "asked": wanted,
        "people": page.people,
        "kinds": sorted(((verb, str(SENTENCES[Verb(verb)])) for verb in page.kinds), key=lambda one: one[1]),
        "newer": urlencode({**kept, "page": wanted.page - 1}) if wanted.page > 1 else "",
        "older": urlencode({**kept, "page": wanted.page + 1}) if page.has_older else "",
    }
    return render(request, "desk/history.html", shown)


@require_POST
def revert(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an act back by another."""
    archive = wiring.current()
    following = local(request, request.POST.get("next", ""), otherwise=resolve_url("desk:history", slug))
    try:
        wanted = request.POST.get("act", "").replace("\0", "")
        back = reverting.revert(archive, wanted, by=user_name(request), dossier=slug)
    except ConflictError as error:
        messages.error(request, str(error))
        return redirect(following)
    messages.success(request, _("Taken back."))
    is_there = following == resolve_url("desk:dossier", slug) and archive.catalogue.clip(back.subject) is not None
    return redirect(clip_place(slug, back.subject) if is_there else following)

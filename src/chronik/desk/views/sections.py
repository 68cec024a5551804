"""Acts: lets editors divide a dossier into sections, say which clip stands in which, and pin key documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chronik import wiring
from chronik.desk import arrangement
from chronik.desk.languages import language_name
from chronik.desk.section_forms import WordsForm
from chronik.desk.views.answers import user_name
from chronik.desk.views.dossiers import INTERFACE_LANGUAGES, clip_place, last_own
from chronik.errors import ChronikError, RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from chronik.model import Dossier

PLACES = {"up": -1, "down": 1, "first": -1_000_000, "last": 1_000_000}


@require_http_methods(["GET", "HEAD", "POST"])
def sections(request: HttpRequest, slug: str) -> HttpResponse:
    """The sections of a dossier in their order, each with a form, and one for a new section."""
    archive = wiring.current()
    dossier = archive.the_dossier(slug)
    key = request.POST.get("section", "")
    sent = _sent(request, dossier)
    if request.method == "POST" and (sent is None or sent.is_valid()):
        try:
            _done(request, dossier, key, sent)
        except ChronikError as error:
            if sent is None:
                messages.error(request, str(error))
                return redirect("desk:sections", slug)
            sent.add_error(None, str(error))
        else:
            return redirect("desk:sections", slug)
    languages = languages_of(dossier, (tag for one in dossier.sections for tag in one.names))
    forms = [
        (one, sent if sent and key == one.id else _form(one.id, WordsForm.of(one.names), languages))
        for one in dossier.sections
    ]
    counts: dict[str, int] = {}
    for clip in archive.catalogue.clips(slug):
        counts[clip.section] = counts.get(clip.section, 0) + 1
    fresh = sent if sent and not key else _form("new", {}, languages)
    shown = {
        "dossier": dossier,
        "forms": forms,
        "fresh": fresh,
        "wrong": sent,
        "counts": counts,
        "last_own": last_own(request, dossier),
    }
    return render(request, "desk/sections.html", shown, status=422 if sent else 200)


def _sent(request: HttpRequest, dossier: Dossier) -> WordsForm | None:
    """The names that were sent; None where something else was."""
    if request.method != "POST" or request.POST.get("do", "") not in {"add", "rename"}:
        return None
    languages = languages_of(dossier, (tag for one in dossier.sections for tag in one.names))
    return WordsForm(request.POST, languages=languages, auto_id=f"{request.POST.get('section') or 'new'}-%s")


def _form(key: str, initial: dict[str, str], languages: list[tuple[str, str]]) -> WordsForm:
    return WordsForm(initial=initial, languages=languages, auto_id=f"{key}-%s")


def _done(request: HttpRequest, dossier: Dossier, key: str, sent: WordsForm | None) -> None:
    archive = wiring.current()
    catalogue, by, now = archive.catalogue, user_name(request), archive.clock()
    do = request.POST.get("do", "")
    if sent is not None and do == "add":
        arrangement.add_section(catalogue, dossier.slug, names=sent.words, by=by, now=now)
    elif sent is not None:
        arrangement.edit_section(catalogue, dossier.slug, section=key, names=sent.words, by=by, now=now)
    elif do == "remove":
        arrangement.remove_section(catalogue, dossier.slug, section=key, by=by, now=now)
    elif do in PLACES:
        arrangement.move_section(catalogue, dossier.slug, section=key, places=PLACES[do], by=by, now=now)
    else:
        raise RefusedInputError(_("Nothing was chosen."))


@require_POST
def file_clip(request: HttpRequest, clip_id: str) -> HttpResponse:
    """Put a clip into the section that was chosen, or into none."""
    archive = wiring.current()
    clip = arrangement.the_clip(archive.catalogue, clip_id)
    section, by = request.POST.get("section", ""), user_name(request)
    try:
        arrangement.file_clip(archive.catalogue, clip_id, section=section, by=by, now=archive.clock())
    except ChronikError as error:
        messages.error(request, str(error))
    return redirect(clip_place(clip.dossier, clip_id))


@require_POST
def pin(request: HttpRequest, clip_id: str) -> HttpResponse:
    """Make a clip a key document, move it among them, or make it none any more."""
    archive = wiring.current()
    catalogue, by, now = archive.catalogue, user_name(request), archive.clock()
    clip = arrangement.the_clip(catalogue, clip_id)
    to = request.POST.get("to", "")
    try:
        if to == "pinned":
            arrangement.pin_clip(catalogue, clip_id, by=by, now=now)
        elif to == "unpinned":
            arrangement.unpin_clip(catalogue, clip_id, by=by, now=now)
        elif to in PLACES:
            arrangement.move_pin(catalogue, clip_id, places=PLACES[to], by=by, now=now)
        else:
            raise RefusedInputError(_("Nothing was chosen."))
    except ChronikError as error:
        messages.error(request, str(error))
    return redirect(clip_place(clip.dossier, clip_id))


def languages_of(dossier: Dossier, used: Iterable[str]) -> list[tuple[str, str]]:
    """Languages in which a form asks for words: those of the dossier, those in use, and ours."""
    tags = dict.fromkeys([*dossier.names, *dossier.introductions, *used, *INTERFACE_LANGUAGES])
    return [(tag, language_name(tag)) for tag in tags]

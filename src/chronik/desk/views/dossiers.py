"""Acts: opens, shows and edits dossiers, mends entries, and tells what was done."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chronik import wiring
from chronik.archive import quoting
from chronik.catalogue import convert
from chronik.catalogue.models import ClipRow, DossierRow
from chronik.desk import access_acts, actions, dossier_history, proofs
from chronik.desk.choices import name_in
from chronik.desk.forms import DossierForm, MendForm, NewDossierForm
from chronik.desk.languages import language_name
from chronik.desk.told_changes import About, told
from chronik.desk.views.answers import user_name
from chronik.errors import ChronikError
from chronik.model import Dossier, DossierOrder, UnreadEntry
from chronik.publish.edition import in_sections, ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from chronik.desk.told_changes import Told
    from chronik.model import Clip
    from chronik.model.arrangement import Section

INTERFACE_LANGUAGES = ("de", "en", "fr")
CLIPS_AT_ONCE = 100
"""The others are shown on demand."""
SHORT_ID_LENGTH = 12


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """Every dossier with its counts, the one worked on last first."""
    standing = Q(clips__removed=False)
    rows = (
        DossierRow.objects.filter(removed=False)
        .annotate(clip_count=Count("clips", filter=standing), last_clip_at=Max("clips__clipped_at", filter=standing))
        .order_by("-last_clip_at", "slug")
    )
    return render(request, "desk/dossiers.html", {"dossiers": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_dossier(request: HttpRequest) -> HttpResponse:
    """Open a dossier."""
    archive = wiring.current()
    initial = {"main": get_language() or archive.config.language, "order": str(DossierOrder.NEWEST_FIRST)}
    languages = _languages((), request)
    form = NewDossierForm(request.POST if request.method == "POST" else None, initial=initial, languages=languages)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.new_dossier(
                archive.catalogue,
                names=form.names,
                introductions=form.introductions,
                years=form.cleaned_data["years"],
                by=user_name(request),
                now=archive.clock(),
            )
            made = _edited(request, made.slug, form, texts=False)
            if form.cleaned_data["private"]:
                access_acts.keep_to(archive.catalogue, made.slug, by=user_name(request), now=archive.clock())
        except ChronikError as error:
            form.add_error(None, str(error))
        else:
            return redirect("desk:dossier", made.slug)
    status = 422 if form.errors else 200
    return render(request, "desk/dossier_form.html", {"form": form}, status=status)


@require_safe
def dossier(request: HttpRequest, slug: str) -> HttpResponse:
    """A dossier as its editors see it: notes, unread entries and all."""
    archive = wiring.current()
    found = archive.the_dossier(slug)
    removed = ClipRow.objects.filter(dossier_id=slug, removed=True)
    clips = in_sections(ordered(archive.catalogue.clips(slug), found.order), found.sections)
    at_once = clips[: len(clips) if "all" in request.GET else _until(clips, request.GET.get("clip", ""))]
    by_id = {clip.id: clip for clip in clips}
    pinned = [by_id[one] for one in found.pinned if one in by_id]
    listed = list({clip.id: clip for clip in (*at_once, *pinned)}.values())
    shown = {
        "dossier": found,
        "pinned": pinned,
        "last_own": last_own(request, found),
        "groups": _groups(found, at_once),
        "grades": proofs.of_clips(archive, listed),
        "quoted": quoting.budgets_of(archive, listed, among=clips),
        "row": DossierRow.objects.get(pk=slug),
        "languages": list(dict.fromkeys([*found.names, *found.introductions])),
        "clips": clips,
        "at_once": at_once,
        "more": len(clips) - len(at_once),
        "by_hand": found.order is DossierOrder.BY_HAND,
        "unread": archive.catalogue.unread_entries(slug),
        "removed": removed.order_by("position", "id"),
        "just_removed": removed.filter(pk=request.GET.get("removed", "")).first(),
    }
    return render(request, "desk/dossier.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change names, introductions, order and notes."""
    found = wiring.current().the_dossier(slug)
    languages = _languages([*found.names, *found.introductions], request)
    data = request.POST if request.method == "POST" else None
    form = DossierForm(data, initial=DossierForm.of(found), languages=languages)
    if data is not None and form.is_valid():
        try:
            _edited(request, slug, form)
        except ChronikError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:dossier", slug)
    status = 422 if form.errors else 200
    return render(request, "desk/dossier_form.html", {"form": form, "dossier": found}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, slug: str, entry_id: str) -> HttpResponse:
    """Make a clip of an entry that could not be understood."""
    archive = wiring.current()
    entry = _entry(slug, entry_id)
    form = MendForm(request.POST if request.method == "POST" else None, initial={"text": entry.text})
    if request.method == "POST" and form.is_valid():
        try:
            clip = actions.mend_entry(
                archive.catalogue,
                entry,
                text=form.cleaned_data["text"],
                zone=archive.config.zone,
                by=user_name(request),
                now=archive.clock(),
            )
        except ChronikError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Mended: the entry is a clip now."))
            return redirect(clip_place(slug, clip.id))
    shown = {"entry": entry, "dossier": archive.the_dossier(slug), "form": form}
    return render(request, "desk/mend.html", shown, status=422 if form.errors else 200)


def clip_place(slug: str, clip_id: str) -> str:
    """Where a clip stands on the page of its dossier, however far down."""
    beginning = clip_id[:SHORT_ID_LENGTH]
    return f"{resolve_url('desk:dossier', slug)}?clip={beginning}#clip-{beginning}"


def _until(clips: Sequence[Clip], wanted: str) -> int:
    """How many clips are shown at once: those at the head, and all before the one that is looked for."""
    places = (place for place, clip in enumerate(clips, 1) if wanted and clip.id.startswith(wanted))
    return max(CLIPS_AT_ONCE, next(places, 0))


def last_own(request: HttpRequest, dossier: Dossier) -> Told | None:
    """What this person did last to the dossier, to be taken back."""
    act = dossier_history.last_own(dossier.slug, by=user_name(request), now=wiring.current().clock())
    if act is None:
        return None
    clip = ClipRow.objects.filter(pk=act.subject).first()
    names = {one.id: name_in(one.names) for one in dossier.sections}
    return told(act, About(clips={clip.id: convert.clip(clip)} if clip else {}, sections=names))


def _groups(dossier: Dossier, clips: Sequence[Clip]) -> list[tuple[Section | None, list[Clip]]]:
    """Clips with the section in which they stand, in the readers' order."""
    sections = {section.id: section for section in dossier.sections}
    together = groupby(clips, key=lambda clip: clip.section)
    return [(sections.get(section), list(filed)) for section, filed in together]


def _edited(request: HttpRequest, slug: str, form: DossierForm, *, texts: bool = True) -> Dossier:
    archive = wiring.current()
    changes = form.changes if texts else form.settings
    return actions.edit_dossier(archive.catalogue, slug, by=user_name(request), now=archive.clock(), **changes)


def _languages(used: Sequence[str], request: HttpRequest) -> list[tuple[str, str]]:
    """Languages that the form offers: those in use, ours, and one more that the address asks for."""
    asked = request.GET.get("language", "").strip().lower()
    tags = list(dict.fromkeys([*used, *INTERFACE_LANGUAGES]))
    if asked and asked not in tags and _is_language(asked):
        tags.append(asked)
    return [(tag, language_name(tag)) for tag in tags]


def _is_language(tag: str) -> bool:
    try:
        get_language_info(tag)
    except KeyError:
        return len(tag) in {2, 3} and tag.isascii() and tag.isalpha()
    return True


def _entry(slug: str, entry_id: str) -> UnreadEntry:
    for entry in wiring.current().catalogue.unread_entries(slug):
        if entry.id == entry_id:
            return entry
    raise Http404

"""Acts: lets editors keep the timeline of a dossier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chronik import wiring
from chronik.desk import timeline as keeping
from chronik.desk.timeline_forms import EventForm
from chronik.desk.views.answers import user_name
from chronik.desk.views.dossiers import last_own
from chronik.desk.views.sections import languages_of
from chronik.errors import ChronikError, RefusedInputError
from chronik.publish.edition import ordered

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.model import Clip, Dossier
    from chronik.model.arrangement import TimelineEvent

CLIPS_OFFERED_MAX = 200
"""Beside those that are chosen; any other is added from its own place."""
TITLE_CHARACTERS_MAX = 110
PLACES = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event as its editors see it."""

    event: TimelineEvent
    clips: tuple[Clip, ...]
    """Those of its clips that stand."""
    may_rise: bool
    may_sink: bool


@require_http_methods(["GET", "HEAD", "POST"])
def timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """The timeline of a dossier, oldest first, and a form for a new event."""
    archive = wiring.current()
    dossier = archive.the_dossier(slug)
    clips = ordered(archive.catalogue.clips(slug), dossier.order)
    by_id = {clip.id: clip for clip in clips}
    chosen = by_id.get(request.GET.get("clip", ""))
    form = _form(dossier, clips, initial=EventForm.of_clip(chosen) if chosen else {}, also=chosen)
    if request.method == "POST":
        is_new = request.POST.get("do") == "add"
        form = _form(dossier, clips, request=request) if is_new else form
        if not is_new or form.is_valid():
            answer = _done(request, dossier, form)
            if answer is not None:
                return answer
    shown = {
        "dossier": dossier,
        "rows": _rows(dossier, by_id),
        "form": form,
        "chosen": chosen,
        "last_own": last_own(request, dossier),
    }
    return render(request, "desk/timeline.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, event_id: str) -> HttpResponse:
    """Say something else of an event."""
    archive = wiring.current()
    dossier = archive.the_dossier(slug)
    event = keeping.the_event(dossier, event_id)
    clips = ordered(archive.catalogue.clips(slug), dossier.order)
    sent = request if request.method == "POST" else None
    form = _form(dossier, clips, initial=EventForm.of_event(event), event=event, request=sent)
    if sent is not None and form.is_valid():
        standing = {clip.id for clip in clips}
        # A clip that was removed keeps its place here for when it comes back.
        away = tuple(clip for clip in event.clips if clip not in standing)
        words = replace(form.said, clips=(*form.said.clips, *away))
        by, now = user_name(request), archive.clock()
        try:
            keeping.edit_event(archive.catalogue, slug, event=event_id, words=words, by=by, now=now)
        except ChronikError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:timeline", slug)
    shown = {"dossier": dossier, "event": event, "form": form}
    return render(request, "desk/timeline_event.html", shown, status=422 if form.errors else 200)


def _done(request: HttpRequest, dossier: Dossier, form: EventForm) -> HttpResponse | None:
    """Do what was asked for; None where the form has to be filled in again."""
    archive = wiring.current()
    catalogue, by, now = archive.catalogue, user_name(request), archive.clock()
    do, event = request.POST.get("do", ""), request.POST.get("event", "")
    try:
        if do == "add":
            keeping.add_event(catalogue, dossier.slug, words=form.said, by=by, now=now)
        elif do == "remove":
            keeping.remove_event(catalogue, dossier.slug, event=event, by=by, now=now)
        elif do == "document":
            _document(request, dossier, event)
        elif do in PLACES:
            keeping.move_event(catalogue, dossier.slug, event=event, places=PLACES[do], by=by, now=now)
        else:
            raise RefusedInputError(_("Nothing was chosen."))
    except ChronikError as error:
        if do == "add":
            form.add_error(None, str(error))
            return None
        messages.error(request, str(error))
    return redirect("desk:timeline", dossier.slug)


def _document(request: HttpRequest, dossier: Dossier, event: str) -> None:
    """Add a clip to those that document an event."""
    archive = wiring.current()
    held = keeping.the_event(dossier, event)
    clips = (*held.clips, request.POST.get("clip", ""))
    words = keeping.EventWords(begins=held.begins, ends=held.ends, labels=held.labels, clips=clips)
    by, now = user_name(request), archive.clock()
    keeping.edit_event(archive.catalogue, dossier.slug, event=event, words=words, by=by, now=now)


def _form(  # noqa: PLR0913 - what a form is made of, each by name
    dossier: Dossier,
    clips: list[Clip],
    *,
    initial: dict[str, object] | None = None,
    event: TimelineEvent | None = None,
    also: Clip | None = None,
    request: HttpRequest | None = None,
) -> EventForm:
    used = [tag for one in dossier.timeline for tag in one.labels]
    languages = languages_of(dossier, [*used, *([also.language] if also else [])])
    sent = set(request.POST.getlist("clips")) if request else set()
    first = {*(event.clips if event else ()), *([also.id] if also else []), *sent}
    offered = [clip for clip in clips if clip.id in first]
    offered += [clip for clip in clips if clip.id not in first][:CLIPS_OFFERED_MAX]
    return EventForm(
        request.POST if request else None,
        initial=initial or {},
        languages=languages,
        offered=[(clip.id, _title(clip)) for clip in offered],
    )


def _title(clip: Clip) -> str:
    title = Truncator(clip.title or clip.excerpt).chars(TITLE_CHARACTERS_MAX)
    day = clip.happened.isoformat() if clip.happened else clip.published[:10]
    return " · ".join(part for part in (day, clip.credit, title) if part)


def _rows(dossier: Dossier, clips: dict[str, Clip]) -> list[EventRow]:
    events = dossier.timeline
    return [
        EventRow(
            event=event,
            clips=tuple(clips[one] for one in event.clips if one in clips),
            may_rise=place > 0 and events[place - 1].begins == event.begins,
            may_sink=place + 1 < len(events) and events[place + 1].begins == event.begins,
        )
        for place, event in enumerate(events)
    ]

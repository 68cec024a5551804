"""Acts: lets editors say what is known of a source, and add one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chronik import wiring
from chronik.archive import sources as acting
from chronik.catalogue import source_profile
from chronik.desk import source_words
from chronik.desk.source_forms import SourceForm, languages_of
from chronik.desk.views.answers import user_name
from chronik.desk.views.sources import SHORT_ID_LENGTH, the_source
from chronik.errors import ChronikError
from chronik.model import UNDETERMINED
from chronik.model.source_records import source_state, whole_source_record

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.model import Act, Source

LANGUAGE_LENGTH_MAX = 20
CREDIT_LENGTH_MAX = 300


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, source_id: str) -> HttpResponse:
    """What is known of a source, to be changed; where somebody changed it meanwhile, both are shown."""
    archive = wiring.current()
    noun = the_source(archive, source_id)
    if noun.id != source_id:
        return redirect("desk:edit-source", noun.id)
    languages = languages_of(noun.names, more=_asked_language(request))
    if request.method != "POST":
        initial = {**SourceForm.of(noun), "based_on": source_state(noun)}
        return _form(request, SourceForm(initial=initial, languages=languages), noun)
    form = SourceForm(request.POST, languages=_sent_languages(request, languages))
    if not form.is_valid():
        return _form(request, form, noun)
    if form.cleaned_data["based_on"] != source_state(noun):
        return _changed_meanwhile(request, form, noun)
    try:
        act = acting.edit(
            archive, noun.id, by=user_name(request), based_on=form.cleaned_data["based_on"], **form.changes
        )
    except ChronikError as error:
        form.add_error(None, str(error))
        return _form(request, form, noun)
    return leading_to(noun.id, act)


def _changed_meanwhile(request: HttpRequest, form: SourceForm, noun: Source) -> HttpResponse:
    """Nothing is saved; sent once more, what this person wrote is, knowingly."""
    now = whole_source_record(noun)
    differing = source_words.differences(now, form.changes)
    data = request.POST.copy()
    data["based_on"] = source_state(noun)
    again = SourceForm(data, languages=form.languages)
    again.is_valid()
    again.add_error(None, _("Somebody changed this source meanwhile. Below is what differs; save again to keep yours."))
    return _form(request, again, noun, differing=differing, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a source; a credit that names nobody is filled in as its name."""
    archive = wiring.current()
    languages = languages_of((), more=_asked_language(request))
    if request.method != "POST":
        credit = request.GET.get("credit", "")[:CREDIT_LENGTH_MAX]
        initial = {f"name-{UNDETERMINED}": credit, "credit": credit, "kind": "unknown"}
        return _form(request, SourceForm(initial=initial, languages=languages), None)
    form = SourceForm(request.POST, languages=_sent_languages(request, languages))
    if form.is_valid():
        try:
            act = acting.add(archive, by=user_name(request), credit=form.cleaned_data["credit"], **form.changes)
        except ChronikError as error:
            form.add_error(None, str(error))
        else:
            return leading_to(act.subject, act)
    return _form(request, form, None)


def leading_to(source_id: str, act: Act | None) -> HttpResponse:
    """The source's page, with a way to take back what was done."""
    asked = f"?{urlencode({'done': act.id[:SHORT_ID_LENGTH]})}" if act else ""
    return HttpResponseRedirect(resolve_url("desk:source", source_id) + asked)


def _form(
    request: HttpRequest, form: SourceForm, noun: Source | None, *, differing: Any = (), status: int = 200
) -> HttpResponse:
    shown = {"form": form, "source": noun, "differing": differing}
    shown["sides"] = source_profile.counting(noun) if noun else ()
    return render(request, "desk/source_form.html", shown, status=422 if form.errors and status == 200 else status)


def _asked_language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "").strip().lower()
    return asked if asked.replace("-", "").isalnum() and asked.isascii() and len(asked) <= LANGUAGE_LENGTH_MAX else ""


def _sent_languages(request: HttpRequest, languages: list[str]) -> list[str]:
    """Those of the form that was sent, which may have one more."""
    sent = [name.removeprefix("name-") for name in request.POST if name.startswith("name-")]
    return list(dict.fromkeys([*languages, *(tag for tag in sent if 0 < len(tag) <= LANGUAGE_LENGTH_MAX)]))

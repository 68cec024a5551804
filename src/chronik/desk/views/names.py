"""Acts: lets editors say which spellings are one name, and decide about those that the archive has learned."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST

from chronik import wiring
from chronik.archive import judging, naming
from chronik.catalogue import convert
from chronik.catalogue.beginnings import begins
from chronik.catalogue.models import ActRow
from chronik.desk.sides import SpellingsForm
from chronik.desk.views.answers import user_name
from chronik.errors import ChronikError
from chronik.model import Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive
    from chronik.model import Act

SHORT_ID_LENGTH = 12
LEARNED_SHOWN_MAX = 100
SAID_SHOWN_MAX = 1_000
NUMBER_DIGITS_MAX = 15


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest) -> HttpResponse:
    """What editors said of spellings, a form to say more, and what was learned and nobody decided on."""
    archive = wiring.current()
    form = SpellingsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, same = user_name(request), not form.cleaned_data["apart"]
        try:
            judging.add_spellings(archive, form.entries, same=same, by=by)
        except ChronikError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(_address(Verb.ADD_SPELLINGS, by))
    open_states = (naming.ProposalState.OPEN, naming.ProposalState.USED)
    shown = {
        "form": form,
        "said": archive.catalogue.spellings()[::-1][:SAID_SHOWN_MAX],
        "learned": naming.proposals(archive, states=open_states)[:LEARNED_SHOWN_MAX],
        "done": _done(request),
    }
    return render(request, "desk/names.html", shown, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take back what was said of spellings."""

    def act(archive: Archive, number: int, by: str) -> Act:
        return judging.remove_spellings(archive, number, by=by)

    return _decided(request, act)


@require_POST
def learned(request: HttpRequest) -> HttpResponse:
    """Accept or refuse that two spellings are one name."""
    say = naming.refuse if "refuse" in request.POST else naming.accept

    def act(archive: Archive, number: int, by: str) -> Act:
        return say(archive, number, by=by)

    return _decided(request, act)


def _decided(request: HttpRequest, act: Callable[[Archive, int, str], Act]) -> HttpResponse:
    given = next((request.POST[key] for key in ("number", "accept", "refuse") if key in request.POST), "")
    known = given.isascii() and given.isdigit() and len(given) <= NUMBER_DIGITS_MAX
    try:
        done = act(wiring.current(), int(given) if known else 0, user_name(request))
    except ChronikError as error:
        messages.error(request, str(error))
        return redirect("desk:names")
    return HttpResponseRedirect(_address(done.verb, done.by))


def _address(verb: Verb, by: str) -> str:
    """The page, with a way to take back the last act of this kind."""
    row = ActRow.objects.filter(verb=verb, by=by).order_by("-number").only("id").first()
    asked = f"?{urlencode({'done': row.id[:SHORT_ID_LENGTH]})}" if row else ""
    return resolve_url("desk:names") + asked


def _done(request: HttpRequest) -> Act | None:
    """What was done just now, to be taken back."""
    wanted = request.GET.get("done", "")
    if len(wanted) != SHORT_ID_LENGTH:
        return None
    row = ActRow.objects.filter(
        begins(wanted, field="id"), verb__in=(Verb.ADD_SPELLINGS, Verb.REMOVE_SPELLINGS)
    ).first()
    return convert.act(row) if row else None

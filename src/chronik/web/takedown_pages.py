"""Acts: the desk's page of takedowns: what is hidden, what waits for a second person, and what would vanish."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render, resolve_url
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import hiding, redacting
from chronik.archive.redacting_reasons import REASONS
from chronik.desk.views.answers import user_name
from chronik.errors import ChronikError, NotFoundError
from chronik.model import TakedownReason
from chronik.web import takedown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive
    from chronik.archive.redacting import Request
    from chronik.archive.redacting_scope import Scope
    from chronik.model import Reach

REQUESTS_SHOWN_MAX = 20
HIDDEN_SHOWN_MAX = 200
NAME_CHARACTERS_MAX = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request with everything that would vanish, and whether this person may confirm it."""

    request: Request
    reason: str
    scope: Scope
    may_confirm: bool


@require_safe
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """What is hidden and what waits; with `?name=` a form for one thing."""
    archive = wiring.current()
    name = request.GET.get("name", "").strip()[:NAME_CHARACTERS_MAX]
    reach = _reach(archive, name) if name else None
    over = {one.id for one in archive.catalogue.hidden()}
    shown = {
        "name": name,
        "reach": reach,
        "is_hidden": reach is not None and bool(over & {*reach.captures, *reach.articles, *reach.clips}),
        "reasons": [(str(reason), _(REASONS[reason])) for reason in TakedownReason],
        "waiting": [
            _waiting(archive, one, by=user_name(request)) for one in redacting.waiting(archive)[:REQUESTS_SHOWN_MAX]
        ],
        "hidden": archive.catalogue.hidden()[-HIDDEN_SHOWN_MAX:][::-1],
    }
    return render(request, "desk/takedown.html", shown, status=404 if name and reach is None else 200)


def _reach(archive: Archive, name: str) -> Reach | None:
    with suppress(NotFoundError):
        return hiding.reached(archive, name)
    return None


def _waiting(archive: Archive, request: Request, *, by: str) -> Waiting:
    return Waiting(
        request=request,
        reason=_(REASONS[request.reason]),
        scope=redacting.scope(archive, request),
        may_confirm=redacting.may_confirm(archive, request, by=by),
    )


@require_POST
@login_required
def act(request: HttpRequest) -> HttpResponse:
    """Hide, show again, ask, confirm or refuse; then back to the page."""
    name = request.POST.get("name", "").strip()[:NAME_CHARACTERS_MAX]
    doing = DOING.get(request.POST.get("do", ""))
    here = resolve_url("takedown:page")
    if doing is None:
        messages.error(request, _("This request could not be understood. Go back and try again."))
        return redirect(here)
    try:
        doing.act(wiring.current(), name, request)
    except ValueError:
        messages.error(request, _("Choose the class of the reason."))
    except ChronikError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(doing.words))
    return redirect(f"{here}?{urlencode({'name': name})}" if doing.stays else here)


def _hide(archive: Archive, name: str, request: HttpRequest) -> None:
    takedown.hide(archive, name, reason=_reason(request), by=user_name(request))


def _unhide(archive: Archive, name: str, request: HttpRequest) -> None:
    takedown.unhide(archive, name, by=user_name(request))


def _ask(archive: Archive, name: str, request: HttpRequest) -> None:
    note = request.POST.get("note", "")
    takedown.ask(archive, name, reason=_reason(request), by=user_name(request), note=note)


def _confirm(archive: Archive, name: str, request: HttpRequest) -> None:
    takedown.confirm(archive, name, by=user_name(request))


def _refuse(archive: Archive, name: str, request: HttpRequest) -> None:
    redacting.refuse(archive, name, by=user_name(request))


def _reason(request: HttpRequest) -> TakedownReason:
    return TakedownReason(request.POST.get("reason", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One button of the page."""

    act: Callable[[Archive, str, HttpRequest], None]
    words: object
    stays: bool = True
    """Whether the thing is still there to be shown."""


DOING: Mapping[str, Doing] = {
    "hide": Doing(act=_hide, words=gettext_lazy("Hidden: readers do not see it any more.")),
    "unhide": Doing(act=_unhide, words=gettext_lazy("Shown again.")),
    "ask": Doing(act=_ask, words=gettext_lazy("Hidden, and asked for. Another person has to confirm it.")),
    "confirm": Doing(
        act=_confirm, words=gettext_lazy("Redacted. Back up once more, so that it leaves the backups."), stays=False
    ),
    "refuse": Doing(act=_refuse, words=gettext_lazy("Refused. What was hidden stays hidden."), stays=False),
}

app_name = "takedown"
urlpatterns = [path("", page, name="page"), path("do/", act, name="act")]
"""Meant to stand under `desk/takedown/`."""

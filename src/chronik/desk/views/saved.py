"""Acts: the page of saved views, and what is done to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chronik import wiring
from chronik.desk import notices, people, rights, saved, saved_bar, saved_feeds, saved_terms
from chronik.desk.saved_forms import AlertForm, SavedViewForm, SaveForm
from chronik.desk.views.answers import desk_url, user_name
from chronik.errors import ConflictError, RefusedInputError
from chronik.model.saved import ViewKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from chronik.model.saved import SavedView

REMOVED = "removed"
NUMBER_DIGITS_MAX = 12


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """Every view that one sees, with what is new in it."""
    found = saved.views(user_name(request))
    shown = saved_bar.shown(found, wiring.current().index, user_name=user_name(request))
    listed = [(one, saved_terms.words(one.view)) for one in shown]
    removed = request.GET.get(REMOVED, "")[:32]
    return render(request, "desk/saved.html", {"views": listed, "removed": removed})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what a page shows as a new view, or put it into one that is there."""
    form = SaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A saved view needs a name."))
        return redirect("desk:saved")
    given, now = form.cleaned_data, wiring.current().clock()
    kind, terms = ViewKind(given["kind"]), saved_terms.told(given["terms"])
    identity, revision = form.target
    try:
        if identity:
            view = saved.change(identity, user_name(request), revision=revision, now=now, terms=terms)
        else:
            shared = given["shared"] and _may_share(request)
            view = saved.save(user_name(request), name=given["name"], kind=kind, terms=terms, shared=shared, now=now)
    except (ConflictError, RefusedInputError) as error:
        messages.error(request, _refusal(error, given["name"]))
        return redirect(_page_of(kind, given["terms"]))
    messages.success(request, _("Saved: “%(name)s”.") % {"name": view.name})
    return redirect(saved_bar.address(view))


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, view_id: str) -> HttpResponse:
    """One view: its name, who sees it; what is done to it."""
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        return act(request, view_id)
    return _page(request, saved.view(view_id, user_name(request)))


def _page(
    request: HttpRequest, found: SavedView, *, form: SavedViewForm | None = None, secret: str = "", status: int = 200
) -> HttpResponse:
    initial = {"name": found.name, "shared": found.shared, "revision": found.revision}
    told = notices.alert(found.id, user_name(request))
    shown = {
        "alert_form": AlertForm(initial={"way": told.way, "pace": told.pace} if told else {}),
        "feeds": saved_feeds.addresses(found.id, user_name(request)),
        "feed_urls": saved_feeds.urls(secret, desk_url=desk_url(request)) if secret else [],
        "view": found,
        "own": found.owner == user_name(request),
        "words": saved_terms.words(found),
        "address": saved_bar.address(found),
        "form": form or SavedViewForm(initial=initial),
    }
    return render(request, "desk/saved_view.html", shown, status=status)


def _change(request: HttpRequest, view_id: str) -> HttpResponse:
    found = saved.view(view_id, user_name(request))
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    given = form.cleaned_data
    try:
        saved.change(
            view_id,
            user_name(request),
            revision=given["revision"] or 0,
            now=wiring.current().clock(),
            name=given["name"],
            shared=given["shared"] and _may_share(request),
        )
    except (ConflictError, RefusedInputError) as error:
        form.add_error("name", _refusal(error, given["name"]))
        return _page(request, found, form=form, status=409)
    messages.success(request, _("Saved."))
    return redirect("desk:saved")


def _copy(request: HttpRequest, view_id: str) -> HttpResponse:
    made = saved.copy(view_id, user_name(request), now=wiring.current().clock())
    messages.success(request, _("Copied: “%(name)s” is yours.") % {"name": made.name})
    return redirect("desk:saved-view", made.id)


def _remove(request: HttpRequest, view_id: str) -> HttpResponse:
    gone = saved.remove(view_id, user_name(request), now=wiring.current().clock())
    return redirect(f"{resolve_url('desk:saved')}?{REMOVED}={gone.id}")


def _restore(request: HttpRequest, view_id: str) -> HttpResponse:
    back = saved.restore(view_id, user_name(request))
    messages.success(request, _("“%(name)s” is back.") % {"name": back.name})
    return redirect("desk:saved")


def _alert(request: HttpRequest, view_id: str) -> HttpResponse:
    form = AlertForm(request.POST)
    if not form.is_valid():
        raise Http404
    now = wiring.current().clock()
    try:
        notices.tell(view_id, user_name(request), way=form.chosen_way, pace=form.chosen_pace, now=now)
    except ConflictError:
        messages.error(request, _("First say where that goes; or you are told of too many views already."))
        return redirect("desk:notice-settings")
    messages.success(request, _("Saved."))
    return redirect("desk:saved-view", view_id)


@sensitive_variables("secret")
def _feed(request: HttpRequest, view_id: str) -> HttpResponse:
    found = saved.view(view_id, user_name(request))
    try:
        secret = saved_feeds.make(found.id, user_name(request), now=wiring.current().clock())
    except ConflictError:
        messages.error(request, _("There are too many addresses already. Revoke one."))
        return redirect("desk:saved-view", view_id)
    return _page(request, found, secret=secret)


def _revoke_feed(request: HttpRequest, view_id: str) -> HttpResponse:
    number = request.POST.get("feed", "")
    if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS_MAX):
        raise Http404
    saved_feeds.revoke(int(number), user_name(request), now=wiring.current().clock())
    messages.success(request, _("The address is revoked."))
    return redirect("desk:saved-view", view_id)


def _may_share(request: HttpRequest) -> bool:
    return rights.may(people.role_of(request.user), rights.Right.EDIT)


def _refusal(error: Exception, name: str) -> str:
    if str(error) == saved.CHANGED_ELSEWHERE:
        return _("This view was changed meanwhile. Look at it again, then change it.")
    if isinstance(error, ConflictError):
        return _("There is a view called “%(name)s” already, or there are too many.") % {"name": name}
    return _("A saved view needs a name, and a saved search needs words.")


def _page_of(kind: ViewKind, terms: str) -> str:
    return f"{resolve_url('desk:inbox' if kind is ViewKind.INBOX else 'desk:search')}?{terms}"


_ACTS: dict[str, Callable[[HttpRequest, str], HttpResponse]] = {
    "change": _change,
    "copy": _copy,
    "remove": _remove,
    "restore": _restore,
    "alert": _alert,
    "feed": _feed,
    "revoke-feed": _revoke_feed,
}

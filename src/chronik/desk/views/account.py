"""Acts: what a person settles for themselves: password, sessions, language of the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.desk import provider_accounts, sessions, time_zones
from chronik.desk import sign_in as links
from chronik.desk.views.answers import local, person
from chronik.desk.views.signing_in import provider_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Password, sessions and language in one place."""
    return _page(request, _password_form(request)(person(request)))


@sensitive_post_parameters()
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Set a password; other sessions end, this one stays."""
    form = _password_form(request)(person(request), request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    user = form.save()
    update_session_auth_hash(request, user)
    messages.success(request, _("The password is set. Other sessions were ended."))
    return redirect("desk:account")


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this person, this one too."""
    links.sign_out_everywhere(person(request))
    logout(request)
    return redirect("desk:sign-in")


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions."""
    mark = request.POST.get("session", "")[: sessions.MARK_LENGTH]
    if mark and sessions.end(person(request), mark):
        messages.success(request, _("Ended."))
    return redirect("desk:account")


@require_POST
def time_zone(request: HttpRequest) -> HttpResponse:
    """Choose the zone in which the desk shows times; a cookie remembers it, and the archive's own needs none."""
    wanted = request.POST.get("time_zone", "")
    response = redirect("desk:account")
    if not wanted:
        response.delete_cookie(time_zones.COOKIE, samesite="Lax")
    elif time_zones.zone(wanted) is not None:
        response.set_cookie(
            time_zones.COOKIE,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        messages.success(request, _("Times are shown in this zone now."))
    else:
        messages.error(request, _("There is no such time zone."))
    return response


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the interface; a cookie remembers it."""
    wanted = request.POST.get("language", "")
    response = redirect(local(request, request.POST.get("next", ""), otherwise=resolve_url("desk:inbox")))
    if wanted in dict(settings.LANGUAGES):
        translation.activate(wanted)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response


def _page(request: HttpRequest, form: SetPasswordForm[User], *, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "sessions": sessions.sessions(person(request), this=request.session.session_key),
        "now": wiring.current().clock(),
        "zones": time_zones.by_area(),
        "zone_chosen": request.COOKIES.get(time_zones.COOKIE, ""),
        "zone_of_archive": settings.CHRONIK.time_zone,
        "provider_name": provider_name(),
        "provider_links": provider_accounts.links(person(request)),
    }
    return render(request, "desk/account.html", shown, status=status)


def _password_form(request: HttpRequest) -> type[SetPasswordForm[User]]:
    """Who has a password must know it to change it; who came by link only has none yet."""
    return PasswordChangeForm if person(request).has_usable_password() else SetPasswordForm

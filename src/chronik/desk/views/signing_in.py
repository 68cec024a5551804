"""Acts: lets editors in by name and password or by a one-time link, and out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from chronik import wiring
from chronik.desk import attempts, sign_in_log
from chronik.desk import sign_in as links
from chronik.desk.forms import SignInForm
from chronik.desk.sign_in_log import How
from chronik.desk.views.answers import local
from chronik.desk.views.second_factor import let_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; lead on to where the person wanted to go."""
    target = local(
        request, request.POST.get("next") or request.GET.get("next", ""), otherwise=resolve_url("desk:inbox")
    )
    if request.user.is_authenticated and request.method != "POST":
        return redirect(target)
    status = 200
    form = SignInForm(request)
    if request.method == "POST":
        key = attempts.key(request.POST.get("username", ""), request.META.get("REMOTE_ADDR", ""))
        if attempts.too_many(key):
            status = 429
            sign_in_log.note(How.TOO_OFTEN, request.POST.get("username", ""), request=request)
            messages.error(request, _("Too many attempts. Wait a quarter of an hour, or ask for a sign-in link."))
        else:
            form = SignInForm(request, request.POST)
            if form.is_valid():
                attempts.forget(key)
                return let_in(request, form.get_user(), how=How.PASSWORD, target=target)
            attempts.count(key)
            sign_in_log.note(How.REFUSED, request.POST.get("username", ""), request=request)
            status = 422
    shown = {"form": form, "next": target, "provider_name": provider_name()}
    return render(request, "desk/sign_in.html", shown, status=status)


def provider_name() -> str:
    """What the provider of identities is called, if there is one."""
    return str(settings.CHRONIK.oidc_name) if settings.CHRONIK.oidc_issuer else ""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("desk:sign-in")


@login_not_required
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Redeem a sign-in link: a page with a button first, so that no link previewer uses it up."""
    now = wiring.now()
    if request.method != "POST":
        good = links.is_good(secret, now)
        return render(request, "desk/enter.html", {"good": good}, status=200 if good else 410)
    user = links.redeemed(secret, now)
    if user is None:
        return render(request, "desk/enter.html", {"good": False}, status=410)
    if not user.has_usable_password():
        messages.info(request, _("Welcome. Set a password under “Account”, so that you need no link next time."))
    return let_in(request, user, how=How.LINK, target=resolve_url("desk:inbox"))

"""Acts: lets people in at a provider of identities, and links its accounts with those here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.desk import provider_accounts, provider_calls, sign_in_log, single_sign_on
from chronik.desk.sign_in_log import How
from chronik.desk.single_sign_on import Client, Identity, Pending
from chronik.desk.views.answers import local, person, user_name
from chronik.desk.views.second_factor import let_in
from chronik.errors import ChronikError, ConflictError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PENDING, LINKING, VOUCHED = "provider-pending", "provider-linking", "provider-vouched"
"""Keys in the session: what must come back, who wants a link, and whom the provider vouched for."""
GOOD_FOR = timedelta(minutes=10)
SECRET_CHARACTERS_MAX = 200


@login_not_required
@sensitive_variables("pending", "secret")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Off to the provider; what must come back stays here."""
    config = settings.CHRONIK
    if not config.oidc_issuer:
        raise Http404
    target = local(request, request.GET.get("next", ""), otherwise=resolve_url("desk:inbox"))
    secret = request.GET.get("invitation", "")[:SECRET_CHARACTERS_MAX]
    try:
        there = provider_calls.provider(config)
    except ChronikError as error:
        return _refused(request, str(error))
    address, pending = single_sign_on.beginning(there, _us(request), language=get_language() or config.language)
    request.session[PENDING] = {
        "state": pending.state,
        "nonce": pending.nonce,
        "verifier": pending.verifier,
        "at": wiring.now().isoformat(),
        "next": target,
        "invitation": secret,
    }
    return redirect(address)


@login_not_required
@sensitive_variables("pending", "kept", "code")
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The provider's answer: in, on to the invitation, or linked."""
    config, now = settings.CHRONIK, wiring.now()
    kept = _fresh(request.session.pop(PENDING, None), now)
    if not config.oidc_issuer:
        raise Http404
    if kept is None:
        return _refused(request, "This sign-in took too long, or was begun in another window.")
    pending = Pending(state=kept["state"], nonce=kept["nonce"], verifier=kept["verifier"])
    us = _us(request)
    try:
        there = provider_calls.provider(config)
        code = single_sign_on.code_of(there, asked=request.GET.dict(), pending=pending)
        found = provider_calls.identity(config, there, us=us, code=code, pending=pending, now=now)
    except ChronikError as error:
        sign_in_log.note(How.REFUSED, "", request=request)
        return _refused(request, str(error))
    if request.user.is_authenticated:
        return _linked(request, found)
    if kept["invitation"]:
        request.session[VOUCHED] = {**_held(found), "at": now.isoformat()}
        return redirect("desk:join", kept["invitation"])
    return _in(request, found, target=local(request, kept["next"], otherwise=resolve_url("desk:inbox")))


@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Ask for a link: a page with a way on, since no form may lead to another server."""
    if not settings.CHRONIK.oidc_issuer:
        raise Http404
    request.session[LINKING] = {"user": person(request).pk, "at": wiring.now().isoformat()}
    return render(request, "desk/provider.html", {"provider_name": settings.CHRONIK.oidc_name})


@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """Take the link away, from who can come in without it."""
    archive, user = wiring.current(), person(request)
    if not user.has_usable_password():
        messages.error(request, _("Set a password first: without it you could not come in any more."))
        return redirect("desk:account")
    provider_accounts.unlink(archive.catalogue, user, by=user_name(request), now=archive.clock())
    messages.success(request, _("The provider’s account is linked no more."))
    return redirect("desk:account")


def vouched(request: HttpRequest) -> Identity | None:
    """Whom the provider vouched for in this session, within the last ten minutes."""
    kept = _fresh(request.session.get(VOUCHED), wiring.now())
    return Identity(issuer=kept["issuer"], subject=kept["subject"], name=kept["name"]) if kept else None


def forget_vouched(request: HttpRequest) -> None:
    """It was used."""
    request.session.pop(VOUCHED, None)


def _in(request: HttpRequest, found: Identity, *, target: str) -> HttpResponse:
    user = provider_accounts.whose(found)
    if user is None and settings.CHRONIK.oidc_admits and not provider_accounts.is_linked(found):
        archive = wiring.current()
        try:
            user = provider_accounts.admit(archive.catalogue, found, now=archive.clock())
        except ConflictError as error:
            return _refused(request, str(error))
    if user is None:
        sign_in_log.note(How.REFUSED, "", request=request)
        return _refused(
            request,
            _("Nobody’s account here is linked with yours there. Sign in another way and link it under “Account”."),
        )
    return let_in(request, user, how=How.PROVIDER, target=target)


def _linked(request: HttpRequest, found: Identity) -> HttpResponse:
    """The link that was asked for in this session; nothing where none was, so that nobody is led into one."""
    kept = _fresh(request.session.pop(LINKING, None), wiring.now())
    if kept is None or kept["user"] != person(request).pk:
        return redirect("desk:inbox")
    archive = wiring.current()
    try:
        provider_accounts.link(archive.catalogue, person(request), identity=found, now=archive.clock())
    except ConflictError:
        messages.error(request, _("This account at the provider belongs to somebody else here."))
    else:
        messages.success(request, _("Linked: you can sign in at the provider from now on."))
    return redirect("desk:account")


def _us(request: HttpRequest) -> Client:
    config = settings.CHRONIK
    here = request.build_absolute_uri(resolve_url("desk:provider-back"))
    return Client(identity=config.oidc_client_id, secret=config.oidc_client_secret, redirect=here)


def _held(found: Identity) -> dict[str, str]:
    return {"issuer": found.issuer, "subject": found.subject, "name": found.name}


def _fresh(kept: Any, now: datetime) -> dict[str, Any] | None:
    """What a session held, if it is not too old."""
    if not isinstance(kept, dict):
        return None
    begun = datetime.fromisoformat(kept["at"])
    return kept if begun <= now < begun + GOOD_FOR else None


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    shown = {"refused": reason, "provider_name": settings.CHRONIK.oidc_name}
    return render(request, "desk/provider.html", shown, status=403)

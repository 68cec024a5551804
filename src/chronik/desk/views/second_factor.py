"""Acts: asks for the second factor after the password, and lets a person have one, renew its codes, and lose it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from chronik import wiring
from chronik.desk import (
    attempts,
    drawn_codes,
    one_time_codes,
    passkey_protocol,
    passkeys,
    second_factor,
    sessions,
    sign_in_log,
)
from chronik.desk.sign_in_log import How
from chronik.desk.views.answers import local, person, user_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALFWAY, KEY = "half-way-in", "second-factor-key"
"""Keys in the session: who gave a good password, and the key that a person is shown."""
HALFWAY_S = 600
COUNTED_AS = "second factor"
CHALLENGE = "passkey-challenge-in"


def let_in(request: HttpRequest, user: User, *, how: How, target: str) -> HttpResponse:
    """In, or first to the page that asks for the second factor."""
    if second_factor.factor(user) is None:
        login(request, user, backend=BACKEND)
        sign_in_log.note(how, user.get_username(), request=request)
        return redirect(target)
    request.session.cycle_key()
    request.session[HALFWAY] = {"user": user.pk, "at": wiring.now().isoformat(), "how": str(how), "next": target}
    return redirect("desk:sign-in-code")


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time code, or a recovery code, of who gave a good password within ten minutes."""
    kept = request.session.get(HALFWAY, {})
    user = _halfway(kept)
    if user is None:
        request.session.pop(HALFWAY, None)
        return redirect("desk:sign-in")
    if request.method != "POST":
        return _asked(request, user)
    if not (_passkey_is_good(request, user) if "passkey" in request.POST else code_is_good(request, user)):
        return _asked(request, user, status=422)
    del request.session[HALFWAY]
    login(request, user, backend=BACKEND)
    sign_in_log.note(How(kept["how"]), user.get_username(), request=request)
    return redirect(local(request, kept["next"], otherwise=resolve_url("desk:inbox")))


@sensitive_post_parameters("code")
@sensitive_variables("key", "codes")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Have a second factor: a key to be photographed, and a code that shows that it was."""
    user, archive = person(request), wiring.current()
    if second_factor.factor(user) is not None:
        return redirect("desk:account") if request.method == "POST" else _page(request)
    kept = request.session.get(KEY, "")
    key = bytes.fromhex(kept) if kept else second_factor.new_key()
    if request.method != "POST" or not kept:
        request.session[KEY] = key.hex()
        return _page(request, key=key)
    codes = second_factor.enable(
        archive.catalogue, user, key=key, code=request.POST.get("code", ""), now=archive.clock()
    )
    if not codes:
        messages.error(request, _("This code is not right. Take the one that is shown now."))
        return _page(request, key=key, status=422)
    del request.session[KEY]
    sessions.end_others(user, this=request.session.session_key)
    return _page(request, codes=codes)


@sensitive_post_parameters("code")
@sensitive_variables("codes")
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, for who has the second factor at hand."""
    if not code_is_good(request, person(request)):
        return _page(request, status=422)
    return _page(request, codes=second_factor.renew_recovery_codes(person(request)))


@sensitive_post_parameters("code")
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Lose the second factor, for who has it at hand."""
    if not code_is_good(request, person(request)):
        return _page(request, status=422)
    archive = wiring.current()
    second_factor.remove(archive.catalogue, person(request), by=user_name(request), now=archive.clock())
    messages.success(request, _("The second factor is removed."))
    return redirect("desk:account")


def code_is_good(request: HttpRequest, user: User) -> bool:
    """Whether the form holds a good code; wrong ones are counted, whoever sends them from wherever."""
    counted = attempts.key(user.get_username(), COUNTED_AS)
    if attempts.too_many(counted):
        messages.error(request, _("Too many attempts. Wait a quarter of an hour."))
        return False
    if second_factor.is_good(user, request.POST.get("code", ""), now=wiring.now()):
        attempts.forget(counted)
        return True
    attempts.count(counted)
    sign_in_log.note(How.CODE_REFUSED, user.get_username(), request=request)
    messages.error(request, _("This code is not right, or was used already. Take the one that is shown now."))
    return False


def _passkey_is_good(request: HttpRequest, user: User) -> bool:
    """Whether the browser proves that one of the person's passkeys is there; a challenge is asked once."""
    kept = request.session.pop(CHALLENGE, "")
    here = passkeys.here(request, settings.CHRONIK)
    if kept and passkeys.is_good(user, request.POST["passkey"], here=here, challenge=bytes.fromhex(kept)):
        return True
    sign_in_log.note(How.CODE_REFUSED, user.get_username(), request=request)
    messages.error(request, _("The passkey was not accepted."))
    return False


def _asked(request: HttpRequest, user: User, *, status: int = 200) -> HttpResponse:
    """The page that asks for a code, or for a passkey where the person has one."""
    shown = {}
    if known := passkeys.identities(user):
        challenge = passkeys.new_challenge()
        request.session[CHALLENGE] = challenge.hex()
        here = passkeys.here(request, settings.CHRONIK)
        shown["asked"] = json.dumps(passkey_protocol.options_to_use(here, challenge=challenge, known=known))
    return render(request, "desk/sign_in_code.html", shown, status=status)


def _halfway(kept: dict[str, Any]) -> User | None:
    if not kept:
        return None
    since = (wiring.now() - datetime.fromisoformat(kept["at"])).total_seconds()
    return User.objects.filter(pk=kept["user"], is_active=True).first() if 0 <= since <= HALFWAY_S else None


def _page(request: HttpRequest, *, key: bytes = b"", codes: list[str] | None = None, status: int = 200) -> HttpResponse:
    kept = passkeys.passkeys(person(request))
    shown: dict[str, Any] = {"codes": codes, "factor": second_factor.factor(person(request)), "passkeys": kept}
    if key:
        name = user_name(request)
        told = one_time_codes.address(key, person=name, archive=settings.CHRONIK.name)
        shown |= {"drawing": drawn_codes.drawing(told), "spelled": one_time_codes.spelled(key)}
    return render(request, "desk/second_factor.html", shown, status=status)

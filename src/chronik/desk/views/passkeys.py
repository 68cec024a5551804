"""Acts: lets a person with a second factor add passkeys, and remove them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chronik import wiring
from chronik.desk import devices, passkey_protocol, passkeys, second_factor
from chronik.desk.views.answers import person, user_name
from chronik.desk.views.second_factor import code_is_good
from chronik.errors import ConflictError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CHALLENGE = "passkey-challenge"
NUMBER_DIGITS_MAX = 12


@sensitive_post_parameters("code")
@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """What the browser is to be asked, for who has the second factor at hand."""
    if second_factor.factor(person(request)) is None or not code_is_good(request, person(request)):
        return JsonResponse({"error": "code"}, status=422)
    challenge = passkeys.new_challenge()
    request.session[CHALLENGE] = challenge.hex()
    asked = passkey_protocol.options_to_make(
        passkeys.here(request, settings.CHRONIK),
        archive=settings.CHRONIK.name,
        person=user_name(request),
        challenge=challenge,
        known=passkeys.identities(person(request)),
    )
    return JsonResponse(asked)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    kept = request.session.pop(CHALLENGE, "")
    answer = request.POST.get("passkey", "")
    here, archive = passkeys.here(request, settings.CHRONIK), wiring.current()
    made = passkey_protocol.made(answer, here=here, challenge=bytes.fromhex(kept)) if kept else None
    if made is None:
        messages.error(request, _("The browser made no passkey that can be used here."))
        return redirect("desk:second-factor")
    name = devices.device(request.META.get("HTTP_USER_AGENT", "")) or _("Passkey")
    try:
        passkeys.add(archive.catalogue, person(request), made=made, name=name, now=archive.clock())
    except ConflictError:
        messages.error(request, _("This passkey is kept already, or there are too many."))
    else:
        messages.success(request, _("The passkey is kept. It is asked in place of a code."))
    return redirect("desk:second-factor")


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Ask a passkey no more."""
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS_MAX):
        raise Http404
    archive = wiring.current()
    passkeys.remove(archive.catalogue, person(request), number=int(number), now=archive.clock())
    messages.success(request, _("The passkey is removed."))
    return redirect("desk:second-factor")

"""Acts: takes what the browser extension sends: a page as its editor sees it, with the passage selected there.

Nobody is signed in here: a token in a header says who sends, cookies say nothing, and no other site's page may ask.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import resolve_url
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from chronik import wiring
from chronik.archive import sent_pages
from chronik.desk import clipper, people, rights, role_words
from chronik.desk.places import place
from chronik.errors import BusyError, ChronikError, ReadOnlyError, RefusedInputError, TooLargeError, VaultError
from chronik.takein import sent_page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from chronik.archive.sent_pages import Received

BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{1,200})", re.IGNORECASE)
ADDRESS = "receive-page"
LENGTH_DIGITS_MAX = 12
PAGES_MAX = 60
WINDOW_S = 600
"""So many pages a token may send in so much time."""
NO_STORE = {"Cache-Control": "no-store"}
_REFUSALS: tuple[tuple[type[ChronikError], int, str], ...] = (
    (TooLargeError, 413, "large"),
    (RefusedInputError, 422, "refused"),
    (BusyError, 503, "busy"),
    (ReadOnlyError, 503, "busy"),
    (VaultError, 500, "vault"),
)


@csrf_exempt
@login_not_required
@require_POST
@sensitive_variables("token")
def receive(request: HttpRequest) -> JsonResponse:
    """Keep a page; the answer says where its article opens at the desk."""
    if request.headers.get("Origin", "").lower().startswith(("http:", "https:", "null")):
        return _refusal(403, "origin", "A web page cannot send captures. Use the extension.")
    token = clipper.sender(_secret(request), wiring.now())
    if token is None:
        answer = _refusal(401, "token", "The token is unknown, revoked or too old. Make a new one at the desk.")
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    role = people.role_of_name(token.user_name)
    right = rights.needed(ADDRESS, request.method, form={})
    if not rights.may(role, right):
        return _refusal(403, "role", role_words.refusal(right, role))
    if _too_many(token.pk):
        answer = _refusal(429, "many", "Too many pages at once. Wait some minutes.")
        answer.headers["Retry-After"] = str(WINDOW_S)
        return answer
    if request.content_type != "application/json":
        return _refusal(415, "refused", "Send JSON (application/json).")
    try:
        sent = sent_page.parsed(_body(request))
        clipper.note_use(token, wiring.now())
        received = sent_pages.receive(wiring.current(), sent, by=token.user_name)
    except ChronikError as error:
        status, code = next(((s, c) for kind, s, c in _REFUSALS if isinstance(error, kind)), (500, "fault"))
        return _refusal(status, code, str(error))
    return _answer(received, wanted=bool(sent.quote))


def _secret(request: HttpRequest) -> str:
    found = BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    return found[1] if found else ""


def _too_many(token: int) -> bool:
    """Count this page; whether it is one too many."""
    key = f"sent-pages-{token}"
    cache.add(key, 0, WINDOW_S)
    try:
        return bool(cache.incr(key) > PAGES_MAX)
    except ValueError:  # it lapsed between the two
        return False


def _body(request: HttpRequest) -> bytes:
    """What was sent, read no further than what may be sent."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = sent_page.REQUEST_BYTES_MAX
    if not length.isdigit() or len(length) > LENGTH_DIGITS_MAX or int(length) > limit:
        raise TooLargeError(f"The request is larger than {limit >> 20} MiB.")
    try:
        return request.read(limit + 1)
    except UnreadablePostError:
        raise RefusedInputError("The request broke off. Send the page again.") from None


def _answer(received: Received, *, wanted: bool) -> JsonResponse:
    address = place(resolve_url("desk:article", received.article), received.passage) if received.article else ""
    found = {
        "capture": received.capture,
        "new": received.new,
        "article": received.article or None,
        "address": address or None,
        "selected": received.passage is not None if wanted else None,
        "failure": str(received.failure.kind) if received.failure else None,
    }
    return JsonResponse(found, status=201 if received.new else 200, headers=NO_STORE)


def _refusal(status: int, code: str, words: str) -> JsonResponse:
    return JsonResponse({"error": code, "text": words}, status=status, headers=NO_STORE)

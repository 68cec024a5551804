"""Answers other archives: co-signs their checkpoints, and says what was published of an address. Acts.

Whoever asks is not known; everything that is sent is hostile until its signature was checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.http.request import UnreadablePostError
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import deposing, known_witnesses, trusting
from chronik.collect import addresses
from chronik.errors import BusyError, LedgerError, NotFoundError, RefusedInputError
from chronik.preserve.witness import cosigning, deposition
from chronik.preserve.witness.cosigning import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest

PLAIN = "text/plain; charset=utf-8"
RETRY_AFTER_S = "60"


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Co-sign a checkpoint (C2SP tlog-witness), or say why not."""
    body = _body(request)
    if isinstance(body, Refusal):
        return _refused(body)
    archive = wiring.current()
    keys = known_witnesses.ledger_keys(known_witnesses.trusted(archive))
    try:
        found = trusting.cosigner(archive).answer(body, keys=keys, now=archive.clock())
    except (BusyError, LedgerError) as error:
        return _text(str(error), status=503)
    return _refused(found) if isinstance(found, Refusal) else _text(found, status=200)


def _body(request: HttpRequest) -> bytes | Refusal:
    too_large = Refusal(status=413, words=f"the request has more than {cosigning.REQUEST_BYTES_MAX} bytes")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or len(length) > 12 or int(length) > cosigning.REQUEST_BYTES_MAX:
        return too_large
    try:
        return request.body
    except (SuspiciousOperation, UnreadablePostError):
        return too_large


def _refused(refusal: Refusal) -> HttpResponse:
    answer = _text(refusal.words, status=refusal.status)
    if refusal.status == 409:
        answer.headers["Content-Type"] = cosigning.SIZE_MEDIA_TYPE
    return answer


def _text(words: str, *, status: int) -> HttpResponse:
    text = words if words.endswith("\n") else f"{words}\n"
    answer = HttpResponse(text, status=status, content_type=PLAIN, headers={"Cache-Control": "no-store"})
    if status == 503:
        answer.headers["Retry-After"] = RETRY_AFTER_S
    return answer


@require_safe
def captures(request: HttpRequest) -> HttpResponse:
    """What this archive has captured and published of the address in `?url=`, signed."""
    try:
        url = addresses.normal(request.GET.get("url", ""))
        found = deposing.deposed(wiring.current(), url)
    except RefusedInputError as error:
        return _text(str(error), status=400)
    except NotFoundError as error:
        return _text(str(error), status=404)
    except (BusyError, LedgerError) as error:
        return _text(str(error), status=503)
    return HttpResponse(found, content_type=deposition.MEDIA_TYPE, headers={"Cache-Control": "no-store"})


app_name = "witnessing"
urlpatterns = [
    path("add-checkpoint", add_checkpoint, name="add-checkpoint"),
    path("captures", captures, name="captures"),
]
"""Meant to stand under `witness/`."""

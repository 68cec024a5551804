"""Acts: answers for the origin at which captured pages are shown, with these pages and nothing else of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed

from chronik import wiring
from chronik.desk import cage, caged_addresses
from chronik.desk.views import captures
from chronik.errors import ChronikError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

GONE = "This address is good for some minutes only. Reload the page of the desk that led here.\n"


class ReplayOriginMiddleware:
    """Keeps the origin of captured pages apart: no session, no other page, and nothing that runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer what is asked of that origin; hand on all else."""
        origin = settings.CHRONIK.replay_origin.rstrip("/")
        if not caged_addresses.is_of(origin, request):
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return _answer(request)


def _answer(request: HttpRequest) -> HttpResponse:
    path = request.path
    told = caged_addresses.asked_for(path.removeprefix(caged_addresses.PREFIX)) if _is_replay(path) else None
    if told is None or request.headers.get("Sec-Fetch-Dest", "iframe") != "iframe":
        return _refused(GONE, status=404)
    identity, desk = told
    try:
        return captures.answered(wiring.current(), identity, ancestors=desk)
    except ChronikError as error:
        return _refused(f"{error}\n", status=404)


def _is_replay(path: str) -> bool:
    return path.startswith(caged_addresses.PREFIX)


def _refused(words: str, *, status: int) -> HttpResponse:
    headers = dict(cage.headers(ancestors="'none'"))
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8", headers=headers)

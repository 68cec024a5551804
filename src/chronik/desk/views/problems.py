"""Acts: pages for requests that cannot be answered, in the words of the person who asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chronik import wiring
from chronik.archive import redacting
from chronik.archive.redacting_reasons import REASONS
from chronik.desk import role_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.desk.rights import Right, Role

_ID = re.compile(r"[0-9a-f]{64}")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """400: the request makes no sense to us."""
    return _page(request, 400, _("This request could not be understood. Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403: not allowed."""
    return _page(request, 403, _("You may not do this."))


def not_allowed(request: HttpRequest, right: Right, *, role: Role) -> HttpResponse:
    """403: not in this role."""
    return _page(request, 403, role_words.refusal(right, role))


def closed(request: HttpRequest) -> HttpResponse:
    """403: a dossier that others edit."""
    return _page(request, 403, _("You may read this dossier, not change it. A chief editor can let you."))


@login_not_required
def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403: a form without its token, because another site sent it or the page was open for too long."""
    return _page(request, 403, _("This form has expired, nothing was changed. Go back, reload the page and try again."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: nothing at this address, or 410: what was there is redacted."""
    return redacted(request) or _page(request, 404, _("There is nothing at this address."))


def redacted(request: HttpRequest) -> HttpResponse | None:
    """410, with date and class of the reason, where the address names something that was redacted."""
    ids = _ID.findall(request.path)
    stones = redacting.tombstones(wiring.current()) if ids else {}
    for identity in ids:
        if stone := stones.get(identity):
            told = {"at": date_format(stone.at, "SHORT_DATE_FORMAT"), "reason": _(REASONS[stone.reason])}
            words = _("What stood here was redacted on %(at)s. Reason: %(reason)s.") % told
            alone = "" if stone.second_person else " " + _("One person decided.")
            return _page(request, 410, words + alone)
    return None


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address under /desk/ that is nobody's; where only the last slash is missing, on to the page that is meant."""
    if rest and not rest.endswith("/") and request.method in {"GET", "HEAD"}:
        with_slash = f"{request.path}/"
        if resolve(with_slash).func is not nowhere:
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{with_slash}?{query}" if query else with_slash)
    return _page(request, 404, _("There is nothing at this address."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    return _page(request, 500, _("Something broke here. What you wrote may not be kept; the server’s log says more."))


def _page(request: HttpRequest, status: int, problem: str) -> HttpResponse:
    return render(request, "desk/problem.html", {"problem": problem, "status": status}, status=status)

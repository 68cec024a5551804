"""Acts: shows credits that name nobody known, and lets editors say whom they name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import credits_listing, credits_unknown
from chronik.catalogue import convert
from chronik.catalogue.beginnings import begins
from chronik.catalogue.credit_examples import examples
from chronik.catalogue.models import ActRow
from chronik.desk.source_reasons import reason
from chronik.desk.views.answers import user_name
from chronik.desk.views.sources import SHORT_ID_LENGTH
from chronik.errors import ChronikError
from chronik.model import Verb

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.archive.credits_listing import Unknown
    from chronik.model import Act

CREDITS_A_PAGE = 20
PAGE_DIGITS_MAX = 6
ASIDE_SHOWN_MAX = 500
SAID = (Verb.NAME_CREDIT, Verb.PUT_CREDIT_ASIDE)


@require_safe
def unknown(request: HttpRequest) -> HttpResponse:
    """Credits that name nobody known, with proposals, the most frequent first."""
    archive = wiring.current()
    given = request.GET.get("page", "1")
    page = max(int(given), 1) if given.isascii() and given.isdigit() and len(given) <= PAGE_DIGITS_MAX else 1
    found = credits_listing.listing(archive, offset=(page - 1) * CREDITS_A_PAGE, limit=CREDITS_A_PAGE)
    shown = {
        "rows": [_row(one) for one in found.unknown],
        "total": found.total,
        "previous_page": page - 1,
        "next_page": page + 1 if page * CREDITS_A_PAGE < found.total else 0,
        "aside": credits_unknown.aside(archive)[:ASIDE_SHOWN_MAX],
        "sources": archive.catalogue.sources(),
        "done": _done(request),
    }
    return render(request, "desk/sources_credits.html", shown)


def _row(one: Unknown) -> dict[str, object]:
    proposals = [(proposal, reason(proposal)) for proposal in one.proposals]
    return {"credited": one.credited, "proposals": proposals, "examples": examples(one.credited)}


@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Say that a credit names a source."""
    archive = wiring.current()
    credit, source = request.POST.get("credit", ""), request.POST.get("source", "").strip()
    try:
        act = credits_unknown.name_credit(archive, credit, source=source, by=user_name(request))
    except ChronikError as error:
        messages.error(request, str(error))
        return redirect("desk:unknown-credits")
    return _leading_back(act)


@require_POST
def aside(request: HttpRequest) -> HttpResponse:
    """Say that a credit is no source."""
    try:
        act = credits_unknown.put_aside(wiring.current(), request.POST.get("credit", ""), by=user_name(request))
    except ChronikError as error:
        messages.error(request, str(error))
        return redirect("desk:unknown-credits")
    return _leading_back(act)


def _leading_back(act: Act) -> HttpResponse:
    asked = urlencode({"done": act.id[:SHORT_ID_LENGTH]})
    return HttpResponseRedirect(f"{resolve_url('desk:unknown-credits')}?{asked}")


def _done(request: HttpRequest) -> Act | None:
    """What was done just now, to be taken back."""
    wanted = request.GET.get("done", "")
    if len(wanted) != SHORT_ID_LENGTH:
        return None
    row = ActRow.objects.filter(begins(wanted, field="id"), verb__in=SAID).first()
    return convert.act(row) if row else None

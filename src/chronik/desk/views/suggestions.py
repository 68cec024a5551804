"""Acts: shows what is suggested to a dossier and what it lacks, and keeps what editors decide."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import gathering, suggesting
from chronik.catalogue import convert
from chronik.catalogue.beginnings import begins
from chronik.catalogue.models import ActRow
from chronik.desk import suggestions as shaped
from chronik.desk.views.answers import user_name
from chronik.errors import ChronikError
from chronik.model import Verb
from chronik.ports.relating import SuggestionState

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive
    from chronik.model import Act

GROUPS_A_PAGE = 20
PROPOSED_MAX = 500
"""More are shown when these are decided."""
REPORTS_DECIDED_MAX = 200
GAPS_SHOWN_MAX = 60
SHORT_ID_LENGTH = 12
PAGE_MAX = PROPOSED_MAX // GROUPS_A_PAGE


@require_safe
def suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    """What is suggested, the best first; or what was accepted, or refused."""
    archive = wiring.current()
    dossier = archive.the_dossier(slug)
    show = request.GET.get("show", "")
    state = SuggestionState(show) if show in set(SuggestionState) else SuggestionState.OPEN
    proposed = archive.catalogue.proposed(slug, state=state, limit=PROPOSED_MAX)
    if state is not SuggestionState.OPEN:
        proposed.sort(key=lambda one: one.decided_at.timestamp() if one.decided_at else 0.0, reverse=True)
    groups = shaped.by_story(proposed)
    number = _page(request, len(groups))
    wanted = groups[(number - 1) * GROUPS_A_PAGE : number * GROUPS_A_PAGE]
    reports = archive.catalogue.story_reports(one.report for group in wanted for one in group)
    heads = archive.catalogue.story_heads(group[0].story for group in wanted)
    shown = {
        "dossier": dossier,
        "state": str(state),
        "groups": [shaped.group(group, reports=reports, heads=heads) for group in wanted],
        "count": len(groups),
        "page": number,
        "previous": number - 1,
        "following": number + 1 if number * GROUPS_A_PAGE < len(groups) else 0,
        "done": _done(request, slug),
        "has_names": bool(dossier.introductions),
    }
    return render(request, "desk/suggestions.html", shown)


def _page(request: HttpRequest, groups: int) -> int:
    given = request.GET.get("page", "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= len(str(PAGE_MAX)) else 1
    return min(max(number, 1), max(1, -(-groups // GROUPS_A_PAGE)))


def _done(request: HttpRequest, slug: str) -> Act | None:
    """What was decided just now, to be taken back."""
    wanted = request.GET.get("done", "")
    if len(wanted) != SHORT_ID_LENGTH:
        return None
    decisions = (Verb.ACCEPT_SUGGESTION, Verb.REFUSE_SUGGESTION)
    row = ActRow.objects.filter(begins(wanted, field="id"), subject=slug, verb__in=decisions).first()
    return convert.act(row) if row else None


@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept or refuse reports, their copies with them; or leave them open again."""
    archive = wiring.current()
    archive.the_dossier(slug)
    states = {
        "accept": SuggestionState.ACCEPTED,
        "refuse": SuggestionState.REFUSED,
        "open": SuggestionState.OPEN,
    }
    chosen = next((name for name in states if name in request.POST), "open")
    reports = request.POST.get(chosen, "").split()[:REPORTS_DECIDED_MAX]
    asked = {key: request.POST[key] for key in ("show", "page") if request.POST.get(key)}
    try:
        if reports:
            asked |= {"done": _decided(archive, slug, reports, states[chosen], by=user_name(request))}
    except ChronikError as error:
        messages.error(request, str(error))
    address = resolve_url("desk:suggestions", slug)
    return HttpResponseRedirect(f"{address}?{urlencode(asked)}" if asked else address)


def _decided(archive: Archive, slug: str, reports: list[str], state: SuggestionState, *, by: str) -> str:
    act = suggesting.decide(archive, slug, articles=reports, state=state, by=by)
    return act.id[:SHORT_ID_LENGTH]


@require_safe
def missing(request: HttpRequest, slug: str) -> HttpResponse:
    """What the archive holds and the dossier lacks: parties, languages, kinds of source, countries, weeks."""
    archive = wiring.current()
    dossier = archive.the_dossier(slug)
    gaps = gathering.missing(archive, slug)[:GAPS_SHOWN_MAX]
    sides = archive.catalogue.sides(slug)
    reports = archive.catalogue.story_reports(report for gap in gaps for report in gap.examples)
    lacks = [shaped.lack(gap, sides=sides, reports=reports) for gap in gaps]
    return render(request, "desk/missing.html", {"dossier": dossier, "lacks": lacks, "has_sides": bool(sides)})

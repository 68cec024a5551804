"""Acts: lets editors say who the parties of a dossier are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST

from chronik import wiring
from chronik.archive import judging
from chronik.catalogue import convert
from chronik.catalogue.beginnings import begins
from chronik.catalogue.models import ActRow, SourceRow
from chronik.desk.languages import language_name
from chronik.desk.sides import SideForm
from chronik.desk.views.answers import user_name
from chronik.desk.views.dossiers import INTERFACE_LANGUAGES
from chronik.errors import ChronikError
from chronik.model import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive
    from chronik.model import Act, Dossier
    from chronik.ports.relating import Side

SHORT_ID_LENGTH = 12
SIDES_MAX = 100
SOURCES_OFFERED_MAX = 500


@require_http_methods(["GET", "HEAD", "POST"])
def sides(request: HttpRequest, slug: str) -> HttpResponse:
    """The parties of a dossier, each with a form, and one for a new party."""
    archive = wiring.current()
    dossier = archive.the_dossier(slug)
    known = archive.catalogue.sides(slug)
    key = request.POST.get("key", "")
    sent = SideForm(request.POST, languages=_languages(dossier, known)) if request.method == "POST" else None
    if sent is not None and sent.is_valid():
        try:
            act = _defined(archive, sent, dossier, key=key, known=known, by=user_name(request))
        except ChronikError as error:
            sent.add_error(None, str(error))
        else:
            return HttpResponseRedirect(_address(slug, act))
    forms = [(side, sent if sent and key == side.key else _form(dossier, known, side)) for side in known]
    fresh = sent if sent and not key else SideForm(languages=_languages(dossier, known))
    shown = {
        "dossier": dossier,
        "forms": forms,
        "fresh": fresh,
        "wrong": sent,
        "done": _done(request, slug),
        "sources": SourceRow.objects.order_by("id")[:SOURCES_OFFERED_MAX],
    }
    return render(request, "desk/sides.html", shown, status=422 if sent else 200)


def _form(dossier: Dossier, known: Sequence[Side], side: Side) -> SideForm:
    return SideForm(
        initial=SideForm.of(side), languages=_languages(dossier, known), prefix=None, auto_id=f"{side.key}-%s"
    )


def _languages(dossier: Dossier, sides: Iterable[Side]) -> list[tuple[str, str]]:
    used = [tag for side in sides for tag in side.names]
    tags = dict.fromkeys([*dossier.names, *dossier.introductions, *used, *INTERFACE_LANGUAGES])
    return [(tag, language_name(tag)) for tag in tags]


def _defined(  # noqa: PLR0913 - one argument a fact, each by name
    archive: Archive, form: SideForm, dossier: Dossier, *, key: str, known: Sequence[Side], by: str
) -> Act:
    """Define the side anew, or a new one under a key that none has."""
    side = form.side(dossier.slug, key=key)
    taken = {one.key for one in known}
    if not key and side.key in taken:
        numbered = (f"{side.key}-{number}" for number in range(2, SIDES_MAX))
        side = form.side(dossier.slug, key=next(one for one in numbered if one not in taken))
    return judging.define_side(archive, side, by=by)


@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget a side."""
    archive = wiring.current()
    archive.the_dossier(slug)
    try:
        act = judging.remove_side(archive, slug, key=request.POST.get("key", ""), by=user_name(request))
    except ChronikError as error:
        messages.error(request, str(error))
        return redirect("desk:sides", slug)
    return HttpResponseRedirect(_address(slug, act))


def _address(slug: str, act: Act) -> str:
    return f"{resolve_url('desk:sides', slug)}?{urlencode({'done': act.id[:SHORT_ID_LENGTH]})}"


def _done(request: HttpRequest, slug: str) -> Act | None:
    """What was done just now, to be taken back."""
    wanted = request.GET.get("done", "")
    if len(wanted) != SHORT_ID_LENGTH:
        return None
    row = ActRow.objects.filter(
        begins(wanted, field="id"), subject=slug, verb__in=(Verb.DEFINE_SIDE, Verb.REMOVE_SIDE)
    ).first()
    return convert.act(row) if row else None

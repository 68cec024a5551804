"""Acts: shows sources that look like one, and lets chief editors make one of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chronik import wiring
from chronik.archive import merging
from chronik.archive import sources as acting
from chronik.archive.source_duplicates import merged_source
from chronik.catalogue import source_profile
from chronik.desk import source_words
from chronik.desk.source_reasons import pair_reason
from chronik.desk.views.answers import local, user_name
from chronik.desk.views.sources_editing import leading_to
from chronik.errors import ChronikError
from chronik.model.source_records import whole_source_record

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive

PAIRS_SHOWN_MAX = 100


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """Pairs that look like one; of two that were chosen, what becomes of them; sent, it is done."""
    archive = wiring.current()
    if request.method == "POST":
        return _merged(request, archive)
    survivor, other = request.GET.get("survivor", "").strip(), request.GET.get("other", "").strip()
    chosen: dict[str, Any] = {}
    if survivor and other:
        try:
            chosen = _chosen(archive, survivor, other)
        except ChronikError as error:
            messages.error(request, str(error))
    pairs = [(pair, pair_reason(pair)) for pair in merging.proposals(archive)[:PAIRS_SHOWN_MAX]] if not chosen else []
    shown = {"pairs": pairs, "survivor": survivor, "other": other, "sources": archive.catalogue.sources(), **chosen}
    return render(request, "desk/sources_merging.html", shown)


def _chosen(archive: Archive, survivor: str, other: str) -> dict[str, Any]:
    """Both sources, and what will change."""
    stands, goes = acting.the_source(archive, survivor), acting.the_source(archive, other)
    made = merged_source(stands, goes)
    before, after = whole_source_record(stands), whole_source_record(made)
    return {
        "stands": stands,
        "goes": goes,
        "counts": {"stands": source_profile.totals(stands.id), "goes": source_profile.totals(goes.id)},
        "changes": source_words.differences(before, after),
        "differences": source_words.differences(before, whole_source_record(goes)),
        "sides": source_profile.counting(goes),
        "feeds": source_profile.feeds_of(goes),
        "clipping": source_profile.clipping(goes.id),
        "based_on": merging.seen(archive, stands.id, other=goes.id),
        "is_one": stands.id == goes.id,
    }


def _merged(request: HttpRequest, archive: Archive) -> HttpResponse:
    given = {name: request.POST.get(name, "").strip() for name in ("survivor", "other", "based_on")}
    try:
        act = merging.merge(
            archive, given["survivor"], other=given["other"], by=user_name(request), based_on=given["based_on"]
        )
    except ChronikError as error:
        messages.error(request, str(error))
        return redirect("desk:merge-sources")
    return leading_to(act.subject, act)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a merging back."""
    otherwise = resolve_url("desk:sources")
    try:
        merging.undo(wiring.current(), request.POST.get("act", ""), by=user_name(request))
    except ChronikError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back."))
    return redirect(local(request, request.POST.get("next", ""), otherwise=otherwise))

"""Acts: what editors do to rows of the inbox: done, accept, refuse, merge, split, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chronik import wiring
from chronik.archive import judging, suggesting
from chronik.catalogue import open_stories
from chronik.catalogue.models import ArticleRow
from chronik.desk import inbox, inbox_rows, own_acts
from chronik.desk.views.answers import SCRIPT_HEADER, local, user_name
from chronik.errors import ChronikError, NotFoundError, RefusedInputError
from chronik.ports.relating import SuggestionState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive
    from chronik.catalogue.models import ArticleQuerySet
    from chronik.ports.looking_up import Spot

    Acting = Callable[[HttpRequest, Archive, str], "Outcome"]

REPORTS_DECIDED_MAX = 200
MARKED_MAX = 50
ROW_ID_LENGTH = 12
DID = "did"
"""In the address that an act leads back to: the row that it was about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an act came to."""

    keys: tuple[str, ...]
    """Stories, or articles without one, that are shown anew; the first tells what happened."""
    doing: own_acts.Doing | None
    gone: bool = False
    """The row leaves the list."""


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do what the pressed button says, then show what became of the row."""
    archive = wiring.current()
    pressed = next((name for name in _ACTS if name in request.POST), "")
    following = local(request, request.POST.get("next", ""), otherwise=resolve_url("desk:inbox"))
    try:
        if not pressed:
            raise RefusedInputError(_("Nothing was chosen."))
        outcome = _ACTS[pressed](request, archive, request.POST[pressed])
    except ChronikError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(following)
    if SCRIPT_HEADER in request.headers:
        return _rows(request, archive, outcome, following)
    return HttpResponseRedirect(_leading_back(following, outcome))


def _leading_back(following: str, outcome: Outcome) -> str:
    parts = urlsplit(following)
    query = QueryDict(parts.query, mutable=True)
    query[DID] = outcome.keys[0]
    return urlunsplit(("", "", parts.path, query.urlencode(), f"row-{outcome.keys[0][:ROW_ID_LENGTH]}"))


def _rows(request: HttpRequest, archive: Archive, outcome: Outcome, following: str) -> HttpResponse:
    """The rows as they are now, for the script to put in place."""
    wanted = inbox.filters(QueryDict(urlsplit(following).query))
    rows = inbox.shown(wanted.show)
    heads: dict[str, str] = {}
    if not outcome.gone:
        newest = open_stories.reports_of(rows, outcome.keys, reports_max=1)
        heads = {key: newest[key][0].id for key in outcome.keys if key in newest}
    made = inbox_rows.made(heads, rows, origins_of=inbox.feeds_of)
    shown = {"rows": made, "filters": wanted, "now": archive.clock(), "doing": outcome.doing, "did": outcome.keys[0]}
    return render(request, "desk/inbox_rows.html", shown)


def _articles(archive: Archive, rows: ArticleQuerySet, key: str) -> ArticleQuerySet:
    """What a row stands for."""
    story = archive.catalogue.story_now(key)
    found = rows.filter(relation__story=story) if story else rows.filter(pk=key)
    return found.order_by()


def _done(request: HttpRequest, archive: Archive, key: str) -> Outcome:
    at = archive.clock()
    reports = _articles(archive, ArticleRow.objects.inbox(), key).update(done_at=at)
    if not reports:
        raise NotFoundError(_("This is done already."))
    return Outcome(keys=(key,), doing=own_acts.aside(request, key=key, at=at, reports=reports), gone=True)


def _back(_request: HttpRequest, archive: Archive, key: str) -> Outcome:
    _articles(archive, ArticleRow.objects.exclude(done_at=None), key).update(done_at=None)
    return Outcome(keys=(key,), doing=None, gone=True)


def _decided(request: HttpRequest, archive: Archive, value: str, state: SuggestionState) -> Outcome:
    slug, *reports = value.split()[: REPORTS_DECIDED_MAX + 1] or [""]
    if not reports:
        raise RefusedInputError(_("Nothing was chosen."))
    done = suggesting.decide(archive, slug, articles=reports, state=state, by=user_name(request))
    spots = archive.catalogue.spots(reports[:1])
    return Outcome(keys=tuple(spot.story for spot in spots.values()), doing=own_acts.told(done))


def _accepted(request: HttpRequest, archive: Archive, value: str) -> Outcome:
    return _decided(request, archive, value, SuggestionState.ACCEPTED)


def _refused(request: HttpRequest, archive: Archive, value: str) -> Outcome:
    return _decided(request, archive, value, SuggestionState.REFUSED)


def _merged(request: HttpRequest, archive: Archive, _value: str) -> Outcome:
    keys = list(dict.fromkeys(request.POST.getlist("marked")))[:MARKED_MAX]
    if len(keys) < 2:
        raise RefusedInputError(_("Mark the stories that are one, two or more, then merge them."))
    done = judging.merge(archive, keys, by=user_name(request))
    return Outcome(keys=(judging.story_of(archive, keys[0]),), doing=own_acts.told(done))


def _split(request: HttpRequest, archive: Archive, value: str) -> Outcome:
    story, article = [*value.split(), "", ""][:2]
    before = archive.catalogue.spots_in([judging.story_of(archive, story)])
    done = judging.split_off(archive, story, articles=[article], by=user_name(request))
    # Either part may keep the id: the one that the story began with does.
    out = {str(report) for report in done.detail["out"]}
    stayed = min((spot for spot in before.values() if spot.report not in out), key=_oldest, default=None)
    parts = [*out, stayed.report if stayed else ""]
    spots = archive.catalogue.spots(parts)
    keys = [spots[report].story for report in parts if report in spots]
    return Outcome(keys=tuple(dict.fromkeys(keys)), doing=own_acts.told(done))


def _oldest(spot: Spot) -> tuple[datetime, int]:
    return spot.when, spot.number


def _undone(request: HttpRequest, archive: Archive, value: str) -> Outcome:
    last = own_acts.last(request)
    wanted = value or (last.undo if last else "")
    if not wanted:
        raise NotFoundError(_("There is nothing to take back."))
    if wanted == own_acts.ASIDE:
        key = own_acts.take_back_aside(request, archive)
    else:
        undone = judging.undo(archive, wanted, by=user_name(request))
        key = _subject(archive, undone.subject, wanted)
    messages.success(request, _("Taken back."))
    return Outcome(keys=(key,), doing=None)


def _subject(archive: Archive, subject: str, act_id: str) -> str:
    """The story that an act was about."""
    done = archive.catalogue.act(act_id)
    reports = [str(report) for report in done.detail.get("reports", ())] if done else []
    out = [str(report) for report in done.detail.get("out", ())] if done else []
    for spot in archive.catalogue.spots([*out, *reports][:1]).values():
        return spot.story
    return judging.story_of(archive, subject)


_ACTS: Mapping[str, Acting] = {
    "done": _done,
    "back": _back,
    "accept": _accepted,
    "refuse": _refused,
    "merge": _merged,
    "split": _split,
    "undo": _undone,
}

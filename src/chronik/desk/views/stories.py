"""Acts: shows a story, and lets editors say what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import gathering, judging
from chronik.desk import reasons, statements, stories, words
from chronik.desk.views.answers import local, user_name
from chronik.errors import ChronikError, EncoderError
from chronik.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive
    from chronik.model import Act, StoryLink
    from chronik.ports.looking_up import Said
    from chronik.ports.relating import StoryHead, WholeStory

    Acting = Callable[[Archive, str], Act]

LINKS_SHOWN_MAX = 20
ENTRIES_A_LINE = 15
"""Of each language so many are shown at once."""
REPORTS_MAX = 5_000
ACCOUNTS_REPORTS_MAX = 200
"""What is said in larger stories takes too long to gather while somebody waits for the page."""
MARKED_MAX = 1_000
SHORT_ID_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A story that can be merged with this one."""

    head: StoryHead
    why: str
    how: str
    """`earlier`, `later`, `near` or `found`."""


@require_safe
def story(request: HttpRequest, story_id: str) -> HttpResponse:
    """Its reports, why each is there, the stories around it, what the parties say, and what editors said of it."""
    archive = wiring.current()
    # A former id leads on, and so does an article's.
    now = judging.story_of(archive, story_id)
    if now and now != story_id:
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(resolve_url("desk:story", now) + asked)
    whole = archive.catalogue.story(now) if now else None
    if whole is None:
        raise Http404
    said = archive.catalogue.said_on(report.report for report in whole.reports)
    lines = stories.timelines(whole, said)
    limit = REPORTS_MAX if "all" in request.GET else ENTRIES_A_LINE
    shown = {
        "story": whole.head,
        "timelines": stories.cut(lines, entries_max=limit),
        "cut": any(len(line.entries) > limit for line in lines),
        "drawing": stories.drawing(lines, whole),
        "find": request.GET.get("find", "").strip(),
        **_around(archive, whole, request.GET.get("find", "")),
        **_said(archive, whole, said, request),
        **_accounts(archive, whole, request),
    }
    return render(request, "desk/story.html", shown)


def _around(archive: Archive, whole: WholeStory, find: str) -> dict[str, object]:
    """The stories around this one, best first, and why; and those that it can be merged with."""
    links = {
        "earlier": [(link.earlier, link) for link in whole.earlier[:LINKS_SHOWN_MAX]],
        "later": [(link.later, link) for link in whole.later[:LINKS_SHOWN_MAX]],
    }
    heads = archive.catalogue.story_heads(story for linked in links.values() for story, _ in linked)
    offers = {how: _linked(linked, heads, how) for how, linked in links.items()}
    found = judging.found_stories(archive, find, without=whole.head.id) if find.strip() else []
    near = judging.near(archive, whole)
    every = [
        *(Offer(head=head, why="", how="found") for head in found),
        *(Offer(head=head, why=reasons.told(word.reasons), how="near") for head, word in near),
        *offers["earlier"],
        *offers["later"],
    ]
    merging = {offer.head.id: offer for offer in reversed(every)}
    return {**offers, "offers": [offer for offer in every if merging.get(offer.head.id) is offer]}


def _linked(linked: Sequence[tuple[str, StoryLink]], heads: dict[str, StoryHead], how: str) -> list[Offer]:
    return [
        Offer(head=heads[story], why=reasons.told(link.reasons), how=how) for story, link in linked if story in heads
    ]


def _said(archive: Archive, whole: WholeStory, said: Sequence[Said], request: HttpRequest) -> dict[str, object]:
    """What editors said of it; what was said just now comes with a way to take it back."""
    known = {report.report: report for report in whole.reports}
    about = {report for one in said for report in words.reports_of(one.act)}
    known |= archive.catalogue.story_reports(about - set(known))
    told = words.words(said, known)
    wanted = request.GET.get("done", "")
    done = next((one for one in told if wanted and one.standing and one.act.id.startswith(wanted)), None)
    own = next((one.act.id for one in told if one.standing and one.act.by == user_name(request)), "")
    return {"words": told, "done": done, "away": _away(archive, whole, done), "undo_next": own}


def _away(archive: Archive, whole: WholeStory, done: words.Word | None) -> StoryHead | None:
    """The story into which reports went that have left this one."""
    if done is None:
        return None
    spots = archive.catalogue.spots(words.reports_of(done.act))
    gone = [spot.story for spot in spots.values() if spot.story != whole.head.id]
    return next(iter(archive.catalogue.story_heads(gone[:1]).values()), None)


def _accounts(archive: Archive, whole: WholeStory, request: HttpRequest) -> dict[str, object]:
    """What the parties say, side by side."""
    if len(whole.reports) > ACCOUNTS_REPORTS_MAX:
        return {"accounts_left_out": True}
    encode = "translations" in request.GET
    try:
        accounts, articles = gathering.accounts(archive, story=whole, encode=encode)
    except EncoderError as error:
        messages.error(request, str(error))
        accounts, articles = gathering.accounts(archive, story=whole)
    several = len(whole.head.languages) > 1 and archive.encode is not None
    limit = statements.SHOWN_MAX if "all" in request.GET else statements.SHOWN_AT_ONCE
    parties = statements.parties(accounts, articles, statements_max=limit)
    return {"parties": parties, "can_translate": several and not encode}


@require_POST
def judge(request: HttpRequest, story_id: str) -> HttpResponse:
    """Say of one report that it belongs to the story, or that it does not: then it leaves."""
    same = request.POST.get("same", "")
    article = same or request.POST.get("different", "")
    verdict = Verdict.SAME if same else Verdict.DIFFERENT

    def act(archive: Archive, by: str) -> Act:
        return judging.link(archive, story_id, article=article, verdict=verdict, by=by)

    return _done(request, story_id, act, place=f"#report-{article[:SHORT_ID_LENGTH]}" if same else "")


@require_POST
def split(request: HttpRequest, story_id: str) -> HttpResponse:
    """Take the marked reports out of the story, into one of their own."""
    marked = request.POST.getlist("marked")[:MARKED_MAX]

    def act(archive: Archive, by: str) -> Act:
        return judging.split_off(archive, story_id, articles=marked, by=by)

    if not marked:
        messages.info(request, _("Mark the reports that go into a story of their own, then split them off."))
        return redirect("desk:story", story_id)
    return _done(request, story_id, act)


@require_POST
def merge(request: HttpRequest, story_id: str) -> HttpResponse:
    """Make one story of this one and another."""
    other = request.POST.get("other", "")

    def act(archive: Archive, by: str) -> Act:
        return judging.merge(archive, [story_id, other], by=by)

    return _done(request, story_id, act)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back an act on stories, suggestions, sides or names."""
    otherwise = resolve_url("desk:inbox")
    try:
        judging.undo(wiring.current(), request.POST.get("act", ""), by=user_name(request))
    except ChronikError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back."))
    return redirect(local(request, request.POST.get("next", ""), otherwise=otherwise))


def _done(request: HttpRequest, story_id: str, act: Acting, *, place: str = "") -> HttpResponse:
    """Do it, and show the story of the reports that stayed, with a way to take it back."""
    archive = wiring.current()
    whole = judging.the_story(archive, story_id)
    try:
        done = act(archive, user_name(request))
    except ChronikError as error:
        messages.error(request, str(error))
        return redirect("desk:story", whole.head.id)
    gone = set(request.POST.getlist("marked")) | {request.POST.get("different", "")}
    # The first report stays with those that it was followed by, unless it is itself taken out.
    articles = [whole.head.article, *(report.article for report in whole.reports)]
    stayed = next((article for article in articles if article not in gone), whole.head.article)
    address = resolve_url("desk:story", judging.story_of(archive, stayed) or whole.head.id)
    return redirect(f"{address}?{urlencode({'done': done.id[:SHORT_ID_LENGTH]})}{place}")

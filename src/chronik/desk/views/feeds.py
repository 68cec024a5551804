"""Acts: shows the followed feeds and how they are doing; follows, stops and hurries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import feed_trials, following, silences
from chronik.desk import feed_words, source_words
from chronik.desk import feeds as acting
from chronik.desk.failures import in_words
from chronik.desk.forms import FollowForm
from chronik.desk.views.answers import user_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.archive.silences import Silent


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed: those with trouble first, stopped ones last."""
    return _page(request, FollowForm())


@require_POST
def try_feed(request: HttpRequest) -> HttpResponse:
    """Look at the feed behind an address before anybody follows it; nothing is kept."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    trial = feed_trials.tried(wiring.current(), form.cleaned_data["url"])
    if trial.failure is not None:
        form.add_error("url", in_words(str(trial.failure)))
        return _page(request, form, status=422)
    failure = in_words(str(trial.newest.failure)) if trial.newest and trial.newest.failure else ""
    shown = {"trial": trial, "doubts": feed_words.doubts(trial.doubts), "failure": failure}
    return render(request, "desk/feeds_trial.html", shown)


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Find the feed behind an address and follow it."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    followed = following.follow(wiring.current(), form.cleaned_data["url"], by=user_name(request))
    if followed.failure is not None:
        form.add_error("url", in_words(str(followed.failure)))
        return _page(request, form, status=422)
    if followed.new:
        messages.success(request, _("Followed. Its pages arrive with the next round of collecting."))
    else:
        messages.info(request, _("This feed is followed already."))
    return redirect("desk:feeds")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Stop asking a feed."""
    archive = wiring.current()
    acting.unfollow(archive.catalogue, request.POST.get("url", ""), by=user_name(request), now=archive.clock())
    messages.success(request, _("Stopped. What it brought stays."))
    return redirect("desk:feeds")


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Ask a stopped feed again."""
    archive = wiring.current()
    acting.follow_again(archive.catalogue, request.POST.get("url", ""), by=user_name(request), now=archive.clock())
    messages.success(request, _("Followed again."))
    return redirect("desk:feeds")


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Let the next round of collecting ask a feed whatever its pace."""
    archive = wiring.current()
    acting.ask_now(archive.catalogue, request.POST.get("url", ""), now=archive.clock())
    messages.success(request, _("It is asked in the next round of collecting."))
    return redirect("desk:feeds")


def _silence(found: Silent | None) -> str:
    return source_words.silence(found.silence) if found else ""


def _page(request: HttpRequest, form: FollowForm, *, status: int = 200) -> HttpResponse:
    archive = wiring.current()
    healths = sorted(
        archive.catalogue.feeds(), key=lambda health: (health.stopped, not health.failure, health.feed.url)
    )
    silent = silences.by_feed(archive)
    rows = [(health, in_words(health.failure), _silence(silent.get(health.feed.url))) for health in healths]
    shown = {"rows": rows, "form": form, "now": archive.clock()}
    return render(request, "desk/feeds.html", shown, status=status)

"""Acts: the page of notices, and the page that says how somebody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from chronik import wiring
from chronik.desk import notices as known
from chronik.desk import notices_alarms, notices_words
from chronik.desk.notices_forms import ToldForm
from chronik.desk.views.answers import user_name
from chronik.model.saved import Way

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NUMBER_DIGITS_MAX = 18
CHANNELS = (Way.MAIL, Way.WEBHOOK)


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What one was told, the newest first; read, unread."""
    now, name = wiring.current().clock(), user_name(request)
    if request.method != "POST":
        listed = [(one, "" if one.article else notices_words.words(one.notice)) for one in known.shown(name, now)]
        return render(request, "desk/notices.html", {"notices": listed, "now": now})
    act = request.POST.get("do", "")
    if act == "all-read":
        known.mark_read(name, now)
    elif act in {"read", "unread"}:
        number = _number(request.POST.get("notice", ""))
        if act == "read":
            known.mark_read(name, now, only=[number])
        else:
            known.mark_unread(name, number)
    else:
        raise Http404
    return redirect("desk:notices")


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest) -> HttpResponse:
    """Where mails and calls go, in which language, and how that went; a webhook's secret is shown this once."""
    name = user_name(request)
    if request.method != "POST":
        return _told_page(request, ToldForm(initial=_initial(name)))
    if request.POST.get("do") == "resume":
        for way in CHANNELS:
            known.resume(name, way)
        messages.success(request, _("It is tried again."))
        return redirect("desk:notice-settings")
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _told_page(request, form, status=422)
    secret, now = "", wiring.current().clock()
    for way in CHANNELS:
        before = known.channel(name, way)
        if form.cleaned_data[way] != (before.address if before else ""):
            secret = known.set_channel(name, way, address=form.cleaned_data[way], now=now) or secret
    known.set_told(name, language=form.cleaned_data["language"], alarms=form.way_of_alarms())
    messages.success(request, _("Saved."))
    return _told_page(request, ToldForm(initial=_initial(name)), secret=secret) if secret else redirect("desk:notices")


def _told_page(request: HttpRequest, form: ToldForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    name = user_name(request)
    failing = [row for way in CHANNELS if (row := known.channel(name, way)) and row.failures]
    shown = {
        "form": form,
        "secret": secret,
        "failing": failing,
        "mails": wiring.current().config.smtp_host,
        "paused": any(row.paused_at for row in failing),
    }
    return render(request, "desk/notice_settings.html", shown, status=status)


def _initial(name: str) -> dict[str, str]:
    row = known.told(name)
    addresses = {str(way): found.address for way in CHANNELS if (found := known.channel(name, way))}
    alarms = row.alarms if known.has_said(name) else str(notices_alarms.recipients().get(name, ""))
    return {**addresses, "language": row.language or get_language() or "en", "alarms": alarms}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS_MAX):
        raise Http404
    return int(text)

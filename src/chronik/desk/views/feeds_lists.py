"""Acts: gives out the list of feeds, and takes one in after it was looked through."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from chronik import wiring
from chronik.archive import feed_lists
from chronik.desk.views.answers import user_name
from chronik.errors import ChronikError, RefusedInputError
from chronik.model import Feed
from chronik.publish.feed_list import MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

SALT = "chronik.desk.feeds"
AGE_S_MAX = 3_600
LANGUAGE_LENGTH_MAX = 35
LEFT_OUT_MAX = 150
"""Addresses that a form may leave out, below Django's limit of fields."""


@require_safe
def opml_out(request: HttpRequest) -> HttpResponse:
    """The feeds that are asked, for other readers."""
    language = request.GET.get("language", "")[:LANGUAGE_LENGTH_MAX]
    answer = HttpResponse(feed_lists.exported(wiring.current(), language=language), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{feed_lists.FILE_NAME}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def opml_in(request: HttpRequest) -> HttpResponse:
    """Send a list, see what would be followed, leave some out, follow the rest."""
    if request.method != "POST":
        return _page(request)
    try:
        if "list" in request.POST:
            return _taken_in(request)
        return _previewed(request)
    except ChronikError as error:
        return _page(request, wrong=str(error), status=422)


def _previewed(request: HttpRequest) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        raise RefusedInputError(_("Choose a file."))
    if (sent.size or 0) > feed_lists.UPLOAD_BYTES_MAX:
        raise RefusedInputError(_("The file is too large. Take it in on the command line: chronik import FILE"))
    found = feed_lists.preview(wiring.current(), sent.read())
    kept = signing.dumps([_packed(feed) for feed in found.new], salt=SALT, compress=True)
    return _page(request, found=found, kept=kept)


def _taken_in(request: HttpRequest) -> HttpResponse:
    try:
        told = signing.loads(request.POST["list"], salt=SALT, max_age=AGE_S_MAX)
    except (signing.BadSignature, binascii.Error, ValueError):
        raise RefusedInputError(_("This preview is too old. Send the list once more.")) from None
    left_out = set(request.POST.getlist("without")[:LEFT_OUT_MAX])
    feeds = [_unpacked(one) for one in told if one[0] not in left_out]
    imported = feed_lists.take_in(wiring.current(), feeds, by=user_name(request))
    new = imported.added["feeds"]
    told_new = ngettext("%(count)d feed is followed now.", "%(count)d feeds are followed now.", new) % {"count": new}
    messages.success(request, told_new)
    return redirect("desk:feeds")


def _packed(feed: Feed) -> list[str]:
    return [feed.url, feed.title, feed.site_url, feed.language]


def _unpacked(told: Sequence[str]) -> Feed:
    url, title, site_url, language = told
    return Feed(url=url, title=title, site_url=site_url, language=language)


def _page(request: HttpRequest, *, status: int = 200, **shown: Any) -> HttpResponse:
    return render(request, "desk/feeds_list.html", {"left_out_max": LEFT_OUT_MAX, **shown}, status=status)

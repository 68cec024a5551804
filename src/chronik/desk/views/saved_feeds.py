"""Acts: answers at secret addresses, without signing in: feeds of saved views, and the end of mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from chronik import wiring
from chronik.desk import notices, saved_feeds
from chronik.desk.views.answers import desk_url
from chronik.model import content_id, sha256_hex
from chronik.publish import view_feeds

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

ASKED_A_MINUTE_MAX = 30
"""Of one secret address."""
WRONG_A_MINUTE_MAX = 60
"""Secrets that lead nowhere, from one address of the network. Who has a good one is not kept waiting by them."""
MINUTE_S = 60
FORMS = {
    "atom.xml": ("application/atom+xml; charset=utf-8", view_feeds.atom),
    "feed.json": ("application/feed+json; charset=utf-8", view_feeds.json_feed),
}
PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


@sensitive_variables("secret")
@require_safe
def feed(request: HttpRequest, secret: str, name: str) -> HttpResponseBase:
    """The feed of a saved view, or that nothing changed since."""
    row = saved_feeds.addressed(secret)
    if row is None or name not in FORMS:
        return _nowhere(request)
    if _too_often("feed", str(row.pk), most=ASKED_A_MINUTE_MAX):
        return _wait()
    found = saved_feeds.feed(wiring.current(), row, desk_url=desk_url(request))
    if found is None:
        return _nowhere(request)
    media_type, written = FORMS[name]
    body = written(found)
    etag = quote_etag(sha256_hex(body))
    answer = get_conditional_response(request, etag=etag) or HttpResponse(body, content_type=media_type)
    answer.headers["ETag"] = etag
    return _private(answer)


@csrf_exempt  # a mail program sends it, which has no cookie of ours (RFC 8058)
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Ask whether mails are to end; end them when the person, or their mail program, says so."""
    if request.method == "POST":
        if not notices.unsubscribe(secret):
            return _nowhere(request)
        return _private(render(request, "desk/unsubscribe.html", {"done": True}))
    if not notices.is_subscribed(secret):
        return _nowhere(request)
    return _private(render(request, "desk/unsubscribe.html", {"done": False}))


def _private(answer: HttpResponseBase) -> HttpResponseBase:
    for name, value in PRIVATE.items():
        answer.headers[name] = value
    return answer


def _nowhere(request: HttpRequest) -> HttpResponseBase:
    """Nothing is there; who tries on and on is told to wait."""
    if _too_often("wrong", request.META.get("REMOTE_ADDR", ""), most=WRONG_A_MINUTE_MAX):
        return _wait()
    raise Http404


def _wait() -> HttpResponseBase:
    answer = HttpResponse("Asked too often. Ask again in a minute.\n", status=429, content_type="text/plain")
    answer.headers["Retry-After"] = str(MINUTE_S)
    return _private(answer)


def _too_often(kind: str, who: str, *, most: int) -> bool:
    key = f"asked-{content_id([kind, who.encode('utf-8', 'replace').decode()])}"
    cache.add(key, 0, MINUTE_S)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # the minute ended between the two
        return False

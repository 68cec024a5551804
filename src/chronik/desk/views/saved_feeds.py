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

ASKED_A_MINUTE_MAX = 60
"""From one address of the network, wrong secrets included."""
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
    if _too_often(request):
        return _private(
            HttpResponse("Asked too often. Ask again in a minute.\n", status=429, content_type="text/plain")
        )
    found = saved_feeds.feed(wiring.current(), secret, desk_url=desk_url(request))
    if found is None or name not in FORMS:
        raise Http404
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
    if _too_often(request):
        return _private(
            HttpResponse("Asked too often. Ask again in a minute.\n", status=429, content_type="text/plain")
        )
    if request.method == "POST":
        if not notices.unsubscribe(secret):
            raise Http404
        return _private(render(request, "desk/unsubscribe.html", {"done": True}))
    if not notices.is_subscribed(secret):
        raise Http404
    return _private(render(request, "desk/unsubscribe.html", {"done": False}))


def _private(answer: HttpResponseBase) -> HttpResponseBase:
    for name, value in PRIVATE.items():
        answer.headers[name] = value
    return answer


def _too_often(request: HttpRequest) -> bool:
    key = f"secret-asked-{content_id([request.META.get('REMOTE_ADDR', '')])}"
    cache.add(key, 0, MINUTE_S)
    try:
        return int(cache.incr(key)) > ASKED_A_MINUTE_MAX
    except ValueError:  # the minute ended between the two
        return False

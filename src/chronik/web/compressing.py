"""Acts on every answer: packs text for its way to the browser, unless it shows a secret or is a stranger's.

Whoever sees how long packed answers are, and can have words of theirs repeated beside a secret, can guess the secret
(BREACH). So what shows a link, a key or a code is sent as it is; the tokens of forms are masked anew for each page; and
Django pads each packed answer by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.middleware.gzip import GZipMiddleware

from chronik.desk import rights
from chronik.desk.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

TEXT = frozenset(
    {
        *("text/html", "text/css", "text/javascript", "text/plain", "text/csv", "image/svg+xml"),
        *("application/json", "application/atom+xml", "application/feed+json", "application/javascript"),
    }
)
SHOWING_SECRETS = frozenset({"desk:people", "desk:clipper"})
"""Beside all that is about one's own account."""
STRANGERS = frozenset({"desk:capture-frame", "desk:capture-file", "desk:capture-part"})
"""What was captured: megabytes, looked at once, and pictures for the most part."""


class CompressingMiddleware(GZipMiddleware):
    """Packs what may be packed."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The same answer, packed where the browser takes that."""
        if not may_be_packed(request, response):
            return response
        return super().process_response(request, response)


def may_be_packed(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer is text to a look, shows no secret, and is not a part of something."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if request.method != "GET" or kind not in TEXT or response.status_code == 206:
        return False
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in SHOWING_SECRETS or name in STRANGERS:
        return False
    needs = rights.ADDRESSES.get(name)
    return needs is None or needs.look is not Right.OWN_ACCOUNT

"""The live server gives readers the published folder, byte for byte as it stands. Acts: reads files."""

from __future__ import annotations

import contextlib
import os
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from chronik.model import sha256_hex
from chronik.public.rendering import Site, plain_page
from chronik.publish.manifest import GONE

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest, HttpResponseBase

    from chronik.config import Config

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".atom": "application/atom+xml",
}
CACHE: Final = "public, no-cache"
"""May be kept, but is asked about each time: a withdrawn page is gone at once."""
INDEX: Final = "index.html"

_LANGUAGE = re.compile(rb'<(?:html|feed)[^>]* (?:xml:)?lang="([A-Za-z0-9-]+)"')
_LANGUAGE_WITHIN_BYTES = 1024


@require_safe
def file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the published folder; a folder gives its `index.html`."""
    config: Config = settings.CHRONIK
    found = _within(config.site, path)
    if found is not None and found.is_dir():
        if path and not path.endswith("/"):
            return with_headers(HttpResponseRedirect(reverse("public:file", args=[f"{path}/"])))
        found = found / INDEX
    read = _read(found) if found is not None else None
    if found is None or read is None:
        return _instead(path)
    content, modified = read
    etag = quote_etag(sha256_hex(content))
    status = HTTPStatus.GONE if GONE in content[:_LANGUAGE_WITHIN_BYTES] else HTTPStatus.OK
    answer = HttpResponse(content, content_type=MEDIA_TYPES[found.suffix], status=status)
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(modified)
    answer.headers["Cache-Control"] = CACHE
    language = _LANGUAGE.search(content, 0, _LANGUAGE_WITHIN_BYTES)
    if language:
        answer.headers["Content-Language"] = language[1].decode()
    return with_headers(get_conditional_response(request, etag, modified, answer) or answer)


def _within(site: Path, path: str) -> Path | None:
    """The file or folder that is meant, if it lies under the site, hidden ones apart."""
    parts = path.removesuffix("/").split("/") if path else []
    if any(part.startswith(".") or not part or "\\" in part or "\0" in part or ":" in part for part in parts):
        return None
    with contextlib.suppress(OSError, ValueError):
        found = site.joinpath(*parts).resolve(strict=True)
        if found.is_relative_to(site.resolve()) and (found.is_dir() or not path.endswith("/")):
            return found
    return None


def _read(path: Path) -> tuple[bytes, int] | None:
    """The bytes of a file that we publish and when it was written, None where there is none of that kind (any more)."""
    if path.suffix not in MEDIA_TYPES:
        return None
    try:
        # Opened once: between two looks at the path the page may be withdrawn or published anew.
        with path.open("rb") as file:
            return file.read(), int(os.fstat(file.fileno()).st_mtime)
    except OSError:
        return None


def _instead(path: str) -> HttpResponseBase:
    """What is said where there is no file: nothing is published yet, or not found."""
    config: Config = settings.CHRONIK
    name = "missing" if path else "empty"
    page = plain_page(
        name,
        language=get_language() or config.language,
        site=Site(name=config.name, public_url=config.public_url, zone=config.zone, language=config.language),
        style=static("public/style.css"),
        home=reverse("public:file", args=[""]),
        desk="/desk/",
    )
    answer = HttpResponse(page, status=404 if path else 200, headers={"Cache-Control": "no-store"})
    return with_headers(answer)


def with_headers(answer: HttpResponseBase) -> HttpResponseBase:
    """The answer, with a page caged: it loads nothing but what we serve, and tells nobody where it was."""
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer

"""Which form a page has, and what it says (decides): by its bytes, then by media type and the address's ending."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from chronik.extract import pagekind
from chronik.extract.encoding import decoded, media_type_of
from chronik.extract.forms import activity, foreign, mail, mhtml, mime, office, pdf, saved, subtitles, webarchive
from chronik.extract.forms.endings import media_type_by_name
from chronik.extract.forms.plain import markdown, plain
from chronik.extract.forms.reading import addressed
from chronik.model import Failure, FailureKind, Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from chronik.extract.forms.reading import FormReading

SIZE_BYTES_MAX = 64 * 2**20
"""A page that carries its pictures, or a document full of them."""
TEXT_BYTES_MAX = 16 * 2**20
"""Of markup and text without any pictures: a page with one article is a hundredth of this."""
HEAD_BYTES = 64 * 2**10
TAGS_MIN = 3
"""Prose may hold a tag or two that it speaks of."""

HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
UNSAID = frozenset({"", "application/octet-stream", "application/x-unknown", "binary/octet-stream", "unknown/unknown"})
MARKDOWN = frozenset({"text/markdown", "text/x-markdown"})
SUBTITLES = frozenset({"text/vtt", "application/x-subrip", "text/srt", "application/srt"})
MAIL = frozenset({"message/rfc822", "multipart/related", "application/x-mimearchive"})
JSON = frozenset({"application/json", "application/ld+json", "application/feed+json"})

_NO_PROSE = frozenset({"text/css", "text/javascript", "text/csv", "text/calendar", "text/vcard"})
_DRAWING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<(?:\?xml|!DOCTYPE svg|!--)[^>]{0,1000}>\s{0,200}){0,5}<svg[\s>/]", re.IGNORECASE
)
_TAG = re.compile(r"<(?:!doctype|!--|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)


def recognised(page: Page) -> Page | FormReading | Failure:
    """What a form of its own says; a page of HTML to be read as such, taken out of what it was saved in; or why not."""
    if page.status is not None and page.status >= 400:
        detail = f"The server answered with an error page (status {page.status})."
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=detail)
    if len(page.body) > SIZE_BYTES_MAX:
        return _too_large(len(page.body), SIZE_BYTES_MAX)
    if not page.body.strip():
        return Failure(
            kind=FailureKind.NO_TEXT, detail="There is nothing in it, not one character. Save or fetch it anew."
        )
    kind = media_type_of(page.body)
    reader = _READERS.get(kind)
    if reader is not None:
        found = reader(page)
        return _of_html(found) if isinstance(found, Page) else found
    return foreign.refusal(kind) if kind else _of_text(page)


def media_type(page: Page) -> str:
    """What the page is said to be, by its header or else by its address's ending; lower case, without parameters."""
    declared = page.media_type.partition(";")[0].strip().lower()
    if declared not in UNSAID and declared != "text/plain":
        return declared
    try:
        path = unquote(urlsplit(page.url).path)
    except ValueError:
        return declared
    return media_type_by_name(path) or declared


def _of_text(page: Page) -> Page | FormReading | Failure:
    """What a file of characters says."""
    kind = media_type(page)
    head = page.body[:HEAD_BYTES]
    if kind in MAIL or kind in UNSAID | {"text/plain"}:
        message = mime.message(page.body.lstrip(b"\r\n")) if mail.is_message(head) or kind in MAIL else None
        if message is not None and (mhtml.is_mhtml(message) or kind != "text/plain"):
            return _of_message(message, page)
    if webarchive.is_written_out(head):
        found = webarchive.page(page)
        return _of_html(found) if isinstance(found, Page) else found
    if _DRAWING.match(head):
        return foreign.refusal("image/svg+xml")
    if activity.is_activity(head, media_type=kind):
        return activity.post(page)
    if kind in HTML and not head.removeprefix(codecs.BOM_UTF8).startswith(b"WEBVTT"):
        return _of_html(page)
    return _of_characters(page, kind)


def _of_message(message: mime.Part, page: Page) -> Page | FormReading | Failure:
    if not mhtml.is_mhtml(message):
        return mail.mail(message)
    found = mhtml.page(message, of=page)
    return _of_html(found) if isinstance(found, Page) else found


def _of_html(page: Page) -> Page | Failure:
    """A page of HTML without the files that it carries, and with the address that it was saved from."""
    body = saved.unburdened(page.body)
    if len(body) > TEXT_BYTES_MAX:
        return _too_large(len(body), TEXT_BYTES_MAX)
    url = addressed(page.url, saved.saved_from(body))
    body = saved.unnoted(body)
    return replace(page, body=body, url=url) if (body, url) != (page.body, page.url) else page


def _of_characters(page: Page, kind: str) -> Page | FormReading | Failure:
    """Text in one of its forms, or HTML that nobody declared."""
    if kind not in UNSAID | HTML | SUBTITLES | JSON and not (kind.startswith("text/") and kind not in _NO_PROSE):
        return foreign.refusal(kind)
    start = _start(page)
    if kind in UNSAID and _is_markup(start) and not subtitles.is_subtitles(start):
        return _of_html(page)
    if len(page.body) > TEXT_BYTES_MAX:
        return _too_large(len(page.body), TEXT_BYTES_MAX)
    text = decoded(page.body, page.charset)
    if isinstance(text, Failure):
        return text
    other = pagekind.not_a_page(text)
    if other:
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=other)
    if kind in SUBTITLES or subtitles.is_subtitles(text[:HEAD_BYTES]):
        return subtitles.subtitles(text)
    return markdown(text) if kind in MARKDOWN else plain(text)


def _is_markup(start: str) -> bool:
    """Whether a text that nobody declared is HTML: it begins so, or holds some tags."""
    found = list(islice(_TAG.finditer(start), TAGS_MIN))
    return len(found) == TAGS_MIN or bool(found and not start[: found[0].start()].strip("\ufeff \t\r\n"))


def _start(page: Page) -> str:
    """How a page begins, in characters."""
    text = decoded(page.body[:HEAD_BYTES], page.charset)
    return "" if isinstance(text, Failure) else text


def _too_large(size_bytes: int, limit_bytes: int) -> Failure:
    detail = f"The page has {size_bytes:,} bytes; the limit is {limit_bytes:,}."
    return Failure(kind=FailureKind.TOO_LARGE, detail=detail)


_READERS: dict[str, Callable[[Page], Page | FormReading | Failure]] = {
    "application/pdf": pdf.document,
    "application/x-webarchive": webarchive.page,
    "application/zip": office.document,
}

"""A page as a person's browser shows it, with the passage that the person selected, as an extension sends it. Decides.

The browser may be anybody's: nothing in it is believed but what the archive can see for itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from chronik.errors import RefusedInputError, TooLargeError
from chronik.takein import document, html

REQUEST_BYTES_MAX = 14 * 2**20
PAGE_BYTES_MAX = 12 * 2**20
HTML_MEDIA_TYPE = "text/html"
MHTML_MEDIA_TYPE = "multipart/related"
TITLE_CHARACTERS_MAX = 1_000
QUOTE_CHARACTERS_MAX = 20_000
CONTEXT_CHARACTERS_MAX = 200
SENDER_CHARACTERS_MAX = 80
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPage:
    """What a browser sent."""

    address: str
    """As the browser gave it: to be checked before it is used."""
    title: str = ""
    body: bytes
    media_type: str
    quote: str = ""
    """What the person selected; empty where nothing was."""
    prefix: str = ""
    suffix: str = ""
    """The text before and after it, which tells one place from another (Web Annotation Data Model §4.2.4)."""
    sent_by: str = ""
    """Name of the program that sent it."""


def parsed(data: bytes) -> SentPage:
    """The page in a request's body, a JSON object in UTF-8. Raises RefusedInputError."""
    if len(data) > REQUEST_BYTES_MAX:
        raise TooLargeError(f"The request is larger than {REQUEST_BYTES_MAX >> 20} MiB.")
    fields = _object(data)
    media_type = _text(fields, "media_type") or HTML_MEDIA_TYPE
    selection = fields.get("selection")
    if selection is not None and not isinstance(selection, dict):
        raise RefusedInputError("selection: not an object. Send exact, prefix and suffix, or null.")
    return SentPage(
        address=_text(fields, "url"),
        title=_line(_text(fields, "title"), TITLE_CHARACTERS_MAX),
        body=_page(_text(fields, "page"), media_type),
        media_type=media_type,
        quote=_passage(selection or {}),
        prefix=_CONTROLS.sub("", _text(selection or {}, "prefix"))[-CONTEXT_CHARACTERS_MAX:],
        suffix=_CONTROLS.sub("", _text(selection or {}, "suffix"))[:CONTEXT_CHARACTERS_MAX],
        sent_by=_line(_text(fields, "sent_by"), SENDER_CHARACTERS_MAX),
    )


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RefusedInputError("The request is not JSON in UTF-8.") from None
    if not isinstance(found, dict):
        raise RefusedInputError("The request is not a JSON object.")
    return found


def _text(fields: dict[str, Any], name: str) -> str:
    """A field as text; what JSON lets through and no text holds (halves of characters) is replaced."""
    found = fields.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise RefusedInputError(f"{name}: not a text.")
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _line(text: str, characters_max: int) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())[:characters_max]


def _passage(selection: dict[str, Any]) -> str:
    quote = _CONTROLS.sub("", _text(selection, "exact")).strip()
    if len(quote) > QUOTE_CHARACTERS_MAX:
        raise TooLargeError(f"The selection has more than {QUOTE_CHARACTERS_MAX} characters. Select less of the page.")
    return quote


def _page(text: str, media_type: str) -> bytes:
    """The page's bytes, if they are of the kind that they are said to be."""
    body = text.encode()
    if len(body) > PAGE_BYTES_MAX:
        raise TooLargeError(f"The page is larger than {PAGE_BYTES_MAX >> 20} MiB.")
    if media_type == MHTML_MEDIA_TYPE:
        if document.media_type(body[: document.HEAD_BYTES], name="page") != MHTML_MEDIA_TYPE:
            raise RefusedInputError("page: not a web page saved as MHTML.")
        return body
    if media_type != HTML_MEDIA_TYPE:
        raise RefusedInputError(f"media_type: send {HTML_MEDIA_TYPE} or {MHTML_MEDIA_TYPE}.")
    found, _address = html.saved(body, name="page")
    return found

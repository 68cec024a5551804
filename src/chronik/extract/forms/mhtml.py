"""A page saved with all its parts in one message (MHTML, RFC 2557): its HTML, and where it was saved from (decides)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from chronik.extract.forms import mime
from chronik.extract.forms.reading import addressed
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    from chronik.extract.forms.mime import Part
    from chronik.model import Page

HTML = frozenset({"text/html", "application/xhtml+xml"})
PARTS_LOOKED_AT = 200
"""The page is the first of its parts; its pictures stand behind it."""

_ADDRESS = re.compile(r"https?://\S{1,4000}")


def is_mhtml(whole: Part) -> bool:
    """Whether a message is a saved page."""
    named = whole.field("snapshot-content-location") or whole.field("content-location")
    saved = whole.field("from").lower().startswith("<saved by")
    related = whole.media_type == "multipart/related"
    return bool(related and (named or saved or not (whole.field("to") or whole.field("received"))))


def page(whole: Part, *, of: Page) -> Page | Failure:
    """The saved page, with the address that it was saved from."""
    found = [part for part in islice(mime.parts(whole), PARTS_LOOKED_AT) if part.media_type in HTML]
    if not found:
        return Failure(kind=FailureKind.NO_TEXT, detail="The saved page (MHTML) holds no HTML part.")
    address = whole.field("snapshot-content-location") or whole.field("content-location")
    start = str(whole.head.get_param("start") or "")
    root = next((part for part in found if start and part.field("content-id") == start), None)
    root = root or next((part for part in found if address and part.field("content-location") == address), found[0])
    own = next((url for url in (address, root.field("content-location")) if _ADDRESS.fullmatch(url)), "")
    return replace(of, url=addressed(of.url, own), body=root.content(), media_type="text/html", charset=root.charset)

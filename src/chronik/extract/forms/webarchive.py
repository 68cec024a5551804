"""A page that Safari saved (a binary property list): its HTML, and where it came from (decides)."""

from __future__ import annotations

import plistlib
from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.extract.forms.reading import addressed
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    from chronik.model import Page

_DAMAGED = Failure(kind=FailureKind.UNREADABLE, detail="The file begins like a web archive of Safari but is damaged.")


def page(of: Page) -> Page | Failure:
    """The saved page, with the address that it was saved from."""
    try:
        data = plistlib.loads(of.body, fmt=plistlib.FMT_BINARY)
    except (plistlib.InvalidFileException, ValueError, KeyError, IndexError, OverflowError, RecursionError, TypeError):
        return _DAMAGED
    main = data.get("WebMainResource") if isinstance(data, dict) else None
    body = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(body, bytes):
        detail = "This is a property list, not a page; save the page as a web archive or as HTML."
        return Failure(kind=FailureKind.UNSUPPORTED_MEDIA, detail=detail)
    url = str(main.get("WebResourceURL") or "")
    return replace(
        of,
        url=addressed(of.url, url if url.startswith(("http://", "https://")) else ""),
        body=body,
        media_type=str(main.get("WebResourceMIMEType") or "text/html"),
        charset=str(main.get("WebResourceTextEncodingName") or ""),
    )

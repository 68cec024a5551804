"""A page that Safari saved (a property list, binary or in XML): its HTML, and where it came from (decides)."""

from __future__ import annotations

import plistlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from chronik.extract.forms.reading import addressed
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    from chronik.model import Page

HEAD_BYTES = 4_096
_XML = re.compile(rb"\s{0,200}<\?xml[^>]{0,300}>\s{0,200}<!DOCTYPE\s+plist[^>\[]{0,300}>\s{0,200}<plist[\s>]")
_DAMAGED = Failure(kind=FailureKind.UNREADABLE, detail="The file begins like a web archive of Safari but is damaged.")


def is_written_out(head: bytes) -> bool:
    """Whether a file begins as a property list in XML; one that declares entities of its own does not."""
    return _XML.match(head[:HEAD_BYTES]) is not None


def page(of: Page) -> Page | Failure:
    """The saved page, with the address that it was saved from."""
    try:
        data = plistlib.loads(of.body, fmt=plistlib.FMT_XML if is_written_out(of.body) else plistlib.FMT_BINARY)
    except (
        plistlib.InvalidFileException,
        ExpatError,
        ValueError,
        LookupError,
        OverflowError,
        RecursionError,
        TypeError,
    ):
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

"""Decides which kept files hold no article of their own: they are taken in as a whole, and their acts name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.archive.taking_wacz import WACZ_MEDIA_TYPE
from chronik.model import RecordKind

if TYPE_CHECKING:
    from chronik.model import Capture

PRESS_PAGE = "text/x-press-page"
OPML = "text/x-opml"
URL_LIST = "text/uri-list"
JSONL = "application/jsonl"
KEPT_WHOLE = frozenset({PRESS_PAGE, OPML, URL_LIST, JSONL, WACZ_MEDIA_TYPE})


def is_to_be_read(capture: Capture) -> bool:
    """Whether a capture that nobody recorded may hold an article."""
    return not (capture.record is RecordKind.RESOURCE and capture.media_type in KEPT_WHOLE)

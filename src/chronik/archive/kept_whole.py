"""Decides which kept files hold no article of their own: they are taken in as a whole, and their acts name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.archive import known_witnesses
from chronik.archive.taking_wacz import WACZ_MEDIA_TYPE
from chronik.model import RecordKind
from chronik.preserve.witness import deposition

if TYPE_CHECKING:
    from chronik.config import Config
    from chronik.model import Capture

PRESS_PAGE = "text/x-press-page"
OPML = "text/x-opml"
URL_LIST = "text/uri-list"
JSONL = "application/jsonl"
KEPT_WHOLE = frozenset({PRESS_PAGE, OPML, URL_LIST, JSONL, WACZ_MEDIA_TYPE, deposition.MEDIA_TYPE})


def is_to_be_read(capture: Capture, config: Config) -> bool:
    """Whether a capture that nobody recorded may hold an article of its own. What a witness showed is evidence only."""
    if capture.record is RecordKind.RESOURCE and capture.media_type in KEPT_WHOLE:
        return False
    return not known_witnesses.is_shown(config, capture)

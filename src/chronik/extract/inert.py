"""Makes a foreign page inert for a frame that runs nothing (decides): what could reach out of it is taken off.

A content security policy stops what a page loads and runs; it does not stop connections that a page only announces
(`link`), nor what it asks of the browser in its head (`meta`, `base`), nor what browsers do ahead when somebody presses
a link. Such tags are turned into end tags of elements that were never opened, which every browser drops with all their
attributes (HTML Living Standard, section 13.2.6); links become elements that no browser knows, and keep text and class.
So nothing has to be parsed here, and no page can make it slow.
"""

from __future__ import annotations

import re

TAKEN_OFF = (
    *("applet", "area", "base", "embed", "fencedframe", "frame", "frameset", "iframe", "link", "meta", "object"),
    "portal",
)
"""Scripts stay: a frame that runs nothing shows nothing of them, and their text must not become the page's."""
_END = r"(?:[\s/>]|\Z)"
_START = re.compile(rf"<(?=(?:{'|'.join(TAKEN_OFF)}){_END})", re.IGNORECASE | re.ASCII)
_LINK = re.compile(rf"<(/?)(?=a{_END})", re.IGNORECASE | re.ASCII)


def inert(html: str) -> str:
    """The same page without the tags that reach out of it; everything else stands as it was."""
    return _LINK.sub(r"<\1off-", _START.sub("</off-", html))

"""Why a page holds no text, and what to do about it (decides)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from chronik.extract.tree import Tree

ADDRESSES_MAX = 3
ADDRESS_CHARACTERS_MAX = 200
ELEMENTS_MAX = 20
DELAY_S_MAX = 10
"""A page that is to be read first waits longer."""
SCRIPT_CHARACTERS_MAX = 5_000
"""A script that only leads on is short."""

_SAVE = "Open it in a browser, and if text shows there, save the page and read that file."
_REFRESH = re.compile(r"^\s*(\d{1,6})[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\(|window\.open\()\s*[\"']([^\"'\s]{4,2000})[\"']"
)


def why(tree: Tree, *, url: str = "") -> str:
    """Why there is no text on a page, in a sentence or two that name the next step."""
    frames = _sources(tree, "frame[src]", url)
    if frames:
        return f"The page is a frame around other pages. Read the one that holds the article: {_listed(frames)}"
    onward = leads_to(tree, url=url) or _led_by_script(tree, url)
    if onward:
        return f"The page only leads on to another one. Read that: {onward}"
    frames = _sources(tree, "iframe[src]", url)
    if frames:
        return f"The page shows other pages in frames. Read the one that holds the article: {_listed(frames)}"
    if tree.css_first("script") is not None:
        return f"The page holds no article text; scripts may build it. {_SAVE}"
    return f"The page holds no article text. {_SAVE}"


def leads_to(tree: Tree, *, url: str = "") -> str:
    """The address to which a page's head leads within seconds; empty where it leads nowhere."""
    for node in tree.css('meta[http-equiv="refresh" i][content]')[:ELEMENTS_MAX]:
        found = _REFRESH.match(node.attributes.get("content") or "")
        if found and int(found[1]) <= DELAY_S_MAX:
            return _absolute(found[2], url)
    return ""


def _led_by_script(tree: Tree, url: str) -> str:
    """The address to which a short script leads. On a page with text it may wait for a click, so it tells nothing."""
    scripts = [node.text(deep=True) for node in tree.css("script:not([src])")[:ELEMENTS_MAX]]
    found = (_LEADING.search(text) for text in scripts if len(text) <= SCRIPT_CHARACTERS_MAX)
    return next((_absolute(address[1], url) for address in found if address), "")


def _sources(tree: Tree, selector: str, url: str) -> list[str]:
    """The addresses of frames that hold a page."""
    found = [(node.attributes.get("src") or "").strip() for node in tree.css(selector)[:ELEMENTS_MAX]]
    return [_absolute(each, url) for each in found if each and not each.startswith(("about:", "javascript:", "data:"))]


def _listed(addresses: list[str]) -> str:
    more = ", …" if len(addresses) > ADDRESSES_MAX else ""
    return ", ".join(addresses[:ADDRESSES_MAX]) + more


def _absolute(address: str, url: str) -> str:
    try:
        return urljoin(url, " ".join(address.split()))[:ADDRESS_CHARACTERS_MAX]
    except ValueError:
        return address[:ADDRESS_CHARACTERS_MAX]

"""Pages that say something else instead of an article: errors, consent, sign-in, checks for robots (decides).

All of them are short; a longer page is none of these, whatever words stand in it.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

from chronik.extract import emptiness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.tree import Tree

STUB_CHARACTERS_MAX = 1_500
"""Error pages and consent walls say little."""
SCRIPT_CHARACTERS_MAX = 400
SIGN_IN_CHARACTERS_MAX = 700
CONSENT_SIGNS_MIN = 3
CONSENT_SHARE_MIN = 0.4
"""Of the paragraphs of a consent wall that speak of consent."""
TITLE_CHARACTERS_MAX = 120
"""Notices have short titles."""

ONWARD_CHARACTERS_MAX = 300
"""A page that only leads on says hardly more than that."""

_SAVE = "Open it in a browser, and save the page there."
_ELSEWHERE = "Look for its present address, or for an earlier copy in a web archive."
_CODES = r"(?:4(?:0\d|1\d|2[259]|51)|50\d|52\d)"
_CHALLENGE = '#challenge-form, #cf-wrapper, #px-captcha, [id^="cf-chl"], [src*="captcha-delivery.com"]'


_WORDS = tomllib.loads(resources.files("chronik.extract").joinpath("notices.toml").read_text(encoding="utf-8"))


def _one_of(name: str, frame: str = "{}") -> re.Pattern[str]:
    """One expression out of the lines of a table of `notices.toml`."""
    lines = "|".join(line.replace("{CODE}", _CODES) for line in _WORDS[name])
    return re.compile(frame.format(f"(?:{lines})"), re.IGNORECASE)


_ERROR = _one_of("errors")
_CHECK = _one_of("checks")
_CONSENT_TITLE = _one_of("consents")
_SIGN_IN_TITLE = _one_of("sign_in", r"^{}\b")
_SCRIPTS = _one_of("scripts")
_CONSENT = _one_of("consent_signs", r"(?<!\w){}(?!\w)")


def notice(titles: Sequence[str], paragraphs: Sequence[str], *, tree: Tree | None = None, url: str = "") -> str:
    """What the page says instead of an article, in one sentence; empty where it may be one.

    `titles` are the window's title and the headings that the page shows.
    """
    length = sum(map(len, paragraphs))
    if length >= STUB_CHARACTERS_MAX:
        return ""
    short = [title for title in (" ".join(title.split()) for title in titles) if 0 < len(title) <= TITLE_CHARACTERS_MAX]
    named = next((title for title in short if _ERROR.search(title)), "")
    if named:
        return f'The page is a notice, not an article: "{named[:80]}". {_ELSEWHERE}'
    named = next((title for title in short if _CHECK.search(title)), "")
    if named:
        return f'The page checks for robots or denies access; the article is behind it: "{named[:80]}". {_SAVE}'
    if any(map(_CONSENT_TITLE.search, short)) or _asks_for_consent(paragraphs):
        return f"The page asks for consent to cookies; the article is behind it. {_SAVE}"
    text = " ".join(paragraphs)
    if length < SCRIPT_CHARACTERS_MAX and _SCRIPTS.search(text):
        return f"The page shows its text only where scripts run. {_SAVE}"
    return _wall(short, length, tree) or _onward(length, tree, url)


def _wall(titles: Sequence[str], length: int, tree: Tree | None) -> str:
    """Whether a form stands in the way: to sign in, or to tell people from robots."""
    if tree is None or length >= SIGN_IN_CHARACTERS_MAX:
        return ""
    if any(map(_SIGN_IN_TITLE.search, titles)) and tree.css_first('input[type="password"]') is not None:
        return "The page asks to sign in; the article is behind it. Sign in with a browser, and save the page there."
    if length < SCRIPT_CHARACTERS_MAX and tree.css_first(_CHALLENGE) is not None:
        return f"The page checks for robots; the article is behind it. {_SAVE}"
    return ""


def _onward(length: int, tree: Tree | None, url: str) -> str:
    """Whether the page is only a way to another one."""
    address = emptiness.leads_to(tree, url=url) if tree is not None and length <= ONWARD_CHARACTERS_MAX else ""
    return f"The page only leads on to another one. Read that: {address}" if address else ""


def _asks_for_consent(paragraphs: Sequence[str]) -> bool:
    found = [set(map(str.lower, _CONSENT.findall(paragraph))) for paragraph in paragraphs]
    share = sum(map(bool, found)) / len(found) if found else 0.0
    return len(set().union(*found)) >= CONSENT_SIGNS_MIN and share >= CONSENT_SHARE_MIN

"""Whether a text stands behind a paywall, and whether it is cut short (decides), by what the page shows.

What a page declares goes first. Offers to subscribe stand on free pages too, so words count only where the text is
short, or within an element that is named a paywall.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.candidates import Declared
    from chronik.extract.tree import Tree

TEASER_CHARACTERS_MAX = 2_500
"""A teaser of a paid article is seldom longer; a longer text is taken for whole unless it says otherwise."""
CUT_CHARACTERS_MAX = 1_800
"""Up to this length an ellipsis at the end is held for a cut."""
LAST_BLOCKS = 4
SIGN_CHARACTERS_MAX = 300
SENTENCE_CHARACTERS_MIN = 40
"""“See also …” is shorter."""
WALL_CHARACTERS_MAX = 3_000
ELEMENTS_MAX = 20
LONGER = 1.8
"""A text declared as the article's is so many times as long as what the page shows where the page cuts it."""

_WALLS = (
    '[class*="paywall"], [id*="paywall"], [class*="Paywall"], [class*="pay-wall"], [id*="piano-"]'
    ', [class*="tp-container"], [class*="subscription-wall"], [class*="regwall"], [class*="subscribe-wall"]'
    ', [class*="premium-wall"], [class*="offer-wall"], [class*="barrier"]'
)
_WALL_MARKS = ("aywall", "pay-wall", "piano-", "tp-container", "wall", "barrier")
"""A page without any of these needs no search for its walls."""
_WORDS = tomllib.loads(resources.files("chronik.extract").joinpath("walls.toml").read_text(encoding="utf-8"))
_STEMS = tuple(_WORDS["stems"])
_OFFER = re.compile("|".join(_WORDS["offers"]), re.IGNORECASE)
_GOES_ON = re.compile(rf"[\W_]*(?:{'|'.join(_WORDS['goes_on'])})\b.{{0,40}}", re.IGNORECASE | re.DOTALL)
_CUT_GOES_ON = re.compile(
    rf"(?:…|\.{{3,}}|\.\s\.\s\.)\W*(?:{'|'.join(_WORDS['goes_on'])})\b[^.!?。]{{0,30}}$", re.IGNORECASE
)
_BRACKETED = re.compile(r"[\[(]\s*(?:…|\.{3})\s*[\])]\s*$")
_ELLIPSIS = re.compile(r"(?:…|\.{3,}|\. \. \.|……)[\s»\"”]*$")


def paywalled(tree: Tree, *, html: str, declared: Declared, paragraphs: Sequence[str]) -> bool | None:
    """Whether the article is for those who pay; None where the page does not say. `html` is the tree's page."""
    if declared.paywalled is not None:
        return declared.paywalled
    if sum(map(len, paragraphs)) > TEASER_CHARACTERS_MAX:
        return None
    if any(map(_offers, paragraphs[-LAST_BLOCKS:])):
        return True
    if not any(mark in html for mark in _WALL_MARKS):
        return None
    for node in tree.css(_WALLS)[:ELEMENTS_MAX]:
        text = node.text(deep=True)
        if len(text) <= WALL_CHARACTERS_MAX and _is_offer(text):
            return True
    return None


def truncated(*, declared: Declared, paragraphs: Sequence[str]) -> str:
    """By what sign the text is held to be cut short, in one sentence; empty where there is none."""
    if not paragraphs:
        return ""
    length = sum(map(len, paragraphs))
    last = paragraphs[-1]
    if _BRACKETED.search(last):
        return f"The text ends in “{last[-3:].strip()}”."
    if length <= TEASER_CHARACTERS_MAX:
        sign = next((text for text in paragraphs[-LAST_BLOCKS:] if _offers(text)), "")
        if sign:
            return f"The text ends with an offer: “{sign[:80]}”."
        if len(last) <= SIGN_CHARACTERS_MAX // 3 and len(paragraphs) > 1 and _GOES_ON.fullmatch(last):
            return f"The text ends with a link to its rest: “{last[:80]}”."
        cut = _CUT_GOES_ON.search(last[-SIGN_CHARACTERS_MAX:])
        if cut:
            return f"The text ends with a link to its rest: “{cut[0]}”."
    if length <= CUT_CHARACTERS_MAX and len(last) >= SENTENCE_CHARACTERS_MIN and _ELLIPSIS.search(last):
        return "The text ends in an ellipsis."
    longer = [body.value for body in declared.bodies if declared.paywalled and len(body.value) > LONGER * length]
    whole = max((len(value) for value in longer if _begins_alike(value, paragraphs)), default=0)
    if whole:
        return f"The page declares a text of {whole:,} characters and shows {length:,}."
    return ""


def _offers(text: str) -> bool:
    return len(text) <= SIGN_CHARACTERS_MAX and _is_offer(text)


def _is_offer(text: str) -> bool:
    low = text.lower()
    return any(stem in low for stem in _STEMS) and _OFFER.search(text) is not None


def _begins_alike(whole: str, paragraphs: Sequence[str]) -> bool:
    """Whether a declared text is the one that the page shows the beginning of."""
    first = max(paragraphs[:3], key=len)[:60]
    return " ".join(first.split()) in " ".join(whole[:5_000].split())

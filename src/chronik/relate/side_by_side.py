"""Decides: how a name that two reports share is shown, as both write it: `Stepanakert/Степанакерт`."""

from __future__ import annotations

from chronik.relate.bridge.alike import alike
from chronik.relate.bridge.skeleton import MARK

HEARD_FROM = 0.68
"""From here on two words sound like one name. What shares but consonants may sound otherwise, and convinces nobody."""


def both(here: str, there: str, *, key: str) -> str:
    """Both spellings of the name with this key, one where they are the same; empty where nobody would hear one name."""
    if here.casefold() == there.casefold():
        return here
    if key.startswith(MARK) and alike(_last_word(here), _last_word(there)) < HEARD_FROM:
        return ""
    return f"{here}/{there}"


def _last_word(name: str) -> str:
    words = name.split()
    return words[-1] if words else ""

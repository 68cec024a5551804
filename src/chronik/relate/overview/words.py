"""How many words a text has, in any script (decides)."""

from __future__ import annotations

import re

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that set no spaces between words."""

_WORD = re.compile(r"[^\W_]\S*")


def word_count(text: str) -> int:
    """Words between spaces; of scripts that set none, every character, as word processors count."""
    spaced, unspaced = text, 0
    if not text.isascii():
        spaced, unspaced = _UNSPACED.subn(" ", text)
    return unspaced + len(_WORD.findall(spaced))

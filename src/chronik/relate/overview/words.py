"""How many words a text has, in any script (decides)."""

from __future__ import annotations

import re

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]*\w[^\s{_UNSPACED}]*")


def word_count(text: str) -> int:
    """Words between spaces; of scripts that set none, every character, as word processors count."""
    return sum(1 for _ in _WORD.finditer(text))

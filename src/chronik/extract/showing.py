"""Whether the bytes of a page show a passage, told without a reader (decides).

Readers choose and may be asked only in processes of their own. This is cruder and quick: tags, spaces and marks are
taken out of both, and what is left of the passage has to stand there in a row.
"""

from __future__ import annotations

import html
import re
import unicodedata

from chronik.extract.encoding import decoded
from chronik.extract.standing import stretches
from chronik.model import Failure

BODY_BYTES_MAX = 8 * 2**20
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]{0,20000}>")
_NO_WORDS = re.compile(r"[\W_]+")


def shows(body: bytes, excerpt: str, *, charset: str) -> bool:
    """Whether every stretch of an excerpt stands in a page, letter for letter. False where nobody can tell."""
    wanted = [letters for letters in map(_letters, stretches(excerpt)) if letters]
    if not wanted or len(body) > BODY_BYTES_MAX:
        return False
    text = decoded(body, charset)
    if isinstance(text, Failure):
        return False
    shown = _letters(html.unescape(_TAG.sub("", text)))
    return all(letters in shown for letters in wanted)


def _letters(text: str) -> str:
    return _NO_WORDS.sub("", unicodedata.normalize("NFKC", text))

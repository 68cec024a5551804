"""Values out of the JSON that pages carry, its usual slips mended (decides).

Pages write JSON by hand and by template: comments and CDATA around it, a comma too many, an entity for a quotation
mark, a stray backslash. What is beyond mending still gives its plain properties where it is an article's.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT_CHARACTERS_MAX = 2_000_000
VALUES_MAX = 20
"""Values written one after the other in one script."""

_WRAPPING = re.compile(r"<!--|-->|(?:/[/*]\s{0,9})?<!\[CDATA\[(?:\s{0,9}\*/)?|(?:/[/*]\s{0,9})?\]\]>(?:\s{0,9}\*/)?")
_LOOSE_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
_DOUBLED_COMMA = re.compile(r",(?:\s{0,200},)+")
_STRAY_BACKSLASH = re.compile(r'(?<!\\)((?:\\\\)*)\\(?!["\\/bfnrtu])')
_BETWEEN = " \t\r\n;,"
_ARTICLE = re.compile(r'"@type"\s{0,20}:\s{0,20}\[?\s{0,20}"(\w{0,40}(?:Article|Posting|Report))"')
_PLAIN = re.compile(
    r'"(headline|datePublished|dateModified|isAccessibleForFree|inLanguage)"\s{0,20}:\s{0,20}'
    r'"((?:[^"\\\n]|\\.){1,1000})"(?=\s{0,200}[,}])'
)


def value(script: str) -> Any:
    """The script's value, or a list of them where it holds several; none where nothing can be understood."""
    text = script[:SCRIPT_CHARACTERS_MAX].strip().strip("\ufeff").rstrip("; \n\t")
    if not text:
        return None
    for mend in (str, _unwrapped, _mended, _unescaped):
        found = _loaded(text, mend)
        if found is not None:
            return found
    return _salvaged(text)


def _loaded(text: str, mend: Callable[[str], str]) -> Any:
    try:
        return _values(mend(text))
    except (ValueError, RecursionError):
        return None


def _values(text: str) -> Any:
    """One value, or several that stand side by side without a list around them."""
    decoder = json.JSONDecoder(strict=False)
    found, at = decoder.raw_decode(text)
    rest = text[at:].lstrip(_BETWEEN)
    if not rest:
        return found
    several = [found]
    while rest and len(several) < VALUES_MAX:
        found, at = decoder.raw_decode(rest)
        several.append(found)
        rest = rest[at:].lstrip(_BETWEEN)
    return several


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", text).strip()


def _mended(text: str) -> str:
    plain = _DOUBLED_COMMA.sub(",", _unwrapped(text))
    return _STRAY_BACKSLASH.sub(r"\1", _LOOSE_COMMA.sub("", plain))


def _unescaped(text: str) -> str:
    if "&quot;" not in text:
        raise ValueError(text[:20])
    return _mended(html.unescape(text))


def _salvaged(text: str) -> Any:
    """An article's plain properties out of JSON that no reader understands."""
    kind = _ARTICLE.search(text)
    if kind is None:
        return None
    node: dict[str, str] = {"@type": kind[1]}
    for found in _PLAIN.finditer(text):
        node.setdefault(found[1], _string(found[2]))
    return node if len(node) > 1 else None


def _string(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text

"""Names of authors out of what pages write in their bylines (decides)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME_CHARACTERS_MAX = 80
BYLINE_CHARACTERS_MAX = 1_000
NAMES_MAX = 30

_TAGS = re.compile(r"<[^>]{0,500}>")
_LEAD_INS = (
    r"(?:written |reported |words )?by|von(?!\s+(?:der|den|dem|zu)\b)|ein(?:e)? \w+ von|par|por|di|door|av|af|от",
    r"aufgezeichnet von|autor(?:en|in)?|authors?|auteurs?|автор|text|текст|interview|kommentar|protokoll",
)
_LEAD_IN = re.compile(rf"^(?:\W*(?:{'|'.join(_LEAD_INS)})(?:\s*:\s*|\s+))+", re.IGNORECASE)
_PICTURES = re.compile(
    r"^\W*(?:fotos?|photos?|photograph(?:s|y|er)?|bild(?:er)?|images?|video|grafik|illustration)\b", re.IGNORECASE
)
_AND = "und|and|et|y|e|og|och|en|и|mit|with|avec|con|UND|AND|Und|And"
_JOINS = re.compile(rf"\s*(?:[;|•·\n\t/,،、，]|\s&\s|\s\+\s|\s[-–—]\s|\s(?:{_AND})\s)\s*")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|(?<!\w)@\w+")
_PLACE = re.compile(r"\s+(?:in|aus|at|for|für|à|pour)\s+\S.*$")
_ROLE = re.compile(
    r"\b(?:reporter|editors?|correspondent|columnist|writer|journalist|producer|contributor|director|professor|"
    r"korrespondent(?:in)?|redakteur(?:in)?|chefredakteur(?:in)?|ressortleiter(?:in)?|reporterin|kolumnist(?:in)?|autorin|"
    r"volontär(?:in)?|leiter(?:in)?|journaliste|rédact\w+|correspondante?|politik|wirtschaft|business|politics|sport|"
    r"features?)\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(?:\w|jr|sr)\.$", re.IGNORECASE)
_ENDING = re.compile(r"^(?:jr|sr|ii|iii|iv|md|phd|ph\.d|dr|esq|mp)\.?$", re.IGNORECASE)
_NOBODIES = "admin(?:istrator)?|webmaster|staff|wires?|agencies|agenturen|redaktion|editor|autor|author|by|von"
_NOBODY = re.compile(rf"^(?:{_NOBODIES}|null|none|undefined|unknown|n/?a|www\..*)$", re.IGNORECASE)


def names(bylines: Iterable[str]) -> tuple[str, ...]:
    """The distinct names in bylines, in order, without roles, places and addresses."""
    found: dict[str, str] = {}
    for byline in bylines:
        for name in _names(byline[:BYLINE_CHARACTERS_MAX]):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:NAMES_MAX]


def _names(byline: str) -> Iterator[str]:
    text = _TAGS.sub(" ", html.unescape(html.unescape(byline)))
    text = _ADDRESS.sub("", _BRACKETS.sub("", text))
    previous = ""
    for part in _JOINS.split(" ".join(text.split()) if "\n" not in text else text):
        name = "" if _PICTURES.match(part) else _plain(part)
        if previous and _ENDING.match(name):
            previous = f"{previous} {name}"
            continue
        if previous:
            yield previous
        previous = name if _is_name(name) else ""
    if previous:
        yield previous


def _plain(part: str) -> str:
    name = _PLACE.sub("", _LEAD_IN.sub("", " ".join(part.split()))).strip(" \t\n,:;|/*–—-\"'„“”«»")
    return name if _ABBREVIATED.search(name) else name.rstrip(".")


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= NAME_CHARACTERS_MAX or _NOBODY.match(name):
        return False
    return any(character.isalpha() for character in name) and not _ROLE.search(name) and len(name.split()) <= 8

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
_LEAD_IN = re.compile(
    r"^(?:\W*(?:(?:written |reported |words )?by|von|ein(?:e)? \w+ von|par|por|di|door|av|af|autor(?:en|in)?|"
    r"authors?|auteurs?|text|aufgezeichnet von|foto|fotos|photo|interview|kommentar|"
    r"protokoll|от|автор|текст)(?:\s*:\s*|\s+))+",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\s*(?:[;|•·\n\t]|,|\s&\s|\s\+\s|(?<=\s)(?:und|and|et|y|e|og|och|en|и)\s|\s/\s|\s[-–—]\s)\s*")
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
_ENDING = re.compile(r"^(?:jr|sr|ii|iii|iv|md|phd|ph\.d|dr|esq|mp)\.?$", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|null|none|undefined|unknown|n/?a|www\..*|editor|webmaster|redaktion|autor|author|by|von)$",
    re.IGNORECASE,
)


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
        name = _plain(part)
        if previous and _ENDING.match(name):
            previous = f"{previous} {name}"
            continue
        if previous:
            yield previous
        previous = name if _is_name(name) else ""
    if previous:
        yield previous


def _plain(part: str) -> str:
    name = _LEAD_IN.sub("", " ".join(part.split()))
    return _PLACE.sub("", name).strip(" \t\n.,:;|/*–—-\"'„“”«»")


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= NAME_CHARACTERS_MAX or _NOBODY.match(name):
        return False
    return any(character.isalpha() for character in name) and not _ROLE.search(name) and len(name.split()) <= 8

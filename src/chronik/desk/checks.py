"""Decides whether what a person wrote can be kept, and in which form."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING

from chronik.errors import RefusedInputError
from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME_CHARACTERS_MAX = 300
LINE_CHARACTERS_MAX = 1_000
TEXT_CHARACTERS_MAX = 50_000
YEARS_CHARACTERS_MAX = 40
SLUG_CHARACTERS_MAX = 80
LANGUAGES_MAX = 40
RESERVED_SLUGS = frozenset({"api", "c", "index", "desk", "static"})

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o"} | {"ł": "l", "đ": "d", "þ": "th"}
)
_KEPT_CONTROLS = frozenset("\n\t")


def text(value: str, *, what: str, characters_max: int = TEXT_CHARACTERS_MAX) -> str:
    """Text of several lines: ends trimmed, line ends made alike, characters that no text holds left out."""
    alike = _LINE_ENDS.sub("\n", value)
    kept = "".join(
        character
        for character in alike
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    trimmed = kept.strip()
    if len(trimmed) > characters_max:
        raise RefusedInputError(f"{what}: {len(trimmed)} characters are more than the {characters_max} that fit.")
    return trimmed


def line(value: str, *, what: str, characters_max: int = LINE_CHARACTERS_MAX) -> str:
    """Text of one line: every run of white space becomes one space."""
    return " ".join(text(value, what=what, characters_max=characters_max).split())


def language(tag: str) -> str:
    """A language tag (BCP 47), or `und` for an empty one."""
    cleaned = tag.strip()
    if not cleaned:
        return UNDETERMINED
    if not _LANGUAGE.fullmatch(cleaned):
        raise RefusedInputError(f"{tag!r} is no language; write a code like de, en or fr.")
    return cleaned


def names(given: Mapping[str, str], *, of: str = "dossier") -> dict[str, str]:
    """Names per language, empty ones left out; the first is the main one. At least one must be there."""
    kept = texts(given, what="Name", characters_max=NAME_CHARACTERS_MAX, one_line=True)
    if not kept:
        raise RefusedInputError(f"A {of} needs a name in at least one language.")
    return kept


def texts(given: Mapping[str, str], *, what: str, characters_max: int, one_line: bool = False) -> dict[str, str]:
    """Texts per language, empty ones left out."""
    if len(given) > LANGUAGES_MAX:
        raise RefusedInputError(f"{what}: more than {LANGUAGES_MAX} languages.")
    check = line if one_line else text
    checked = {
        language(tag): check(value, what=f"{what} ({tag})", characters_max=characters_max)
        for tag, value in given.items()
    }
    return {tag: value for tag, value in checked.items() if value}


def published(value: str) -> str:
    """A day, or an instant with offset, in ISO 8601; empty when unknown."""
    cleaned = value.strip()
    if not cleaned:
        return ""
    try:
        return date.fromisoformat(cleaned).isoformat()
    except ValueError:
        pass
    try:
        instant = datetime.fromisoformat(cleaned)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise RefusedInputError(
            f"{value!r} is no date; write a day like 2020-09-27, or a time with offset like 2020-09-27T08:15+02:00."
        )
    return instant.isoformat()


def web_address(value: str) -> str:
    """An address that a page may link to, or empty."""
    cleaned = line(value, what="Address", characters_max=4_000)
    if cleaned and not re.match(r"https?://[^/\s]+", cleaned):
        raise RefusedInputError(f"{value!r} is no web address; it begins with https:// or http://")
    return cleaned


def slug(value: str) -> str:
    """A slug as a person gave it. Raises RefusedInputError unless it fits an address."""
    if len(value) > SLUG_CHARACTERS_MAX or not _SLUG.fullmatch(value):
        raise RefusedInputError(
            f"{value!r} cannot stand in an address; use a-z, 0-9 and single hyphens, {SLUG_CHARACTERS_MAX} at most."
        )
    if value in RESERVED_SLUGS:
        raise RefusedInputError(f"{value!r} has a meaning of its own in addresses; choose another word.")
    return value


def slug_from(given: Mapping[str, str]) -> str:
    """A slug out of the names: the first that has letters an address can hold, else `dossier`."""
    for name in given.values():
        made = _ascii(name)
        if made and made not in RESERVED_SLUGS:
            return made
        if made:
            return f"{made}-dossier"
    return "dossier"


def _ascii(name: str) -> str:
    spelled = name.lower().translate(_SPELLED_OUT)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii").lower()
    # "Karabach's" reads better as one word than as two.
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", plain))
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:SLUG_CHARACTERS_MAX]
        if len(longer) > SLUG_CHARACTERS_MAX:
            break
        made = longer
    return made

"""Decides whether what a person wrote of a source can be kept, and in which form."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypedDict

from chronik.errors import RefusedInputError
from chronik.model import SourceKind
from chronik.takein.spelling import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chronik.model import Source

NAME_CHARACTERS_MAX = 300
REASON_CHARACTERS_MAX = 2_000
ADDRESS_CHARACTERS_MAX = 4_000
LANGUAGES_MAX = 60
ALIASES_MAX = 500
HOSTS_MAX = 200
QUOTATION_CHARACTERS_USUAL = 200
QUOTATION_PERCENT_USUAL = 10
"""What may be quoted of one report where nothing else is said of its source."""
QUOTATION_CHARACTERS_MAX = 1_000_000
PERCENT_MAX = 100

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]")
_ADDRESS = re.compile(r"https?://[^/\s]+")


class SourceChanges(TypedDict, total=False):
    """What can be changed of a source; what is not named stays."""

    names: Mapping[str, str]
    aliases: Iterable[str]
    kind: str
    country: str
    home_page: str
    hosts: Iterable[str]
    owner: str
    credit_style: str
    quotation_characters: int
    quotation_percent: int
    quotation_reason: str


def checked(changes: SourceChanges) -> dict[str, Any]:
    """The changed fields, checked. Raises RefusedInputError."""
    return {field: _CHECKS[field](value) for field, value in changes.items()}


def agreed(source: Source) -> None:
    """Whether the fields of a source go together. Raises RefusedInputError."""
    if not source.names:
        raise RefusedInputError("A source needs a name in at least one language.")
    more = source.quotation_characters > QUOTATION_CHARACTERS_USUAL
    more = more or source.quotation_percent > QUOTATION_PERCENT_USUAL
    if more and not source.quotation_reason:
        raise RefusedInputError(
            f"More than {QUOTATION_CHARACTERS_USUAL} characters or {QUOTATION_PERCENT_USUAL} % of a report needs a "
            "reason: a licence, a law, a letter."
        )


def line(value: str, *, what: str, characters_max: int = NAME_CHARACTERS_MAX) -> str:
    """Text of one line; characters that no text holds are left out."""
    kept = "".join(one for one in str(value) if one.isspace() or unicodedata.category(one) not in {"Cc", "Cs"})
    told = " ".join(kept.split())
    if len(told) > characters_max:
        raise RefusedInputError(f"{what}: {len(told)} characters are more than the {characters_max} that fit.")
    return told


def _names(given: Mapping[str, str]) -> dict[str, str]:
    if len(given) > LANGUAGES_MAX:
        raise RefusedInputError(f"A source has names in {LANGUAGES_MAX} languages at most.")
    names = {tag.strip(): line(name, what=f"Name ({tag[:20]})") for tag, name in given.items()}
    for tag in names:
        if not _LANGUAGE.fullmatch(tag):
            raise RefusedInputError(f"{tag[:40]!r} is no language; write a code like de, en or fr.")
    told = {tag: name for tag, name in names.items() if name}
    for name in told.values():
        if not key(name):
            raise RefusedInputError(f"{name[:40]!r} has no letter or digit in it; nothing can be told by such a name.")
    return told


def _aliases(given: Iterable[str]) -> tuple[str, ...]:
    told = tuple(dict.fromkeys(one for one in (line(alias, what="Alias") for alias in given) if one))
    if len(told) > ALIASES_MAX:
        raise RefusedInputError(f"A source has {ALIASES_MAX} aliases at most.")
    if nameless := [one for one in told if not key(one)]:
        raise RefusedInputError(f"{nameless[0][:40]!r} has no letter or digit in it; nothing can be told by it.")
    return told


def _hosts(given: Iterable[str]) -> tuple[str, ...]:
    told = tuple(dict.fromkeys(one for one in map(_host, given) if one))
    if len(told) > HOSTS_MAX:
        raise RefusedInputError(f"A source has {HOSTS_MAX} hosts at most.")
    return told


def _host(given: str) -> str:
    """A host name, also out of an address that somebody pasted."""
    told = line(given, what="Host", characters_max=ADDRESS_CHARACTERS_MAX).lower()
    told = re.sub(r"^https?://", "", told).split("/")[0].rpartition("@")[2].rstrip(".")
    try:
        told = told.encode("idna").decode("ascii") if not told.isascii() else told
    except UnicodeError:
        told = "?"
    if told and not _HOST.fullmatch(told):
        raise RefusedInputError(f"{given[:80]!r} is no host name; write one like example.org.")
    return told


def _kind(given: str) -> SourceKind:
    try:
        return SourceKind(given)
    except ValueError:
        raise RefusedInputError(
            f"{str(given)[:40]!r} is no kind of source. Kinds are: {', '.join(SourceKind)}."
        ) from None


def _country(given: str) -> str:
    told = given.strip().upper()
    if told and not _COUNTRY.fullmatch(told):
        raise RefusedInputError(f"{given[:40]!r} is no country; write the two letters of ISO 3166, such as FR.")
    return told


def _home_page(given: str) -> str:
    told = line(given, what="Home page", characters_max=ADDRESS_CHARACTERS_MAX)
    if told and not _ADDRESS.match(told):
        raise RefusedInputError(f"{given[:80]!r} is no web address; it begins with https:// or http://")
    return told


def _number(given: int, *, what: str, limit: int) -> int:
    if not 0 <= given <= limit:
        raise RefusedInputError(f"{what}: a number from 0 to {limit}; 0 stands for the usual limit.")
    return given


_CHECKS: Mapping[str, Any] = {
    "names": _names,
    "aliases": _aliases,
    "kind": _kind,
    "country": _country,
    "home_page": _home_page,
    "hosts": _hosts,
    "owner": lambda given: line(given, what="Owner"),
    "credit_style": lambda given: line(given, what="Credit style"),
    "quotation_characters": lambda given: _number(given, what="Characters", limit=QUOTATION_CHARACTERS_MAX),
    "quotation_percent": lambda given: _number(given, what="Percent", limit=PERCENT_MAX),
    "quotation_reason": lambda given: line(given, what="Reason", characters_max=REASON_CHARACTERS_MAX),
}
